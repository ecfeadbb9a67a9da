"""Programme → schedule.xml, as the c3voc schema wants it."""

import datetime
from xml.etree import ElementTree

from sessions_app import xml_writing
from sessions_app.interchange import identity, moments, numbering
from sessions_app.interchange.numbering import Entry
from sessions_app.interchange.programme import Person, Programme, Recording, Talk
from sessions_app.interchange.schedule_xml.unknown import attributes_of, write_back
from sessions_app.xml_writing import add, group, possible

_TRACK = ("name", "slug", "color")
_ROOM = ("name", "guid")


def write_schedule_xml(programme: Programme, keep_unknown: bool = False) -> bytes:
    """Valid against the schema. With `keep_unknown` everything the file once had goes back in, and that may not be.

    Talks of which no day is known are left out: the format has no place for them.
    """
    return _Writer(programme, keep_unknown).file()


class _Writer:
    def __init__(self, programme: Programme, keep_unknown: bool):
        self.programme, self.keep_unknown = programme, keep_unknown
        self.entries = numbering.entries(programme, numbering.XML_SLUG)
        self.days = numbering.days_of(programme, self.entries)
        self.root = xml_writing.root_element("schedule")

    def file(self) -> bytes:
        programme, root = self.programme, self.root
        add(root, "generator", "", {"name": "Nachlese"})
        _add_address(root, "url", programme.extra.get("schedule_url", ""))
        _say(root, "version", programme.version)
        self._conference()
        if self.keep_unknown:
            write_back(root, programme.extra.get("outer_elements", []))
        for index, day in enumerate(self.days, start=1):
            self._day(index, *day)
        if not self.days:
            self._empty_day()
        ElementTree.indent(root)
        return xml_writing.as_bytes(root) + b"\n"

    def _conference(self):
        programme, extra = self.programme, self.programme.extra
        head = group(self.root, "conference")
        _say(head, "title", programme.title)
        _say(head, "acronym", numbering.acronym_of(programme))
        dates = [day[0] for day in self.days]
        for name, date in (
            ("start", programme.starts_on or min(dates, default=None)),
            ("end", programme.ends_on or max(dates, default=None)),
        ):
            add(head, name, date.isoformat() if date else "")
        add(head, "days", len(self.days) or 1)
        slot = extra.get("timeslot_duration", "")
        add(head, "timeslot_duration", slot if moments.read_length(slot)[0] else "")
        _add_address(head, "base_url", extra.get("base_url", ""))
        _add_address(head, "logo", extra.get("logo", ""))
        if programme.url != extra.get("base_url"):
            _add_address(head, "url", programme.url)
        add(head, "time_zone_name", programme.time_zone)
        add(head, "color", "", extra.get("color"))
        for track in programme.tracks:
            known = {name: value for name, value in track.items() if self.keep_unknown or name in _TRACK}
            add(head, "track", "", attributes_of(known))
        if self.keep_unknown:
            add(head, "description", programme.description)
            write_back(head, extra.get("elements", []))

    def _empty_day(self):
        """There has to be one, from a moment to a moment."""
        programme = self.programme
        date = programme.starts_on or datetime.date(1970, 1, 1)
        zone = numbering.zone_of(programme)
        start, end = (
            datetime.datetime.combine(day, moments.DAY_CHANGE, zone)
            for day in (date, date + datetime.timedelta(days=1))
        )
        given = {"start": start.isoformat(), "end": end.isoformat()}
        group(self.root, "day", index="1", date=date.isoformat(), **given)

    def _day(self, index: int, date: datetime.date, start: str, end: str, entries: list[Entry]):
        day = group(self.root, "day", index=str(index), date=date.isoformat(), start=start, end=end)
        rooms: dict[str, list[Entry]] = {}
        if index == 1:
            rooms = {room["name"]: [] for room in self.programme.rooms}
        for room in self.programme.rooms:
            rooms.setdefault(room["name"], [])
        for entry in entries:
            rooms.setdefault(entry.talk.room, []).append(entry)
        known = {room["name"]: room for room in self.programme.rooms}
        for name, inside in rooms.items():
            if inside or index == 1:
                self._room(day, known.get(name, {"name": name}), inside)

    def _room(self, day, room: dict, entries: list[Entry]):
        given = attributes_of({key: value for key, value in room.items() if self.keep_unknown or key in _ROOM})
        given["name"] = possible(room["name"])
        if not identity.UUID.fullmatch(given.get("guid", "")):
            given.pop("guid", None)
        element = ElementTree.SubElement(day, "room", given)
        for entry in entries:
            self._event(element, entry)

    def _event(self, room, entry: Entry):
        talk = entry.talk
        event = group(room, "event", guid=entry.guid, id=str(entry.number))
        if talk.code and self.keep_unknown:
            event.set("code", possible(talk.code))
        _say(event, "date", entry.moment.isoformat())
        _say(event, "start", moments.write_clock(entry.moment))
        _say(event, "duration", moments.write_length(talk.duration))
        _say(event, "room", talk.room)
        _say(event, "slug", entry.slug)
        _add_address(event, "url", talk.url)
        for name, text in (
            ("title", talk.title),
            ("subtitle", talk.subtitle),
            ("track", talk.track),
            ("type", talk.kind),
        ):
            _say(event, name, text)
        add(event, "language", talk.language)
        _say(event, "abstract", talk.abstract)
        add(event, "description", talk.description)
        _add_address(event, "logo", talk.logo)
        self._recording(event, talk)
        self._people(event, talk.people)
        self._links(event, talk)
        for name in ("feedback_url", "origin_url"):
            _add_address(event, name, talk.extra.get(name, ""))
        if self.keep_unknown:
            event.attrib |= attributes_of(talk.extra.get("attributes"))
            write_back(event, talk.extra.get("elements", []))

    def _recording(self, event, talk: Talk):
        if not (talk.license or talk.is_optout or talk.recordings):
            return
        recording = group(event, "recording")
        _say(recording, "license", talk.license)
        _say(recording, "optout", "true" if talk.is_optout else "false")
        first, other, download, _more = _shared_out(talk.recordings)
        _add_address(recording, "url", first.url if first else "")
        _add_address(recording, "link", other.url if other else "")
        _add_address(event, "video_download_url", download.url if download else "")

    def _people(self, event, people: tuple[Person, ...]):
        persons = group(event, "persons")
        for person in people:
            given = {}
            if person.number.isascii() and person.number.isdigit() and int(person.number[:18]):
                given["id"] = person.number[:18]
            if identity.UUID.fullmatch(person.guid):
                given["guid"] = person.guid
            if self.keep_unknown:
                given |= {"affiliation": person.affiliation, "role": person.role, **person.extra}
            add(persons, "person", person.name, attributes_of(given))

    def _links(self, event, talk: Talk):
        links, attachments = group(event, "links"), group(event, "attachments")
        for link in talk.links:
            # Not every version of the schema knows more of a link than where it leads.
            more = {"type": link.kind, **link.extra} if self.keep_unknown else {}
            place, name = (attachments, "attachment") if link.is_file else (links, "link")
            add(place, name, link.title, attributes_of({"href": link.href, **more}))
        for recording in _shared_out(talk.recordings)[3]:
            more = {"type": "recording", "service": recording.kind} if self.keep_unknown else {}
            add(links, "link", "", attributes_of({"href": recording.url, **more}))


def _shared_out(recordings: tuple[Recording, ...]) -> tuple[Recording | None, Recording | None, Recording | None, list]:
    """For recording/url, recording/link, video_download_url, and those for which only a link is left."""
    places: dict[str, Recording | None] = {"url": None, "link": None, "video_download_url": None}
    more = []
    for recording in recordings:
        name = recording.extra.get("element", "url")
        if places.get(name, recording) is None and recording.url.startswith(("http://", "https://")):
            places[name] = recording
        else:
            more.append(recording)
    return places["url"], places["link"], places["video_download_url"], more


def _say(parent, name: str, text: str):
    """A child that has to be there, even with nothing to say."""
    ElementTree.SubElement(parent, name).text = possible(text) or None


def _add_address(parent, name: str, address):
    """Addresses that are none would not be valid."""
    if isinstance(address, str) and address.startswith(("http://", "https://")):
        add(parent, name, address)
