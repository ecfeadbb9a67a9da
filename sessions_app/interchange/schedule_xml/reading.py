"""schedule.xml → Programme: of today, of 2008, and of what calls itself so."""

import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from conference.xml_reading import Node, XmlRefused, parse
from sessions_app.interchange import identity, moments
from sessions_app.interchange.frame import Frame, kind_of
from sessions_app.interchange.programme import FileRefused, Link, Person, Programme, Recording
from sessions_app.interchange.prose import as_html
from sessions_app.interchange.schedule_xml.unknown import attributes_beyond, elements_beyond

FORMAT = "schedule_xml"
# What is understood; everything else is kept in `extra` and given back.
_ROOT = {"generator", "version", "conference", "day", "tracks", "url"}
_CONFERENCE = {"title", "acronym", "start", "end", "days", "time_zone_name", "track", "description", "base_url", "url"}
_CONFERENCE |= {"timeslot_duration", "logo", "color", "release"}
_EVENT = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "description", "slug", "track"}
_EVENT |= {"logo", "persons", "language", "recording", "links", "attachments", "url", "video_download_url"}
_EVENT |= {"feedback_url", "origin_url"}


def read_schedule_xml(source: bytes, file_name: str = "") -> Programme:
    """Raises FileRefused, with the line."""
    try:
        root = parse(source)
    except XmlRefused as refused:
        raise FileRefused(refused.sentence, refused.place) from refused
    if root.tag.lower() != "schedule":
        words = _("Das ist kein schedule.xml: Das äußerste Element heißt „%(tag)s“ statt „schedule“.")
        raise FileRefused(words % {"tag": root.tag[:40]}, line_of(root))
    return _Reader(root, file_name).programme()


def line_of(node: Node) -> str:
    return _("Zeile %(line)s") % {"line": node.line}


