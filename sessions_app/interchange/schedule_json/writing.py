"""Programme → schedule.json, version 1 of the schema."""

import datetime
import re

from sessions_app.interchange import identity, moments, numbering
from sessions_app.interchange.numbering import Entry
from sessions_app.interchange.plain_values import as_bytes
from sessions_app.interchange.programme import Link, Person, Programme, Talk

SCHEMA = "https://c3voc.de/schedule/schema.json"
_CODE = re.compile(r"[A-Z0-9]+")
# What the schema knows beside what we understand.
_GIVEN_BACK = ("do_not_stream", "feedback_url", "origin_url")
_ROOM = ("name", "slug", "guid", "type", "description", "capacity", "stream_id", "url", "features", "assembly")


def write_schedule_json(programme: Programme, keep_unknown: bool = False) -> bytes:
    """Valid against the schema. With `keep_unknown` everything the file once had goes back in, and that may not be.

    Talks of which no day is known are left out: the format has no place for them.
    """
    extra = programme.extra
    schedule = {
        "version": programme.version,
        "base_url": extra.get("base_url", ""),
        "url": extra.get("schedule_url", ""),
    }
    schedule = {name: value for name, value in schedule.items() if value or name == "version"}
    if keep_unknown:
        schedule |= extra.get("schedule", {})
    schedule["conference"] = _conference(programme, keep_unknown)
    return as_bytes({"$schema": SCHEMA, "generator": {"name": "Nachlese"}, "schedule": schedule})


def _conference(programme: Programme, keep_unknown: bool) -> dict:
    extra = programme.extra
    days = numbering.days_of(programme, numbering.entries(programme, numbering.JSON_SLUG))
    dates = [day[0] for day in days]
    slot = extra.get("timeslot_duration", "")
    given = {
        "acronym": numbering.acronym_of(programme),
        "title": programme.title,
        "description": programme.description,
        "start": _iso(programme.starts_on or min(dates, default=None)),
        "end": _iso(programme.ends_on or max(dates, default=None)),
        "daysCount": len(days),
        "timeslot_duration": slot if moments.read_length(slot)[0] else "00:05",
        "time_zone_name": programme.time_zone,
        "logo": extra.get("logo", ""),
        "url": programme.url if programme.url != extra.get("base_url") else "",
        "colors": extra.get("color", {}),
        "keywords": extra.get("keywords", []),
        "tracks": [dict(track) for track in programme.tracks],
        "rooms": [_room(room, keep_unknown) for room in programme.rooms if keep_unknown or _has_guid(room)],
        "days": [_day(index, day, keep_unknown) for index, day in enumerate(days, start=1)],
    }
    if keep_unknown:
        given |= {"venue": extra.get("venue") or programme.place, "city": extra.get("city", "")}
        given |= extra.get("conference", {})
    required = {"acronym", "title", "start", "end", "daysCount", "timeslot_duration", "days"}
    return {name: value for name, value in given.items() if value or name in required}


def _room(room: dict, keep_unknown: bool) -> dict:
    return {name: value for name, value in room.items() if keep_unknown or name in _ROOM}


def _has_guid(room: dict) -> bool:
    return bool(identity.UUID.fullmatch(str(room.get("guid", ""))))


def _day(index: int, told: tuple[datetime.date, str, str, list[Entry]], keep_unknown: bool) -> dict:
    date, start, end, entries = told
    rooms: dict[str, list] = {}
    for entry in entries:
        rooms.setdefault(entry.talk.room, []).append(_event(entry, keep_unknown))
    return {"index": index, "date": date.isoformat(), "day_start": start, "day_end": end, "rooms": rooms}


def _event(entry: Entry, keep_unknown: bool) -> dict:
    talk = entry.talk
    given = {
        "guid": entry.guid,
        "id": entry.number,
        "code": talk.code if keep_unknown or _CODE.fullmatch(talk.code) else "",
        "logo": talk.logo,
        "date": entry.moment.isoformat(),
        "start": moments.write_clock(entry.moment)[:5],
        "duration": moments.write_length(talk.duration, with_seconds=False),
        "end": _end(talk, entry.moment),
        "room": talk.room,
        "slug": entry.slug,
        "url": talk.url,
        "title": talk.title,
        "subtitle": talk.subtitle,
        "language": talk.language,
        "track": talk.track,
        "type": talk.kind,
        "abstract": talk.abstract,
        "description": talk.description,
        "recording_license": talk.license,
        "do_not_record": talk.is_optout,
        "persons": [_person(person, keep_unknown) for person in talk.people],
        "links": [_link(link) for link in talk.links if not link.is_file] + _recordings(talk),
        "attachments": [_link(link) for link in talk.links if link.is_file],
    }
    if keep_unknown:
        given |= {"tags": list(talk.tags), **talk.extra}
    else:
        given |= {name: talk.extra[name] for name in _GIVEN_BACK if name in talk.extra}
    optional = {"code", "logo", "end", "description", "recording_license", "do_not_record", "attachments", "tags"}
    return {name: value for name, value in given.items() if value or name not in optional}


def _end(talk: Talk, moment: datetime.datetime) -> str:
    """Only where the duration, which has hours and minutes alone, would not say it."""
    seconds = int(talk.duration.total_seconds()) if talk.duration and talk.start else 0
    if seconds % 60 or seconds > 24 * 3600:
        return (moment.astimezone(datetime.UTC) + talk.duration).astimezone(moment.tzinfo).isoformat()
    return ""


def _person(person: Person, keep_unknown: bool) -> dict:
    given = {
        "guid": person.guid if identity.UUID.fullmatch(person.guid) else "",
        "id": int(person.number[:18]) if person.number.isascii() and person.number.isdigit() else 0,
        "code": person.extra.get("code", "") if _CODE.fullmatch(str(person.extra.get("code", ""))) else "",
        "name": person.name,
        "affiliation": person.affiliation,
        "role": person.role,
        "biography": person.biography,
        "links": [_link(link) for link in person.links],
    }
    if keep_unknown:
        given |= person.extra
    return {name: value for name, value in given.items() if value or name == "name"}


def _link(link: Link) -> dict:
    given = {"url": link.href, "title": link.title, "type": link.kind, **link.extra}
    return {name: value for name, value in given.items() if value or name in {"url", "title"}}


def _recordings(talk: Talk) -> list[dict]:
    return [
        {
            "url": recording.url,
            "title": "",
            "type": "recording",
            **({"service": recording.kind} if recording.kind else {}),
        }
        for recording in talk.recordings
    ]


def _iso(date: datetime.date | None) -> str:
    return date.isoformat() if date else ""
