"""A sheet of an XLSX workbook: cells as they come, values as they were saved."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from conference.tables.book import Cell, Row, TableRefused
from conference.tables.limits import LAST_ROW, MOST_CHARACTERS, MOST_COLUMNS, Bounds, too_much_text, too_wide, trimmed
from conference.tables.moments import moment
from conference.tables.parts import Elements, Part
from conference.tables.sheet_notes import (
    INTEGER,
    SheetNotes,
    column_of,
    damaged,
    figure,
    letters,
    with_error,
    without_value,
)

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?[0-9]{0,7}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Workbook:
    """What the sheets of one workbook share. `kinds`: what the numbers of a style mean (`moments.kind_of`)."""

    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    is_1904: bool = False
    is_uncalculated: bool = False
    bounds: Bounds = field(default_factory=Bounds)
    elements: Elements = field(default_factory=Elements)
    warnings: list[str] = field(default_factory=list)


class _Texts(Part):
    """Keeps what stands in `t`, but not how East Asian characters are pronounced."""

    _readings = 0

    def _begin_text(self, _attributes: dict[str, str]):
        self.is_reading = not self._readings

    def _end_text(self):
        self.is_reading = False

    def _begin_reading(self, _attributes: dict[str, str]):
        self._readings += 1

    def _end_reading(self):
        self._readings -= 1


class SheetPart(_Texts):
    """Gathers `rows` and `notes`."""

    def __init__(self, workbook: Workbook, title: str):
        super().__init__(workbook.elements)
        self.rows: list[Row] = []
        self.notes = SheetNotes(title)
        self._workbook = workbook
        self._number = self._column = 0
        self._columns: dict[str, int] = {}
        self._is_hidden_row = False
        self._cells: list[Cell] = []
        self._cell: dict[str, str] = {}
        self._has_value = self._has_formula = False
        self.begins = {
            "c": self._begin_cell,
            "v": self._begin_value,
            "t": self._begin_text,
            "rPh": self._begin_reading,
            "f": self._begin_formula,
            "row": self._begin_row,
            "mergeCell": self._begin_merged,
        }
        self.ends = {
            "c": self._end_cell,
            "v": self._end_text,
            "t": self._end_text,
            "rPh": self._end_reading,
            "row": self._end_row,
        }

    def place(self) -> str:
        return self.notes.cell(self._number, self._column)

    def _begin_row(self, attributes: dict[str, str]):
        number = attributes.get("r", "")
        before, self._column, self._cells = self._number, 0, []
        self._number = int(number) if INTEGER.fullmatch(number) else before + 1
        if not before < self._number <= LAST_ROW:
            sentence = _("Die Nummern der Zeilen stimmen nicht (hinter Zeile %(before)s).") % {"before": before}
            raise TableRefused(sentence, str(self.notes))
        self._is_hidden_row = attributes.get("hidden") in ("1", "true")

    def _end_row(self):
        if trimmed(self._cells):
            self._workbook.bounds.take(self._cells, self.notes.row(self._number))
            self.notes.hidden_rows += self._is_hidden_row
            self.rows.append(Row(self._number, self._cells))
            self._cells = []

    def _begin_cell(self, attributes: dict[str, str]):
        self._column = self._column_of(attributes["r"]) if "r" in attributes else self._column + 1
        self._cell, self._has_value, self._has_formula = attributes, False, False

    def _begin_value(self, _attributes: dict[str, str]):
        self._has_value = self.is_reading = True

    def _begin_formula(self, _attributes: dict[str, str]):
        self._has_formula = True

    def _begin_merged(self, attributes: dict[str, str]):
        self.notes.merged = self.notes.merged or attributes.get("ref", "")[:30]

    def _column_of(self, address: str) -> int:
        name = address.rstrip("0123456789")
        if name not in self._columns:
            found = _ADDRESS.fullmatch(address)
            if not found:
                sentence = _("Die Adresse einer Zelle stimmt nicht („%(address)s“).") % {"address": address[:20]}
                raise TableRefused(sentence, self.notes.row(self._number))
            self._columns[name] = column_of(found[1])
        return self._columns[name]

    def _end_cell(self):
        if not (self._has_value or self._has_formula or self._texts):
            return
        value = self._value(self.taken())
        if self._has_formula and not self.notes.formula:
            self.notes.formula = f"{letters(self._column)}{self._number}"
        if value is None:
            return
        if self._column > MOST_COLUMNS:
            raise too_wide(self.place())
        missing = self._column - 1 - len(self._cells)
        if missing < 0:
            raise TableRefused(_("Die Zellen dieser Zeile stehen nicht in ihrer Reihenfolge."), self.place())
        self._cells += [None] * missing
        self._cells.append(value)

    def _value(self, text: str) -> Cell:
        kind = self._cell.get("t", "n")
        if self._has_formula and not text and not (kind == "str" and self._has_value):
            raise without_value(self.place())
        if kind == "e":
            raise with_error(text, self.place())
        if not text:
            return None
        if kind == "s":
            return self._shared(text)
        if kind in ("str", "inlineStr"):
            return unescaped(text) or None
        if kind == "b":
            return text in ("1", "true")
        return self._day(text) if kind == "d" else self._figure(text)

    def _shared(self, text: str) -> str | None:
        number = int(text) if INTEGER.fullmatch(text) else -1
        if not 0 <= number < len(self._workbook.texts):
            raise damaged(text, self.place())
        return self._workbook.texts[number]

    def _day(self, text: str) -> date | datetime | time:
        """As it is shown: a table has no time zones, whatever a program wrote."""
        for kind in (date, datetime, time):
            try:
                found = kind.fromisoformat(text)
            except ValueError:
                continue
            return found if kind is date else found.replace(tzinfo=None)
        raise damaged(text, self.place())

    def _figure(self, text: str) -> Cell:
        number = figure(text, self.place)
        style = self._cell.get("s", "")
        style = int(style) if INTEGER.fullmatch(style) else -1
        kind = self._workbook.kinds[style] if 0 <= style < len(self._workbook.kinds) else ""
        if not kind:
            return number
        try:
            return moment(number, kind, self._workbook.is_1904)
        except ValueError as error:
            sentence = _("Die Zahl %(number)s ist kein Datum, sieht aber nach ihrem Format wie eines aus.")
            raise TableRefused(sentence % {"number": text[:20]}, self.place()) from error


class TextsPart(_Texts):
    """The texts that cells share: `texts`, without the readings of East Asian characters."""

    def __init__(self, elements: Elements):
        super().__init__(elements)
        self.texts: list[str | None] = []
        self._left = MOST_CHARACTERS
        self.begins = {"t": self._begin_text, "rPh": self._begin_reading}
        self.ends = {"t": self._end_text, "rPh": self._end_reading, "si": self._end_item}

    def _end_item(self):
        text = self.taken()
        self._left -= len(text)
        if self._left < 0:
            raise too_much_text("")
        self.texts.append(unescaped(text) or None)


def unescaped(text: str) -> str:
    """Control characters, which XML cannot hold, stand as "_x000D_"; what looks like it is escaped itself."""
    if "_x" not in text or not _ESCAPED.search(text):
        return text
    found = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
