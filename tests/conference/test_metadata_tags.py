"""What machines read in the pages: complete, true, and nothing that people do not see there."""

import json

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from tests import make
from tests.machine_reading import graphs, links, node_of, open_graph, read, shown_texts, visible_words, whole_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(name="programme")
def _programme():
    return whole_programme()


def _addresses(programme) -> list[str]:
    """One page of every kind."""
    kinds = ("conference", "event", "theme", "speaker", "project", "organisation", "video", "material")
    things = [*programme.values(), make.page("Impressum", summary="Wer wir sind.")]
    lists = [reverse(name) for name in ("home", "search", *(f"{kind}_list" for kind in kinds))]
    return [*lists, *(thing.get_absolute_url() for thing in things)]


def test_pages_tell_machines_nothing_that_people_do_not_see(client, programme):
    for address in _addresses(programme):
        page = read(client, address)
        shown = set(shown_texts(graphs(page))) - {settings.SITE_NAME}
        words = visible_words(page)
        assert {text for text in shown if " ".join(text.split()) not in words} == set(), address


def test_pages_name_no_hidden_neighbour_to_machines(client, programme):
    for address in _addresses(programme):
        page = read(client, address)
        assert "eheim" not in json.dumps([graphs(page), open_graph(page)]), address


def test_pages_name_their_address_in_both_languages(client, programme):
    for address in _addresses(programme):
        page = read(client, address)
        alternates = links(page, "alternate")
        assert set(alternates) == {"de", "en", "x-default"}
        assert links(page, "canonical") == {"": settings.SITE_URL + address}
        assert alternates["de"] == alternates["x-default"] == settings.SITE_URL + address
        assert alternates["en"].startswith(f"{settings.SITE_URL}/en/")
        english = read(client, alternates["en"].removeprefix(settings.SITE_URL))
        assert links(english, "canonical") == {"": alternates["en"]}
        assert links(english, "alternate") == alternates


def test_pages_can_be_shared(client, programme):
    for address in _addresses(programme):
        properties = open_graph(read(client, address))
        assert properties["og:url"] == settings.SITE_URL + address
        assert properties["og:site_name"] == settings.SITE_NAME
        assert properties["og:title"]
        assert properties["og:type"] in ("website", "article", "profile", "video.other")
        assert (properties["og:locale"], properties["og:locale:alternate"]) == ("de_DE", "en_GB")
        assert properties["og:image"] == f"{settings.SITE_URL}/static/img/teilen.png"


def test_later_page_of_a_list_is_a_page_of_its_own(client):
    page = read(client, "/veranstaltungen/?seite=1&thema=x")
    assert links(page, "canonical") == {"": f"{settings.SITE_URL}/veranstaltungen/"}
    conference = make.conference()
    for _each in range(30):
        make.event(conference=conference)
    page = read(client, "/veranstaltungen/?seite=2&stand=held")
    assert links(page, "canonical") == {"": f"{settings.SITE_URL}/veranstaltungen/?seite=2"}
    assert links(page, "alternate")["en"] == f"{settings.SITE_URL}/en/events/?seite=2"


def test_missing_page_says_nothing_to_machines(client):
    text = client.get("/konferenzen/nie-gewesen/").content.decode()
    assert "og:" not in text
    assert "ld+json" not in text
    assert 'rel="canonical"' not in text


def test_picture_of_a_thing_is_shared_in_place_of_ours(client):
    conference = make.conference(image=make.image(alt_text="Ein Rathaus"))
    properties = open_graph(read(client, conference.get_absolute_url()))
    assert properties["og:image"].startswith(f"{settings.SITE_URL}/medien/bilder/")
    assert properties["og:image:alt"] == "Ein Rathaus"


def test_sharing_picture_has_the_size_we_say():
    path = settings.BASE_DIR / "static" / "img" / "teilen.png"
    assert Image.open(path).size == (1200, 630)
    assert path.stat().st_size <= 40_000


def test_home_introduces_the_site_and_its_conference(client, programme):
    page = read(client, "/")
    site = node_of(page, "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{settings.SITE_URL}/suche/?q={{search_term_string}}"
    conference = node_of(page, "Event")
    assert conference["name"] == "Herbst-Konferenz"
    assert (conference["startDate"], conference["endDate"]) == ("2020-10-28", "2020-12-08")
    assert conference["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert [place["@type"] for place in conference["location"]] == ["VirtualLocation"]
    assert [organiser["name"] for organiser in conference["organizer"]] == ["Difu"]
    assert (conference["funder"]["@type"], conference["funder"]["name"]) == ("GovernmentOrganization", "BMBF")
    assert [event["name"] for event in conference["subEvent"]] == ["Auftakt"]
    assert [theme["name"] for theme in conference["about"]] == ["Experimente wagen"]


def test_home_without_a_conference_introduces_the_site(client):
    assert node_of(read(client, "/"), "WebSite")["name"] == settings.SITE_NAME


def test_breadcrumbs_are_those_on_the_page(client, programme):
    event = programme["event"]
    trail = node_of(read(client, event.get_absolute_url()), "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["name"], step.get("item")) for step in trail] == [
        (1, "Start", f"{settings.SITE_URL}/"),
        (2, "Herbst-Konferenz", settings.SITE_URL + event.conference.get_absolute_url()),
        (3, "Auftakt", None),
    ]
