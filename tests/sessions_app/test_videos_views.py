"""The list of recordings, and the page of one in each of its states."""

import datetime
import re

import pytest

from sessions_app.models import TextTrack
from tests import make
from tests.reading import html_of, queries_of, slugs_in, text_of

pytestmark = pytest.mark.django_db
VIDEOS = "/videos/"


def videos(client, query=""):
    return slugs_in(client, VIDEOS + query, VIDEOS)


@pytest.fixture
def recordings():
    conference = make.conference("Herbst-Konferenz 2020")
    theme = make.theme("Innen entwickeln", conference=conference, palette="red", motif="ortskern")
    opening = make.event("Auftakt", conference=conference)
    themed = make.event("Innen!", conference=conference, theme=theme, date=datetime.date(2020, 11, 17))
    make.video("Der Auftakt", event=opening, recorded_on=opening.date, duration=datetime.timedelta(hours=2, minutes=3))
    keynote = make.contribution("Keynote", event=themed, speakers=[make.speaker("Welzer", given_name="Harald")])
    make.video(
        "Ein Beitrag", contribution=keynote, kind="contribution", availability="planned", recorded_on=themed.date
    )
    make.video("Interview", event=opening, kind="interview", language="en", duration=datetime.timedelta(minutes=5))
    make.video("Verloren", event=themed, availability="offline")
    make.video("Nie gedreht", event=themed, availability="not_recorded")


def test_video_list_shows_every_state_honestly(client, recordings):
    text = text_of(client, VIDEOS)
    assert videos(client) == {"der-auftakt", "ein-beitrag", "interview", "verloren", "nie-gedreht"}
    assert "5 Videos" in text
    assert "2:03:00" in text
    assert "Ein Beitrag Harald Welzer in Vorbereitung 17. November 2020 Innen entwickeln einzelner Beitrag" in text
    assert "Verloren nicht mehr online" in text
    assert "Nie gedreht nicht aufgezeichnet" in text
    assert "Der Auftakt 28. Oktober 2020" in text, "what is online needs no badge"
    assert "Englisch" in text


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?konferenz=herbst-konferenz-2020", {"der-auftakt", "ein-beitrag", "interview", "verloren", "nie-gedreht"}),
        ("?thema=innen-entwickeln", {"ein-beitrag", "verloren", "nie-gedreht"}),
        ("?stand=online", {"der-auftakt", "interview"}),
        ("?stand=offline&stand=planned", {"ein-beitrag", "verloren"}),
        ("?sprache=en", {"interview"}),
        ("?art=interview&art=contribution", {"interview", "ein-beitrag"}),
        ("?art=interview&stand=planned", set()),
        ("?art=oper&t=754", {"der-auftakt", "ein-beitrag", "interview", "verloren", "nie-gedreht"}),
    ],
)
def test_video_list_filters(client, recordings, query, slugs):
    assert videos(client, query) == slugs


@pytest.mark.parametrize(
    ("sorting", "slugs"),
    [
        ("", ["der-auftakt", "ein-beitrag", "interview"]),
        ("unbekannt", ["der-auftakt", "ein-beitrag", "interview"]),
        ("neueste", ["ein-beitrag", "der-auftakt", "interview"]),
        ("dauer", ["der-auftakt", "interview", "ein-beitrag"]),
        ("titel", ["der-auftakt", "ein-beitrag", "interview"]),
    ],
)
def test_video_list_sorts_what_is_unknown_last(client, recordings, sorting, slugs):
    html = html_of(client, f"{VIDEOS}?stand=online&stand=planned&sortierung={sorting}")
    assert re.findall(r'href="/videos/([^"/]+)/"', html) == slugs


def test_video_list_is_paged_and_can_be_empty(client):
    assert "Noch ist kein Video veröffentlicht." in text_of(client, VIDEOS)
    event = make.event()
    for number in range(21):
        make.video(f"V {number:02}", event=event)
    assert len(videos(client)) == 20
    assert len(videos(client, "?seite=2&stand=online")) == 1
    assert client.get(f"{VIDEOS}?seite=3").status_code == 404


def test_video_list_without_hits(client, recordings):
    assert "Keine Treffer" in text_of(client, f"{VIDEOS}?art=interview&stand=planned")


