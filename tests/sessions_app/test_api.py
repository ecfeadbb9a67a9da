"""What each noun says of itself to machines, and what it costs."""

import datetime
import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from sessions_app.api import COLLECTIONS, CUES, DESCRIPTION
from tests import make

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL


def _items(client, address):
    response = client.get(f"/api/{address}")
    assert response.status_code == 200, response.content.decode()
    return response.json()["items"]


def _named(client, address):
    return [item.get("title") or item.get("name") for item in _items(client, address)]


def _record(client, noun, thing, *names):
    response = client.get(f"/api/{noun}/{thing.uuid}")
    assert response.status_code == 200, response.content.decode()
    return {name: response.json()[name] for name in names} if names else response.json()


def _reference(noun, thing, name="title"):
    page = f"{SITE}{thing.get_absolute_url()}"
    return {"uuid": str(thing.uuid), name: str(thing), "url": f"{SITE}/api/{noun}/{thing.uuid}", "page": page}


# ── The programme ────────────────────────────────────────────────────────────────────────────
def test_an_event_with_its_zone_and_its_neighbours(client):
    conference = make.conference("Herbst", default_license="CC-BY-4.0", place="Bonn")
    theme = make.theme("Mut", conference=conference)
    event = make.event(
        "Auftakt",
        conference=conference,
        theme=theme,
        number=1,
        questions=["Wie?", "Wann?"],
        start_time=datetime.time(10),
        end_time=datetime.time(12, 30),
    )
    second = make.contribution("Zweiter", event=event, position=2)
    first = make.contribution("Erster", event=event, position=1)
    video = make.video("Film", event=event)
    found = _record(client, "events", event)
    assert list(found) == COLLECTIONS[2].noun.names()
    assert [question["text"] for question in found["guiding_questions"]] == ["Wie?", "Wann?"]
    expected = {
        "title": "Auftakt",
        "page": f"{SITE}/konferenzen/herbst/auftakt/",
        "url": f"{SITE}/api/events/{event.uuid}",
        "kind": "thematic",
        "state": "documented",
        "date": "2020-10-28",
        "starts_at": "2020-10-28T10:00:00+01:00",
        "ends_at": "2020-10-28T12:30:00+01:00",
        "place": "Bonn",
        "findings": None,
        "conference": _reference("conferences", conference),
        "theme": _reference("themes", theme),
        "contributions": [_reference("contributions", first), _reference("contributions", second)],
        "videos": [_reference("videos", video)],
        "license": {
            "identifier": "CC-BY-4.0",
            "name": "CC BY 4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/deed.de",
        },
    }
    assert {name: found[name] for name in expected} == expected


def test_ten_in_berlin_is_ten_in_berlin_in_summer_too(client):
    days = {"starts_on": datetime.date(2020, 7, 1), "ends_on": datetime.date(2020, 7, 2)}
    event = make.event(conference=make.conference(**days), start_time=datetime.time(10))
    assert _record(client, "events", event, "starts_at") == {"starts_at": "2020-07-01T10:00:00+02:00"}


def test_a_contribution_with_the_affiliation_of_that_day(client):
    institute = make.organisation("Wuppertal Institut")
    project, person = make.project("KoDa eG"), make.speaker("Schneidewind", academic_title="Prof. Dr.")
    contribution = make.contribution(
        "Vortrag", projects=[project], kind="keynote", duration=datetime.timedelta(minutes=20, seconds=0.5)
    )
    appearance = make.appearance(
        contribution=contribution, speaker=person, organisations=[institute], is_former=True, office="Präsident"
    )
    expected = {
        "role": "Keynote",
        "office": "Präsident",
        "organisations": [_reference("organisations", institute, "name")],
        "is_former": True,
        "affiliation": "Präsident, ehemals Wuppertal Institut",
    }
    found = _record(client, "contributions", contribution, "kind", "duration", "appearances", "projects", "starts_at")
    assert found == {
        "kind": "keynote",
        "duration": 1200.5,
        "starts_at": None,
        "projects": [_reference("projects", project)],
        "appearances": [{"uuid": str(appearance.uuid), "speaker": _reference("speakers", person, "name"), **expected}],
    }
    (own,) = _record(client, "speakers", person)["appearances"]
    assert own["contribution"] == _reference("contributions", contribution) and own["date"] == "2020-10-28"
    assert {name: own[name] for name in expected} == expected


