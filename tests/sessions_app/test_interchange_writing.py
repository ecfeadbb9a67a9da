"""What we write as schedule.xml and schedule.json keeps the rules of their schemas, whatever the programme holds."""

import json
import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from sessions_app.interchange.numbering import acronym_of
from sessions_app.interchange.programme import Link, Person, Programme, Recording, Talk
from sessions_app.interchange.pyvideo import read_pyvideo, write_pyvideo
from sessions_app.interchange.schedule_json import read_schedule_json, write_schedule_json
from sessions_app.interchange.schedule_xml import read_schedule_xml, write_schedule_xml
from tests.schedule_rules import broken_rules_of_json, broken_rules_of_xml

BERLIN = ZoneInfo("Europe/Berlin")
GUID = "8a3f0000-0000-4000-8000-00000000000"


def programme(*talks: Talk, **given) -> Programme:
    told = {"file_format": "nachlese", "key": "herbst-2020", "title": "Herbst", "acronym": "herbst-2020"}
    return Programme(talks=talks, **(told | {"time_zone": "Europe/Berlin", "version": "1"} | given))


def talk(nth: int = 1, **given) -> Talk:
    start = datetime(2020, 11, 4, 9 + nth, tzinfo=BERLIN)
    return Talk(**({"guid": f"{GUID}{nth}", "title": "Grüße übers Wasser", "start": start} | given))


def event_of(written: bytes) -> ElementTree.Element:
    return next(ElementTree.fromstring(written).iter("event"))


FULL = talk(
    code="ABC7XY",
    slug="gruesse",
    subtitle="Quellen",
    kind="talk",
    duration=timedelta(minutes=90),
    room="Aula",
    track="Wasser",
    language="de",
    abstract="<p>Kurz</p>",
    description="<p>Lang</p>",
    url="https://example.org/v/",
    logo="https://example.org/l.png",
    license="CC-BY-4.0",
    people=(
        Person(name="Ada", guid=f"{GUID}8", number="8", affiliation="Amt", extra={"mood": "gut"}),
        Person(name="Bo", guid="x"),
    ),
    links=(
        Link(href="https://example.org/a", title="A", kind="related"),
        Link(href="/f.pdf", kind="slides", is_file=True),
    ),
    recordings=(Recording(url="https://example.org/v/"), Recording(url="https://example.org/2.mp4", kind="mp4")),
    extra={
        "elements": [{"tag": "foreign", "text": "x"}],
        "feedback_url": "https://example.org/f",
        "attributes": {"q": "1"},
    },
)
WHOLE = programme(
    FULL,
    starts_on=date(2020, 11, 4),
    ends_on=date(2020, 11, 5),
    url="https://example.org/",
    place="Berlin",
    description="<p>x</p>",
    tracks=({"name": "Wasser", "slug": "wasser", "color": "#00f", "mood": "x"},),
    rooms=({"name": "Aula", "guid": f"{GUID}7", "slug": "aula"}, {"name": "Keller", "guid": "7"}),
    extra={
        "base_url": "https://example.org/b/",
        "color": {"primary": "#fff"},
        "elements": [{"tag": "city", "text": "B"}],
    },
)


def test_a_full_programme_keeps_the_rules():
    assert broken_rules_of_xml(write_schedule_xml(WHOLE)) == []
    assert broken_rules_of_json(write_schedule_json(WHOLE)) == []


def test_what_the_schema_does_not_know_is_written_only_when_asked():
    plain, whole = (write_schedule_xml(WHOLE, keep_unknown=keep) for keep in (False, True))
    for word in (b"foreign", b"mood", b"<city>", b'q="1"', b'slug="aula"'):
        assert (word in plain, word in whole) == (False, True)


