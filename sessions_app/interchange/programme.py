"""A programme as other systems tell it: what every reader gives and every writer takes.

What the formats call an event is a talk here; whether it becomes a contribution in an event or an event of its own
is decided when it is imported. Nothing here has touched the database.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from conference.refusing import Refused


class FileRefused(Refused):
    """The file cannot be read: one sentence for the editor, and where ("Zeile 12", "videos/x.json"), if known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something was read with a guess, or left out: a warning, and where."""

    sentence: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`guid` is empty where the file gives none; `number` counts inside this one file alone."""

    name: str
    guid: str = ""
    number: str = ""
    affiliation: str = ""
    biography: str = ""
    role: str = ""
    links: tuple["Link", ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`kind` as the file says it; `is_file` for what can be taken home (an attachment)."""

    href: str
    title: str = ""
    kind: str = ""
    is_file: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """`kind` is the medium or provider as the file says it (`youtube`, `mp4`)."""

    url: str
    kind: str = ""
    size: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One contribution.

    `guid` is never empty: where the file gives none, the reader makes one that comes out the same for the same talk
    in the next version of the file, and says so in a warning. `start` has the zone of the file. `abstract` and
    `description` are HTML as the file has it, not yet made safe; a reader turns reStructuredText and plain text into
    paragraphs. `extra` holds what we do not know but give back. `place` says where in the file ("Zeile 12").
    """

    guid: str
    title: str
    number: str = ""
    code: str = ""
    slug: str = ""
    subtitle: str = ""
    kind: str = ""
    day: datetime.date | None = None
    start: datetime.datetime | None = None
    duration: datetime.timedelta | None = None
    room: str = ""
    track: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    url: str = ""
    logo: str = ""
    license: str = ""
    is_optout: bool = False
    people: tuple[Person, ...] = ()
    links: tuple[Link, ...] = ()
    recordings: tuple[Recording, ...] = ()
    recorded_on: datetime.date | None = None
    recording_duration: datetime.timedelta | None = None
    tags: tuple[str, ...] = ()
    place: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A whole file. `key` names its source (the acronym, else the address, else the folder's name)."""

    file_format: str
    key: str
    title: str
    talks: tuple[Talk, ...]
    acronym: str = ""
    description: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    time_zone: str = ""
    place: str = ""
    url: str = ""
    version: str = ""
    tracks: tuple[dict[str, Any], ...] = ()
    rooms: tuple[dict[str, Any], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
