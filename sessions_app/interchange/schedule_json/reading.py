"""schedule.json → Programme. The wrapper, the version, rooms and most keys may be missing, or be of another shape."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from sessions_app.interchange import identity, moments
from sessions_app.interchange.frame import Frame, kind_of
from sessions_app.interchange.plain_values import beyond, is_true, load, mapping, objects, stem, text, words
from sessions_app.interchange.programme import FileRefused, Link, Person, Programme, Recording
from sessions_app.interchange.prose import as_html

FORMAT = "schedule_json"
_SCHEDULE = {"version", "base_url", "url", "conference", "days", "events", "rooms", "generator", "$schema", "persons"}
_CONFERENCE = {
    "acronym",
    "title",
    "description",
    "start",
    "end",
    "daysCount",
    "time_zone_name",
    "url",
    "tracks",
    "rooms",
}
_CONFERENCE |= {"days", "timeslot_duration", "logo", "colors", "keywords", "venue", "city"}
_EVENT = {"guid", "id", "code", "date", "start", "end", "duration", "room", "slug", "title", "subtitle", "language"}
_EVENT |= {"track", "type", "abstract", "description", "url", "logo", "persons", "links", "attachments", "tags"}
_EVENT |= {"recording_license", "do_not_record", "recordings", "video_download_url", "participants", "speakers"}
_PERSON = {"name", "public_name", "full_public_name", "guid", "id", "affiliation", "organization", "biography", "role"}
_PERSON |= {"links"}


def read_schedule_json(source: bytes, file_name: str = "") -> Programme:
    """Raises FileRefused: with the line where it is no JSON, else with day, room and number of the talk."""
    frame = Frame()
    document = load(source, frame.notes)
    if isinstance(document, dict):
        schedule = mapping(document.get("schedule")) or document
        if "conference" in schedule or "days" in schedule or "events" in schedule:
            return _Reader(schedule, frame, file_name).programme()
    raise FileRefused(_("Das ist kein schedule.json: „schedule“ mit „conference“ und „days“ fehlt."))


class _Reader:
    def __init__(self, schedule: dict, frame: Frame, file_name: str):
        self.schedule, self.frame = schedule, frame
        self.head = mapping(schedule.get("conference"))
        self.rooms = {
            room["name"]: room for room in map(_room, objects(self.head.get("rooms") or schedule.get("rooms")))
        }
        self.rooms.pop("", None)
        tracks = map(_named, objects(self.head.get("tracks")))
        self.tracks = tuple(track for track in tracks if track["name"])
        self.known = {text(mapping(each).get("guid")): mapping(each) for each in objects(schedule.get("persons"))}
        self.time_zone = frame.set_zone(text(self.head.get("time_zone_name")), "time_zone_name")
        self.acronym = text(self.head.get("acronym"))
        self.url = text(self.head.get("url")) or text(schedule.get("base_url"))
        frame.set_base(text(schedule.get("base_url")))
        self.key = self.acronym or self.url or stem(file_name)

    def programme(self) -> Programme:
        days = objects(self.head.get("days") or self.schedule.get("days"))
        talks = identity.settle(self._drafts(days), self.key, self.frame.notes)
        if not talks:
            raise FileRefused(_("In der Datei steht kein einziger Beitrag."))
        head, dates = self.head, [talk.day for talk in talks if talk.day]
        return Programme(
            file_format=FORMAT,
            key=self.key,
            title=words(head.get("title")) or self.key,
            talks=talks,
            acronym=self.acronym,
            description=as_html(text(head.get("description"))),
            starts_on=moments.read_day(text(head.get("start"))) or min(dates, default=None),
            ends_on=moments.read_day(text(head.get("end"))) or max(dates, default=None),
            time_zone=self.time_zone,
            place=", ".join(filter(None, (words(head.get("venue")), words(head.get("city"))))),
            url=self.frame.address(self.url, "url"),
            version=text(self.schedule.get("version")),
            tracks=self.tracks,
            rooms=tuple(self.rooms.values()),
            extra=self._extra(days),
            warnings=self.frame.notes.all(),
        )

    def _extra(self, days: list) -> dict:
        spans = [
            {
                new: day[old]
                for new, old in (("date", "date"), ("start", "day_start"), ("end", "day_end"))
                if _is_text(day, old)
            }
            for day in map(mapping, days)
        ]
        colors = mapping(self.head.get("colors"))
        given = {
            "schedule_url": text(self.schedule.get("url")),
            "base_url": text(self.schedule.get("base_url")),
            "timeslot_duration": text(self.head.get("timeslot_duration")),
            "logo": text(self.head.get("logo")),
            "color": {name: value for name, value in colors.items() if isinstance(value, str)},
            "keywords": [word for word in map(words, objects(self.head.get("keywords"))) if word],
            "venue": words(self.head.get("venue")),
            "city": words(self.head.get("city")),
            "days": [span for span in spans if len(span) > 1],
            "conference": beyond(self.head, _CONFERENCE),
            "schedule": beyond(self.schedule, _SCHEDULE),
        }
        return {name: value for name, value in given.items() if value}

    def _drafts(self, days: list) -> Iterator[dict]:
        for index, day in enumerate(map(mapping, days), start=1):
            date = moments.read_day(text(day.get("date")))
            for room, events in _rooms_of(day):
                if room:
                    self.rooms.setdefault(room, {"name": room})
                for number, event in enumerate(objects(events), start=1):
                    words_of_place = _("Tag %(day)s, Raum „%(room)s“, Beitrag %(number)s")
                    place = words_of_place % {"day": index, "room": room[:60], "number": number}
                    yield self._talk(mapping(event), date, room, place)
        # Version 2 has them all in one list, and says who the people are in another.
        for number, event in enumerate(objects(self.schedule.get("events")), start=1):
            yield self._talk(mapping(event), None, "", _("Beitrag %(number)s") % {"number": number})

    def _talk(self, event: dict, day: datetime.date | None, room: str, place: str) -> dict:
        frame = self.frame
        day, start = frame.when(text(event.get("date")), text(event.get("start")), day, place)
        duration = self._length(event, start, place)
        if start and not duration and start.time() == datetime.time():
            start = None
        links, more = frame.parted_links(self._links(event, place))
        return {
            "guid": text(event.get("guid")),
            "title": self._title(event, place),
            "number": text(event.get("id")),
            "code": text(event.get("code")),
            "slug": text(event.get("slug")),
            "subtitle": words(event.get("subtitle")),
            "kind": words(event.get("type")),
            "day": day,
            "start": start,
            "duration": duration,
            "room": room or _room(event.get("room"))["name"],
            "track": self._track(event.get("track")),
            "language": text(event.get("language")),
            "abstract": as_html(text(event.get("abstract"))),
            "description": as_html(text(event.get("description"))),
            "url": frame.address(text(event.get("url")), place),
            "logo": frame.address(text(event.get("logo")), place),
            "license": words(event.get("recording_license")),
            "is_optout": is_true(event.get("do_not_record")),
            "people": self._people(event, place),
            "links": links,
            "recordings": (*self._recordings(event, place), *more),
            "tags": tuple(dict.fromkeys(filter(None, map(words, objects(event.get("tags")))))),
            "place": place,
            "extra": beyond(event, _EVENT),
        }

    def _title(self, event: dict, place: str) -> str:
        title = words(event.get("title"))
        if not title:
            self.frame.notes.say(_("Ein Beitrag hat keinen Titel."), place)
        return title or _("Ohne Titel")

    def _track(self, given: Any) -> str:
        """By name, or by the slug it has in the list of tracks."""
        slug = text(mapping(given).get("slug"))
        known = (track["name"] for track in self.tracks if slug and track.get("slug") == slug)
        return words(mapping(given).get("name")) or next(known, "") or words(given)

    def _length(self, event: dict, start: datetime.datetime | None, place: str) -> datetime.timedelta | None:
        """The end says it to the second, where there is one."""
        end = moments.read_moment(text(event.get("end")))
        if start and end:
            # Of two moments in one zone Python tells what the clocks on the wall say.
            length = self.frame.aware(end, place).astimezone(datetime.UTC) - start.astimezone(datetime.UTC)
            if datetime.timedelta() < length < datetime.timedelta(days=30):
                return length
        return self.frame.length(text(event.get("duration")), place)

    def _people(self, event: dict, place: str) -> tuple[Person, ...]:
        given = event.get("persons") or event.get("participants") or event.get("speakers")
        self.frame.spend(len(objects(given)), place)
        return self.frame.people([self._person(each, place) for each in objects(given)], place)

    def _person(self, given: Any, place: str) -> Person:
        if not isinstance(given, dict):
            return Person(name=words(given))
        given = self.known.get(text(given.get("guid")) or "-", {}) | given
        self.frame.spend(len(objects(given.get("links"))), place)
        links = (self._link(each, place, is_file=False) for each in objects(given.get("links")))
        return Person(
            name=words(given.get("name") or given.get("public_name") or given.get("full_public_name")),
            guid=text(given.get("guid")),
            number=text(given.get("id")),
            affiliation=words(given.get("affiliation") or given.get("organization")),
            biography=as_html(text(given.get("biography"))),
            role=words(given.get("role")),
            links=tuple(link for link in links if link.href),
            extra=beyond(given, _PERSON),
        )

    def _links(self, event: dict, place: str) -> list[Link]:
        self.frame.spend(len(objects(event.get("links"))) + len(objects(event.get("attachments"))), place)
        links = [self._link(each, place, is_file=False) for each in objects(event.get("links"))]
        links += [self._link(each, place, is_file=True) for each in objects(event.get("attachments"))]
        return [link for link in links if link.href]

    def _link(self, given: Any, place: str, is_file: bool) -> Link:
        if not isinstance(given, dict):
            return Link(href=self.frame.address(text(given), place), is_file=is_file)
        return Link(
            href=self.frame.address(text(given.get("url") or given.get("href")), place),
            title=words(given.get("title")),
            kind=words(given.get("type")),
            is_file=is_file,
            extra=beyond(given, {"url", "href", "title", "type"}),
        )

    def _recordings(self, event: dict, place: str) -> list[Recording]:
        address = self.frame.address(text(event.get("video_download_url")), place)
        found = [Recording(url=address, kind=kind_of(address))] if address else []
        for each in map(mapping, objects(event.get("recordings"))):
            address = self.frame.address(text(each.get("url")), place)
            if address:
                found.append(Recording(url=address, kind=words(each.get("type")) or kind_of(address)))
        return found


def _rooms_of(day: dict) -> list[tuple[str, Any]]:
    """Name and talks of each room, whether the rooms are an object or a list."""
    rooms = day.get("rooms")
    if isinstance(rooms, dict):
        return [(words(name), events) for name, events in rooms.items()]
    found = [mapping(room) for room in objects(rooms)]
    told = [(words(room.get("name")), room.get("events") or room.get("talks")) for room in found]
    return told or [("", day.get("events") or day.get("talks"))]


def _room(given: Any) -> dict:
    return _named(given)


def _named(given: Any) -> dict:
    """A room or a track: its name alone, or with more."""
    if isinstance(given, dict) and "name" in given:
        return {**beyond(given, {"name"}), "name": words(given["name"])}
    return {"name": words(given)}


def _is_text(given: dict, name: str) -> bool:
    return isinstance(given.get(name), str)
