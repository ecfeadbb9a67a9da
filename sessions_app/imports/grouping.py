"""Which talks make one event, and what the event is called."""

import datetime
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.dateparse import parse_duration, parse_time
from django.utils.formats import date_format

from conference.editing.snapshot import plain
from conference.models import ImportSource, Theme
from sessions_app.imports.names import same_words
from sessions_app.imports.values import moment, summary_of, text_of
from sessions_app.interchange.programme import Talk
from sessions_app.models import Event

Grouping = ImportSource.Grouping


@dataclass
class Group:
    """Talks that belong in one event, with what the file says of it; `key` is known to later versions."""

    key: str
    grouping: str
    day: datetime.date
    room: str
    members: list = field(default_factory=list)

    def values(self, themes: Mapping[str, Theme]) -> dict:
        """The event's columns. Its members have `values` of their own."""
        starts = [parse_time(each.values["start_time"]) for each in self.members if each.values["start_time"]]
        first = self.members[0].talk
        tracks = {same_words(each.talk.track) for each in self.members}
        theme = themes.get(tracks.pop()) if len(tracks) == 1 else None
        is_own = self.grouping == Grouping.OWN
        return {
            "title": text_of(Event, "title", first.title if is_own else self._title()) or self._title(),
            "summary": summary_of(first) if is_own else "",
            "date": plain(self.day),
            "start_time": plain(min(starts, default=None)),
            "end_time": plain(self._end()),
            "place": text_of(Event, "place", self.room),
            "theme_id": theme.pk if theme else None,
        }

    def _title(self) -> str:
        words = date_format(self.day, "l, j. F Y")
        return f"{self.room}, {words}" if self.room else words

    def _end(self) -> datetime.time | None:
        """When the last one ends; None where that is not known or on another day."""
        ends = []
        for each in self.members:
            start, duration = parse_time(each.values["start_time"] or ""), parse_duration(each.values["duration"] or "")
            if start is None or duration is None:
                continue
            end = datetime.datetime.combine(self.day, start) + duration
            if end.date() != self.day:
                return None
            ends.append(end.time())
        starts = [each.values["start_time"] for each in self.members if each.values["start_time"]]
        last = max(ends, default=None)
        return last if last and plain(last) > max(starts) else None


def place_of(talk: Talk, grouping: str, zone: zoneinfo.ZoneInfo, fallback: datetime.date) -> tuple:
    """(key, day, room) of the event a talk belongs in. `fallback` is the day of one that has none."""
    day = moment(talk, zone)[0] or fallback
    room = " ".join(talk.room.split())
    if grouping == Grouping.OWN:
        return f"own:{talk.guid}", day, room
    if grouping == Grouping.ROOM:
        return f"room:{day}|{same_words(room)}", day, room
    return f"day:{day}", day, ""
