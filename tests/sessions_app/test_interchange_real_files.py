"""Real programmes: read with their exact counts, and the same again after writing."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sessions_app.interchange.programme import Link
from sessions_app.interchange.pyvideo import read_pyvideo, write_pyvideo
from sessions_app.interchange.reading import read
from sessions_app.interchange.schedule_json import read_schedule_json, write_schedule_json
from sessions_app.interchange.schedule_xml import read_schedule_xml, write_schedule_xml
from tests.programme_files import FOSDEM, MUNICH, PYCON, content, sentences


def _counts(programme):
    people = [person for talk in programme.talks for person in talk.people]
    return len(programme.talks), len(people), len({person.guid or person.number or person.name for person in people})


@pytest.mark.parametrize(
    ("path", "kind", "counts"),
    [
        (FOSDEM, "schedule_xml", (114, 145, 134)),
        (PYCON, "pyvideo", (60, 125, 111)),
        (MUNICH, "spreadsheet", (13, 18, 15)),
    ],
)
def test_counts_are_exact_from_bytes_and_from_disk(path, kind, counts):
    programme = read(path, path.name)
    assert (programme.file_format, _counts(programme)) == (kind, counts)
    assert content(read(path.read_bytes(), path.name)) == content(programme)


def test_fosdem_keeps_links_rooms_and_times():
    programme = read(FOSDEM, FOSDEM.name)
    links = [link for talk in programme.talks for link in talk.links]
    assert (len(links), sum(link.is_file for link in links)) == (95, 27)
    assert [room["name"] for room in programme.rooms] == ["Janson", "K.3.401", "H.3244", "UB2.147", "UD6.215"]
    first = programme.talks[0]
    assert (first.guid, first.number) == ("fdbc5919-f702-524c-9331-3a2c670f6ff3", "6712")
    assert first.start.astimezone(UTC) == datetime(2025, 2, 1, 8, 30, tzinfo=UTC)
    assert str(first.start.tzinfo) == programme.time_zone == "Europe/Brussels"
    assert first.duration == timedelta(minutes=20)
    assert first.place == "Zeile 101"
    assert first.abstract.startswith("<p>FOSDEM welcome and opening talk.</p>")
    assert programme.place == "ULB (Université Libre de Bruxelles), Brussels"
    assert programme.warnings == ()


def test_pycon_keeps_links_tags_and_languages():
    programme = read(PYCON, PYCON.name)
    assert (programme.key, programme.title) == ("pycon-jp-2012", "PyCon Japan 2012")
    assert sum(len(talk.links) for talk in programme.talks) == 164
    assert len({tag for talk in programme.talks for tag in talk.tags}) == 81
    assert sorted(talk.language for talk in programme.talks) == ["en"] * 15 + ["ja"] * 45
    assert all(talk.recordings[0].kind == "youtube" and talk.recorded_on for talk in programme.talks)


def test_munich_is_understood_without_being_told():
    programme = read(MUNICH, MUNICH.name)
    first = programme.talks[0]
    assert (first.number, first.day, first.room) == ("1001", date(2016, 10, 27), "Altes Rathaus")
    assert first.start.isoformat() == "2016-10-27T09:00:00+02:00"
    assert (first.people[0].name, first.people[0].affiliation) == ("Peter Onderscheka", "Landeshauptstadt München")
    assert [person.name for person in programme.talks[4].people] == ["Maximilian Richt", "Stefan Kaufmann"]
    assert "Zeile 3 und 12 weitere" in sentences(programme)


def test_fosdem_comes_back_equal():
    programme = read(FOSDEM, FOSDEM.name)
    assert content(read_schedule_xml(write_schedule_xml(programme, keep_unknown=True))) == content(programme)


def test_fosdem_keeps_its_talks_in_a_valid_file():
    """But for what kind of link each is: not every version of the schema has a place for it."""
    programme = read(FOSDEM, FOSDEM.name)
    again = read_schedule_xml(write_schedule_xml(programme))
    plain = [
        replace(talk, links=tuple(Link(href=link.href, title=link.title, is_file=link.is_file) for link in talk.links))
        for talk in content(programme).talks
    ]
    assert list(content(again).talks) == plain


def test_fosdem_keeps_its_talks_as_json():
    programme = read(FOSDEM, FOSDEM.name)
    again = read_schedule_json(write_schedule_json(programme))
    slugs = {talk.guid: talk.slug for talk in programme.talks}
    talks = tuple(replace(talk, slug=slugs[talk.guid]) for talk in content(again).talks)
    assert talks == content(programme).talks
    assert content(read_schedule_json(write_schedule_json(again))) == content(again)


def test_pycon_comes_back_equal_and_nearly_byte_for_byte():
    programme = read(PYCON, PYCON.name)
    written = write_pyvideo(programme)
    assert content(read_pyvideo(written, PYCON.name)) == content(programme)
    before, after = zipfile.ZipFile(PYCON), zipfile.ZipFile(io.BytesIO(written))
    assert sorted(before.namelist()) == sorted(after.namelist())
    for name in before.namelist():
        given = {key: value for key, value in json.loads(before.read(name)).items() if value or key == "description"}
        assert json.loads(after.read(name)) == given
    # The others had keys without a value.
    assert sum(before.read(name) == after.read(name) for name in before.namelist()) == 57


def test_pycon_is_read_from_a_folder_too(tmp_path):
    zipfile.ZipFile(PYCON).extractall(tmp_path)
    assert content(read(tmp_path / "pycon-jp-2012", "")) == content(read(PYCON, PYCON.name))


def test_munich_goes_out_as_a_schedule_and_comes_back_equal():
    programme = read(MUNICH, MUNICH.name)
    schedule = read_schedule_xml(write_schedule_xml(programme, keep_unknown=True))
    assert [replace(talk, slug="", place="") for talk in sorted(schedule.talks, key=lambda talk: talk.number)] == [
        replace(talk, place="") for talk in programme.talks
    ]
    assert content(read_schedule_xml(write_schedule_xml(schedule, keep_unknown=True))) == content(schedule)


@pytest.mark.parametrize("path", [FOSDEM, PYCON, MUNICH])
def test_guids_are_the_same_the_second_time(path):
    guids = [talk.guid for talk in read(path, path.name).talks]
    assert guids == [talk.guid for talk in read(path, path.name).talks]
    assert len(set(guids)) == len(guids)
