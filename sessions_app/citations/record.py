"""What can be quoted, as plain data: who, what, when, where it is found."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from conference.slugs import slugify_german
from sessions_app.transcripts.timecodes import clock_range, position

MEDIUM = "Video"


class Kind(StrEnum):
    PASSAGE = "passage"
    VIDEO = "video"
    EVENT = "event"
    CONTRIBUTION = "contribution"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True)
class Voice:
    """A person as of that day: "Landrätin", "Landkreis Musterland"; `role` is what they did there ("Keynote")."""

    family_name: str
    given_name: str = ""
    academic_title: str = ""
    role: str = ""
    affiliation: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.academic_title, self.given_name, self.family_name) if part)

    @property
    def sorted_name(self) -> str:
        return f"{self.family_name}, {self.given_name}" if self.given_name else self.family_name

    @property
    def standing(self) -> str:
        return ", ".join(part for part in (self.role, self.affiliation) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is quoted. `title` names it; a passage has the title of its recording, its words and its range.

    `address` is absolute and has no range; `license` is the name to print. Empty is what is not known.
    """

    kind: Kind
    title: str
    address: str
    people: Sequence[Voice] = ()
    event: str = ""
    day: datetime.date | None = None
    conference: str = ""
    key_question: str = ""
    collection: str = ""
    publisher: str = ""
    duration_ms: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    words: str = ""
    license: str = ""
    rights_holder: str = ""
    language: str = "de"
    doi: str = ""
    # Of a material, whose day is not known: "2019", "PLANERIN 6/19, S. 12–14".
    printed_year: int | None = None
    published_in: str = ""
    isbn: str = ""
    # A video made about an event; nobody who was there is heard in it.
    is_about: bool = False
    accessed: datetime.date | None = None

    @property
    def range(self) -> str:
        """12:03–14:10, or nothing."""
        if self.start_ms is None or self.end_ms is None:
            return ""
        return clock_range(self.start_ms, self.end_ms)

    @property
    def range_address(self) -> str:
        """The address that opens at the passage and plays to its end."""
        if self.start_ms is None:
            return self.address
        joint = "&" if "?" in self.address else "?"
        return f"{self.address}{joint}t={position(self.start_ms, self.end_ms)}"

    @property
    def year(self) -> str:
        return str(self.day.year if self.day else self.printed_year or "")

    @property
    def is_recorded(self) -> bool:
        return self.kind in {Kind.PASSAGE, Kind.VIDEO} or bool(self.duration_ms)

    @property
    def key(self) -> str:
        """A short ASCII name, alike whenever it is made: muster-2020-innen-entwickeln-t723."""
        who = slugify_german(self.people[0].family_name if self.people else self.conference, 30)
        year = self.year
        moment = f"t{self.start_ms // 1000}" if self.start_ms is not None else ""
        parts = (who, "" if year in who.split("-") else year, slugify_german(self.title, 40), moment)
        return "-".join(part for part in parts if part) or "nachlese"
