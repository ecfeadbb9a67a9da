"""What came back: which sheet, which columns, which rows."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from conference.exports import rearm
from conference.roundtrip.editable import HEADERS, KEY, STAND, Editable
from conference.roundtrip.fields import TableField
from conference.roundtrip.texts import key
from conference.tables import Book, Cell, Sheet, TableRefused

# Somebody may have written a few lines above the head.
HEAD_WITHIN = 10
# So many columns or rows are named; more are counted.
NAMED = 8


@dataclasses.dataclass(frozen=True)
class GivenRow:
    """`cells` by the column they stand under; a column that is not in the file is not in them."""

    number: int
    identity: str
    stand: str
    cells: dict[TableField, Cell]


@dataclasses.dataclass(frozen=True)
class Table:
    columns: tuple[TableField, ...]
    has_stand: bool
    rows: list[GivenRow]
    warnings: list[str]


class OtherListing(TableRefused):
    """The file says itself that it is another one: `found`."""

    def __init__(self, found: Editable, wanted: Editable):
        words = {"found": found.title, "wanted": wanted.title}
        super().__init__(_("Das ist die Liste „%(found)s“, gewählt ist „%(wanted)s“.") % words)
        self.found = found


def read_table(book: Book, listing: Editable, others: Iterable[Editable] = ()) -> Table:
    """The rows of this listing in a file. Raises TableRefused where it is none of it."""
    sheet = _sheet(book, listing, others)
    if book.kind == "json" and not sheet.rows:
        return Table((), True, [], book.warnings)
    start = _head(sheet, listing)
    columns, unknown = _columns(sheet.rows[start].cells, listing)
    _check_columns(columns, sheet.rows[start].number)
    warnings = list(book.warnings)
    if unknown:
        names = _some([f"„{name}“" for name in unknown])
        warnings.append(_("Unbekannte Spalten werden nicht gelesen: %(names)s.") % {"names": names})
    if STAND not in columns:
        warnings.append(_("Ohne die Spalte „Stand“ ist nicht zu erkennen, was inzwischen andere geändert haben."))
    words = rearm if book.kind == "csv" else str
    records = _records(book)
    rows = [_row(row, columns, words, records.get(row.number)) for row in sheet.rows[start + 1 :]]
    fields = tuple(column for column in columns if not isinstance(column, str))
    return Table(fields, STAND in columns, [row for row in rows if row], warnings)


def _sheet(book: Book, listing: Editable, others: Iterable[Editable]) -> Sheet:
    """The one with the name of the listing, else the first that is seen."""
    seen = [sheet for sheet in book.sheets if not sheet.is_hidden] or book.sheets
    titles = {key(str(listing.title))[:31], listing.name}
    named = next((sheet for sheet in seen if key(sheet.title) in titles), None)
    elsewhere = {key(str(each.title))[:31]: each for each in others} | {each.name: each for each in others}
    told = book.document.get("listing") if isinstance(book.document, dict) else None
    found = told if isinstance(told, str) else seen[0].title
    if named is None and key(found) in elsewhere and elsewhere[key(found)] is not listing:
        raise OtherListing(elsewhere[key(found)], listing)
    return named or seen[0]


def _head(sheet: Sheet, listing: Editable) -> int:
    """Where the line with the names of the columns stands."""
    known = _known(listing)
    hits = [sum(_name(cell) in known for cell in row.cells) for row in sheet.rows[:HEAD_WITHIN]]
    if not hits or max(hits) < 2:
        words = {"sheet": f"„{sheet.title}“" if sheet.title else _("der Datei"), "key": HEADERS[KEY]}
        raise TableRefused(
            _("In %(sheet)s steht keine Zeile mit den Namen der Spalten dieser Liste, etwa „%(key)s“.") % words
        )
    return hits.index(max(hits))


def _known(listing: Editable) -> dict[str, TableField | str]:
    """By what a column may be called: its German name or its key."""
    known: dict[str, TableField | str] = {key(name): name for name in HEADERS}
    known |= {key(str(header)): name for name, header in HEADERS.items()}
    for field in listing.shown:
        known.setdefault(key(field.key), field)
    return known | {key(str(field.header)): field for field in listing.shown}


def _name(cell: Cell) -> str:
    return key(rearm(cell)) if isinstance(cell, str) else ""


def _columns(head: list[Cell], listing: Editable) -> tuple[dict, list[str]]:
    """{column: where it stands, from 0, each time}, and the names of unknown ones."""
    known, columns, unknown = _known(listing), {}, []
    for place, cell in enumerate(head):
        name = _name(cell)
        if name in known:
            columns.setdefault(known[name], []).append(place)
        elif cell is not None:
            unknown.append(str(cell)[:60])
    return columns, unknown


def _check_columns(columns: dict, number: int):
    place = _("Zeile %(number)d") % {"number": number}
    for column, places in columns.items():
        if len(places) > 1:
            name = HEADERS[column] if isinstance(column, str) else column.header
            raise TableRefused(_("Die Spalte „%(name)s“ steht mehrmals in der Datei.") % {"name": name}, place)
    if KEY not in columns:
        sentence = _("Es fehlt die Spalte „Kennung“. Für lauter neue Einträge bleibt sie da und ist leer.")
        raise TableRefused(sentence, place)


def _records(book: Book) -> dict[int, dict]:
    """Of JSON the records as they are: what one of them does not name stays as it is."""
    if book.kind != "json":
        return {}
    records = book.document["records"] if isinstance(book.document, dict) else book.document
    return dict(enumerate(records, start=2))


def _row(row, columns: dict, words, record: dict | None = None) -> GivenRow | None:
    """None for a row with nothing in any column that is known."""

    def cell(column):
        place = columns[column][0]
        found = row.cells[place] if place < len(row.cells) else None
        return words(found) if isinstance(found, str) else found

    cells = {column: cell(column) for column in columns}
    if all(is_nothing(value) for value in cells.values()):
        return None
    if record is not None:
        named = {key(name) for name in record}
        cells = {
            column: value
            for column, value in cells.items()
            if isinstance(column, str) or key(column.key) in named or key(str(column.header)) in named
        }
    identity, stand = (str(cells.pop(name, None) or "").strip() for name in (KEY, STAND))
    return GivenRow(row.number, identity, stand, cells)


def is_nothing(given: Any) -> bool:
    return given in (None, "", []) or (isinstance(given, str) and not given.strip())


def _some(names: list[str]) -> str:
    more = len(names) - NAMED
    named = ", ".join(names[:NAMED])
    return named if more <= 0 else _("%(names)s und %(more)d weitere") % {"names": named, "more": more}