def test_an_event_is_written_as_the_table_says():
    event = event_of(write_schedule_xml(WHOLE))
    said = {child.tag: child.text for child in event if not len(child)}
    assert event.attrib == {"guid": f"{GUID}1", "id": event.get("id")}
    assert said == {
        "date": "2020-11-04T10:00:00+01:00",
        "start": "10:00",
        "duration": "01:30",
        "room": "Aula",
        "slug": f"herbst2020-{event.get('id')}-gruesse",
        "url": "https://example.org/v/",
        "title": "Grüße übers Wasser",
        "subtitle": "Quellen",
        "track": "Wasser",
        "type": "talk",
        "language": "de",
        "abstract": "<p>Kurz</p>",
        "description": "<p>Lang</p>",
        "logo": "https://example.org/l.png",
        "feedback_url": "https://example.org/f",
    }
    assert [(person.text, person.attrib) for person in event.find("persons")] == [
        ("Ada", {"id": "8", "guid": f"{GUID}8"}),
        ("Bo", {}),
    ]
    assert [link.attrib for link in event.find("links")] == [
        {"href": "https://example.org/a"},
        {"href": "https://example.org/2.mp4"},
    ]
    assert [link.attrib for link in event.find("attachments")] == [{"href": "/f.pdf"}]
    assert {child.tag: child.text for child in event.find("recording")} == {
        "license": "CC-BY-4.0",
        "optout": "false",
        "url": "https://example.org/v/",
    }


def test_what_is_left_out_of_events_is_still_there():
    event = event_of(write_schedule_xml(programme(talk(start=datetime(2020, 11, 4, 10, 0, 0, 500_000, tzinfo=BERLIN)))))
    assert event.find("date").text == "2020-11-04T10:00:00+01:00"
    assert [event.find(name).text for name in ("subtitle", "abstract", "track", "type", "room")] == [None] * 5
    assert event.find("duration").text == "00:00"


@pytest.mark.parametrize("read_back", [True, False])
def test_a_day_without_a_time_stays_one(read_back):
    written = programme(talk(start=None, day=date(2020, 11, 24)))
    readers = ((write_schedule_xml, read_schedule_xml), (write_schedule_json, read_schedule_json))
    for write, read in readers:
        found = read(write(written, keep_unknown=read_back)).talks[0]
        assert (found.day, found.start, found.duration) == (date(2020, 11, 24), None, None)


def test_a_day_holds_what_stands_in_it():
    early = talk(1, start=datetime(2020, 11, 4, 0, 30, tzinfo=BERLIN), day=date(2020, 11, 4))
    unknown = talk(2, start=None, day=date(2020, 11, 5))
    days = json.loads(write_schedule_json(programme(early, unknown)))["schedule"]["conference"]["days"]
    assert [day["day_start"] for day in days] == ["2020-11-04T00:30:00+01:00", "2020-11-05T00:00:00+01:00"]


def test_small_hours_belong_to_the_evening_before():
    late = talk(start=datetime(2020, 11, 5, 1, tzinfo=BERLIN), day=date(2020, 11, 4), duration=timedelta(hours=1))
    root = ElementTree.fromstring(write_schedule_xml(programme(talk(), late)))
    assert [day.attrib for day in root.findall("day")] == [
        {
            "index": "1",
            "date": "2020-11-04",
            "start": "2020-11-04T04:00:00+01:00",
            "end": "2020-11-05T04:00:00+01:00",
        }
    ]
    found = read_schedule_xml(write_schedule_xml(programme(late))).talks[0]
    assert (found.day, found.start) == (late.day, late.start)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(minutes=5), "00:05"),
        (timedelta(hours=24), "24:00"),
        (timedelta(hours=36), "36:00:00"),
        (timedelta(minutes=5, seconds=7), "0:05:07"),
    ],
)
def test_durations_say_the_same_when_they_are_read(length, text):
    written = programme(talk(duration=length))
    assert event_of(write_schedule_xml(written)).find("duration").text == text
    for write, read in ((write_schedule_xml, read_schedule_xml), (write_schedule_json, read_schedule_json)):
        assert read(write(written)).talks[0].duration == length


def test_ten_in_berlin_is_ten_in_berlin_before_and_after_the_clock_change():
    days = [datetime(2020, 10, 24, 10, tzinfo=BERLIN), datetime(2020, 10, 25, 10, tzinfo=BERLIN)]
    written = programme(*(talk(number, start=start) for number, start in enumerate(days, start=1)))
    found = [talk.start for talk in read_schedule_xml(write_schedule_xml(written)).talks]
    assert [start.isoformat() for start in found] == ["2020-10-24T10:00:00+02:00", "2020-10-25T10:00:00+01:00"]


