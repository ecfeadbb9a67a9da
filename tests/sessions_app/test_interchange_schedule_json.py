"""schedule.json as it is found: of pretalx, of frab, without wrapper, with rooms as a list, version 2."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sessions_app.interchange.programme import FileRefused
from sessions_app.interchange.schedule_json import read_schedule_json, write_schedule_json
from tests.programme_files import content, sentences

HERE = Path(__file__).parent / "interchange"
GUID = "8a3f0000-0000-4000-8000-000000000001"
EVENT = {"guid": GUID, "id": 3, "title": "Wasser", "date": "2024-05-01T10:00:00+02:00", "duration": "1:30"}


def read(document):
    return read_schedule_json(json.dumps(document).encode(), "plan.json")


def one(**event):
    return read({"conference": {"days": [{"date": "2024-05-01", "rooms": {"Aula": [EVENT | event]}}]}}).talks[0]


@pytest.fixture(scope="module")
def pretalx():
    return read_schedule_json((HERE / "pretalx.json").read_bytes())


def test_a_pretalx_file_is_read(pretalx):
    assert (pretalx.key, pretalx.version, pretalx.time_zone) == ("tagung24", "0.7", "Europe/Berlin")
    assert pretalx.rooms == ({"name": "Aula", "slug": "7-aula", "capacity": 300},)
    assert pretalx.tracks == ({"name": "Böden", "slug": "3-boeden", "color": "#00aa00"},)
    talk = pretalx.talks[0]
    assert (talk.number, talk.code, talk.room, talk.track) == ("41", "ABC7XY", "Aula", "Böden")
    assert talk.start.astimezone(UTC) == datetime(2024, 5, 3, 8, tzinfo=UTC)
    assert (talk.duration, talk.abstract) == (timedelta(minutes=45), "<p>Was der Boden sagt.</p>")
    # What is no whole address leads to the host of the file.
    assert talk.links[0].href == "https://programm.example.org/media/folien.pdf"
    ada = talk.people[0]
    assert (ada.name, ada.guid, ada.extra["code"]) == ("Dr. Ada Beispiel", "", "ZZ9Q3K")
    assert talk.extra["answers"] == [{"question": 5, "answer": "ja"}]


def test_several_slots_of_one_talk_stay_apart_and_are_told(pretalx):
    assert [talk.day for talk in pretalx.talks] == [date(2024, 5, 3), date(2024, 5, 4)]
    assert "Tag 2, Raum „Aula“, Beitrag 1: „Böden lesen“ wird mehrmals gehalten" in sentences(pretalx)


def test_a_pretalx_file_is_given_back_whole(pretalx):
    again = read_schedule_json(write_schedule_json(pretalx, keep_unknown=True))
    # A number used twice is not allowed to be written; the slug of the second was missing.
    assert content(again).talks[0] == content(pretalx).talks[0]
    assert (again.rooms, again.tracks, again.extra) == (pretalx.rooms, pretalx.tracks, pretalx.extra)
    assert [talk.guid for talk in again.talks] == [talk.guid for talk in pretalx.talks]


@pytest.mark.parametrize(
    "document",
    [
        {"schedule": {"conference": {"title": "T", "days": [{"rooms": {"Aula": [EVENT]}}]}}},
        {"conference": {"title": "T", "days": [{"rooms": {"Aula": [EVENT]}}]}},
        {"conference": {"title": "T"}, "days": [{"rooms": [{"name": "Aula", "events": [EVENT]}]}]},
        {"schedule": {"conference": {"title": "T"}, "days": {"1": {"rooms": {"Aula": {"0": EVENT}}}}}},
        {"conference": {"title": {"de": "T", "en": "X"}}, "events": [EVENT | {"room": "Aula"}]},
    ],
)
def test_the_shapes_it_comes_in(document):
    programme = read(document)
    talk = programme.talks[0]
    assert (programme.title, talk.title, talk.room, talk.day) == ("T", "Wasser", "Aula", date(2024, 5, 1))


def test_version_two_has_one_list_of_events_and_one_of_people():
    head = {"days": [{"index": 1, "date": "2024-05-01", "start": "2024-05-01T06:00:00+02:00"}]}
    head |= {"acronym": "tagung24", "tracks": [{"name": "Wege & Wasser", "slug": "wege"}]}
    event = {
        "guid": GUID,
        "title": "Wasser",
        "start": "2024-05-02T00:15:00+02:00",
        "duration": "PT45M",
        "room": {"name": "Aula", "slug": "aula"},
        "track": {"slug": "wege"},
        "logo": {"url": "https://example.org/l.png"},
        "participants": [{"guid": GUID, "name": "Ada", "role": "moderator"}],
    }
    persons = [{"guid": GUID, "name": "Ada", "biography": "Forscht."}]
    programme = read({"schedule": {"conference": head, "events": [event], "persons": persons}})
    talk = programme.talks[0]
    assert (talk.duration, talk.track, talk.room) == (timedelta(minutes=45), "Wege & Wasser", "Aula")
    assert (talk.day, talk.start.isoformat()) == (date(2024, 5, 1), "2024-05-02T00:15:00+02:00")
    assert (talk.logo, "persons" in programme.extra.get("schedule", {})) == ("https://example.org/l.png", False)
    ada = talk.people[0]
    assert (ada.role, ada.guid, ada.biography) == ("moderator", GUID, "<p>Forscht.</p>")


def test_older_persons_have_public_names_and_numbers():
    person = one(persons=[{"id": 7, "public_name": "Ada  Beispiel"}]).people[0]
    assert (person.number, person.name) == ("7", "Ada Beispiel")


def test_values_of_the_wrong_type_say_nothing():
    talk = one(persons="Ada", links=[None, 3, {"url": "https://example.org/", "title": 4}], language=None, subtitle=[])
    assert (talk.people, [link.href for link in talk.links][-1], talk.language, talk.subtitle) == (
        (),
        "https://example.org/",
        "",
        "",
    )


def test_a_night_in_which_the_clock_changes_has_an_hour_more():
    event = {"title": "Nacht", "date": "2020-10-24T23:00:00+02:00", "end": "2020-10-25T05:00:00+01:00"}
    head = {"time_zone_name": "Europe/Berlin", "days": [{"rooms": {"Saal": [event]}}]}
    [talk] = read({"conference": head}).talks
    assert talk.duration == timedelta(hours=7)


def test_the_end_says_what_a_duration_in_minutes_cannot():
    talk = one(duration="00:45", end="2024-05-01T10:45:30+02:00")
    assert talk.duration == timedelta(minutes=45, seconds=30)
    event = json.loads(write_schedule_json(read({"events": [EVENT | {"duration": "0:45:30"}]})))
    event = event["schedule"]["conference"]["days"][0]["rooms"][""][0]
    assert (event["duration"], event["end"]) == ("00:45", "2024-05-01T10:45:30+02:00")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "Das ist kein schedule.json: „schedule“ mit „conference“ und „days“ fehlt."),
        ({"schedule": {}}, "Das ist kein schedule.json: „schedule“ mit „conference“ und „days“ fehlt."),
        ({"conference": {"days": []}}, "In der Datei steht kein einziger Beitrag."),
        (
            {"conference": {"days": [{"rooms": {"A": [EVENT], "B": [EVENT | {"title": "Wege"}]}}]}},
            f"Tag 1, Raum „B“, Beitrag 1: Dieselbe guid „{GUID}“ steht bei zwei verschiedenen Beiträgen: "
            "„Wasser“ (Tag 1, Raum „A“, Beitrag 1), „Wege“.",
        ),
    ],
)
def test_what_is_no_programme_is_refused(document, sentence):
    with pytest.raises(FileRefused) as refused:
        read(document)
    assert str(refused.value) == sentence


def test_broken_json_names_the_line():
    with pytest.raises(FileRefused) as refused:
        read_schedule_json(b'{"conference": {\n"title": "a"\n"days": []}}')
    assert refused.value.place == "Zeile 3"