class _Reader:
    def __init__(self, root: Node, file_name: str):
        self.root, self.frame, self.rooms = root, Frame(), {}
        self.head = root.find("conference")
        if self.head is None:
            self.frame.notes.say(
                _("Das Element „conference“ fehlt; die Angaben zur Konferenz bleiben leer."), line_of(root)
            )
            self.head = Node("conference", {}, root.line)
        self.time_zone = self.frame.set_zone(self.head.text_of("time_zone_name"), line_of(self.head))
        self.frame.set_day_change(self.head.text_of("day_change"))
        self.acronym = self.head.text_of("acronym")
        self.url = self.head.text_of("url") or self.head.text_of("base_url")
        self.frame.set_base(self.head.text_of("base_url"))
        self.key = self.acronym or self.url or Path(file_name).stem

    def programme(self) -> Programme:
        days = self.root.find_all("day")
        drafts = (draft for day in days for draft in self._day(day))
        if not days:
            drafts = (self._talk(event, None, "") for event in self.root.walk() if event.tag == "event")
        talks = identity.settle(drafts, self.key, self.frame.notes)
        if not talks:
            raise FileRefused(_("In der Datei steht kein einziger Beitrag (Element „event“)."), line_of(self.root))
        head = self.head
        dates = [talk.day for talk in talks if talk.day]
        return Programme(
            file_format=FORMAT,
            key=self.key,
            title=head.text_of("title") or self.key,
            talks=talks,
            acronym=self.acronym,
            description=as_html(_markup(head, "description")),
            starts_on=moments.read_day(head.text_of("start")) or min(dates, default=None),
            ends_on=moments.read_day(head.text_of("end")) or max(dates, default=None),
            time_zone=self.time_zone,
            place=", ".join(filter(None, (head.text_of("venue"), head.text_of("city")))),
            url=self.frame.address(self.url, line_of(head)),
            version=self.root.text_of("version") or head.text_of("release"),
            tracks=tuple(_named(track) for track in self._tracks()),
            rooms=tuple(self.rooms.values()),
            extra=self._extra(days),
            warnings=self.frame.notes.all(),
        )

    def _tracks(self) -> list[Node]:
        older = self.root.find("tracks") or self.head.find("tracks")
        return [*self.head.find_all("track"), *(older.find_all("track") if older is not None else [])]

    def _extra(self, days: list[Node]) -> dict:
        spans = [
            {name: day.attributes[name] for name in ("date", "start", "end") if name in day.attributes} for day in days
        ]
        color = self.head.find("color")
        given = {
            "schedule_url": self.root.text_of("url"),
            "base_url": self.head.text_of("base_url"),
            "timeslot_duration": self.head.text_of("timeslot_duration"),
            "logo": self.head.text_of("logo"),
            "color": dict(color.attributes) if color is not None else {},
            "days": [span for span in spans if len(span) > 1],
            "elements": elements_beyond(self.head, _CONFERENCE | {"tracks"}),
            "outer_elements": elements_beyond(self.root, _ROOT),
        }
        return {name: value for name, value in given.items() if value}

    def _day(self, node: Node):
        day = moments.read_day(node.attributes.get("date", ""))
        for child in node.children:
            if child.tag == "room":
                name = child.attributes.get("name", "").strip()
                room = self.rooms.setdefault(name, {"name": name})
                room |= {key: value for key, value in child.attributes.items() if key != "name"}
                for event in child.find_all("event"):
                    yield self._talk(event, day, name)
            elif child.tag == "event":
                yield self._talk(child, day, "")

    def _talk(self, node: Node, day: datetime.date | None, room: str) -> dict:
        place, frame = line_of(node), self.frame
        day, start = frame.when(node.text_of("date"), node.text_of("start"), day, place)
        duration = frame.length(node.text_of("duration"), place)
        if start and not duration and start.time() == datetime.time():
            start = None
        recording = node.find("recording") or Node("recording", {}, node.line)
        links, more = frame.parted_links(self._links(node, place))
        return {
            "guid": node.attributes.get("guid", "").strip(),
            "title": self._title(node, place),
            "number": node.attributes.get("id", "").strip(),
            "code": node.attributes.get("code", "").strip(),
            "slug": node.text_of("slug"),
            "subtitle": node.text_of("subtitle"),
            "kind": node.text_of("type"),
            "day": day,
            "start": start,
            "duration": duration,
            "room": room or node.text_of("room"),
            "track": node.text_of("track"),
            "language": node.text_of("language"),
            "abstract": as_html(_markup(node, "abstract")),
            "description": as_html(_markup(node, "description")),
            "url": frame.address(node.text_of("url"), place),
            "logo": frame.address(node.text_of("logo"), place),
            "license": recording.text_of("license"),
            "is_optout": recording.text_of("optout").lower() in {"true", "1"},
            "people": self._people(node, place),
            "links": links,
            "recordings": (*self._recordings(recording, node, place), *more),
            "place": place,
            "extra": _beyond(node),
        }

    def _title(self, node: Node, place: str) -> str:
        title = " ".join(node.text_of("title").split())
        if not title:
            self.frame.notes.say(_("Ein Beitrag hat keinen Titel."), place)
        return title or _("Ohne Titel")

    def _people(self, node: Node, place: str) -> tuple[Person, ...]:
        group = node.find("persons")
        if group is None:
            group = node.find("speakers") or node
        self.frame.spend(len(group.children), place)
        found = [
            Person(
                name=" ".join(person.all_text().split()),
                guid=person.attributes.get("guid", "").strip(),
                number=person.attributes.get("id", "").strip(),
                affiliation=person.attributes.get("affiliation", ""),
                role=person.attributes.get("role", ""),
                extra=attributes_beyond(person, {"id", "guid", "affiliation", "role"}),
            )
            for person in [*group.find_all("person"), *group.find_all("speaker")]
        ]
        return self.frame.people(found, place)

    def _links(self, node: Node, place: str) -> list[Link]:
        groups = ((node.find("links"), "link", False), (node.find("attachments"), "attachment", True))
        found = [(each, is_file) for group, tag, is_file in groups if group is not None for each in group.find_all(tag)]
        self.frame.spend(len(found), place)
        links = [
            Link(
                href=self.frame.address(each.attributes.get("href", ""), line_of(each)),
                title=" ".join(each.all_text().split()),
                kind=each.attributes.get("type", ""),
                is_file=is_file,
                extra=attributes_beyond(each, {"href", "type"}),
            )
            for each, is_file in found
        ]
        return [link for link in links if link.href]

    def _recordings(self, recording: Node, node: Node, place: str) -> list[Recording]:
        found = []
        given = (recording.text_of("url"), recording.text_of("link"), node.text_of("video_download_url"))
        for name, text in zip(("url", "link", "video_download_url"), given, strict=True):
            address = self.frame.address(text, place)
            if address:
                extra = {} if name == "url" else {"element": name}
                found.append(Recording(url=address, kind=kind_of(address), extra=extra))
        return found


def _beyond(node: Node) -> dict:
    given = {
        "feedback_url": node.text_of("feedback_url"),
        "origin_url": node.text_of("origin_url"),
        "attributes": attributes_beyond(node, {"guid", "id", "code"}),
        "elements": elements_beyond(node, _EVENT | {"speakers"}),
    }
    return {name: value for name, value in given.items() if value}


def _markup(node: Node, tag: str) -> str:
    child = node.find(tag)
    return child.markup() if child is not None else ""


def _named(track: Node) -> dict:
    """A track by its name, which older files have as text."""
    return {"name": track.attributes.get("name") or track.all_text().strip(), **attributes_beyond(track, {"name"})}
