"""schedule.xml as it is found: old files, missing things, several zones, the same guid twice."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from sessions_app.interchange.programme import FileRefused
from sessions_app.interchange.schedule_xml import read_schedule_xml, write_schedule_xml
from tests.programme_files import event, schedule, sentences

GUID = "8a3f0000-0000-4000-8000-00000000000"
HERE = Path(__file__).parent / "interchange"


def one(inside: str = "", **options):
    head, day = options.pop("head", ""), options.pop("day", 'date="2024-05-01"')
    programme = read_schedule_xml(schedule(event(inside, guid=f"{GUID}1", **options), head=head, day=day))
    return programme.talks[0], programme


def test_a_pentabarf_file_is_read():
    programme = read_schedule_xml((HERE / "pentabarf-2009.xml").read_bytes(), "pentabarf-2009.xml")
    assert (programme.title, programme.key, programme.version) == ("Tage der Gemeinden", "pentabarf-2009", "Entwurf 3")
    assert programme.place == "Altes Kesselhaus, Musterstadt"
    opening, night = programme.talks
    assert (opening.title, opening.room, opening.people[0].name) == ("Eröffnung", "Großer Saal", "Jürgen Müller")
    assert opening.start.isoformat() == "2009-11-14T20:00:00+01:00"
    assert opening.description == (
        "<p>Erster Absatz &amp; mehr<br>zweite Zeile</p>"
        '<p>Zweiter Absatz: <a href="http://example.org/a">http://example.org/a</a>.</p>'
    )
    # Before the day changes at five it is the next date, and still the same day of the programme.
    assert night.start.isoformat() == "2009-11-15T01:30:00+01:00"
    assert (night.day, night.duration) == (date(2009, 11, 14), timedelta(minutes=90))
    told = sentences(programme)
    assert "Zeile 17 und 1 weitere: Ein Beitrag hat keine guid" in told
    assert "Zeile 17 und 1 weitere: Zeiten ohne Zeitzone gelten als Zeiten in Deutschland" in told
    assert "Zeile 35: Die Dauer „90:00“ gilt als 90 Minuten." in told


def test_what_is_not_known_of_an_old_file_is_given_back():
    programme = read_schedule_xml((HERE / "pentabarf-2009.xml").read_bytes())
    assert programme.extra["elements"][0] == {"tag": "subtitle", "text": "Wasser und Wege"}
    assert programme.talks[0].extra == {"elements": [{"tag": "tag", "text": "begruessung"}]}
    again = read_schedule_xml(write_schedule_xml(programme, keep_unknown=True))
    assert again.extra["elements"] == programme.extra["elements"]
    assert again.talks[0].extra == programme.talks[0].extra


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1:30", 90),
        ("01:30", 90),
        ("01:30:00", 90),
        ("90", 90),
        ("90:00", 90),
        ("PT1H30M", 90),
        ("0:05:30", 5.5),
        ("24:00", 1440),
        ("00:00", None),
        ("", None),
        ("lang", None),
    ],
)
def test_durations(text, minutes):
    talk, programme = one(f"<start>10:00</start><duration>{text}</duration>")
    assert talk.duration == (timedelta(minutes=minutes) if minutes else None)
    assert ("Die Dauer „lang“ ist nicht zu verstehen." in sentences(programme)) == (text == "lang")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<date>2024-05-01T10:00:00+02:00</date>", "2024-05-01T10:00:00+02:00"),
        ("<date>2024-05-01T10:00:00+0200</date>", "2024-05-01T10:00:00+02:00"),
        ("<date>2024-05-01T08:00:00Z</date>", "2024-05-01T08:00:00+00:00"),
        ("<date>2024-05-01T10:00</date>", "2024-05-01T10:00:00+02:00"),
        ("<date>2024-05-01</date><start>10:00:00</start>", "2024-05-01T10:00:00+02:00"),
        ("<start>10:00</start>", "2024-05-01T10:00:00+02:00"),
        ("<start>03:59</start>", "2024-05-02T03:59:00+02:00"),
        ("<start>04:00</start>", "2024-05-01T04:00:00+02:00"),
    ],
)
def test_moments(inside, expected):
    assert one(inside + "<duration>1:00</duration>")[0].start.isoformat() == expected


def test_the_zone_of_the_conference_is_held_to():
    talk, programme = one(
        "<start>10:00</start><duration>1:00</duration>", head="<time_zone_name>America/New_York</time_zone_name>"
    )
    assert (talk.start.isoformat(), programme.time_zone) == ("2024-05-01T10:00:00-04:00", "America/New_York")
    assert programme.warnings == ()


def test_an_offset_beats_a_zone_that_does_not_agree():
    talk, _programme = one(
        "<date>2024-05-01T10:00:00+05:30</date><duration>1:00</duration>",
        head="<time_zone_name>Europe/Berlin</time_zone_name>",
    )
    assert talk.start.isoformat() == "2024-05-01T10:00:00+05:30"


@pytest.mark.parametrize("name", ["Mitteleuropa", "../../etc/passwd", "Europe/Berlinx"])
def test_an_unknown_zone_is_a_warning(name):
    _talk, programme = one("<start>10:00</start>", head=f"<time_zone_name>{name}</time_zone_name>")
    assert programme.time_zone == ""
    assert f"Die Zeitzone „{name}“ ist unbekannt." in sentences(programme)


def test_a_time_nobody_understands_leaves_the_day():
    talk, programme = one("<start>vormittags</start>")
    assert (talk.day, talk.start) == (date(2024, 5, 1), None)
    assert "Zeile 3: Die Zeit „vormittags“ ist nicht zu verstehen." in sentences(programme)


def test_html_stays_html_whether_escaped_or_not():
    escaped, _programme = one("<abstract>&lt;p&gt;Ein &lt;em&gt;Wort&lt;/em&gt;&lt;/p&gt;</abstract>")
    open_, _programme = one("<abstract><p>Ein <em>Wort</em></p></abstract>")
    assert escaped.abstract == open_.abstract == "<p>Ein <em>Wort</em></p>"


def test_addresses_that_run_are_left_out():
    links = '<links><link href="javascript:alert(1)">Hier</link><link href="https://example.org/">Dort</link></links>'
    talk, programme = one(f"<url>data:text/html,x</url>{links}")
    assert ([link.href for link in talk.links], talk.url) == (["https://example.org/"], "")
    assert "Die Adresse „javascript:alert(1)“ wird nicht übernommen." in sentences(programme)


def test_people_are_told_once_and_need_a_name():
    persons = '<persons><person id="3">Ada</person><person id="3">Ada</person><person id="4"> </person></persons>'
    talk, programme = one(persons)
    assert [person.name for person in talk.people] == ["Ada"]
    assert "„Ada“ ist zweimal genannt." in sentences(programme)
    assert "Eine Person ohne Namen wurde ausgelassen." in sentences(programme)


def test_recordings_links_and_licence():
    inside = (
        "<recording><license>CC-BY-4.0</license><optout>true</optout><url>https://youtu.be/x</url></recording>"
        "<video_download_url>https://example.org/a.mp4</video_download_url>"
        '<attachments><attachment href="/folien.pdf" type="slides">Folien</attachment></attachments>'
    )
    talk, _programme = one(inside)
    assert (talk.license, talk.is_optout) == ("CC-BY-4.0", True)
    assert [(recording.url, recording.kind) for recording in talk.recordings] == [
        ("https://youtu.be/x", "youtube"),
        ("https://example.org/a.mp4", "mp4"),
    ]
    assert [(link.href, link.kind, link.is_file) for link in talk.links] == [("/folien.pdf", "slides", True)]


# ── Who is who ───────────────────────────────────────────────────────────────────────────────
def test_a_made_up_guid_lasts_when_other_things_change():
    first = read_schedule_xml(schedule(event("<start>10:00</start>", number=7)))
    later = read_schedule_xml(schedule(event("<start>11:00</start>", number=7, title="Wasser und Wege")))
    other = read_schedule_xml(schedule(event("<start>10:00</start>", number=8)))
    assert first.talks[0].guid == later.talks[0].guid != other.talks[0].guid


def test_the_same_talk_told_twice_is_read_once():
    slots = [event(f"<start>{start}</start>", guid=f"{GUID}1", number=1) for start in ("10:00", "10:00", "15:00")]
    programme = read_schedule_xml(schedule(*slots))
    assert [talk.start.hour for talk in programme.talks] == [10]
    assert "Zeile 4: „Wasser“ steht ein zweites Mal in der Datei (zuerst: Zeile 3)" in sentences(programme)
    assert "Zeile 5: „Wasser“ steht noch zu anderer Zeit oder in anderem Raum" in sentences(programme)


def test_one_guid_for_two_talks_is_refused_with_both_places():
    with pytest.raises(FileRefused) as refused:
        read_schedule_xml(schedule(event(guid=f"{GUID}1"), event(guid=f"{GUID}1", title="Wege")))
    assert refused.value.place == "Zeile 4"
    assert "„Wasser“ (Zeile 3), „Wege“" in refused.value.sentence


def test_a_number_used_twice_is_no_identity():
    programme = read_schedule_xml(schedule(event(number=1, title="Wasser"), event(number=1, title="Wege")))
    assert len({talk.guid for talk in programme.talks}) == 2
    assert "Die Nummer 1 steht schon bei „Wasser“ (Zeile 3)" in sentences(programme)


def test_several_slots_of_one_talk_in_pretalx_stay_apart_and_are_told():
    slots = [event(f"<start>{10 + n}:00</start>", guid=f"{GUID}{n}", number=n, code="ABC7XY") for n in (1, 2)]
    programme = read_schedule_xml(schedule(*slots))
    assert len(programme.talks) == 2
    assert "„Wasser“ wird mehrmals gehalten (zuerst: Zeile 3)" in sentences(programme)


# ── Broken files ─────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            b"<html><body/></html>",
            "Zeile 1: Das ist kein schedule.xml: Das äußerste Element heißt „html“ statt „schedule“.",
        ),
        (
            b"<schedule><day><room/></day></schedule>",
            "Zeile 1: In der Datei steht kein einziger Beitrag (Element „event“).",
        ),
        (schedule(event())[:-40], "Zeile 3: Die Datei ist unvollständig: Sie bricht hier ab."),
    ],
)
def test_files_that_are_none_are_refused(source, sentence):
    with pytest.raises(FileRefused) as refused:
        read_schedule_xml(source)
    assert str(refused.value) == sentence


def test_a_file_without_conference_or_rooms_is_read():
    programme = read_schedule_xml(b'<schedule><day date="2024-05-01"><event id="1"/></day></schedule>', "plan.xml")
    assert (programme.key, programme.talks[0].title, programme.starts_on) == ("plan", "Ohne Titel", date(2024, 5, 1))
    assert "Das Element „conference“ fehlt" in sentences(programme)