# ── Projects ─────────────────────────────────────────────────────────────────────────────────
def test_a_project_with_partners_codes_and_places(client):
    project = make.project(
        "KoDa eG", places=[("Celle", "52.62", "10.08"), "Bonn"], start="2017-03", federal_states=["DE-NI"]
    )
    town = make.organisation("Stadt Celle")
    lead = make.partnership(project, town, role="lead", funding_code="033L180A")
    club = make.partnership(project, organisation_text="Ein Verein", position=1)
    found = _record(client, "projects", project, "acronym", "start", "end", "federal_states", "places", "partnerships")
    assert found == {
        "acronym": "KoDa eG",
        "start": "2017-03",
        "end": None,
        "federal_states": ["DE-NI"],
        "places": [
            {"name": "Celle", "latitude": 52.62, "longitude": 10.08},
            {"name": "Bonn", "latitude": None, "longitude": None},
        ],
        "partnerships": [
            {
                "uuid": str(lead.uuid),
                "organisation": _reference("organisations", town, "name"),
                "organisation_text": None,
                "role": "lead",
                "funding_code": "033L180A",
            },
            {
                "uuid": str(club.uuid),
                "organisation": None,
                "organisation_text": "Ein Verein",
                "role": "partner",
                "funding_code": None,
            },
        ],
    }


# ── Recordings ───────────────────────────────────────────────────────────────────────────────
def test_a_video_with_files_tracks_chapters_and_every_sentence(client):
    contribution = make.contribution("Vortrag")
    video = make.video("Film", event=contribution.event, duration=datetime.timedelta(seconds=90))
    make.media_file(video=video, size=5)
    speaker = make.speaker("Abt")
    track = make.text_track(["Guten Tag.", "Gut."], video=video)
    track.cues.filter(number=1).update(speaker=speaker, speaker_name="Abt")
    english = make.text_track(["Good day."], video=video, language="en", kind="subtitles")
    make.chapter("Anfang", video=video, start_ms=1500, contribution=contribution)
    found = _record(client, "videos", video)
    assert (found["duration"], found["recording_url"], found["files"][0]["size"]) == (90, video.url, 5)
    (chapter,) = found["chapters"]
    assert (chapter["start"], chapter["contribution"]) == (1.5, _reference("contributions", contribution))
    assert [each["language"] for each in found["tracks"]] == ["de", "en"]
    first, second = client.get(found["tracks"][0]["cues"].removeprefix(SITE)).json()["items"]
    assert (first["text"], first["start"], first["end"]) == ("Guten Tag.", 0, 5)
    assert (first["speaker"], first["speaker_name"]) == (_reference("speakers", speaker, "name"), "Abt")
    assert (second["speaker"], second["track"], second["video"]) == (None, str(track.uuid), str(video.uuid))
    assert client.get(first["page"].removeprefix(SITE)).status_code == 200
    assert [each["text"] for each in _items(client, f"videos/{video.uuid}/cues?track={english.uuid}")] == ["Good day."]
    assert len(_items(client, f"videos/{video.uuid}/cues?per_page=1000")) == 3


def test_a_video_that_is_gone_names_no_file(client):
    video = make.video("Film", availability="offline")
    make.media_file(video=video)
    found = _record(client, "videos", video, "files", "recording_url", "availability")
    assert found == {"files": [], "recording_url": None, "availability": "offline"}


# ── Filters ──────────────────────────────────────────────────────────────────────────────────
def test_filters_narrow_together(client):
    autumn, spring = make.conference("Herbst"), make.conference("Frühling")
    theme, person, project = make.theme("Mut", conference=autumn), make.speaker("Abt"), make.project("KoDa")
    one = make.event("Eins", conference=autumn, theme=theme)
    two = make.event("Zwei", conference=autumn, kind="opening", date=datetime.date(2020, 11, 5))
    make.event("Drei", conference=spring)
    make.contribution(event=two, speakers=[person], projects=[project])
    make.contribution(event=one, speakers=[make.speaker("Anders")])
    assert _named(client, "events?conference=herbst") == ["Eins", "Zwei"]
    assert _named(client, f"events?conference={autumn.uuid}&kind=opening") == ["Zwei"]
    assert _named(client, "events?theme=mut") == ["Eins"]
    assert _named(client, f"events?speaker=abt&project={project.uuid}") == ["Zwei"]
    assert _named(client, "events?speaker=anders&project=koda") == []
    assert _named(client, "events?date_from=2020-10-29&date_to=2020-11-05") == ["Zwei"]
    assert _named(client, f"speakers?event={two.uuid}") == ["Abt"]
    assert _named(client, "speakers?theme=mut") == ["Anders"]
    assert _named(client, "events?conference=nie") == []


