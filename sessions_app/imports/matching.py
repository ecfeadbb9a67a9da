"""Which contribution here a talk of the file is."""

import zoneinfo
from dataclasses import dataclass, field

from conference.models import Origin
from sessions_app.imports.choices import Choices, mark_of
from sessions_app.imports.identity import TALK, Known, Present, Row, key_of
from sessions_app.imports.names import same_words
from sessions_app.imports.settling import Clash
from sessions_app.imports.values import contribution_values, moment
from sessions_app.interchange.programme import Programme, Talk


@dataclass
class Item:
    """A talk and what it is here: a contribution (`row`), an event of ours without any (`event`), or new.

    `how` it was recognised: guid | ours | number | slug | chosen. `proposal` may be the same; the editor says so.
    """

    talk: Talk
    values: dict
    row: Row | None = None
    event: Present | None = None
    origin: Origin | None = None
    how: str = ""
    proposal: Row | None = None
    is_changed: bool = False
    # It came earlier and has been deleted here since.
    was_deleted: bool = False
    clashes: list[Clash] = field(default_factory=list)
    # The contribution's, and its placeholder where it is new.
    uuid: str = ""
    number: int = 0
    group: str = ""

    @property
    def mark(self) -> str:
        return mark_of(self.talk.guid)

    @property
    def is_new(self) -> bool:
        return self.row is None and self.event is None


def match(programme: Programme, known: Known, choices: Choices, zone: zoneinfo.ZoneInfo) -> list[Item]:
    """By guid, by the editor's choice, by what the source numbers and names it; the rest is new or proposed."""
    items = [Item(talk, contribution_values(talk, zone)) for talk in programme.talks]
    taken: set[str] = set()
    for step in (_by_guid, _by_own_identity, _by_choice):
        for item in items:
            if item.is_new:
                step(item, known, choices, taken)
    told = {key_of(item.talk.guid) for item in items}
    marks = _Marks(known, told, taken)
    for item in items:
        if item.is_new:
            marks.find(item)
    _propose(items, known, taken, zone)
    for position, item in enumerate(items, start=1):
        item.number = item.row.row["pk"] if item.row and item.row.row["pk"] else -position
        item.uuid = item.row.uuid if item.row else ""
    return items


def _take(item: Item, row: Row, how: str, taken: set[str]):
    item.row, item.how = row, how
    taken.add(row.uuid)


def _by_guid(item: Item, known: Known, _choices: Choices, taken: set[str]):
    origin = known.origin(TALK, item.talk.guid)
    if origin is None:
        return
    row = known.rows.get(str(origin.record))
    if row is None:
        item.was_deleted = True
    elif row.uuid not in taken:
        item.origin = origin
        _take(item, row, "guid", taken)


def _by_own_identity(item: Item, known: Known, _choices: Choices, taken: set[str]):
    """Our own identity, back from an export of ours."""
    guid = item.talk.guid.lower()
    if guid in taken:
        return
    if row := known.rows.get(guid):
        _take(item, row, "ours", taken)
    elif event := known.events.get(guid):
        item.event, item.how = event, "ours"
        taken.add(guid)


def _by_choice(item: Item, known: Known, choices: Choices, taken: set[str]):
    row = known.rows.get(choices.talks.get(item.mark, ""))
    if row and row.uuid not in taken:
        item.origin = known.origin_of(TALK, row.uuid)
        _take(item, row, "chosen", taken)


class _Marks:
    """What the source numbers and names its talks by, of those the file does not name by their guid any more.

    A number alone says nothing: the talk must have kept its title or its beginning.
    """

    def __init__(self, known: Known, told: set[str], taken: set[str]):
        self.taken = taken
        self.found: dict[tuple[str, str], tuple[Origin, Row]] = {}
        for origin in known.origins(TALK):
            row = known.rows.get(str(origin.record))
            if row is None or origin.guid in told or row.uuid in taken:
                continue
            for mark in ("number", "code", "slug"):
                if value := origin.extra.get(mark):
                    self.found.setdefault((mark, value), (origin, row))

    def find(self, item: Item):
        for mark in ("code", "number", "slug"):
            origin, row = self.found.get((mark, getattr(item.talk, mark)), (None, None))
            if row is None or row.uuid in self.taken:
                continue
            read = origin.data.get("read", {})
            is_alike = same_words(read.get("title", "")) == same_words(item.values["title"]) or (
                read.get("start_time") == item.values["start_time"] is not None
            )
            if mark == "slug" or is_alike:
                item.origin, item.was_deleted = origin, False
                _take(item, row, "slug" if mark == "slug" else "number", self.taken)
                return


def _propose(items: list[Item], known: Known, taken: set[str], zone: zoneinfo.ZoneInfo):
    """The same title at the same time, or of what came from this source and is gone from it: only a person can tell."""
    left = [row for row in known.rows.values() if row.uuid not in taken]
    there = {_when(row): row for row in reversed(left)}
    ours = {str(origin.record) for origin in known.origins(TALK)}
    gone = _only(left, lambda row: same_words(row.row["fields"]["title"]), ours)
    for item in items:
        if item.is_new:
            title, (day, _start) = same_words(item.values["title"]), moment(item.talk, zone)
            at_that_time = there.get((title, day and day.isoformat(), item.values["start_time"]))
            item.proposal = at_that_time or gone.get(title)


def _when(row: Row) -> tuple:
    fields = row.row["fields"]
    return same_words(fields["title"]), row.event.now["fields"]["date"], fields["start_time"]


def _only(rows: list[Row], key, among: set[str]) -> dict:
    """Those rows by their key that are the only ones with it."""
    found = {}
    for row in rows:
        if row.uuid in among:
            found.setdefault(key(row), []).append(row)
    return {name: same[0] for name, same in found.items() if len(same) == 1}