def test_video_list_shows_no_draft_in_rows_filters_or_counts(client, recordings):
    seen, text = videos(client), text_of(client, VIDEOS)
    hidden = make.conference("Geheime Konferenz", status="draft")
    make.video("Geheim 1", status="draft", language="fr")
    make.video("Geheim 2", event=make.event("Geheim", status="draft"), language="fr")
    make.video("Geheim 3", event=make.event("Geheim", conference=hidden), language="fr")
    make.video(
        "Geheim 4", contribution=make.contribution(event=make.event(status="withdrawn")), language="fr", kind="trailer"
    )
    make.video("Geheim 5", published_at=make.soon(), language="fr")
    assert videos(client) == seen
    assert text_of(client, VIDEOS) == text
    theme = make.theme("Geheimes Thema", palette="green", status="draft")
    part = make.contribution(event=make.event(theme=theme), speakers=[make.speaker("Geheim", status="draft")])
    make.video("Offen", contribution=part)
    assert videos(client) == seen | {"offen"}
    html = html_of(client, VIDEOS)
    assert "Geheim" not in html and "c-green" not in html


def test_video_list_costs_the_same_with_one_and_thirty(client):
    def add():
        event = make.event(theme=make.theme())
        part = make.contribution(event=event, speakers=[make.speaker(), make.speaker()])
        make.video(contribution=part, kind="contribution", poster=make.image())

    add()
    one = queries_of(client, VIDEOS)
    for _each in range(29):
        add()
    assert queries_of(client, VIDEOS) == one <= 8


@pytest.fixture
def event():
    conference = make.conference("Herbst-Konferenz 2020")
    theme = make.theme("Innen entwickeln", conference=conference, palette="red")
    return make.event("Innen!", conference=conference, theme=theme, date=datetime.date(2020, 11, 17))


def test_video_detail_names_who_will_be_contacted(client, event):
    part = make.contribution("Keynote", event=event, kind="keynote")
    town = make.organisation("Altes Institut")
    make.appearance(
        contribution=part, speaker=make.speaker("Welzer", given_name="Harald"), organisations=[town], is_former=True
    )
    make.appearance(contribution=make.contribution(event=event), speaker=make.speaker("Anders"))
    video = make.video(
        "Die Keynote",
        contribution=part,
        kind="contribution",
        url="https://www.videos.example.org/v/1?x=1&y=2",
        recorded_on=event.date,
        duration=datetime.timedelta(minutes=32, seconds=18),
        language="en",
        license="CC-BY-4.0",
        rights_holder="Institut für Urbanistik",
        summary="Warum Kommunen handeln können.",
    )
    make.video("Die ganze Veranstaltung", event=event)
    html, text = html_of(client, video.get_absolute_url()), text_of(client, f"{video.get_absolute_url()}?t=754")
    for words in (
        "Einzelner Beitrag · Dienstag, 17. November 2020",
        "Warum Kommunen handeln können.",
        "Der Link führt zu videos.example.org.",
        "erfährt der Anbieter Ihre IP-Adresse",
        "Veranstaltung Innen!",
        "Beitrag Keynote",
        "Konferenz Herbst-Konferenz 2020",
        "Kernbotschaft Innen entwickeln",
        "Aufgezeichnet am 17. November 2020",
        "Dauer 32:18",
        "Sprache Englisch",
        "Lizenz CC BY 4.0",
        "Rechte Institut für Urbanistik",
        "Harald Welzer Keynote ehemals Altes Institut",
        "Weitere Videos dieser Veranstaltung Die ganze Veranstaltung",
    ):
        assert words in text, words
    assert "Anders" not in text
    assert 'href="https://www.videos.example.org/v/1?x=1&amp;y=2"' in html
    assert "<iframe" not in html and "<video" not in html


def test_video_detail_shows_its_poster(client, event):
    video = make.video(event=event, poster=make.image(alt_text="Ein Standbild"))
    html = html_of(client, video.get_absolute_url())
    assert "<picture>" in html and 'alt=""' in html, "the words stand beside it"
    assert "<picture>" in html_of(client, VIDEOS)


