"""The page: counts, filters, paging, links, queries."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from conference.search import rebuild_index
from tests import make
from tests.conference.search.pages import results, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3, 30])
def test_search_asks_a_fixed_number_of_queries(number, django_assert_num_queries):
    conference = make.conference()
    for index in range(number):
        event = make.event(f"Brache {index}", conference=conference, theme=make.theme(f"Brache T{index}"))
        make.video(f"Brache V{index}", event=event)
        make.project(f"Brache P{index}")
        make.speaker("Brache")
    rebuild_index()
    with django_assert_num_queries(5):
        assert Client().get("/suche/", {"q": "Brache"}).status_code == 200


def test_search_asks_at_most_eight_queries_for_nothing(library, django_assert_max_num_queries):
    make.page("Brache", status="draft")
    rebuild_index()
    for text in ("Leerstnd", "Brache", "Brachw", "Xyz", ""):
        with django_assert_max_num_queries(8):
            Client().get("/suche/", {"q": text})


def test_search_pages_keep_the_order():
    for index in range(23):
        make.page(f"Brache {index:02}", body=f"<p>{'Text ' * index}</p>")
    rebuild_index()
    pages = [titles("Brache", seite=number) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 3]
    assert len({title for page in pages for title in page}) == 23
    assert Client().get("/suche/", {"q": "Brache", "seite": "4"}).status_code == 404
    assert Client().get("/suche/", {"q": "Brache", "seite": "x"}).status_code == 404
    content = Client().get("/suche/", {"q": "Brache"}).content.decode()
    assert "?q=Brache&amp;seite=2" in content


def test_search_links_every_kind_to_its_page():
    conference = make.conference("Brache", slug="k")
    make.theme("Brache", slug="t")
    make.organisation("Brache", slug="o")
    make.material("Brache", slug="m")
    make.page("Brache", slug="s")
    make.project("Brache", slug="p")
    make.speaker("Brache", slug="b")
    event = make.event("Brache", slug="e", conference=conference)
    make.video("Brache", slug="v", event=event)
    rebuild_index()
    assert {hit.url for hit in results("Brache").hits} == {
        "/konferenzen/k/",
        "/themen/t/",
        "/einrichtungen/o/",
        "/materialien/#m",
        "/seiten/s/",
        "/vorhaben/p/",
        "/mitwirkende/b/",
        "/konferenzen/k/e/",
        "/videos/v/",
    }
    kinds = {"konferenz", "kernbotschaft", "einrichtung", "material", "seite"}
    kinds |= {"vorhaben", "mitwirkende", "veranstaltung", "video"}
    assert {choice.value for choice in results("Brache").kinds} == kinds
    for kind in kinds:
        found = results("Brache", art=kind)
        assert (len(found.hits), found.total, found.kind) == (1, 9, kind)


def test_search_filters_by_kind_and_says_so_when_nothing_is_left():
    make.page("Brache")
    rebuild_index()
    response = Client().get("/suche/", {"q": "Brache", "art": "video"})
    assert response.context["results"].hits == []
    assert "In dieser Auswahl ist nichts dabei" in response.content.decode()
    assert titles("Brache", art="gibt-es-nicht") == ["Brache"]


def test_search_filters_by_conference():
    one, two = make.conference("Brache eins", slug="eins"), make.conference("Brache zwei", slug="zwei")
    event = make.event("Brache A", conference=one)
    make.event("Brache B", conference=two)
    make.video("Brache V", event=event)
    make.theme("Brache T", conference=one)
    make.page("Brache S")
    rebuild_index()
    assert set(titles("Brache", konferenz="eins")) == {"Brache eins", "Brache A", "Brache V", "Brache T"}
    assert set(titles("Brache", konferenz="zwei")) == {"Brache zwei", "Brache B"}
    assert len(titles("Brache")) == 7


def test_event_is_found_by_its_questions_and_contributions():
    event = make.event("Auftakt", questions=["Was hilft gegen Flächenfraß?"])
    make.contribution("Zwischennutzung", event=event, abstract="<p>Ein Kaufhaus wird Bücherei.</p>")
    rebuild_index()
    for text in ("Flächenfrass", "Zwischennutzung", "Bücherei"):
        assert titles(text) == ["Auftakt"]


def test_project_is_found_by_names_places_and_funding_codes():
    project = make.project(
        "MITTENDRIN", title="Ortskerne mit Zukunft", other_names="Mitten-Drin", places=["Ilfeld"], funding_code="033L1"
    )
    make.partnership(project=project, organisation_text="Verein Lebendige Mitte", funding_code="033L187B")
    rebuild_index()
    for text in ("mittendrin", "Ortskern", "Mitten Drin", "Ilfeld", "033L1", "033l187b", "lebendige Mitte"):
        assert titles(text) == ["MITTENDRIN"]


def test_search_marks_and_shows_content_as_german_on_english_pages(library):
    with translation.override("en"):
        address = reverse("search")
    page = Client().get(address, {"q": "Leerstand"}).content.decode()
    assert '<p lang="de">' in page
    assert "<mark>Leerstand</mark>" in page
