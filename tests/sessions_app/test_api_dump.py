"""The dump of a conference: everything public of it, line by line, and nothing else."""

import itertools
import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.api import dump
from tests import make

pytestmark = pytest.mark.django_db
SITE, ADDRESS = settings.SITE_URL, "/konferenzen/herbst/daten.jsonl"


def _lines(client, address=ADDRESS) -> list[dict]:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/jsonl")
    return [json.loads(line) for line in b"".join(response.streaming_content).decode().splitlines()]


def _programme():
    conference = make.conference("Herbst", default_license="CC-BY-4.0", organisers=[make.organisation("Difu")])
    theme = make.theme("Mut", conference=conference)
    event = make.event("Auftakt", conference=conference, theme=theme, materials=[make.material("Heft")])
    speaker = make.speaker("Abt", portrait=make.image())
    project = make.project("KoDa")
    make.partnership(project, make.organisation("Celle"))
    contribution = make.contribution("Vortrag", event=event, projects=[project])
    make.appearance(contribution=contribution, speaker=speaker, organisations=[make.organisation("Institut")])
    make.text_track(["Guten Tag.", "Und gut."], video=make.video("Film", contribution=contribution))
    return conference


def test_every_noun_of_the_conference_stands_on_a_line(client):
    _programme()
    other = make.conference("Anderes", organisers=[make.organisation("Fern")])
    make.contribution("Fremd", event=make.event("Fremder Abend", conference=other), speakers=[make.speaker("Weit")])
    make.page("Impressum")
    header, *records = _lines(client)
    named = {
        kind: [each.get("title") or each.get("name") or each.get("acronym") or each.get("text") for each in group]
        for kind, group in itertools.groupby(records, key=lambda each: each["type"])
    }
    assert named | {"image": 1} == {
        "conference": ["Herbst"],
        "theme": ["Mut"],
        "event": ["Auftakt"],
        "contribution": ["Vortrag"],
        "speaker": ["Abt"],
        "organisation": ["Celle", "Difu", "Institut"],
        "project": ["KoDa"],
        "video": ["Film"],
        "material": ["Heft"],
        "image": 1,
        "cue": ["Guten Tag.", "Und gut."],
    }
    assert header["counts"] == {f"{kind}s": len(group) for kind, group in named.items()}
    assert (header["type"], header["format"]) == ("header", "nachlese-conference-dump/1.0.0")
    assert header["source"] == f"{SITE}/" and header["created_at"].endswith(("+01:00", "+02:00"))
    assert header["conference"]["title"] == "Herbst" and header["license"]["identifier"] == "CC-BY-4.0"


def test_a_line_is_what_the_address_of_the_record_answers(client):
    _programme()
    for record in _lines(client)[1:]:
        if record.pop("type") != "cue":
            assert client.get(record["url"].removeprefix(SITE)).json() == record


def test_long_dumps_are_made_piece_by_piece(client, monkeypatch):
    """The same lines whatever the size of a piece, and queries by the piece, not by the line."""
    _programme()
    conference = make.event(conference=make.conference("Frühling")).conference
    for _number in range(5):
        make.event(conference=conference)
    address = f"/konferenzen/{conference.slug}/daten.jsonl"
    whole = _lines(client, address)[1:]
    monkeypatch.setattr(dump, "CHUNK", 2)
    assert _lines(client, address)[1:] == whole
    monkeypatch.setattr(dump, "CHUNK", 100)
    with CaptureQueriesContext(connection) as once:
        _lines(client, address)
    make.event(conference=conference)
    with CaptureQueriesContext(connection) as again:
        _lines(client, address)
    assert len(once) == len(again)


def test_the_dump_leaves_piece_by_piece(client):
    _programme()
    response = client.get(ADDRESS)
    first, *others = response.streaming_content
    assert json.loads(first)["type"] == "header" and len(others) == 11
    head = client.head(ADDRESS)
    assert (head.status_code, head.headers["Content-Type"]) == (200, "application/jsonl")
    assert b"".join(head.streaming_content) == b"" and "Content-Length" not in head.headers
    assert (head.headers["Access-Control-Allow-Origin"], head.headers["X-Robots-Tag"]) == ("*", "noindex")


@pytest.mark.parametrize(("address", "status"), [
    ("/konferenzen/nie/daten.jsonl", 404), (f"{ADDRESS}?vorschau=k1", 400), (f"{ADDRESS}?page=2", 400),
])  # fmt: skip
def test_what_there_is_not_is_a_problem(client, address, status):
    make.conference("Herbst")
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")


def test_a_changed_address_leads_on(client):
    make.former_slug(make.conference("Herbst"), "vorher")
    assert client.get("/konferenzen/vorher/daten.jsonl").headers["Location"] == ADDRESS