@pytest.mark.parametrize(
    ("availability", "words"),
    [
        ("planned", "Das Video folgt Die Aufzeichnung wird vorbereitet."),
        ("not_recorded", "Nicht aufgezeichnet Von dieser Veranstaltung gibt es keine Aufzeichnung."),
        ("offline", "Nicht mehr online Die Aufzeichnung war öffentlich, ist aber nicht mehr abrufbar."),
    ],
)
def test_video_detail_says_why_there_is_nothing_to_see(client, event, availability, words):
    video = make.video(event=event, availability=availability)
    text = text_of(client, video.get_absolute_url())
    assert f"{words} Zur Veranstaltung" in text
    assert "IP-Adresse" not in text


def test_video_detail_shows_no_draft_neighbour(client):
    event = make.event("Offen", theme=make.theme("Geheimes Thema", palette="green", status="draft"))
    part = make.contribution(event=event, speakers=[make.speaker("Geheim", status="draft"), make.speaker("Sichtbar")])
    video = make.video("Zu sehen", event=event)
    make.video("Geheim", contribution=part, status="in_review")
    html = html_of(client, video.get_absolute_url())
    assert "eheim" not in html and "c-green" not in html
    assert slugs_in(client, video.get_absolute_url(), "/mitwirkende/") == {"sichtbar"}
    assert slugs_in(client, video.get_absolute_url(), VIDEOS) == {video.slug}


@pytest.mark.parametrize("hide", ["video", "event", "conference"])
def test_video_detail_of_a_draft(editor_client, hide):
    conference = make.conference(status="draft" if hide == "conference" else "published")
    event = make.event(conference=conference, status="draft" if hide == "event" else "published")
    video = make.video(event=event, status="draft" if hide == "video" else "published")
    assert editor_client.get(video.get_absolute_url()).status_code == 200
    editor_client.logout()
    hidden = editor_client.get(video.get_absolute_url())
    missing = editor_client.get(f"{VIDEOS}gibt-es-nicht/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


@pytest.mark.parametrize("moment", ["754", "", "x", "-1", "9" * 40])
def test_video_detail_takes_any_second(client, event, moment):
    assert client.get(f"{make.video(event=event).get_absolute_url()}?t={moment}").status_code == 200


def test_video_detail_costs_the_same_with_one_and_many(client, event):
    part = make.contribution(event=event)
    video = make.video(contribution=part)

    def add():
        make.appearance(contribution=part, organisations=[make.organisation(), make.organisation()])
        make.video(event=event)

    add()
    one = queries_of(client, video.get_absolute_url())
    for _each in range(6):
        add()
    assert queries_of(client, video.get_absolute_url()) == one <= 12


def test_video_pages_in_english(client, recordings):
    assert "Der Auftakt" in text_of(client, "/en/videos/")
    assert "Ein Beitrag" in text_of(client, "/en/videos/ein-beitrag/")


def test_video_list_filters_by_what_is_there(client, event):
    person = make.speaker("Muster", given_name="Greta")
    make.contribution(event=event, speakers=[person])
    whole = make.video("Der Abend", event=event, url="", duration=datetime.timedelta(seconds=20))
    make.text_track(["Ein Satz."], video=whole)
    make.media_file(video=whole, file="videos/dgs.mp4", role="sign_language")
    other = make.video("Kurz", event=event, duration=datetime.timedelta(minutes=12), url="")
    make.text_track(["Ein Satz."], video=other, origin=TextTrack.Origin.MACHINE)
    make.video("Trailer", event=event, kind="trailer", duration=datetime.timedelta(minutes=90))

    def found(query):
        return set(re.findall(r'class="to" href="/videos/([^"/]+)/"', html_of(client, f"/videos/?{query}")))

    assert found("zugang=transkript") == {"der-abend", "kurz"}
    assert found("zugang=untertitel") == {"der-abend"}
    assert found("zugang=transkript&zugang=gebaerdensprache") == {"der-abend"}
    assert found("dauer=bis-10") == {"der-abend"}
    assert found("dauer=bis-10&dauer=ab-60") == {"der-abend", "trailer"}
    assert found("person=greta-muster") == {"der-abend", "kurz"}
    text = text_of(client, "/videos/")
    assert "Untertitel geprüft Gebärdensprache Transkript" in text
    assert "automatische Untertitel Transkript" in text
