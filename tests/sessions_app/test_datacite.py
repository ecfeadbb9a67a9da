"""Records for DataCite, as XML and as JSON: complete, by the rules of its schema, and of nothing hidden."""

import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from datacite import schema45
from django.conf import settings

from sessions_app.scholarly.datacite_xml import NO_DOI
from sessions_app.scholarly.loading import catalogued_conferences, catalogued_videos, load_conferences, load_videos
from sessions_app.scholarly.of_conference import conference_record
from sessions_app.scholarly.of_video import video_record
from tests import make
from tests.catalogue import ORCID, SECRET, whole_recording

pytestmark = pytest.mark.django_db
KERNEL = "{http://datacite.org/schema/kernel-4}"
REQUIRED = ["identifier", "creators", "titles", "publisher", "publicationYear", "resourceType"]
# The order the schema fixes inside these; a star may come again.
ORDERS = {
    "creator": ["creatorName", "givenName", "familyName", "nameIdentifier", "affiliation"],
    "contributor": ["contributorName", "givenName", "familyName", "nameIdentifier", "affiliation"],
    "relatedItem": ["relatedItemIdentifier", "creators", "titles", "publicationYear"],
}
# Words 4.5 knows, and so do 4.6 and 4.7.
WORDS = {
    "nameType": {"Personal", "Organizational"},
    "titleType": {"AlternativeTitle", "Subtitle", "TranslatedTitle", "Other"},
    "resourceTypeGeneral": {"Audiovisual", "Collection", "Event", "Text"},
    "relatedItemType": {"Collection"},
    "contributorType": {"HostingInstitution", "RightsHolder", "Sponsor"},
    "dateType": {"Created", "Collected", "Issued", "Available"},
    "descriptionType": {"Abstract", "TableOfContents"},
    "relationType": {"IsPartOf", "HasPart", "IsDocumentedBy", "IsIdenticalTo", "IsVariantFormOf", "IsSupplementedBy"},
    "relatedIdentifierType": {"URL"},
    "relatedItemIdentifierType": {"URL"},
}


def _xml(client, address):
    response = client.get(f"{address}datacite.xml")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/vnd.datacite.datacite+xml; charset=utf-8"
    assert SECRET not in response.content.decode()
    return ElementTree.fromstring(response.content)


def _attributes(client, address):
    response = client.get(f"{address}datacite.json")
    assert response.status_code == 200
    assert SECRET not in response.content.decode()
    document = response.json()["data"]
    assert document["type"] == "dois"
    return document["attributes"]


def _name(element) -> str:
    return element.tag.removeprefix(KERNEL)


def _follows_the_rules(root):
    names = [_name(child) for child in root]
    assert _name(root) == "resource" and set(REQUIRED) <= set(names) and len(names) == len(set(names))
    for element in root.iter():
        assert element.tag.startswith(KERNEL)
        assert len(element) or element.text, f"{_name(element)} is empty"
        for attribute, words in WORDS.items():
            assert element.get(attribute, next(iter(words))) in words, (attribute, element.get(attribute))
        order = ORDERS.get(_name(element), [])
        places = [order.index(_name(child)) for child in element if order]
        assert places == sorted(places)
    year = root.findtext(f"{KERNEL}publicationYear")
    assert len(year) == 4 and year.isdecimal()


def _things():
    video = whole_recording()
    bare = make.video("Nur ein Titel", event=make.event(conference=make.conference("Leere Konferenz")))
    trailer = make.video("Trailer", kind="trailer", event=video.contribution.event)
    return [video, bare, trailer, video.contribution.event.conference, bare.event.conference]


def test_every_record_keeps_the_rules_of_both_forms(client):
    for thing in _things():
        _follows_the_rules(_xml(client, thing.get_absolute_url()))
        attributes = _attributes(client, thing.get_absolute_url())
        schema45.validate(attributes)
        assert "doi" not in attributes
        assert attributes["schemaVersion"] == "http://datacite.org/schema/kernel-4"


