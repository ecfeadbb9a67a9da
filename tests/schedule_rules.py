"""The rules of the schemas of schedule.xml and schedule.json, in our own words: each broken one is named."""

import json
import re
from xml.etree import ElementTree

ACRONYM = r"[a-z0-9_-]{4,}"
UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
DAY = r"\d{4}-\d\d-\d\d"
CLOCK = r"[0-2]\d:[0-5]\d(:[0-5]\d)?"
LENGTH = r"\d{1,2}:\d\d(:\d{1,2})?"
NUMBER = r"[1-9]\d*"
ADDRESS = r"https?://.*"
ANY = r"[\s\S]*"

_ROOT = {"generator": ANY, "url": ADDRESS, "version": ANY, "conference": ANY, "day": ANY}
_CONFERENCE = {"title": ANY, "acronym": ACRONYM, "start": DAY, "end": DAY, "days": NUMBER, "timeslot_duration": LENGTH}
_CONFERENCE |= {"base_url": ADDRESS, "logo": ADDRESS, "url": ADDRESS, "time_zone_name": ANY, "color": ANY, "track": ANY}
_REQUIRED = {
    "room": ANY,
    "title": ANY,
    "type": ANY,
    "date": MOMENT,
    "start": CLOCK,
    "duration": LENGTH,
    "abstract": ANY,
}
_REQUIRED |= {"subtitle": ANY, "track": ANY, "slug": r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}"}
_OPTIONAL = {"description": ANY, "logo": ADDRESS, "persons": ANY, "language": ANY, "recording": ANY, "links": ANY}
_OPTIONAL |= dict.fromkeys(("url", "feedback_url", "origin_url", "video_download_url"), ADDRESS) | {"attachments": ANY}
_ATTRIBUTES = {
    "day": {"index": NUMBER, "date": DAY, "start": MOMENT, "end": MOMENT},
    "room": {"name": ANY, "guid": UUID},
    "event": {"guid": UUID, "id": NUMBER},
    "person": {"id": NUMBER, "guid": UUID},
    # Later versions of the schema know a type of links and a code of events; what is valid in all has neither.
    "link": {"href": ANY},
    "attachment": {"href": ANY},
    "color": {"primary": ANY, "background": ANY},
    "generator": {"name": ANY, "version": ANY},
}
_HEAD_ORDER = ["generator", "url", "version", "conference", "day"]


def broken_rules_of_xml(written: bytes) -> list[str]:
    root = ElementTree.fromstring(written)
    broken = _children(root, _ROOT, ("version", "conference", "day"), many=("day",))
    order = [_HEAD_ORDER.index(child.tag) for child in root if child.tag in _HEAD_ORDER]
    broken += ["order of the root"] if order != sorted(order) else []
    broken += _children(root.find("conference"), _CONFERENCE, ("title", "acronym"), many=("track",))
    broken += [
        f"track without name: {track.attrib}"
        for track in root.find("conference").iter("track")
        if not track.get("name")
    ]
    events = list(root.iterfind("day/room/event"))
    for event in events:
        broken += _children(event, _REQUIRED | _OPTIONAL, tuple(_REQUIRED))
        recording = event.find("recording")
        if recording is not None:
            known = {"license": ANY, "optout": r"true|false", "url": ADDRESS, "link": ADDRESS}
            broken += _children(recording, known, ("license", "optout"))
    for tag, known in _ATTRIBUTES.items():
        for element in root.iter(tag):
            if tag != "room" or len(element) or not element.text:
                broken += _named(f"{tag}/@", element.attrib, known)
    for name in ("guid", "id"):
        broken += _twice(name, [event.get(name) for event in events])
    broken += _twice("slug", [event.find("slug").text for event in events])
    return broken + _twice("index", [day.get("index") for day in root.iterfind("day")])


def _children(element, known: dict, required: tuple, many: tuple = ()) -> list[str]:
    tags = [child.tag for child in element]
    broken = [f"{element.tag} has no {tag}" for tag in required if tag not in tags]
    broken += [f"{tag} twice in {element.tag}" for tag in set(tags) if tags.count(tag) > 1 and tag not in many]
    texts = [(child.tag, child.text or "") for child in element]
    return broken + [problem for tag, text in texts for problem in _named(f"{element.tag}/", {tag: text}, known)]


def _named(begin: str, given: dict, known: dict) -> list[str]:
    unknown = [f"{begin}{name} is unknown" for name in given if name not in known]
    wrong = [name for name, text in given.items() if name in known and not re.fullmatch(known[name], text)]
    return unknown + [f"{begin}{name} is {given[name]!r}" for name in wrong]


def _twice(name: str, values: list) -> list[str]:
    return [f"{name} {value} twice" for value in sorted(set(values)) if values.count(value) > 1]


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────
_EVENT = [
    "guid",
    "id",
    "date",
    "start",
    "duration",
    "room",
    "slug",
    "title",
    "subtitle",
    "language",
    "track",
    "type",
    "abstract",
    "url",
    "persons",
    "links",
]
_MAY = ["code", "logo", "end", "description", "recording_license", "do_not_record", "do_not_stream", "attachments"]
_MAY += ["feedback_url", "origin_url"]
_HEAD = ["acronym", "title", "start", "end", "daysCount", "timeslot_duration", "days"]
_HEAD_MAY = ["description", "time_zone_name", "logo", "url", "colors", "keywords", "tracks", "rooms"]
_PATTERNS = {"guid": UUID, "date": MOMENT, "start": CLOCK, "duration": r"\d+:\d\d", "slug": r"[a-z0-9_-]+[a-z0-9]"}


def broken_rules_of_json(written: bytes) -> list[str]:
    document = json.loads(written)
    schedule, head = document["schedule"], document["schedule"]["conference"]
    broken = [f"unknown {key}" for key in document if key not in {"$schema", "generator", "schedule"}]
    broken += _keys("schedule", schedule, ["version", "conference"], ["base_url", "url"])
    broken += _keys("conference", head, _HEAD, _HEAD_MAY)
    broken += [] if re.fullmatch(ACRONYM, head["acronym"]) else [f"acronym {head['acronym']}"]
    broken += [f"room {room}" for room in head.get("rooms", []) if not re.fullmatch(UUID, str(room.get("guid")))]
    events = []
    for day in head["days"]:
        broken += _keys("day", day, ["index", "date", "day_start", "day_end", "rooms"], [])
        events += [event for inside in day["rooms"].values() for event in inside]
    for event in events:
        broken += _keys("event", event, _EVENT, _MAY)
        broken += [
            f"{key} {event[key]!r}" for key, pattern in _PATTERNS.items() if not re.fullmatch(pattern, event[key])
        ]
        broken += [
            f"person {person}" for person in event["persons"] if not person.get("name") or "public_name" in person
        ]
        broken += [f"id {event['id']!r}"] if not isinstance(event["id"], int) or event["id"] < 1 else []
    return broken + [
        problem for key in ("guid", "id", "slug") for problem in _twice(key, [event[key] for event in events])
    ]


def _keys(name: str, given: dict, required: list, optional: list) -> list[str]:
    missing = [f"{name} has no {key}" for key in required if key not in given]
    return missing + [f"{name}.{key} is unknown" for key in given if key not in required and key not in optional]
