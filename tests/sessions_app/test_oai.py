"""OAI-PMH: the six verbs and every error, as the protocol writes them."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import signing
from django.utils import timezone

from conference.models.exchange.harvest import HarvestEntry
from sessions_app.models import Video
from sessions_app.oai import lists
from tests import make
from tests.catalogue import SECRET, whole_recording
from tests.harvesting import OAI, Harvester, never_pause

pytestmark = pytest.mark.django_db
HOST = urlsplit(settings.SITE_URL).hostname
DC, OAI_DC = "{http://purl.org/dc/elements/1.1/}", "{http://www.openarchives.org/OAI/2.0/oai_dc/}"
ENVELOPE, KERNEL = "{http://schema.datacite.org/oai/oai-1.1/}", "{http://datacite.org/schema/kernel-4}"


@pytest.fixture
def harvester(client, monkeypatch):
    never_pause(monkeypatch)
    return Harvester(client)


def _identifier(thing) -> str:
    return f"oai:{HOST}:record/{thing.uuid}"


# ── The repository ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("method", ["get", "post"])
def test_identify(harvester, method):
    root = harvester.ask(method, verb="Identify")
    part = root.find(f"{OAI}Identify")
    told = {child.tag.removeprefix(OAI): child.text for child in part}
    assert list(told) == [
        "repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord",
        "granularity", "description",
    ]  # fmt: skip
    assert (told["baseURL"], told["protocolVersion"]) == (f"{settings.SITE_URL}/oai", "2.0")
    assert (told["deletedRecord"], told["granularity"]) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert "@" in told["adminEmail"]
    about = "{http://www.openarchives.org/OAI/2.0/oai-identifier}"
    assert part.find(f".//{about}repositoryIdentifier").text == HOST
    request = root.find(f"{OAI}request")
    assert (request.text, request.attrib) == (f"{settings.SITE_URL}/oai", {"verb": "Identify"})


def test_earliest_moment_is_not_after_any_record(harvester):
    make.conference()
    told = harvester.ask(verb="Identify").findtext(f".//{OAI}earliestDatestamp")
    stamps = [stamp for _status, stamp, _sets in harvester.headers(next(harvester.pages())).values()]
    assert stamps and all(told <= stamp for stamp in stamps)


def test_metadata_formats(harvester):
    video = make.video()
    expected = ["oai_dc", "oai_datacite", "datacite"]
    for arguments in ({}, {"identifier": _identifier(video)}):
        root = harvester.ask(verb="ListMetadataFormats", **arguments)
        assert [each.text for each in root.iter(f"{OAI}metadataPrefix")] == expected
        assert all(each.text.startswith("http") for each in root.iter(f"{OAI}schema"))
    assert harvester.error(verb="ListMetadataFormats", identifier="oai:fremd:1") == "idDoesNotExist"


def test_sets_are_those_everybody_may_know(harvester):
    whole_recording()
    root = harvester.ask(verb="ListSets")
    specs = [each.text for each in root.iter(f"{OAI}setSpec")]
    expected = ["conference:herbst-konferenz", "theme:experimente-wagen", "project:koda-eg", "license:CC-BY-4.0"]
    assert set(expected) <= set(specs) and "accessible:sign-language" in specs
    for spec in specs:
        assert ":" not in spec or spec.partition(":")[0] in specs, "its parent is missing"
    assert SECRET.lower() not in str(specs)
    assert harvester.error(verb="ListSets", resumptionToken="irgendwas") == "badResumptionToken"


# ── Records ──────────────────────────────────────────────────────────────────────────────────
def test_record_in_dublin_core(harvester):
    video = whole_recording()
    root = harvester.ask(verb="GetRecord", identifier=_identifier(video), metadataPrefix="oai_dc")
    (words,) = root.iter(f"{OAI_DC}dc")
    told = [(each.tag.removeprefix(DC), each.text) for each in words]
    page = f"{settings.SITE_URL}{video.get_absolute_url()}"
    assert told[:2] == [("title", "Die Keynote"), ("creator", "Schneidewind, Uwe")]
    for pair in (
        ("subject", "Experimente wagen"),
        ("description", "Ein Anfang."),
        ("contributor", "BMBF"),
        ("date", "2020-10-28"),
        ("type", "MovingImage"),
        ("format", "video/mp4"),
        ("identifier", page),
        ("identifier", f"urn:uuid:{video.uuid}"),
        ("source", "Herbst-Konferenz"),
        ("language", "de"),
        ("coverage", "Berlin"),
        ("rights", "CC BY 4.0"),
    ):
        assert pair in told
    (sets,) = [sets for _status, _stamp, sets in harvester.headers(root).values()]
    assert sets == [
        "conference:herbst-konferenz", "theme:experimente-wagen", "project:koda-eg", "license:CC-BY-4.0",
        "accessible:captions", "accessible:sign-language", "accessible:chapters",
    ]  # fmt: skip


@pytest.mark.parametrize("prefix", ["oai_datacite", "datacite"])
def test_record_in_datacite(harvester, client, prefix):
    video = whole_recording()
    root = harvester.ask(verb="GetRecord", identifier=_identifier(video), metadataPrefix=prefix)
    (metadata,) = root.iter(f"{OAI}metadata")
    (first,) = metadata
    if prefix == "oai_datacite":
        assert [child.tag for child in first] == [f"{ENVELOPE}{name}" for name in (
            "schemaVersion", "datacentreSymbol", "payload")]  # fmt: skip
        first = first[2][0]
    assert first.tag == f"{KERNEL}resource"
    alone = client.get(f"{video.get_absolute_url()}datacite.xml").content.decode()
    assert [each.text for each in first.iter() if each.text] and first[0].text in alone


def test_conferences_are_records_too(harvester):
    conference = make.conference("Herbst")
    root = harvester.ask(verb="GetRecord", identifier=_identifier(conference), metadataPrefix="oai_dc")
    assert root.find(f".//{DC}type").text == "Collection"


def test_both_lists_hold_the_same(harvester):
    video = whole_recording()
    expected = {_identifier(video), _identifier(video.contribution.event.conference)}
    assert set(harvester.identifiers()) == expected
    records = next(harvester.pages("ListRecords"))
    assert set(harvester.headers(records)) == expected
    assert len(list(records.iter(f"{OAI}metadata"))) == 2
    assert records.find(f".//{OAI}resumptionToken") is None


def test_lists_by_set(harvester):
    video = whole_recording()
    other = make.video("Anderes")
    event = video.contribution.event
    both = {_identifier(video), _identifier(event.conference)}
    for spec, expected in (
        ("conference:herbst-konferenz", both),
        ("conference", {*both, _identifier(other), _identifier(other.event.conference)}),
        ("theme:experimente-wagen", both),
        ("project:koda-eg", {_identifier(video)}),
        ("license:CC-BY-4.0", both),
        ("accessible:sign-language", {_identifier(video)}),
    ):
        assert set(harvester.identifiers(set=spec)) == expected, spec
    for spec in ("conference:herbst", "license:cc-by-4.0", "ference:herbst-konferenz", "gibtesnicht"):
        assert harvester.error(verb="ListRecords", metadataPrefix="oai_dc", set=spec) == "noRecordsMatch", spec


def test_lists_by_moment_in_both_grains(harvester):
    old, new = make.conference(), make.conference()
    harvester.identifiers()
    stamp = datetime.datetime(2021, 5, 4, 23, 59, 59, tzinfo=datetime.UTC)
    HarvestEntry.objects.filter(uuid=old.uuid).update(datestamp=stamp)
    for arguments, expected in (
        ({"until": "2021-05-04"}, {old}),
        ({"until": "2021-05-04T23:59:59Z"}, {old}),
        ({"since": "2021-05-04T23:59:59Z", "until": "2021-05-04T23:59:59Z"}, {old}),
        ({"since": "2021-05-05"}, {new}),
        ({"since": "2021-05-05T00:00:00Z"}, {new}),
        ({"since": "0001-01-01", "until": "9999-12-31"}, {old, new}),
    ):
        assert set(harvester.identifiers(**arguments)) == set(map(_identifier, expected)), arguments
    assert harvester.error(verb="ListRecords", metadataPrefix="oai_dc", until="2021-05-03") == "noRecordsMatch"


def test_signs_that_xml_cannot_hold_spoil_no_answer(harvester):
    video = whole_recording()
    Video.objects.filter(pk=video.pk).update(title="A\x0b & <b> \ufffe]]>", summary="\x08\ud7ff")
    for prefix in ("oai_dc", "oai_datacite"):
        root = harvester.ask(verb="GetRecord", identifier=_identifier(video), metadataPrefix=prefix)
        assert "A & <b> ]]>" in [element.text for element in root.iter()]


# ── Errors ───────────────────────────────────────────────────────────────────────────────────
LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
GET = {"verb": "GetRecord", "identifier": f"oai:{HOST}:record/12345678-1234-4234-8234-123456789abc"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("badVerb", {}),
        ("badVerb", {"verb": "identify"}),
        ("badVerb", {"verb": ["Identify", "Identify"]}),
        ("badArgument", {"verb": "Identify", "set": "x"}),
        ("badArgument", {"verb": "ListMetadataFormats", "metadataPrefix": "oai_dc"}),
        ("badArgument", {"verb": "ListSets", "set": "x"}),
        ("badArgument", {"verb": "ListRecords"}),
        ("badArgument", {"verb": "ListIdentifiers", "set": "theme:x"}),
        ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc"}),
        ("badArgument", {"verb": "GetRecord", "identifier": "oai:x:1"}),
        ("badArgument", LIST | {"unbekannt": "1"}),
        ("badArgument", LIST | {"metadataPrefix": ["oai_dc", "oai_dc"]}),
        ("badArgument", LIST | {"resumptionToken": "x"}),
        ("badArgument", LIST | {"since": "2020-01-01", "until": "2020-01-01T00:00:00Z"}),
        ("badArgument", LIST | {"since": "2021-01-01", "until": "2020-01-01"}),
        ("badArgument", LIST | {"since": "2020-02-30"}),
        ("badArgument", LIST | {"since": "2020-01-01T25:00:00Z"}),
        ("badArgument", LIST | {"until": "2020-01"}),
        ("badArgument", LIST | {"until": "gestern"}),
        ("badArgument", LIST | {"until": ""}),
        ("badArgument", LIST | {"set": "theme::x"}),
        ("badArgument", LIST | {"set": "a,b"}),
        ("badArgument", LIST | {"set": "x" * 3000}),
        ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "erfunden"}),
        ("badResumptionToken", {"verb": "ListIdentifiers", "resumptionToken": "ä\x00:b:c"}),
        ("cannotDisseminateFormat", LIST | {"metadataPrefix": "marc21"}),
        ("cannotDisseminateFormat", GET | {"metadataPrefix": "OAI_DC"}),
        ("idDoesNotExist", GET | {"metadataPrefix": "oai_dc"}),
        ("idDoesNotExist", GET | {"metadataPrefix": "oai_dc", "identifier": "\x00'\"<>"}),
        ("noRecordsMatch", LIST),
    ],
)
def test_every_error_of_the_protocol(harvester, code, arguments, method):
    assert harvester.error(method, **arguments) == code


def test_a_question_not_understood_is_not_repeated(harvester):
    refused = harvester.ask(verb="Identify", set="x").find(f"{OAI}request")
    assert refused.attrib == {}
    answered = harvester.ask(**GET, metadataPrefix="oai_dc").find(f"{OAI}request")
    assert answered.attrib == GET | {"metadataPrefix": "oai_dc"}


def test_other_methods_are_refused(client):
    assert client.delete("/oai").status_code == 405


# ── Tokens ───────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def pages(harvester, monkeypatch):
    """Three, of two entries each but the last."""
    monkeypatch.setattr(lists, "PAGE", 2)
    for _number in range(5):
        make.conference()
    return list(harvester.pages("ListIdentifiers"))


def _token(root):
    return root.find(f".//{OAI}resumptionToken")


def test_tokens_lead_to_the_end(pages, harvester):
    assert [len(harvester.headers(root)) for root in pages] == [2, 2, 1]
    assert [_token(root).get("cursor") for root in pages] == ["0", "2", "4"]
    assert {_token(root).get("completeListSize") for root in pages} == {"5"}
    assert [bool(_token(root).text) for root in pages] == [True, True, False]
    expires = datetime.datetime.fromisoformat(_token(pages[0]).get("expirationDate"))
    assert timezone.now() < expires < timezone.now() + datetime.timedelta(days=2)
    assert _token(pages[2]).get("expirationDate") is None


def test_token_can_be_used_again(pages, harvester):
    again = harvester.ask(verb="ListIdentifiers", resumptionToken=_token(pages[0]).text)
    assert harvester.headers(again) == harvester.headers(pages[1])


def test_token_is_of_one_verb_stands_alone_and_cannot_be_forged(pages, harvester):
    token = _token(pages[0]).text
    assert harvester.error(verb="ListRecords", resumptionToken=token) == "badResumptionToken"
    assert harvester.error(verb="ListIdentifiers", resumptionToken=token, metadataPrefix="oai_dc") == "badArgument"
    for forged in (token[:-1], token[1:], token + "a", signing.dumps(["x"], salt="anders"), ""):
        assert harvester.error(verb="ListIdentifiers", resumptionToken=forged) == "badResumptionToken", forged


def test_token_expires(pages, harvester, monkeypatch):
    token = _token(pages[0]).text
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 2 * 86_400)
    assert harvester.error(verb="ListIdentifiers", resumptionToken=token) == "badResumptionToken"