def test_materials_of_a_theme_are_those_people_find_under_it(client):
    theme = make.theme("Mut")
    own, of_event, of_part, of_project = (make.material(name) for name in ("Eigen", "Event", "Part", "Projekt"))
    theme.materials.add(own)
    event = make.event(theme=theme, materials=[of_event])
    make.contribution(event=event, materials=[of_part])
    make.project(themes=[theme], materials=[of_project])
    make.event(theme=theme, status="draft", materials=[make.material("Fremd")])
    assert _named(client, "materials?theme=mut") == ["Eigen", "Event", "Part", "Projekt"]
    listed = client.get("/materialien/?thema=mut").content.decode()
    assert [name for name in ("Eigen", "Event", "Part", "Projekt", "Fremd") if f'id="{name.lower()}"' in listed] == [
        "Eigen", "Event", "Part", "Projekt",
    ]  # fmt: skip


def test_every_filter_can_be_asked(client):
    """With the example it gives, or with something that is not there."""
    video = make.video()
    for collection in (*COLLECTIONS, CUES):
        base = f"/api/videos/{video.uuid}/cues" if collection is CUES else f"/api/{collection.name}"
        for parameter in collection.filters:
            value = parameter.example or "00000000-0000-4000-8000-000000000000"
            response = client.get(base, {parameter.name: value})
            assert response.status_code == 200, (base, parameter.name, response.content)


# ── What it costs ────────────────────────────────────────────────────────────────────────────
COSTS = {
    "conferences": 5, "themes": 4, "events": 7, "contributions": 8, "speakers": 6, "organisations": 2,
    "projects": 6, "videos": 8, "materials": 2, "images": 2, "pages": 2, "cues": 4,
}  # fmt: skip


def _full():
    conference = make.conference(
        organisers=[make.organisation()], funder=make.organisation(), materials=[make.material()], image=make.image()
    )
    theme = make.theme(conference=conference)
    project = make.project(themes=[theme], places=["Celle"], materials=[make.material()])
    make.partnership(project)
    event = make.event(conference=conference, theme=theme, questions=["Wie?"], materials=[make.material()])
    speaker = make.speaker(organisations=[make.organisation()])
    make.involvement(speaker=speaker, project=project)
    contribution = make.contribution(event=event, projects=[project], materials=[make.material()])
    make.appearance(contribution=contribution, speaker=speaker, organisations=[make.organisation()])
    make.video(event=event)
    video = make.video(contribution=contribution)
    make.media_file(video=video)
    make.text_track(["Guten Tag."], video=video).cues.update(speaker=speaker)
    make.chapter(video=video, contribution=contribution)
    make.page()
    return video


def test_a_page_costs_the_same_whatever_it_shows(client):
    def costs():
        found = {}
        for collection in (*COLLECTIONS, CUES):
            path = f"videos/{video.uuid}/cues" if collection is CUES else collection.name
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/api/{path}").json()["items"]
            found[collection.name] = len(asked)
        return found

    video = _full()
    assert costs() == COSTS
    _full()
    _full()
    assert costs() == COSTS


# ── The description ──────────────────────────────────────────────────────────────────────────
def test_every_record_is_what_is_described(client):
    _full()
    schemas = DESCRIPTION.document()["components"]["schemas"]
    for collection in COLLECTIONS:
        (*_others, item) = client.get(f"/api/{collection.name}").json()["items"]
        assert list(item) == list(schemas[collection.noun.schema_name]["properties"]), collection.name
        parts = {each.name: each.part for each in collection.noun.fields if each.part}
        for name, part in parts.items():
            assert item[name] and list(item[name][0]) == list(schemas[part.schema_name]["properties"]), name


def test_every_address_described_is_there():
    document = DESCRIPTION.document()
    mark = "6c1f0b52-43f0-4c1c-9d0a-0f1a2f5f1c11"
    names = {resolve(path.format(uuid=mark, slug="herbst")).url_name for path in document["paths"]}
    assert names == {"api_index", "api_collection", "api_record", "api_cues", "conference_dump"}
    assert json.dumps(document).count("operationId") == len(document["paths"]) == 2 * len(COLLECTIONS) + 3


def test_the_description_can_be_fetched(client):
    response = client.get("/api/openapi.json")
    assert response.json() == DESCRIPTION.document() and response.headers["ETag"]
    assert response.headers["Content-Type"] == "application/json"
