"""XLSX from strangers: which sheets there are, what the cells share, and nothing that was not asked for."""

import posixpath

from django.utils.translation import gettext as _

from conference.tables.book import Book, Sheet, TableRefused
from conference.tables.limits import MOST_SHEETS
from conference.tables.moments import BUILT_IN, kind_of
from conference.tables.parts import Elements, Part, local
from conference.tables.xlsx_sheets import SheetPart, TextsPart, Workbook
from conference.zip_reading import Archive

# More formats than that no program writes.
MOST_STYLES = 70_000
MOST_RELATIONS = 2_000


def read_xlsx(archive: Archive) -> Book:
    """Values as they were saved last; a formula without one is refused, with the address of its cell."""
    workbook = Workbook()
    main = _target(archive, "", "officeDocument", workbook.elements) or "xl/workbook.xml"
    if main not in archive:
        raise TableRefused(_("Das ist keine XLSX-Datei: Ihr fehlt die Arbeitsmappe."))
    contents = ContentsPart(workbook.elements)
    contents.read(archive, main)
    workbook.is_1904, workbook.is_uncalculated = contents.is_1904, contents.is_uncalculated
    _read_shared(archive, main, workbook)
    parts = _relations(archive, main, workbook.elements)
    sheets = []
    for title, relation, is_hidden in contents.sheets:
        kind, part = parts.get(relation, ("", ""))
        if kind == "worksheet":
            sheets.append(_read_sheet(archive, part, Sheet(title, [], is_hidden), workbook))
    return Book("xlsx", sheets, warnings=workbook.warnings)


class ContentsPart(Part):
    """The workbook: its sheets as (title, relation, is hidden), and how it counts days."""

    def __init__(self, elements: Elements):
        super().__init__(elements)
        self.sheets: list[tuple[str, str, bool]] = []
        self.is_1904 = self.is_uncalculated = False
        self.begins = {"sheet": self._sheet, "workbookPr": self._properties, "calcPr": self._calculation}

    def _sheet(self, attributes: dict[str, str]):
        title = attributes.get("name", "")[:100]
        self.sheets.append((title, local(attributes, "id"), attributes.get("state", "visible") != "visible"))
        if len(self.sheets) > MOST_SHEETS:
            raise TableRefused(_("Die Datei hat mehr als %(most)s Blätter.") % {"most": MOST_SHEETS})

    def _properties(self, attributes: dict[str, str]):
        self.is_1904 = attributes.get("date1904") in ("1", "true")

    def _calculation(self, attributes: dict[str, str]):
        self.is_uncalculated = attributes.get("fullCalcOnLoad") in ("1", "true")


class RelationsPart(Part):
    """Where the parts of a part lie: `found[id] = (kind, target)`."""

    def __init__(self, elements: Elements):
        super().__init__(elements)
        self.found: dict[str, tuple[str, str]] = {}
        self.begins = {"Relationship": self._relation}

    def _relation(self, attributes: dict[str, str]):
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))
        if len(self.found) > MOST_RELATIONS:
            raise TableRefused(_("Die Datei hat zu viele Teile."))


class StylesPart(Part):
    """What the numbers of each style mean: `kinds`."""

    def __init__(self, elements: Elements):
        super().__init__(elements)
        self.kinds: list[str] = []
        self._known: dict[str, str] = {str(number): kind for number, kind in BUILT_IN.items()}
        self._is_inside = False
        self.begins = {"numFmt": self._format, "cellXfs": self._enter, "xf": self._style}
        self.ends = {"cellXfs": self._leave}

    def _enter(self, _attributes: dict[str, str]):
        self._is_inside = True

    def _leave(self):
        self._is_inside = False

    def _format(self, attributes: dict[str, str]):
        """Before the styles; those of conditional formats come behind them and count for themselves."""
        if not self.kinds:
            self._known[attributes.get("numFmtId", "")] = kind_of(attributes.get("formatCode", "")[:255])

    def _style(self, attributes: dict[str, str]):
        if self._is_inside:
            self.kinds.append(self._known.get(attributes.get("numFmtId", ""), ""))
        if len(self.kinds) > MOST_STYLES or len(self._known) > MOST_STYLES:
            raise TableRefused(_("Die Datei hat zu viele Zellformate."))


def _relations(archive: Archive, part: str, elements: Elements) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    relations = RelationsPart(elements)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    if place in archive:
        relations.read(archive, place)
    return {
        key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for key, (kind, target) in relations.found.items()
    }


def _target(archive: Archive, part: str, kind: str, elements: Elements) -> str:
    """The first part of that kind that `part` names and the archive has."""
    named = [target for found, target in _relations(archive, part, elements).values() if found == kind]
    return next((target for target in named if target in archive), "")


def _read_shared(archive: Archive, main: str, workbook: Workbook):
    if styles := _target(archive, main, "styles", workbook.elements):
        part = StylesPart(workbook.elements)
        part.read(archive, styles)
        workbook.kinds = part.kinds
    if texts := _target(archive, main, "sharedStrings", workbook.elements):
        part = TextsPart(workbook.elements)
        part.read(archive, texts)
        workbook.texts = part.texts


def _read_sheet(archive: Archive, part: str, sheet: Sheet, workbook: Workbook) -> Sheet:
    reading = SheetPart(workbook, sheet.title)
    if part not in archive:
        raise TableRefused(_("Das Blatt fehlt in der Datei."), str(reading.notes))
    reading.read(archive, part)
    workbook.warnings += reading.notes.warnings(sheet.is_hidden, workbook.is_uncalculated)
    return Sheet(sheet.title, reading.rows, sheet.is_hidden)
