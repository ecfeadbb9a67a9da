"""JSON-LD of every kind of page: it parses, its addresses are absolute, nothing that is required is missing."""

import datetime
import re

import pytest
from django.conf import settings
from django.urls import reverse

from tests import make
from tests.machine_reading import graphs, node_of, read, whole_programme

pytestmark = pytest.mark.django_db
# What must be told of each kind, wherever it is more than a mention.
REQUIRED = {
    "Event": {"name", "url", "startDate", "eventStatus", "eventAttendanceMode", "location"},
    "VideoObject": {"name", "thumbnailUrl", "uploadDate", "url", "inLanguage"},
    "Person": {"name", "url", "familyName"},
    "ResearchProject": {"name", "url", "member", "funding"},
    "GovernmentOrganization": {"name", "url"},
    "CreativeWork": {"name", "url"},
    "WebPage": {"name", "url"},
    "CollectionPage": {"name", "url", "isPartOf", "mainEntity", "inLanguage"},
    "SearchResultsPage": {"name", "url", "isPartOf"},
    "WebSite": {"name", "url", "potentialAction"},
    "BreadcrumbList": {"itemListElement"},
}
ADDRESSES = {"@id", "url", "item", "urlTemplate", "image", "license", "sameAs", "contentUrl", "embedUrl", "target"}
MOMENTS = {"startDate", "endDate", "uploadDate", "dateCreated", "foundingDate", "dissolutionDate", "datePublished"}
# A year, a month, a day, or a moment with its zone.
MOMENT = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?)?)?")
KINDS = {
    "home": {"Event", "WebSite"},
    "conference": {"Event"},
    "event": {"Event", "BreadcrumbList"},
    "theme": {"CreativeWork", "BreadcrumbList"},
    "speaker": {"Person", "BreadcrumbList"},
    "project": {"ResearchProject", "BreadcrumbList"},
    "organisation": {"GovernmentOrganization", "BreadcrumbList"},
    "video": {"VideoObject", "BreadcrumbList"},
    "page": {"WebPage", "BreadcrumbList"},
    "search": {"SearchResultsPage", "BreadcrumbList"},
}
LISTS = ("conference", "event", "theme", "speaker", "project", "organisation", "video", "material")


@pytest.fixture(name="programme")
def _programme():
    return whole_programme() | {"page": make.page("Impressum", summary="Wer wir sind.")}


def _address(kind, programme) -> str:
    return reverse(kind) if kind in ("home", "search") else programme[kind].get_absolute_url()


def _pairs(value, name=""):
    """Every (key, text) of a graph."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _pairs(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _pairs(part, name)
    else:
        yield name, value


def _check(page):
    for node in graphs(page):
        missing = REQUIRED[node["@type"]] - set(node)
        assert missing == set(), (node["@type"], missing)
        for key, text in _pairs(node):
            assert text not in (None, "", [], {}), key
            if key in ADDRESSES:
                assert re.match(r"(https?://|urn:uuid:)\S+$", text), (key, text)
            if key in MOMENTS:
                assert MOMENT.fullmatch(text), (key, text)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("kind", KINDS)
def test_page_is_told_completely(client, programme, kind, language):
    page = read(client, _address(kind, programme))
    if language:
        (other,) = [each for each in page.iter("link") if each.get("hreflang") == "en"]
        page = read(client, other.get("href").removeprefix(settings.SITE_URL))
    assert {node["@type"] for node in graphs(page)} == KINDS[kind]
    _check(page)


@pytest.mark.parametrize("kind", LISTS)
def test_list_names_what_it_shows(client, programme, kind):
    page = read(client, reverse(f"{kind}_list"))
    _check(page)
    members = node_of(page, "CollectionPage")["mainEntity"]
    shown = members["itemListElement"]
    assert members["numberOfItems"] == len(shown) >= 1
    assert [member["position"] for member in shown] == list(range(1, len(shown) + 1))
    links = {f"{settings.SITE_URL}{link.get('href')}" for link in page.iter("a")}
    anchors = {f"{settings.SITE_URL}{reverse('material_list')}#{each.get('id')}" for each in page.iter("li")}
    assert {member["url"] for member in shown} <= links | anchors


def test_second_page_of_a_list_goes_on_counting(client):
    conference = make.conference()
    for _each in range(30):
        make.event(conference=conference)
    node = node_of(read(client, "/veranstaltungen/?seite=2"), "CollectionPage")
    first = node["mainEntity"]["itemListElement"][0]
    assert (first["position"], node["mainEntity"]["numberOfItems"]) == (21, 30)
    assert node["url"].endswith("/veranstaltungen/?seite=2")


def test_a_list_of_nothing_has_no_members(client):
    assert "mainEntity" not in node_of(read(client, "/videos/"), "CollectionPage")


def test_a_long_list_on_one_page_names_the_first_hundred(client):
    for number in range(105):
        make.material(f"Heft {number:03}")
    members = node_of(read(client, "/materialien/"), "CollectionPage")["mainEntity"]
    assert (members["numberOfItems"], len(members["itemListElement"])) == (105, 100)


def test_project_tells_who_paid_by_which_code(client, programme):
    node = node_of(read(client, programme["project"].get_absolute_url()), "ResearchProject")
    assert [grant["identifier"] for grant in node["funding"]] == ["033L180", "033L180A"]
    assert {grant["@type"] for grant in node["funding"]} == {"MonetaryGrant"}


def test_materials_of_a_page_tell_what_they_are(client):
    book = {"authors": "Melanie Knorr", "publisher": "Difu", "year": 2019, "isbn": "978-3-948240-08-0"}
    materials = [make.material("Buch", **book), make.material("Folien", kind="slides")]
    event = make.event(materials=materials)
    first, second = node_of(read(client, event.get_absolute_url()), "Event")["workFeatured"]
    assert (first["@type"], first["creditText"], first["datePublished"]) == ("Book", "Melanie Knorr", "2019")
    assert first["publisher"] == {"@type": "Organization", "name": "Difu"}
    assert second["@type"] == "PresentationDigitalDocument"


def test_person_tells_the_projects_on_the_page(client):
    task = make.involvement(role="Verbundkoordination")
    make.involvement(speaker=task.speaker, project=make.project("Geheim", status="draft"))
    node = node_of(read(client, task.speaker.get_absolute_url()), "Person")
    (role,) = node["memberOf"]
    assert (role["roleName"], role["memberOf"]["name"]) == ("Verbundkoordination", task.project.acronym)


def test_video_tells_by_which_sense_it_can_be_taken_in(client):
    video = make.video(duration=datetime.timedelta(minutes=3))
    make.media_file(video=video)
    make.text_track(["Guten Tag."], video=video)
    node = node_of(read(client, video.get_absolute_url()), "VideoObject")
    ways = [way["itemListElement"] for way in node["accessModeSufficient"]]
    assert ways == [["auditory", "visual"], ["textual"]]
