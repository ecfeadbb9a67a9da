"""What the schedule formats ask of the identifiers they are given: numbers, slugs, acronyms, a day for each."""

import datetime
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from conference.slugs import slugify_german
from sessions_app.interchange import moments
from sessions_app.interchange.identity import as_uuid
from sessions_app.interchange.programme import Programme, Talk

XML_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}")
JSON_SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
_ACRONYM = re.compile(r"[a-z0-9_-]{4,}")
_NUMBER = re.compile(r"[1-9]\d{0,8}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A talk with what it is called in the file. `moment` is midnight where only the day is known."""

    talk: Talk
    guid: str
    number: int
    slug: str
    day: datetime.date
    moment: datetime.datetime


def zone_of(programme: Programme) -> datetime.tzinfo:
    return moments.zone_named(programme.time_zone) if programme.time_zone else moments.zone_named(moments.HOME)


def acronym_of(programme: Programme) -> str:
    """At least four letters and digits; the programme's own if it will do."""
    if _ACRONYM.fullmatch(programme.acronym):
        return programme.acronym
    plain = slugify_german(programme.acronym or programme.title).replace("-", "")
    return (plain or "programm").ljust(4, "0")


def entries(programme: Programme, slugs: re.Pattern) -> list[Entry]:
    """In the order of the programme, each with a guid, number and slug of its own. A talk of which no day is known
    has no place in a schedule and is left out."""
    zone = zone_of(programme) or moments.zone_named(moments.HOME)
    dated = [(talk, *when) for talk in programme.talks if (when := _when(talk, programme, zone))]
    numbers = _numbers([talk for talk, *_when in dated])
    # Slugs of other kinds of files would do too, but not for every version of the schema.
    is_schedule = programme.file_format.startswith("schedule")
    taken = {talk.slug for talk, *_when in dated if is_schedule and slugs.fullmatch(talk.slug)}
    found, given = [], set()
    for talk, day, moment in dated:
        number = numbers[talk.guid]
        slug = talk.slug.rstrip("-_") if not slugs.fullmatch(talk.slug) else talk.slug
        if not is_schedule or not slugs.fullmatch(slug) or slug in given:
            slug = _made_slug(talk, number, acronym_of(programme), taken)
        given.add(slug)
        taken.add(slug)
        found.append(Entry(talk, as_uuid(talk.guid, programme.key), number, slug, day, moment))
    return found


def _when(talk: Talk, programme: Programme, zone: datetime.tzinfo) -> tuple[datetime.date, datetime.datetime] | None:
    if talk.start is not None:
        moment = talk.start if talk.start.tzinfo else talk.start.replace(tzinfo=zone)
        moment = moment.replace(microsecond=0)
        return talk.day or moment.date(), moment
    day = talk.day or talk.recorded_on or programme.starts_on
    return (day, datetime.datetime.combine(day, datetime.time(), zone)) if day else None


def _numbers(talks: list[Talk]) -> dict[str, int]:
    """Its own number where that is one and nobody else's; else one of its guid, so that it lasts."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for talk in talks:
        if _NUMBER.fullmatch(talk.number) and int(talk.number) not in taken:
            numbers[talk.guid] = int(talk.number)
            taken.add(int(talk.number))
    for talk in talks:
        if talk.guid not in numbers:
            number = 100_000 + zlib.crc32(talk.guid.encode()) % 900_000
            while number in taken:
                number += 1
            numbers[talk.guid] = number
            taken.add(number)
    return numbers


def _made_slug(talk: Talk, number: int, acronym: str, taken: Iterable[str]) -> str:
    begin = re.sub(r"[^a-z0-9]", "", acronym).ljust(4, "0")
    # What an earlier file of ours put before it does not come twice.
    bare = talk.slug.lower().removeprefix(f"{acronym}-{number}-").removeprefix(f"{begin}-{number}-")
    words = slugify_german(bare or talk.title, 60) or "beitrag"
    words = words if len(words) >= 4 else f"beitrag-{words}"
    slug, count = f"{begin}-{number}-{words}", 1
    while slug in taken:
        count += 1
        slug = f"{begin}-{number}-{words}-{count}"
    return slug


def days_of(programme: Programme, found: list[Entry]) -> list[tuple[datetime.date, str, str, list[Entry]]]:
    """Date, first and last moment, and the entries of every day, in order of the days."""
    zone = zone_of(programme) or moments.zone_named(moments.HOME)
    given = {span["date"]: span for span in programme.extra.get("days", ()) if "date" in span}
    days: dict[datetime.date, list[Entry]] = {}
    for entry in found:
        days.setdefault(entry.day, []).append(entry)
    if not days and programme.starts_on:
        days[programme.starts_on] = []
    told = []
    for day in sorted(days):
        span = given.get(day.isoformat(), {})
        begin, end = (_with_zone(span.get(name, "")) for name in ("start", "end"))
        told.append((day, begin or _first(day, zone, days[day]), end or _change(_next(day), zone), days[day]))
    return told


def _with_zone(text: str) -> str:
    moment = moments.read_moment(text)
    return moment.isoformat() if moment and moment.tzinfo else ""


def _change(day: datetime.date, zone: datetime.tzinfo) -> str:
    return datetime.datetime.combine(day, moments.DAY_CHANGE, zone).isoformat()


def _first(day: datetime.date, zone: datetime.tzinfo, found: list[Entry]) -> str:
    """When the day begins in which all of these lie: earlier than usual for what stands at midnight or soon after."""
    change = datetime.datetime.combine(day, moments.DAY_CHANGE, zone)
    return min([change, *(entry.moment for entry in found)]).isoformat()


def _next(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=1) if day < datetime.date.max else day
