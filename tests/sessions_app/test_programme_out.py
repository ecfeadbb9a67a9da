"""A conference's programme for other systems."""

import datetime
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils import timezone

from conference.models import ImportSource, Origin
from sessions_app.interchange.schedule_json import read_schedule_json
from sessions_app.interchange.schedule_xml import read_schedule_xml, write_schedule_xml
from sessions_app.models import Event
from sessions_app.programme_out.building import programme_of, recordings_of
from tests import make

pytestmark = pytest.mark.django_db
Time, Minutes = datetime.time, lambda number: datetime.timedelta(minutes=number)


@pytest.fixture
def conference():
    return make.conference("Herbst-Konferenz", slug="herbst", starts_on="2020-10-20", ends_on="2020-10-31")


def event_of(conference, title="Auftakt", day=24, **given):
    given = {"start_time": Time(10), "end_time": Time(12)} | given
    return make.event(title, conference=conference, date=datetime.date(2020, 10, day), **given)


def fetched(client, name, slug="herbst"):
    cache.clear()
    response = client.get(f"/konferenzen/{slug}/export/{name}")
    assert response.status_code == 200
    return response


def test_an_event_without_times_inside_goes_out_whole_with_everybody(conference):
    event = event_of(conference)
    anna, bela = make.speaker(given_name="Anna", family_name="Ä"), make.speaker(given_name="Bela", family_name="B")
    for person in (anna, bela):
        make.appearance(contribution=make.contribution(f"Teil von {person.given_name}", event=event), speaker=person)
    [talk] = programme_of(conference).talks
    assert (talk.guid, talk.title, talk.duration) == (str(event.uuid), "Auftakt", Minutes(120))
    assert {(person.guid, person.name) for person in talk.people} == {
        (str(anna.uuid), "Anna Ä"),
        (str(bela.uuid), "Bela B"),
    }


def test_contributions_with_times_go_out_each_and_last_until_the_next(conference):
    event = event_of(conference)
    first = make.contribution("Eins", event=event, start_time=Time(10), position=1)
    make.contribution("Zwei", event=event, start_time=Time(10, 25), duration=Minutes(15), position=2)
    make.contribution("Drei", event=event, start_time=Time(11), position=3)
    talks = programme_of(conference).talks
    assert [(talk.title, talk.start.strftime("%H:%M"), talk.duration) for talk in talks] == [
        ("Eins", "10:00", Minutes(25)),
        ("Zwei", "10:25", Minutes(15)),
        ("Drei", "11:00", Minutes(60)),
    ]
    assert talks[0].guid == str(first.uuid)


def test_what_came_in_as_a_talk_goes_out_as_one(conference):
    event = event_of(conference, start_time=None, end_time=None)
    part = make.contribution("Ohne Uhrzeit", event=event)
    source = ImportSource.objects.create(name="x", file_format="pyvideo", conference=conference, grouping="day")
    Origin.objects.create(source=source, kind="sessions_app.contribution", guid="g", record=part.uuid, data={})
    assert [talk.guid for talk in programme_of(conference).talks] == [str(part.uuid)]


def test_a_kind_goes_out_in_the_words_it_came_with_until_an_editor_changes_it(conference):
    part = make.contribution("Eins", event=event_of(conference))
    source = ImportSource.objects.create(name="x", file_format="schedule_xml", conference=conference, grouping="day")
    named = {"source": source, "kind": "sessions_app.contribution", "guid": "g", "record": part.uuid}
    Origin.objects.create(**named, data={}, extra={"kind": "Lightning Talk"})
    assert [talk.kind for talk in programme_of(conference).talks] == ["Lightning Talk"]
    part.kind = "panel"
    part.save()
    assert [talk.kind for talk in programme_of(conference).talks] == ["Podium"]


def test_a_slug_of_ours_stays_as_it_is_when_it_comes_back(conference):
    part = make.contribution("Eins und zwei", event=event_of(conference))
    source = ImportSource.objects.create(name="x", file_format="schedule_xml", conference=conference, grouping="day")
    named = {"source": source, "kind": "sessions_app.contribution", "guid": str(part.uuid), "record": part.uuid}
    origin = Origin.objects.create(**named, data={})
    first = read_schedule_xml(write_schedule_xml(programme_of(conference))).talks[0]
    origin.extra = {"slug": first.slug, "number": first.number}
    origin.save()
    assert read_schedule_xml(write_schedule_xml(programme_of(conference))).talks[0].slug == first.slug


@pytest.mark.parametrize("name", ["schedule.xml", "schedule.json"])
def test_ten_in_berlin_is_ten_in_berlin_on_both_sides_of_the_clock_change(client, conference, name):
    event_of(conference, "Sommerzeit", 24), event_of(conference, "Winterzeit", 26)
    content = fetched(client, name).content
    read = (read_schedule_xml if name.endswith("xml") else read_schedule_json)(content)
    assert {talk.title: talk.start.isoformat() for talk in read.talks} == {
        "Sommerzeit": "2020-10-24T10:00:00+02:00",
        "Winterzeit": "2020-10-26T10:00:00+01:00",
    }
    assert not read.warnings


