"""What reference managers read in the heads of pages: true, escaped, and only of what is public."""

import datetime

import pytest
from django.conf import settings

from conference.models.choices import LICENSE_URLS
from tests import make
from tests.catalogue import SECRET, whole_recording
from tests.machine_reading import node_of, read, visible_words

pytestmark = pytest.mark.django_db


def _tags(page) -> list[tuple[str, str]]:
    metas = [element for element in page.find("head").iter("meta") if element.get("name", "").startswith(("c", "DC."))]
    return [(each.get("name"), each.get("content")) for each in metas]


def _files(page) -> dict[str, str]:
    found = [each for each in page.find("head").iter("link") if each.get("rel") == "alternate"]
    return {each.get("type"): each.get("href") for each in found if each.get("type", "").startswith("application/")}


def test_video_is_told_as_a_talk(client):
    video = whole_recording()
    page = read(client, video.get_absolute_url())
    address = f"{settings.SITE_URL}{video.get_absolute_url()}"
    assert _tags(page) == [
        ("citation_title", "Die Keynote"),
        ("citation_author", "Schneidewind, Uwe"),
        ("citation_author_institution", "ehemals Wuppertal Institut"),
        ("citation_publication_date", "2020/10/28"),
        ("citation_conference_title", "Herbst-Konferenz"),
        ("citation_language", "de"),
        ("citation_publisher", settings.SITE_NAME),
        ("citation_public_url", address),
        ("DC.title", "Die Keynote"),
        ("DC.creator", "Schneidewind, Uwe"),
        ("DC.subject", "Experimente wagen"),
        ("DC.description", "Ein Anfang."),
        ("DC.publisher", settings.SITE_NAME),
        ("DC.date", "2020-10-28"),
        ("DC.type", "MovingImage"),
        ("DC.identifier", address),
        ("DC.language", "de"),
        ("DC.relation", "Herbst-Konferenz"),
        ("DC.rights", "CC BY 4.0"),
    ]
    (schema,) = [each for each in page.iter("link") if each.get("rel") == "schema.DC"]
    assert schema.get("href") == "http://purl.org/dc/elements/1.1/"


def test_the_licence_of_a_video_is_told_alike_everywhere(client):
    """Its own, else that of its conference, as its citation says on the page."""
    inherited = whole_recording()
    own = make.video("Eigenes", event=inherited.contribution.event, license="CC0-1.0")
    for video, code, name in ((inherited, "CC-BY-4.0", "CC BY 4.0"), (own, "CC0-1.0", "CC0 1.0")):
        page = read(client, video.get_absolute_url())
        assert dict(_tags(page))["DC.rights"] == name
        assert node_of(page, "VideoObject")["license"] == LICENSE_URLS[code]
        assert f"Lizenz: {name}" in visible_words(page)
        assert client.get(f"/api/videos/{video.uuid}").json()["license"]["identifier"] == code
        told = client.get(f"{video.get_absolute_url()}datacite.json").json()["data"]["attributes"]
        assert told["rightsList"][0]["rightsIdentifier"] == code


def test_event_names_everybody_once_with_their_institution(client):
    event = whole_recording().contribution.event
    person = event.contributions.first().appearances.first().speaker
    make.contribution("Schluss", event=event, speakers=[person], position=9)
    page = read(client, event.get_absolute_url())
    authors = [content for name, content in _tags(page) if name == "citation_author"]
    assert authors == ["Schneidewind, Uwe", "Andere"]
    assert ("citation_conference_title", "Herbst-Konferenz") in _tags(page)


def test_conference_and_english_page(client):
    conference = whole_recording().contribution.event.conference
    page = read(client, f"/en/conferences/{conference.slug}/")
    tags = dict(_tags(page))
    assert tags["citation_title"] == tags["citation_conference_title"] == "Herbst-Konferenz"
    assert tags["citation_public_url"] == f"{settings.SITE_URL}/en/conferences/{conference.slug}/"
    assert "DC.relation" not in tags and "citation_author" not in tags


def test_pages_lead_to_files_that_are_there(client):
    video = whole_recording()
    event = video.contribution.event
    expected = {
        video: {"application/x-bibtex", "application/x-research-info-systems"},
        event: {"application/x-bibtex", "application/vnd.citationstyles.csl+json"},
        event.conference: {"application/vnd.datacite.datacite+xml", "application/vnd.datacite.datacite+json"},
    }
    for thing, types in expected.items():
        files = _files(read(client, thing.get_absolute_url()))
        assert types <= set(files)
        for media_type in set(files) - {"application/json+oembed", "application/atom+xml", "application/rss+xml"}:
            answer = client.get(files[media_type])
            assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, media_type)
    links = [each.get("href") for each in read(client, event.conference.get_absolute_url()).iter("a")]
    assert f"{event.conference.get_absolute_url()}datacite.zip" in links


def test_the_record_of_a_video_is_offered_beside_its_citations(client):
    video = whole_recording()
    address = f"{video.get_absolute_url()}datacite.xml"
    assert address in [each.get("href") for each in read(client, video.get_absolute_url()).iter("a")]
    planned = make.video(availability="planned")
    links = [each.get("href") or "" for each in read(client, planned.get_absolute_url()).iter("a")]
    assert not [link for link in links if "datacite" in link]


def test_words_are_those_of_the_page_and_nothing_hidden(client):
    video = whole_recording()
    event = video.contribution.event
    for thing in (video, event, event.conference):
        page = read(client, thing.get_absolute_url())
        words = visible_words(page)
        for name, content in _tags(page):
            assert SECRET not in content
            if name in ("citation_title", "citation_conference_title", "citation_author_institution", "DC.subject"):
                assert content in words, (name, content)


def test_texts_of_editors_are_escaped(client):
    event = make.event('"><script>alert(1)</script>', summary="<b>&")
    page = read(client, event.get_absolute_url())
    assert dict(_tags(page))["citation_title"] == '"><script>alert(1)</script>'
    assert dict(_tags(page))["DC.description"] == "<b>&"


def test_a_preview_tells_reference_managers_nothing(client):
    client.force_login(make.administrator())
    for thing in (make.event(status="draft"), make.video(status="draft"), make.conference(status="draft")):
        page = read(client, thing.get_absolute_url())
        assert _tags(page) == []


def test_what_is_only_planned_has_no_record_to_lead_to(client):
    video = make.video(availability="planned", recorded_on=datetime.date(2020, 10, 28))
    files = _files(read(client, video.get_absolute_url()))
    assert "application/vnd.datacite.datacite+xml" not in files and "application/x-bibtex" in files