def test_a_recording_tells_all_that_is_known(client):
    video = whole_recording()
    told = _attributes(client, video.get_absolute_url())
    page = f"{settings.SITE_URL}{video.get_absolute_url()}"
    orcid = "https://orcid.org/"
    assert told["creators"] == [
        {
            "name": "Schneidewind, Uwe",
            "nameType": "Personal",
            "givenName": "Uwe",
            "familyName": "Schneidewind",
            "nameIdentifiers": [{"nameIdentifier": orcid + ORCID, "nameIdentifierScheme": "ORCID", "schemeUri": orcid}],
            "affiliation": [{"name": "ehemals Wuppertal Institut"}],
        }
    ]
    assert [(each["contributorType"], each["name"]) for each in told["contributors"]] == [
        ("HostingInstitution", "Difu"),
        ("RightsHolder", "Filmstudio"),
        ("Sponsor", "BMBF"),
    ]
    assert told["types"] == {
        "resourceTypeGeneral": "Audiovisual",
        "resourceType": "Conference presentation recording",
    }
    assert [(each["dateType"], each["date"]) for each in told["dates"]] == [
        ("Created", "2020-10-28"),
        ("Issued", "2021-01-01"),
        ("Available", "2021-01-01"),
    ]
    assert [(each["relationType"], each["relatedIdentifier"]) for each in told["relatedIdentifiers"]] == [
        ("IsPartOf", f"{settings.SITE_URL}/konferenzen/herbst-konferenz/"),
        ("IsDocumentedBy", f"{settings.SITE_URL}/konferenzen/herbst-konferenz/auftakt/"),
        ("IsIdenticalTo", "https://videos.example.org/v/1"),
        ("HasPart", f"{page}?t=61"),
        ("IsVariantFormOf", "https://ablage.example.org/folien.pdf"),
    ]
    assert [each["awardNumber"] for each in told["fundingReferences"]] == ["033L180", "033L180A"]
    assert {each["funderName"] for each in told["fundingReferences"]} == {"BMBF"}
    assert told["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    assert (told["sizes"], told["formats"]) == (["12:34", "4000000 bytes"], ["video/mp4"])
    assert told["descriptions"][1]["description"] == "00:00 Begrüßung\n01:01 Vortrag"
    assert told["subjects"] == [{"subject": name, "lang": "de"} for name in ("Experimente wagen", "KoDa eG")]
    assert told["relatedItems"][0]["titles"][0]["title"] == "Herbst-Konferenz"
    assert (told["publicationYear"], told["language"], told["url"]) == ("2021", "de", page)


def test_xml_tells_the_same_as_json(client):
    video = whole_recording()
    root, told = _xml(client, video.get_absolute_url()), _attributes(client, video.get_absolute_url())
    texts = {_name(element): element.text for element in root.iter() if element.text}
    assert texts["identifier"] == NO_DOI and root.find(f"{KERNEL}identifier").get("identifierType") == "DOI"
    alternates = [each["alternateIdentifier"] for each in told["alternateIdentifiers"]]
    assert [each.text for each in root.iter(f"{KERNEL}alternateIdentifier")] == alternates
    assert alternates[1] == f"urn:uuid:{video.uuid}"
    for name, values in (("subject", "subjects"), ("date", "dates"), ("relatedIdentifier", "relatedIdentifiers")):
        assert [each.text for each in root.iter(f"{KERNEL}{name}")] == [each[name] for each in told[values]]
    (rights,) = root.iter(f"{KERNEL}rights")
    assert (rights.get("rightsIdentifier"), rights.get("rightsIdentifierScheme")) == ("CC-BY-4.0", "SPDX")
    awards = [(each.text, each.get("awardURI")) for each in root.iter(f"{KERNEL}awardNumber")]
    assert awards == [(each["awardNumber"], each["awardUri"]) for each in told["fundingReferences"]]


def test_without_people_those_who_held_it_made_it(client):
    video = whole_recording(status="published")
    trailer = make.video("Trailer", kind="trailer", event=video.contribution.event)
    told = _attributes(client, trailer.get_absolute_url())
    assert [each["name"] for each in told["creators"]] == ["Difu"]
    assert told["types"]["resourceType"] == "Trailer"
    bare = make.video("Nur ein Titel")
    assert [each["name"] for each in _attributes(client, bare.get_absolute_url())["creators"]] == [settings.SITE_NAME]


def test_a_whole_event_is_by_everybody_once(client):
    video = whole_recording()
    event = video.contribution.event
    whole = make.video("Alles", event=event)
    names = [each["name"] for each in _attributes(client, whole.get_absolute_url())["creators"]]
    assert names == ["Schneidewind, Uwe", "Andere"]


def test_all_records_of_a_conference_in_one_archive(client):
    video = whole_recording()
    make.video("Entwurf", event=video.contribution.event, status="draft")
    make.video("Woanders")
    address = f"{video.contribution.event.conference.get_absolute_url()}datacite.zip"
    content = b"".join(client.get(address).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [
            "konferenz-herbst-konferenz.xml",
            "konferenz-herbst-konferenz.json",
            "videos/die-keynote.xml",
            "videos/die-keynote.json",
        ]
        told = json.loads(archive.read("videos/die-keynote.json"))
        assert told["data"]["attributes"] == _attributes(client, video.get_absolute_url())
    assert b"".join(client.get(address).streaming_content) == content


@pytest.mark.parametrize("form", ["xml", "json", "zip"])
def test_a_changed_address_leads_on(client, form):
    make.former_slug(make.conference("Herbst"), "vorher")
    address = client.get(f"/konferenzen/vorher/datacite.{form}").headers["Location"]
    assert address == f"/konferenzen/herbst/datacite.{form}"


@pytest.mark.parametrize("form", ["xml", "json", "zip"])
def test_what_is_hidden_or_unknown_has_no_record(client, form):
    hidden = [
        make.video(SECRET, status="draft"),
        make.video(SECRET, event=make.event(status="draft")),
        make.video(SECRET, availability="planned"),
        make.conference(SECRET, status="withdrawn"),
    ]
    for thing in hidden:
        assert client.get(f"{thing.get_absolute_url()}datacite.{form}").status_code == 404
    assert client.get(f"{make.conference().get_absolute_url()}datacite.bib").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_records_cost_the_same_however_many(number, django_assert_num_queries):
    event = whole_recording().contribution.event
    for position in range(number):
        part = make.contribution(event=event, projects=[make.project()], position=position + 5)
        make.appearance(contribution=part, organisations=[make.organisation()])
        make.video(contribution=part)
        make.video(event=make.event(conference=event.conference, date=event.date))
    with django_assert_num_queries(12):
        records = [video_record(video) for video in load_videos(catalogued_videos())]
    with django_assert_num_queries(6):
        records += [conference_record(each) for each in load_conferences(catalogued_conferences())]
    assert len(records) == 2 * number + 2