def test_drafts_and_their_people_are_nowhere(client, conference):
    event = event_of(conference)
    part = make.contribution("Öffentlich", event=event, start_time=Time(10))
    make.appearance(contribution=part, speaker=make.speaker(family_name="Geheimrat", status="draft"))
    part.projects.add(make.project("Geheimprojekt", status="draft"))
    part.materials.add(make.material("Geheimpapier", status="draft"))
    make.contribution("Geheimbeitrag", event=event_of(conference, "Geheimabend", 25, status="draft"))
    make.video("Geheimfilm", contribution=part, status="draft")
    for name in ("schedule.xml", "schedule.json"):
        text = fetched(client, name).content.decode()
        assert "Geheim" not in text
        assert "Öffentlich" in text
    names = zipfile.ZipFile(io.BytesIO(fetched(client, "pyvideo.zip").content)).namelist()
    assert [name for name in names if "/videos/" in name] == []


def test_what_was_cancelled_does_not_stand_there_as_if_it_took_place(client, conference):
    event_of(conference, "Findet statt"), event_of(conference, "Fällt aus", 25, is_cancelled=True)
    for name in ("schedule.xml", "schedule.json"):
        text = fetched(client, name).content.decode()
        assert "Findet statt" in text and "Fällt aus" not in text


def test_a_cancellation_makes_a_later_version(client, conference):
    """The day stands in front, so that later versions sort behind earlier ones."""
    event_of(conference, "Findet statt", theme=make.theme("Bleibt"))
    off = event_of(conference, "Fällt aus", 25, is_cancelled=True, theme=make.theme("Entfällt"))
    later = timezone.now() + datetime.timedelta(days=40)
    Event.objects.filter(pk=off.pk).update(updated_at=later)
    text = fetched(client, "schedule.xml").content.decode()
    assert f"<version>{later.astimezone(datetime.UTC):%Y-%m-%d}-" in text
    assert "Bleibt" in text and "Entfällt" not in text


def test_a_hidden_conference_has_no_files(client):
    make.conference("Entwurf", slug="entwurf", status="draft")
    hidden = client.get("/konferenzen/entwurf/export/schedule.xml")
    assert hidden.status_code == 404
    assert hidden.content == client.get("/konferenzen/nie/export/schedule.xml").content
    assert client.get("/konferenzen/nie/export/anderes.xml").status_code == 404


def test_pyvideo_has_a_file_for_each_recording_with_its_people(client, conference):
    event = event_of(conference)
    part = make.contribution("Vortrag", event=event)
    make.appearance(contribution=part, speaker=make.speaker(given_name="Anna", family_name="Ä"))
    make.video("Mitschnitt", contribution=part, url="https://videos.example.org/v/1", recorded_on="2020-10-24")
    make.video("Geplant", contribution=part, availability="planned")
    archive = zipfile.ZipFile(io.BytesIO(fetched(client, "pyvideo.zip").content))
    [name] = [name for name in archive.namelist() if "/videos/" in name]
    told = json.loads(archive.read(name))
    assert (told["title"], told["speakers"], told["recorded"]) == ("Mitschnitt", ["Anna Ä"], "2020-10-24")
    assert [video["url"] for video in told["videos"]] == ["https://videos.example.org/v/1"]


def test_the_version_changes_with_what_is_told_and_the_etag_with_it(client, conference):
    event = event_of(conference)
    part = make.contribution("Vorher", event=event, start_time=Time(10))
    before = fetched(client, "schedule.xml")
    again = client.get("/konferenzen/herbst/export/schedule.xml", headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 304
    type(part).objects.filter(pk=part.pk).update(title="Nachher")
    after = fetched(client, "schedule.xml")
    versions = {ElementTree.fromstring(response.content).findtext("version") for response in (before, after)}
    assert len(versions) == 2


def test_it_costs_the_same_for_few_and_for_many(conference, django_assert_num_queries, django_assert_max_num_queries):
    def fill(count):
        for number in range(count):
            event = event_of(conference, f"Abend {number}", 21 + number % 9)
            part = make.contribution(f"Teil {number}", event=event, start_time=Time(10))
            make.appearance(contribution=part, speaker=make.speaker())
            make.video(f"Film {number}", contribution=part, url=f"https://videos.example.org/{number}")

    fill(2)
    for build in (programme_of, recordings_of):
        with django_assert_max_num_queries(30) as few:
            build(conference)
        fill(5)
        with django_assert_num_queries(len(few)):
            build(conference)


def test_nobody_knows_when_a_contribution_without_a_time_begins_beside_others(client, conference):
    event = event_of(conference)
    make.contribution("Davor", event=event, duration=Minutes(20), position=1)
    make.contribution("Danach", event=event, start_time=Time(10, 30), position=2)
    talks = {talk.title: (talk.start and talk.start.strftime("%H:%M"), talk.duration) for talk in _talks(conference)}
    assert talks == {"Danach": ("10:30", None), "Davor": (None, None)}
    for name, read in (("schedule.xml", read_schedule_xml), ("schedule.json", read_schedule_json)):
        back = {talk.title: talk.start for talk in read(fetched(client, name).content).talks}
        assert back["Davor"] is None


def _talks(conference):
    return programme_of(conference).talks
