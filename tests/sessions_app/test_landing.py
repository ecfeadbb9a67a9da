"""The landing page of a conference, and the list of all."""

import datetime

import pytest

from sessions_app.landing import Landing
from tests import make

pytestmark = pytest.mark.django_db


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def autumn():
    conference = make.conference(
        "Herbst-Konferenz 2020",
        key_question="Was macht Kommunen innovativ?",
        is_featured=True,
        introduction="<p>Einführung.</p>",
        closing_statement="<p>Was bleibt.</p>",
        participants_text="über 800",
        funder=make.organisation("Ministerium"),
        organisers=[make.organisation("Begleitvorhaben")],
        materials=[make.material("Dokumentation"), make.material("Geheimes Papier", status="draft")],
    )
    theme = make.theme("Vielfalt leben!", conference=conference, palette="pink", motif="flurmosaik")
    opening = make.event("Auftakt", conference=conference, kind="opening", number=1, summary="Der Bogen.")
    thematic = make.event(
        "Vielfalt leben!", conference=conference, theme=theme, number=2, date=datetime.date(2020, 12, 1)
    )
    keynote = make.contribution(event=opening, kind="keynote", position=2)
    make.appearance(
        contribution=keynote, speaker=make.speaker("Welzer"), organisations=[make.organisation("Futurzwei")]
    )
    project = make.project("KIF", themes=[theme], federal_states=["DE-NI"], places=[("Nienburg", 52.64, 9.21)])
    make.contribution(event=thematic, projects=[project])
    return conference


@pytest.mark.parametrize("address", ["/", "/konferenzen/herbst-konferenz-2020/"])
def test_conference_detail_joins_everything(client, autumn, address):
    text = text_of(client, address)
    assert "<h1>Was macht Kommunen innovativ?</h1>" in text
    assert "Zwei Veranstaltungen" in text
    assert "28. Oktober bis 8. Dezember 2020" in text
    assert "/konferenzen/herbst-konferenz-2020/auftakt/" in text
    assert "c-pink m-5" in text
    assert "Eine Kernbotschaft" in text
    assert "Welzer" in text
    assert "Futurzwei" in text
    assert "/vorhaben/kif/" in text
    assert "Einführung." in text
    assert "Was bleibt." in text
    assert "über 800" in text
    assert "Dokumentation" in text
    assert "Geheimes Papier" not in text
    assert "Gefördert von Ministerium" in " ".join(text.replace("<", " <").split()) or "Ministerium" in text


def test_home_shows_the_featured_conference(client, autumn):
    make.conference("Neuere", starts_on=datetime.date(2024, 1, 1), ends_on=datetime.date(2024, 1, 2))
    assert client.get("/").context["conference"] == autumn


def test_home_falls_back_to_the_latest_conference(client):
    make.conference("Alt", starts_on=datetime.date(2018, 1, 1), ends_on=datetime.date(2018, 1, 2))
    latest = make.conference("Neu", starts_on=datetime.date(2024, 1, 1), ends_on=datetime.date(2024, 1, 2))
    make.conference("Entwurf", status="draft", is_featured=True)
    assert client.get("/").context["conference"] == latest


def test_home_without_any_conference_is_still_a_page(client):
    make.conference("Geheim", status="draft")
    text = text_of(client, "/")
    assert "Noch ist keine Konferenz veröffentlicht." in text
    assert "Geheim" not in text


def test_conference_detail_without_events_or_themes(client):
    make.conference("Leere Konferenz")
    text = text_of(client, "/konferenzen/leere-konferenz/")
    assert "<h1>Leere Konferenz</h1>" in text
    assert "Zu dieser Konferenz sind noch keine Veranstaltungen veröffentlicht." in text
    assert 'class="motif band c-ink m-0"' in text


def test_conference_detail_hides_drafts(client, autumn):
    make.event("Geheim A", conference=autumn, status="draft")
    make.theme("Geheim B", conference=autumn, status="draft")
    hidden = make.speaker("Geheim C", status="draft")
    event = autumn.events.get(number=2)
    make.contribution(event=event, speakers=[hidden], projects=[make.project("Geheim D", status="draft")])
    for address in ("/", "/konferenzen/herbst-konferenz-2020/", "/en/"):
        assert "Geheim" not in text_of(client, address)


def test_conference_detail_of_a_draft_is_for_staff_alone(client):
    make.conference("Entwurf einer Konferenz", status="draft")
    address = "/konferenzen/entwurf-einer-konferenz/"
    assert client.get(address).content == client.get("/gibt-es-nicht/").content
    client.force_login(make.editor())
    assert "nur für die Redaktion zu sehen" in text_of(client, address)


def test_landing_lets_every_event_speak_in_turn():
    conference = make.conference()
    for number in (1, 2):
        event = make.event(conference=conference, number=number, date=datetime.date(2020, 11, number))
        make.contribution(event=event, kind="moderation", position=0, speakers=[make.speaker(f"Moderation {number}")])
        talk = make.contribution(event=event, kind="talk", position=1)
        for place in range(8):
            make.appearance(contribution=talk, speaker=make.speaker(f"Vortrag {number}{place}"), position=place)
    names = [appearance.speaker.name for appearance in Landing(conference).voices]
    assert len(names) == len(set(names)) == 9
    assert names[0] == "Vortrag 10"
    assert not any("Moderation" in name for name in names)
    assert sum(name.startswith("Vortrag 2") for name in names) == 4


@pytest.mark.parametrize("number", [1, 3])
def test_home_costs_the_same_whatever_it_shows(client, django_assert_num_queries, number):
    grow(number)
    with django_assert_num_queries(13):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_conference_detail_costs_the_same_whatever_it_shows(client, django_assert_num_queries, number):
    grow(number)
    with django_assert_num_queries(14):
        assert client.get("/konferenzen/gross/").status_code == 200


def grow(number):
    conference = make.conference("Groß", is_featured=True, funder=make.organisation(), organisers=[make.organisation()])
    for place in range(number):
        conference.materials.add(make.material())
        theme = make.theme(conference=conference)
        event = make.event(conference=conference, theme=theme, kind="thematic" if place else "opening")
        project = make.project(themes=[theme], places=["Hier", "Dort"], federal_states=["DE-NI"])
        contribution = make.contribution(event=event, projects=[project])
        make.appearance(contribution=contribution, organisations=[make.organisation()])
        make.page()


def test_conference_list_shows_the_published_latest_first(client):
    make.conference("Alt", starts_on=datetime.date(2018, 1, 1), ends_on=datetime.date(2018, 1, 2), format="on_site")
    make.conference("Neu", starts_on=datetime.date(2024, 1, 1), ends_on=datetime.date(2024, 1, 2), format="online")
    make.conference("Entwurf", status="draft")

    def titles(query=""):
        return [conference.title for conference in client.get(f"/konferenzen/{query}").context["listing"]]

    assert titles() == ["Neu", "Alt"]
    assert titles("?jahr=2018") == ["Alt"]
    assert titles("?form=online") == ["Neu"]
    assert titles("?form=online&jahr=2018") == []
    assert client.get("/konferenzen/?seite=2").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_conference_list_costs_the_same_whatever_it_shows(client, django_assert_num_queries, number):
    for _ in range(number):
        make.conference()
    with django_assert_num_queries(5):
        assert client.get("/konferenzen/").status_code == 200


def test_conference_pages_in_english(client, autumn):
    assert "28 October" in text_of(client, "/en/")
    assert client.get("/en/conferences/").status_code == 200
    assert '<h1 lang="de">Was macht Kommunen innovativ?</h1>' in text_of(client, "/en/")
