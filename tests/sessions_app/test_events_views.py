"""The pages of the events."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 11, 17)


def page_of(event, language="de"):
    with translation.override(language):
        return event.get_absolute_url()


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def opening():
    """An event like the opening: times, people with their affiliation of that day, a project."""
    conference = make.conference("Herbst-Konferenz 2020", key_question="Was macht Kommunen innovativ?")
    event = make.event(
        "Auftakt",
        conference=conference,
        number=1,
        kind="opening",
        start_time=datetime.time(9, 30),
        end_time=datetime.time(12, 30),
        questions=["Was bewegt sich?", "Wer macht mit?"],
    )
    welzer = make.speaker("Welzer", given_name="Harald", academic_title="Prof. Dr.")
    schneidewind = make.speaker("Schneidewind", given_name="Uwe", academic_title="Prof. Dr.")
    institute = make.organisation("Wuppertal Institut")
    keynote = make.contribution("Eröffnung", event=event, kind="keynote", start_time=datetime.time(9, 45), position=1)
    make.appearance(
        contribution=keynote, speaker=welzer, office="Direktor", organisations=[make.organisation("Futurzwei")]
    )
    talk = make.contribution("Rückblick", event=event, projects=[make.project("KIF")], position=2)
    make.appearance(contribution=talk, speaker=schneidewind, organisations=[institute], is_former=True)
    make.appearance(contribution=talk, speaker=welzer, role="Kommentar", position=1)
    return event


def test_event_detail_shows_day_time_people_and_projects(client, opening):
    text = text_of(client, page_of(opening))
    assert "28. Oktober 2020" in text
    assert "9:30–12:30 Uhr" in text
    assert "9:45 Uhr" in text
    assert "Prof. Dr. Harald Welzer" in text
    assert "Direktor, Futurzwei" in text
    assert "ehemals Wuppertal Institut" in text
    assert "<b>Keynote, Kommentar</b>" in text, "everybody once, with all their roles"
    assert "Funktionen und Einrichtungen zum Zeitpunkt der Veranstaltung." in text
    assert text.index("Was bewegt sich?") < text.index("Wer macht mit?")
    assert text.index("Eröffnung") < text.index("Rückblick")
    assert reverse("project_detail", args=["kif"]) in text
    assert "kalender.ics" in text


def test_event_detail_keeps_the_academic_title_together(client, opening):
    assert "Prof.\u00a0Dr.\u00a0Harald Welzer" in client.get(page_of(opening)).content.decode()


def test_event_detail_without_time_or_people(client):
    event = make.event("Innen entwickeln!", date=DAY)
    text = text_of(client, page_of(event))
    assert "17. November 2020" in text
    assert "Uhr<" not in text
    assert "None" not in text
    assert "Kein Programm überliefert" in text
    assert "Keine Mitwirkenden verzeichnet" in text
    assert "Keine Materialien" in text


def test_event_detail_links_its_neighbours_in_order_of_the_days(client):
    conference = make.conference()
    first, second, third = (
        make.event(f"Nummer {n}", conference=conference, number=n, date=datetime.date(2020, 11, n)) for n in (1, 2, 3)
    )
    make.event("Verborgen", conference=conference, date=datetime.date(2020, 11, 2), status="draft")
    text = text_of(client, page_of(second))
    assert f'href="{page_of(first)}" rel="prev"' in text
    assert f'href="{page_of(third)}" rel="next"' in text
    assert "Veranstaltung 2 von 3" in text
    assert "Verborgen" not in text
    assert 'rel="prev"' not in text_of(client, page_of(first))
    assert 'rel="next"' not in text_of(client, page_of(third))


@pytest.mark.parametrize(
    ("availability", "words"),
    [
        ("planned", "Das Video folgt"),
        ("not_recorded", "Nicht aufgezeichnet"),
        ("offline", "Nicht mehr online"),
        ("online", "Video ansehen"),
    ],
)
def test_event_detail_says_how_things_stand_with_the_video(client, availability, words):
    event = make.event()
    make.video(event=event, availability=availability)
    text = text_of(client, page_of(event))
    assert words in text
    assert "<iframe" not in text


def test_event_detail_collects_materials_of_the_event_and_its_contributions(client):
    event = make.event(materials=[make.material("Leitfaden")])
    make.contribution(event=event, materials=[make.material("Folien"), make.material("Entwurf", status="draft")])
    text = text_of(client, page_of(event))
    assert "Leitfaden" in text
    assert "Folien" in text
    assert "Entwurf" not in text


def test_event_detail_hides_drafts_among_its_relations(client):
    event = make.event(theme=make.theme("Geheimes Thema", status="draft"))
    make.contribution(
        "Beitrag",
        event=event,
        speakers=[make.speaker("Sichtbar"), make.speaker("Verdeckt", status="draft")],
        projects=[make.project("OFFEN"), make.project("ZU", status="draft")],
    )
    make.video("Geheimes Video", event=event, status="draft")
    text = text_of(client, page_of(event))
    assert "Sichtbar" in text
    assert "OFFEN" in text
    for hidden in ("Verdeckt", ">ZU<", "Geheimes"):
        assert hidden not in text


def test_event_detail_prints_the_editors_remark(client):
    text = text_of(client, page_of(make.event(remark="Die Quellen nennen zwei Namen.")))
    assert "Anmerkung der Redaktion" in text
    assert "Die Quellen nennen zwei Namen." in text


def test_event_detail_of_a_draft_is_the_404_of_nothing(client):
    draft = make.event(status="draft")
    unknown = client.get("/gibt-es-nicht/")
    hidden = client.get(page_of(draft))
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content == unknown.content
    assert client.get(page_of(draft, "en")).content == client.get("/en/never-was/").content


def test_event_detail_shows_staff_a_badged_draft(editor_client):
    draft = make.event("Noch geheim", status="draft")
    text = text_of(editor_client, page_of(draft))
    assert "Noch geheim" in text
    assert "Entwurf" in text
    assert "nur für die Redaktion zu sehen" in text


def test_event_detail_in_english_keeps_the_content_german(client, opening):
    text = text_of(client, page_of(opening, "en"))
    assert '<html lang="en">' in text
    assert '<h1 lang="de">Auftakt</h1>' in text
    assert "28 October 2020" in text
    assert "9:30–12:30" in text
    assert f'href="{page_of(opening)}" hreflang="de" lang="de"' in text


@pytest.mark.parametrize("number", [1, 3])
def test_event_detail_costs_the_same_whatever_it_shows(client, django_assert_num_queries, number):
    conference = make.conference(is_featured=True, organisers=[make.organisation()])
    event = make.event(conference=conference, theme=make.theme(), number=100, questions=["Warum?"] * number)
    for place in range(number):
        make.event(conference=conference, theme=make.theme())
        make.video(event=event)
        event.materials.add(make.material())
        contribution = make.contribution(event=event, position=place, projects=[make.project(themes=[make.theme()])])
        make.appearance(contribution=contribution, organisations=[make.organisation(), make.organisation()])
    address = page_of(event)
    with django_assert_num_queries(11):
        assert client.get(address).status_code == 200


def titles(client, query=""):
    listing = client.get(f"/veranstaltungen/{query}").context["listing"]
    return [event.title for event in listing]


def test_event_list_shows_the_published_in_order_of_the_days(client):
    conference = make.conference()
    make.event("Später", conference=conference, date=datetime.date(2020, 12, 1))
    make.event("Früher", conference=conference, date=datetime.date(2020, 11, 1))
    make.event("Entwurf", conference=conference, status="draft")
    make.event("Geplant", conference=conference, published_at=make.soon())
    make.event("Im Entwurf einer Konferenz", conference=make.conference(status="draft"))
    assert titles(client) == ["Früher", "Später"]
    assert titles(client, "?sortierung=neueste") == ["Später", "Früher"]


def test_event_list_filters_by_what_the_reader_chose(client):
    autumn = make.conference("Herbst", starts_on=datetime.date(2020, 10, 1))
    spring = make.conference("Frühling", starts_on=datetime.date(2022, 4, 1), ends_on=datetime.date(2022, 4, 30))
    theme = make.theme("Vielfalt leben!")
    make.event("A", conference=autumn, kind="opening")
    make.event("B", conference=autumn, theme=theme)
    make.event("C", conference=spring, is_cancelled=True)
    make.event("D", conference=spring, theme=make.theme("Geheim", status="draft"))
    assert titles(client, "?konferenz=herbst") == ["A", "B"]
    assert titles(client, "?konferenz=herbst&konferenz=fruehling") == ["A", "B", "C", "D"]
    assert titles(client, "?thema=vielfalt-leben") == ["B"]
    assert titles(client, "?jahr=2022") == ["C", "D"]
    assert titles(client, "?art=opening") == ["A"]
    assert titles(client, "?stand=cancelled") == ["C"]
    assert titles(client, "?stand=held&konferenz=fruehling") == ["D"]
    assert titles(client, "?thema=geheim") == ["A", "B", "C", "D"], "a hidden theme is as unknown as any"
    assert titles(client, "?jahr=unsinn&art=x") == ["A", "B", "C", "D"]


def test_event_list_offers_to_remove_each_filter(client):
    autumn = make.conference("Herbst")
    make.event(conference=autumn, theme=make.theme("Vielfalt leben!"))
    text = text_of(client, "/veranstaltungen/?konferenz=herbst&thema=vielfalt-leben")
    assert 'href="?konferenz=herbst"' in text
    assert 'href="?thema=vielfalt-leben"' in text
    assert 'value="vielfalt-leben" checked' in text
    assert 'href="/veranstaltungen/"' in text


def test_event_list_without_hits_says_so(client):
    make.event(kind="thematic")
    assert "Keine Treffer" in text_of(client, "/veranstaltungen/?stand=cancelled")


def test_event_list_without_events_says_so(client):
    assert "Noch ist keine Veranstaltung veröffentlicht." in text_of(client, "/veranstaltungen/")


def test_event_list_pages(client):
    conference = make.conference()
    for number in range(1, 24):
        make.event(f"Nr. {number}", conference=conference, number=number)
    assert len(titles(client)) == 20
    assert titles(client, "?seite=2") == ["Nr. 21", "Nr. 22", "Nr. 23"]
    text = text_of(client, "/veranstaltungen/?art=thematic&seite=2")
    assert 'href="?art=thematic"' in text, "page 1 has the plain address"
    for wrong in ("3", "0", "-1", "zwei", "1e9", ""):
        assert client.get(f"/veranstaltungen/?seite={wrong}").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_event_list_costs_the_same_whatever_it_shows(client, django_assert_num_queries, number):
    conference = make.conference(is_featured=True)
    for _ in range(number):
        make.event(conference=conference, theme=make.theme())
    with django_assert_num_queries(7):
        assert client.get("/veranstaltungen/").status_code == 200


def test_event_list_in_english(client):
    make.event("Auftakt")
    text = text_of(client, "/en/events/")
    assert '<h3><a class="to" href="/en/' in text
    assert "28 October 2020" in text
