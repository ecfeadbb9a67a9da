"""The pages of the themes."""

import datetime

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_theme_detail_joins_events_projects_videos_materials_people(client):
    conference = make.conference()
    theme = make.theme(
        "Innen entwickeln!", conference=conference, position=2, background="<p>Leerstand.</p>", palette="red"
    )
    make.theme("Davor", conference=conference, position=1)
    make.theme("Fremd", conference=make.conference())
    event = make.event("Innen", conference=conference, theme=theme, date=datetime.date(2020, 11, 17))
    make.event("Andere", conference=conference)
    project = make.project("Hofwert", themes=[theme], materials=[make.material("Mustervertrag")])
    make.project("Fremdes", themes=[make.theme()])
    make.video("Mitschnitt", event=event)
    make.appearance(contribution=make.contribution(event=event), speaker=make.speaker("Beispiel"), office="Landrat")
    theme.materials.add(make.material("Leitfaden"))
    text = text_of(client, "/themen/innen-entwickeln/")
    assert "Kernbotschaft 2 von 2" in text
    assert "Leerstand." in text
    assert event.get_absolute_url() in text
    assert project.get_absolute_url() in text
    for word in ("Mitschnitt", "Mustervertrag", "Leitfaden", "Beispiel", "Landrat", "17. November 2020", "Davor"):
        assert word in text
    for word in ("Andere", "Fremd<", "Fremdes"):
        assert word not in text


def test_theme_detail_hides_drafts(client):
    theme = make.theme("Offen")
    make.event("Geheim 1", theme=theme, status="draft")
    make.project("Geheim 2", themes=[theme], status="draft")
    event = make.event("Offene Veranstaltung", theme=theme)
    make.video("Geheim 3", event=event, status="draft")
    make.contribution(event=event, speakers=[make.speaker("Geheim 4", status="draft")])
    theme.materials.add(make.material("Geheim 5", status="draft"))
    assert "Geheim" not in text_of(client, "/themen/offen/")


def test_theme_detail_with_nothing_yet(client):
    make.theme("Leer")
    text = text_of(client, "/themen/leer/")
    assert "Zu dieser Kernbotschaft ist keine Veranstaltung veröffentlicht." in text
    assert "Diesem Themenfeld ist noch kein Vorhaben zugeordnet." in text


def test_theme_detail_of_a_draft_is_the_404_of_nothing(client):
    make.theme("Verborgen", status="draft")
    make.theme("In einem Entwurf", conference=make.conference(status="draft"))
    nothing = client.get("/gibt-es-nicht/").content
    assert client.get("/themen/verborgen/").content == nothing
    assert client.get("/themen/in-einem-entwurf/").content == nothing


@pytest.mark.parametrize("number", [1, 3])
def test_theme_detail_costs_the_same_whatever_it_shows(client, django_assert_num_queries, number):
    conference = make.conference(is_featured=True)
    theme = make.theme("Viel", conference=conference)
    for _ in range(number):
        make.theme(conference=conference)
        make.project(themes=[theme, make.theme()], materials=[make.material()])
        event = make.event(conference=conference, theme=theme)
        make.video(event=event)
        make.appearance(contribution=make.contribution(event=event), organisations=[make.organisation()])
        theme.materials.add(make.material())
    with django_assert_num_queries(11):
        assert client.get("/themen/viel/").status_code == 200


def test_theme_list_shows_the_published_by_conference(client):
    autumn, spring = make.conference("Herbst"), make.conference("Frühling", starts_on=datetime.date(2019, 3, 1))
    make.theme("Zwei", conference=autumn, position=2)
    make.theme("Eins", conference=autumn, position=1)
    make.theme("Älter", conference=spring)
    make.theme("Frei")
    make.theme("Entwurf", conference=autumn, status="draft")

    def titles(query=""):
        return [theme.title for theme in client.get(f"/themen/{query}").context["listing"]]

    assert titles() == ["Eins", "Zwei", "Älter", "Frei"]
    assert titles("?konferenz=fruehling") == ["Älter"]
    assert client.get("/themen/?seite=9").status_code == 404
    assert 'href="?konferenz=herbst"' in text_of(client, "/themen/")


@pytest.mark.parametrize("number", [1, 30])
def test_theme_list_costs_the_same_whatever_it_shows(client, django_assert_num_queries, number):
    conference = make.conference(is_featured=True)
    for _ in range(number):
        make.theme(conference=conference)
    with django_assert_num_queries(5):
        assert client.get("/themen/").status_code == 200


def test_theme_pages_in_english(client):
    make.theme("Vielfalt leben!")
    assert '<h1 lang="de">Vielfalt leben!</h1>' in text_of(client, "/en/themes/vielfalt-leben/")
    assert client.get("/en/themes/").status_code == 200