def test_identifiers_are_made_where_they_will_not_do():
    talks = (
        talk(1, guid="ours/1", number="7"),
        talk(2, guid="ours/2", number="7"),
        talk(3, number="0"),
        talk(4, number="x", slug="Ärger & Ölwechsel"),
        talk(5, title="!?", slug=""),
    )
    written = programme(*talks, acronym="Ä1")
    assert broken_rules_of_xml(write_schedule_xml(written)) == []
    assert broken_rules_of_json(write_schedule_json(written)) == []
    found = read_schedule_xml(write_schedule_xml(written)).talks
    assert found[0].number == "7" != found[1].number
    assert re.fullmatch(r"ae10-\d{6}-aerger-oelwechsel", found[3].slug)
    assert re.fullmatch(r"ae10-\d{6}-beitrag", found[4].slug)
    # The same the next time, though others are gone.
    fewer = read_schedule_xml(write_schedule_xml(programme(*talks[2:], acronym="Ä1"))).talks
    assert [(talk.guid, talk.number) for talk in fewer] == [(talk.guid, talk.number) for talk in found[2:]]


@pytest.mark.parametrize(
    ("acronym", "title", "expected"),
    [
        ("fosdem-2025", "", "fosdem-2025"),
        ("Ä1", "", "ae10"),
        ("", "Herbst-Konferenz 2020", "herbstkonferenz2020"),
        ("", "日本", "programm"),
    ],
)
def test_acronyms(acronym, title, expected):
    assert acronym_of(programme(acronym=acronym, title=title)) == expected


def test_what_xml_cannot_hold_is_left_out():
    title = "Was\x00ser \ud800\x0bund <Wege> & ]]>"
    found = read_schedule_xml(write_schedule_xml(programme(talk(title=title)))).talks[0]
    assert found.title == "Wasser und <Wege> & ]]>"


def test_json_holds_the_same_event():
    document = json.loads(write_schedule_json(WHOLE))
    conference = document["schedule"]["conference"]
    event = conference["days"][0]["rooms"]["Aula"][0]
    assert document["$schema"] == "https://c3voc.de/schedule/schema.json"
    assert (event["guid"], event["start"], event["duration"], event["url"]) == (
        f"{GUID}1",
        "10:00",
        "01:30",
        "https://example.org/v/",
    )
    assert event["persons"] == [{"guid": f"{GUID}8", "id": 8, "name": "Ada", "affiliation": "Amt"}, {"name": "Bo"}]
    assert [room["name"] for room in conference["rooms"]] == ["Aula"]
    assert conference["tracks"][0]["name"] == "Wasser"


def test_a_talk_of_which_no_day_is_known_is_left_out():
    written = programme(talk(1), talk(2, start=None))
    assert len(read_schedule_xml(write_schedule_xml(written)).talks) == 1
    assert broken_rules_of_xml(write_schedule_xml(programme())) == []


def test_what_came_with_json_and_has_no_place_in_xml_does_no_harm():
    """Keys that are no names, values that are no words, and names that mean something here."""
    strange = {"elements": [1, {"tag": "a b"}, {"tag": 3}], "attributes": "x", "feedback_url": {"a": 1}, "a b": [None]}
    strange |= {"recorded_text": 5, "description_rst": ["x"], "summary_text": {"a": 1}, "language_code": []}
    room, person, link = ({"name": "Aula", "a b": "c", "features": {"x": 1}}, {"name": "Ada", "1x": "c"}, {"a<": "c"})
    event = strange | {"guid": f"{GUID}1", "title": "Wasser", "date": "2020-11-04T10:00:00+01:00", "persons": [person]}
    event |= {"links": [link | {"url": "https://example.org/", "type": "recording"}], "track": "Wege"}
    head = {"rooms": [room], "tracks": [{"name": "Wege", "x y": 1}], "days": [{"rooms": {"Aula": [event]}}]}
    read = read_schedule_json(json.dumps({"conference": head}).encode())
    for keep_unknown in (False, True):
        again = read_schedule_xml(write_schedule_xml(read, keep_unknown))
        assert [(talk.title, talk.room, talk.people[0].name) for talk in again.talks] == [("Wasser", "Aula", "Ada")]
        assert read_pyvideo(write_pyvideo(read, keep_unknown)).talks[0].title == "Wasser"
    assert broken_rules_of_xml(write_schedule_xml(read)) == []
