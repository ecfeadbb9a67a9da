"""What is new."""

import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sessions_app.models import Video
from tests import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEED = "/feeds/neu.atom"


def _feed(client, address=FEED) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def _entries(client) -> list[ElementTree.Element]:
    return _feed(client).findall(f"{ATOM}entry")


def _titles(client) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in _entries(client)]


def _day(number: int) -> datetime.datetime:
    return datetime.datetime(2024, 1, number, 9, tzinfo=datetime.UTC)


def test_feed_tells_what_is_new_latest_first(client):
    conference = make.conference("Herbst", published_at=_day(1))
    make.theme("Wagen", conference=conference, published_at=_day(6))
    event = make.event("Auftakt", conference=conference, published_at=_day(4))
    make.video("Mitschnitt", event=event, published_at=_day(5))
    make.project("KoDa eG", published_at=_day(2))
    make.material("Leitfaden", published_at=_day(3))
    make.speaker(published_at=_day(7))
    make.organisation(published_at=_day(7))
    make.page(published_at=_day(7))
    assert _titles(client) == [
        "Kernbotschaft: Wagen",
        "Video: Mitschnitt",
        "Veranstaltung: Auftakt",
        "Material: Leitfaden",
        "Verbundvorhaben: KoDa eG",
        "Konferenz: Herbst",
    ]


def test_feed_has_exactly_what_is_public(client):
    conference = make.conference("Herbst")
    secret = make.theme("Geheim", status="draft")
    event = make.event("Auftakt", conference=conference, theme=secret)
    make.project("KoDa eG", themes=[secret])
    make.video("Mitschnitt", event=event)
    for status in ("draft", "in_review", "withdrawn"):
        for kind in (make.conference, make.theme, make.project, make.material):
            kind("Geheim", status=status, slug=f"geheim-{status}")
        make.event("Geheim", conference=conference, status=status, slug=f"geheim-{status}")
        make.video("Geheim", event=event, status=status, slug=f"geheim-{status}")
    make.video("Noch geheim", event=event, availability="planned")
    hidden = make.conference("Geheim", status="draft")
    make.video("Geheim", event=make.event("Geheim", conference=hidden))
    make.material("Geheim", published_at=make.soon())
    make.material("Geheim", expires_at=timezone.now() - datetime.timedelta(minutes=1))
    assert set(_titles(client)) == {
        "Konferenz: Herbst",
        "Veranstaltung: Auftakt",
        "Verbundvorhaben: KoDa eG",
        "Video: Mitschnitt",
    }
    assert "eheim" not in client.get(FEED).content.decode()


def test_feed_is_as_rfc_4287_asks(client):
    event = make.event("Wagen & <b>wagen</b>", summary="Mut & <i>Maß</i>", theme=make.theme("Wagen"))
    feed = _feed(client)
    assert feed.get(LANG) == "de"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == settings.SITE_NAME
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": settings.SITE_URL + FEED, "alternate": f"{settings.SITE_URL}/"}
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in feed.findall(f"{ATOM}entry")}
    assert len(entries) == 3
    entry = entries[f"tag:127.0.0.1,2020:event/{event.uuid}"]
    assert entry.findtext(f"{ATOM}title") == "Veranstaltung: Wagen & <b>wagen</b>"
    # The summary is HTML: what an editor typed as signs must come out as signs.
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert entry.findtext(f"{ATOM}summary") == "Mut &amp; &lt;i&gt;Maß&lt;/i&gt;"
    assert entry.find(f"{ATOM}link").get("href") == settings.SITE_URL + event.get_absolute_url()
    assert {category.get("label") for category in entry.findall(f"{ATOM}category")} == {"Veranstaltung", "Wagen"}
    assert parse_datetime(entry.findtext(f"{ATOM}published")) == event.published_at
    assert parse_datetime(entry.findtext(f"{ATOM}updated")) == event.changed_at
    newest = max(parse_datetime(each.findtext(f"{ATOM}updated")) for each in entries.values())
    assert parse_datetime(feed.findtext(f"{ATOM}updated")) == newest


def test_feed_names_the_file_of_a_material(client):
    material = make.material("Folien", file=SimpleUploadedFile("folien.pdf", b"%PDF-1.7", "application/pdf"))
    enclosure = next(link for link in _entries(client)[0].findall(f"{ATOM}link") if link.get("rel") == "enclosure")
    assert (enclosure.get("type"), enclosure.get("length")) == ("application/pdf", "8")
    assert enclosure.get("href") == settings.SITE_URL + material.file.url


def _of(entry, name: str) -> list[str]:
    return [each.text for each in entry.iter(f"{ATOM}{name}")]


