"""What a file would do, row by row; nothing of it is done yet."""

import dataclasses
import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from conference.editing.snapshot import Snapshot
from conference.roundtrip.editable import Editable

CHANGED, NEW, REFUSED = "changed", "new", "refused"


@dataclasses.dataclass
class PlannedRow:
    """A row of the file that is not simply as it was. `before` and `after` are snapshots of the row."""

    number: int
    kind: str
    title: str = ""
    # Of a changed row, and of a new one in a part: the record it belongs to.
    record: int | None = None
    before: dict | None = None
    after: dict | None = None
    # Why it is refused, each with its column: (name or "", sentence).
    reasons: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)

    def refuse(self, sentence: str, column: Any = ""):
        self.kind = REFUSED
        self.reasons.append((str(column), str(sentence)))

    @property
    def places(self) -> list[tuple[str, str]]:
        """Why it is refused: („Zeile 12, Spalte „Titel““, sentence)."""
        return [(place_of(self.number, column), sentence) for column, sentence in self.reasons]


def place_of(number: int, column: str = "") -> str:
    if not column:
        return _("Zeile %(number)d") % {"number": number}
    return _("Zeile %(number)d, Spalte „%(column)s“") % {"number": number, "column": column}


@dataclasses.dataclass
class Plan:
    listing: Editable
    rows: list[PlannedRow]
    # So many rows are in the file as they were.
    same_count: int
    warnings: list[str]
    # Columns whose values seem to have been sorted apart from their rows.
    sorted_columns: list[str]
    # The records as they were when the file was compared.
    now: dict[int, Snapshot]

    def of_kind(self, kind: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def changed(self) -> list[PlannedRow]:
        return self.of_kind(CHANGED)

    @property
    def new(self) -> list[PlannedRow]:
        return self.of_kind(NEW)

    @property
    def refused(self) -> list[PlannedRow]:
        return self.of_kind(REFUSED)

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def can_apply(self) -> bool:
        return bool(self.rows) and not self.refused

    @property
    def mark(self) -> str:
        """The same as long as the file would do the same to the same."""
        told = [
            [row.number, row.kind, row.record, self._held(row.before), self._held(row.after), row.reasons]
            for row in self.rows
        ]
        text = json.dumps([told, self.warnings, self.sorted_columns], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def _held(self, row: dict | None) -> list | None:
        """New rows in a part get another mark each time; what they say is the same."""
        return row and [_without_marks(field.of(row)) for field in self.listing.edited]


def _without_marks(value):
    if isinstance(value, list):
        return [each["fields"] if isinstance(each, dict) else each for each in value]
    return value
