"""Programmes nobody thought of: what is written is valid, is read back, and is the same after that."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from conference.tables import Book, Row, Sheet
from sessions_app.interchange.programme import FileRefused, Link, Person, Programme, Recording, Talk
from sessions_app.interchange.pyvideo import read_pyvideo, write_pyvideo
from sessions_app.interchange.schedule_json import read_schedule_json, write_schedule_json
from sessions_app.interchange.schedule_xml import read_schedule_xml, write_schedule_xml
from sessions_app.interchange.spreadsheet import read_spreadsheet
from tests.programme_files import content
from tests.schedule_rules import broken_rules_of_json, broken_rules_of_xml

# One line, without blanks at the ends; what XML cannot hold has a test of its own.
LINE = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), max_size=20).map(
    lambda text: " ".join(text.split())
)
NAME = LINE.filter(bool)
# As it comes from a file: paragraphs, and whatever stands in them.
LONG = st.one_of(st.just(""), LINE.map(lambda text: f"<p>{text.replace('&', '').replace('<', '')}</p>"))
ADDRESS = st.text("abc/=?&-", max_size=12).map(lambda text: f"https://example.org/{text}")
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, fold=0)
)
OFFSETS = st.integers(-11 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
LENGTHS = st.integers(1, 48 * 3600).map(lambda seconds: timedelta(seconds=seconds))

PEOPLE = st.builds(Person, name=NAME, number=st.integers(1, 10**6).map(str), guid=st.just("") | st.uuids().map(str))
LINKS = st.builds(
    Link, href=ADDRESS, title=LINE, kind=st.sampled_from(["", "slides", "related"]), is_file=st.booleans()
)
TALKS = st.builds(
    Talk,
    guid=st.uuids().map(str),
    title=NAME,
    number=st.just("") | st.integers(0, 10**6).map(str),
    slug=st.text("abcäöü-_ 12", max_size=12),
    subtitle=LINE,
    kind=LINE,
    start=st.builds(lambda moment, offset: moment.replace(tzinfo=offset), MOMENTS, OFFSETS),
    duration=st.none() | LENGTHS,
    room=LINE,
    track=LINE,
    language=st.sampled_from(["", "de", "en"]),
    abstract=LONG,
    description=LONG,
    url=st.just("") | ADDRESS,
    license=LINE,
    is_optout=st.booleans(),
    people=st.lists(PEOPLE, max_size=3, unique_by=lambda person: (person.guid or person.number, person.name)).map(
        tuple
    ),
    links=st.lists(LINKS, max_size=3, unique_by=lambda link: link.href).map(
        lambda links: tuple(sorted(links, key=_is_file))
    ),
    recordings=st.lists(st.builds(Recording, url=ADDRESS), max_size=2).map(tuple),
    recorded_on=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    tags=st.lists(NAME, max_size=2, unique_by=str.lower).map(tuple),
)
PROGRAMMES = st.builds(
    Programme,
    file_format=st.sampled_from(["schedule_xml", "nachlese"]),
    key=NAME,
    title=NAME,
    acronym=st.sampled_from(["", "tagung", "Ä", "fosdem-2025"]),
    time_zone=st.sampled_from(["", "Europe/Berlin", "Asia/Tokyo"]),
    version=LINE,
    talks=st.lists(TALKS, min_size=1, max_size=4, unique_by=lambda talk: talk.guid).map(tuple),
)
FEW = settings(max_examples=40, deadline=None)


def _is_file(link):
    return link.is_file


def _said(talk: Talk) -> tuple:
    """What must never be lost, whatever happens to identifiers."""
    people = [(person.name, person.number, person.guid) for person in talk.people]
    words = (
        talk.title,
        talk.subtitle,
        talk.kind,
        talk.room,
        talk.track,
        talk.language,
        talk.abstract,
        talk.description,
    )
    start = None if talk.start.time() == datetime.min.time() and not talk.duration else talk.start
    # What does not fit for a recording leads on as a link.
    places = sorted({*(link.href for link in talk.links), *(recording.url for recording in talk.recordings)})
    return talk.guid, words, start, talk.duration, talk.license, talk.is_optout, people, places, talk.url


@FEW
@given(PROGRAMMES)
def test_schedules_lose_nothing_and_settle(programme):
    expected = sorted(_said(talk) for talk in programme.talks)
    formats = (
        (write_schedule_xml, read_schedule_xml, broken_rules_of_xml),
        (write_schedule_json, read_schedule_json, broken_rules_of_json),
    )
    for write, read, broken_rules in formats:
        written = write(programme)
        assert broken_rules(written) == []
        found = read(written)
        assert sorted(_said_read(talk) for talk in found.talks) == expected
        assert content(read(write(found))) == content(found)
        assert content(read(write(found, keep_unknown=True))) == content(found)


def _said_read(talk: Talk) -> tuple:
    return _said(talk) if talk.start else _said_without_time(talk)


def _said_without_time(talk: Talk) -> tuple:
    midnight = datetime.combine(talk.day, datetime.min.time())
    guid, words, _start, *rest = _said(Talk(**{**_fields(talk), "start": midnight}))
    return guid, words, None, *rest


def _fields(talk: Talk) -> dict:
    return {name: getattr(talk, name) for name in talk.__dataclass_fields__}


@FEW
@given(PROGRAMMES)
def test_pyvideo_folders_settle(programme):
    watched = [talk for talk in programme.talks if talk.recordings]
    if not watched:
        return
    found = read_pyvideo(write_pyvideo(programme))
    assert sorted(talk.title for talk in found.talks) == sorted(talk.title for talk in watched)
    assert content(read_pyvideo(write_pyvideo(found))) == content(found)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=12),
    st.sampled_from(
        ["12.10.2016", "9-10 Uhr", "99.99.9999", "1,5 Std.", "A B, C D", "A B (Amt", "Mi, 31. Februar 2016"]
    ),
)
HEADERS = st.sampled_from(
    ["Titel", "Datum", "Beginn", "Ende", "Dauer", "Referenten", "Referent 1", "Nr", "guid", None, 1, "x"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(HEADERS, min_size=1, max_size=8), st.lists(st.lists(CELLS, max_size=8), max_size=4))
def test_any_table_is_read_or_refused(headers, rows):
    told = [Row(number, cells) for number, cells in enumerate([headers, *rows], start=1)]
    try:
        programme = read_spreadsheet(Book("xlsx", [Sheet("x", told)]))
    except FileRefused as refused:
        assert refused.sentence
    else:
        assert broken_rules_of_xml(write_schedule_xml(programme)) == []