def test_feed_names_authors_rights_and_the_file_of_a_video(client):
    part = make.contribution(event=make.event(conference=make.conference(default_license="CC-BY-4.0")))
    make.appearance(contribution=part, speaker=make.speaker("Ross", given_name="Bob"))
    make.appearance(contribution=part, speaker=make.speaker("Geheim", status="draft"))
    video = make.video(event=None, contribution=part, kind=Video.Kind.CONTRIBUTION, rights_holder="Difu")
    make.media_file(video=video, url="https://example.org/a.mp4", size=1234)
    make.material("Leitfaden", authors="Ada Lovelace; Institut für Bau", license="CC0-1.0")
    entries = {entry.findtext(f"{ATOM}title").partition(":")[0]: entry for entry in _entries(client)}
    license_ = part.event.conference.get_default_license_display()
    assert (_of(entries["Video"], "name"), _of(entries["Video"], "rights")) == (["Bob Ross"], [f"{license_}, Difu"])
    assert _of(entries["Material"], "name") == ["Ada Lovelace", "Institut für Bau"]
    assert (_of(entries["Konferenz"], "rights"), _of(entries["Veranstaltung"], "rights")) == ([license_], [license_])
    (file,) = [link for link in entries["Video"].findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert (file.get("href"), file.get("length"), file.get("type")) == (
        "https://example.org/a.mp4",
        "1234",
        "video/mp4",
    )


def test_feed_leads_from_a_video_to_its_event(client):
    event = make.event("Auftakt")
    make.video(contribution=make.contribution(event=event), event=None)
    related = [
        (link.get("title"), link.get("href"))
        for entry in _entries(client)
        for link in entry.findall(f"{ATOM}link")
        if link.get("rel") == "related"
    ]
    assert related == [("Auftakt", settings.SITE_URL + event.get_absolute_url())]


def test_feed_says_of_an_event_that_it_was_cancelled(client):
    make.event("Fällt aus", is_cancelled=True), make.event("Findet statt")
    titles = {entry.findtext(f"{ATOM}title") for entry in _entries(client)}
    assert {"Veranstaltung: Fällt aus (abgesagt)", "Veranstaltung: Findet statt"} <= titles


def test_signs_that_xml_cannot_hold_cost_nobody_the_feed(client):
    """In words, and in the attribute that names the event of a video."""
    event = make.event("Auf\x0btakt", summary="Mut \x08!", theme=make.theme("Wa\x1fgen"))
    make.video("Film", event=event)
    assert {"Veranstaltung: Auftakt", "Kernbotschaft: Wagen", "Video: Film"} <= set(_titles(client))
    titles = [link.get("title") for entry in _entries(client) for link in entry.findall(f"{ATOM}link")]
    assert "Auftakt" in titles


def test_feed_of_an_empty_site_does_not_change(client):
    first, second = client.get(FEED), client.get(FEED)
    assert first.content == second.content
    assert _entries(client) == []


def test_feed_speaks_english_with_content_in_german(client):
    make.event("Auftakt")
    feed = _feed(client, "/en/feeds/new.atom")
    entry = feed.findall(f"{ATOM}entry")[0]
    assert (feed.get(LANG), entry.get(LANG)) == ("en", "de")
    assert {link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        f"{settings.SITE_URL}/en/",
        f"{settings.SITE_URL}/en/feeds/new.atom",
    }


def test_feed_is_sent_once_and_anew_after_a_withdrawal(client):
    make.material("Bleibt")
    gone = make.material("Geht")
    first = client.get(FEED)
    headers = {"if-none-match": first.headers["ETag"], "if-modified-since": first.headers["Last-Modified"]}
    assert client.get(FEED, headers=headers).status_code == 304
    gone.withdraw()
    assert client.get(FEED, headers=headers).status_code == 200
    # The newest entry may be older than before; a date alone must never hide that.
    assert client.get(FEED, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 200
    assert _titles(client) == ["Material: Bleibt"]


@pytest.mark.parametrize("number", [1, 30])
def test_feed_costs_the_same_for_many(client, number, django_assert_num_queries):
    conference = make.conference()
    theme = make.theme(conference=conference)
    for _each in range(number):
        event = make.event(conference=conference, theme=theme)
        make.video(event=event)
        contribution = make.contribution(event=event)
        make.appearance(contribution=contribution, organisations=[make.organisation()])
        make.media_file(video=make.video(event=None, contribution=contribution, kind=Video.Kind.CONTRIBUTION))
        make.project(themes=[theme], places=["Berlin"])
        make.material()
        make.theme(conference=conference)
    with django_assert_num_queries(14):
        client.get(FEED)


def test_feed_ends_somewhere(client):
    for _each in range(55):
        make.material()
    assert len(_entries(client)) == 50
