"""ODS from strangers: the tables of the content, with everything that LibreOffice repeats."""

import re
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from conference.tables.book import Book, Cell, Row, Sheet, TableRefused
from conference.tables.limits import LONGEST_CELL, MOST_COLUMNS, MOST_SHEETS, Bounds, too_wide
from conference.tables.parts import Elements, Part
from conference.tables.sheet_notes import INTEGER, SheetNotes, damaged, figure, letters, with_error, without_value
from conference.zip_reading import Archive

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_ERROR = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_KIND, _FORMULA = f"{_OFFICE} value-type", f"{_TABLE} formula"
_COLUMNS, _ROWS = f"{_TABLE} number-columns-repeated", f"{_TABLE} number-rows-repeated"
_SPANNED = (f"{_TABLE} number-columns-spanned", f"{_TABLE} number-rows-spanned")
# What lies in cells and tables and is no part of their text.
_ASIDE = frozenset(
    {"annotation", "custom-shape", "dde-links", "forms", "frame", "ruby-text", "shapes", "tracked-changes"}
)
_LINE_END = re.compile("[ \t]*\n[ \t\n]*")
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,7})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]+)?)S)?)?"
)


def read_ods(archive: Archive) -> Book:
    """Times of less than a day come as times, also where they are meant as durations: ODS tells them alike."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.start("META-INF/manifest.xml"):
        raise TableRefused(_("Die Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort."))
    if "content.xml" not in archive:
        raise TableRefused(_("Das ist keine ODS-Datei: Ihr fehlt der Inhalt."))
    content = ContentPart()
    content.read(archive, "content.xml")
    return Book("ods", content.sheets, warnings=content.warnings)


class ContentPart(Part):
    """Gathers `sheets` and `warnings`."""

    def __init__(self):
        super().__init__(Elements())
        self.sheets: list[Sheet] = []
        self.warnings: list[str] = []
        self._bounds = Bounds()
        self._notes: SheetNotes | None = None
        self._aside = self._row = self._column = 0
        self._repeated = 1
        self._cells: list[Cell] = []
        self._cell: dict[str, str] | None = None
        self._paragraphs = 0
        self._in_paragraph = self._is_hidden_row = False
        self._style, self._hidden = "", set()
        self.begins = {
            "table": self._begin_table,
            "table-row": self._begin_row,
            "table-cell": self._begin_cell,
            "covered-table-cell": self._begin_cell,
            "p": self._begin_paragraph,
            "s": self._blanks,
            "tab": lambda _attributes: self._sign("\t"),
            "line-break": lambda _attributes: self._sign("\n"),
            "style": self._begin_style,
            "table-properties": self._table_properties,
            **dict.fromkeys(_ASIDE, self._step_aside),
        }
        self.ends = {
            "table": self._end_table,
            "table-row": self._end_row,
            "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell,
            "p": self._end_paragraph,
            **dict.fromkeys(_ASIDE, self._step_back),
        }

    def place(self) -> str:
        return self._notes.cell(self._row, self._column + 1) if self._notes else ""

    def add(self, text: str):
        """Blanks as LibreOffice reads them: as they are, though lines end only where an element says so."""
        super().add(_LINE_END.sub(" ", text) if "\n" in text else text)

    def _step_aside(self, _attributes: dict[str, str]):
        self._aside += 1
        self.is_reading = False

    def _step_back(self):
        self._aside -= 1
        self.is_reading = self._in_paragraph and not self._aside

    def _begin_style(self, attributes: dict[str, str]):
        self._style = attributes.get(f"{_STYLE} name", "")

    def _table_properties(self, attributes: dict[str, str]):
        if attributes.get(f"{_TABLE} display") == "false":
            self._hidden.add(self._style)

    def _begin_table(self, attributes: dict[str, str]):
        if self._aside:
            return
        if self._notes:
            raise TableRefused(_("In einer Zelle steckt eine weitere Tabelle."), self.place())
        self._notes = SheetNotes(attributes.get(f"{_TABLE} name", "")[:100])
        self._row, self._rows = 0, []
        is_hidden = attributes.get(f"{_TABLE} style-name") in self._hidden
        self.sheets.append(Sheet(self._notes.title, self._rows, is_hidden))
        if len(self.sheets) > MOST_SHEETS:
            raise TableRefused(_("Die Datei hat mehr als %(most)s Blätter.") % {"most": MOST_SHEETS})

    def _end_table(self):
        if not self._aside:
            self.warnings += self._notes.warnings(self.sheets[-1].is_hidden)
            self._notes = None

    def _begin_row(self, attributes: dict[str, str]):
        if not self._aside:
            self._row += 1
            self._column, self._cells = 0, []
            self._repeated = self._times(attributes, _ROWS) if _ROWS in attributes else 1
            self._is_hidden_row = attributes.get(f"{_TABLE} visibility", "visible") != "visible"

    def _end_row(self):
        if self._aside:
            return
        if self._cells:
            self._bounds.take(self._cells, self._notes.row(self._row), self._repeated)
            self._notes.hidden_rows += self._repeated if self._is_hidden_row else 0
            for number in range(self._row, self._row + self._repeated):
                self._rows.append(Row(number, list(self._cells)))
        self._row += self._repeated - 1

    def _begin_cell(self, attributes: dict[str, str]):
        if not self._aside:
            if self._cell is not None or not self._notes:
                raise TableRefused(_("Eine Zelle steht, wo keine stehen darf."), self.place())
            self._cell, self._paragraphs = attributes, 0

    def _begin_paragraph(self, _attributes: dict[str, str]):
        if not self._aside and self._cell is not None:
            if self._paragraphs:
                super().add("\n")
            self._paragraphs += 1
            self.is_reading = self._in_paragraph = True

    def _end_paragraph(self):
        if not self._aside:
            self.is_reading = self._in_paragraph = False

    def _blanks(self, attributes: dict[str, str]):
        count = attributes.get(f"{_TEXT} c", "1")
        self._sign(" " * min(int(count), LONGEST_CELL + 1) if INTEGER.fullmatch(count) else " ")

    def _sign(self, sign: str):
        if self.is_reading:
            super().add(sign)

    def _end_cell(self):
        if self._aside:
            return
        attributes, self._cell = self._cell, None
        times = self._times(attributes, _COLUMNS) if _COLUMNS in attributes else 1
        if self._paragraphs or _KIND in attributes or _FORMULA in attributes or _ERROR in attributes:
            self._keep_cell(attributes, times)
        self._column += times

    def _keep_cell(self, attributes: dict[str, str], times: int):
        value = self._value(attributes, self.taken())
        if not self._notes.merged and any(attributes.get(name, "1") != "1" for name in _SPANNED):
            self._notes.merged = f"{letters(self._column + 1)}{self._row}"
        if value is not None:
            if self._column + times > MOST_COLUMNS:
                raise too_wide(self.place())
            self._cells += [None] * (self._column - len(self._cells)) + [value] * times

    def _value(self, attributes: dict[str, str], text: str) -> Cell:
        kind = attributes.get(_KIND, "")
        if attributes.get(_ERROR) == "error":
            raise with_error(text, self.place())
        if not kind and not text and _FORMULA in attributes:
            raise without_value(self.place())
        if kind in ("float", "percentage", "currency"):
            return figure(attributes.get(f"{_OFFICE} value", ""), self.place)
        if kind == "date":
            return self._moment(attributes.get(f"{_OFFICE} date-value", ""))
        if kind == "time":
            return self._duration(attributes.get(f"{_OFFICE} time-value", ""))
        if kind == "boolean":
            return attributes.get(f"{_OFFICE} boolean-value") == "true"
        return self._told(attributes, text) or None

    def _told(self, attributes: dict[str, str], text: str) -> str:
        told = attributes.get(f"{_OFFICE} string-value", text)
        if len(told) > LONGEST_CELL:
            raise damaged(told, self.place())
        return told

    def _moment(self, text: str) -> date | datetime:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None) if "T" in text else date.fromisoformat(text)
        except ValueError as error:
            raise damaged(text, self.place()) from error

    def _duration(self, text: str) -> time | timedelta:
        found = _DURATION.fullmatch(text)
        if not found:
            raise damaged(text, self.place())
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
        duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=round(seconds, 3))
        if found[1]:
            return -duration
        return (datetime.min + duration).time() if duration < timedelta(days=1) else duration

    def _times(self, attributes: dict[str, str], name: str) -> int:
        told = attributes[name]
        if not (told.isascii() and told.isdigit() and len(told) <= 9) or int(told) < 1:
            raise damaged(told, self.place())
        return int(told)
