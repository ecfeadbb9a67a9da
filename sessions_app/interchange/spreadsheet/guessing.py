"""Where in a book the programme stands, and which of its columns is what: found by content, not by position."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from conference.tables import Book, Row, Sheet
from sessions_app.interchange.programme import FileRefused
from sessions_app.interchange.spreadsheet.fields import MANY, field_of
from sessions_app.interchange.spreadsheet.values import cell_text

_LOOKED_AT = 30
_SAMPLES = 3
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class Guess:
    """`sheet` counts from 0, `header_row` is the row's number. `headers` are unique, one a column, empty for a column
    without name; `mapping` has every named column, with "" for one that is left out."""

    sheet: int
    header_row: int
    headers: tuple[str, ...]
    mapping: dict[str, str]
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""


def guess(book: Book) -> Guess:
    """Raises FileRefused where no row could hold the names of columns."""
    best: tuple[int, int, int] | None = None
    for index, sheet in enumerate(book.sheets):
        for position, row in enumerate([] if sheet.is_hidden else sheet.rows[:_LOOKED_AT]):
            score = _score(row)
            if score >= 4 and (best is None or score > best[0]):
                best = (score, index, position)
    if best is None:
        best = (0, *_first_wide_row(book))
    _score_of_best, index, position = best
    sheet = book.sheets[index]
    headers = _headers(sheet, position)
    return Guess(
        sheet=index,
        header_row=sheet.rows[position].number,
        headers=headers,
        mapping=_mapping(headers),
        samples=_samples(sheet, position, headers),
        title=_title(sheet, position),
    )


def _score(row: Row) -> int:
    """How much a row looks like names of columns: different ones, each a short text."""
    found: dict[str, int] = {}
    for cell in row.cells[:_WIDEST]:
        if isinstance(cell, str) and len(cell) <= 60:
            name, sureness = field_of(cell)
            if name:
                found[name] = max(sureness, found.get(name, 0))
    return sum(found.values()) if len(found) > 1 and ("title" in found or len(found) > 2) else 0


def _first_wide_row(book: Book) -> tuple[int, int]:
    for index, sheet in enumerate(book.sheets):
        for position, row in enumerate([] if sheet.is_hidden else sheet.rows[:_LOOKED_AT]):
            if sum(isinstance(cell, str) for cell in row.cells) > 1:
                return index, position
    raise FileRefused(_("In der Tabelle ist keine Zeile mit den Namen der Spalten zu finden (etwa „Titel“, „Datum“)."))


def _headers(sheet: Sheet, position: int) -> tuple[str, ...]:
    """Numbers stand under the name of their group: "Vortragende" above 1, 2, 3 gives "Vortragende 1". Columns without
    name beside the one of the speakers are its continuation, if there are words in them."""
    row, above = sheet.rows[position].cells, sheet.rows[position - 1].cells if position else []
    headers: list[str] = []
    taken: set[str] = set()
    width = min(_WIDEST, max(len(each.cells) for each in sheet.rows))
    for column in range(width):
        text = " ".join(cell_text(row[column]).split()) if column < len(row) else ""
        if text.isdigit():
            group = next((cell_text(cell) for cell in reversed(above[: column + 1]) if cell_text(cell)), "")
            text = f"{group} {text}".strip()
        elif not text and headers and _goes_on(sheet, position, column, headers[-1]):
            text = headers[-1]
        headers.append(_unique(text[:120], taken))
    while headers and not headers[-1]:
        headers.pop()
    return tuple(headers)


def _goes_on(sheet: Sheet, position: int, column: int, before: str) -> bool:
    if not before or field_of(before.partition(" (")[0])[0] not in {"speakers", "speaker"}:
        return False
    cells = [row.cells[column] for row in sheet.rows[position + 1 :] if column < len(row.cells)]
    return any(isinstance(cell, str) for cell in cells)


def _unique(text: str, taken: set[str]) -> str:
    free, count = text, 1
    while free and free in taken:
        count += 1
        free = f"{text} ({count})"
    taken.add(free)
    return free


def _mapping(headers: tuple[str, ...]) -> dict[str, str]:
    """The surest column of each field; what can stand in several columns may."""
    told = [(header, *field_of(header)) for header in headers if header]
    best: dict[str, tuple[int, str]] = {}
    for header, name, sureness in told:
        if name and sureness > best.get(name, (0, ""))[0]:
            best[name] = (sureness, header)
    mapping = {
        header: name if name in MANY or best.get(name, (0, ""))[1] == header else "" for header, name, _sureness in told
    }
    return _with_continued_speakers(mapping)


def _with_continued_speakers(mapping: dict[str, str]) -> dict[str, str]:
    """Several columns for speakers hold one person each."""
    columns = [header for header, name in mapping.items() if name == "speakers"]
    if len(columns) > 1 and any(header.endswith(")") or header[-1].isdigit() for header in columns):
        return mapping | dict.fromkeys(columns, "speaker")
    return mapping


def _samples(sheet: Sheet, position: int, headers: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    samples = {}
    for column, header in enumerate(headers):
        cells = (row.cells[column] for row in sheet.rows[position + 1 :] if column < len(row.cells))
        texts = [text for cell in cells if (text := " ".join(cell_text(cell).split())[:80])]
        if header:
            samples[header] = tuple(dict.fromkeys(texts))[:_SAMPLES]
    return samples


def _title(sheet: Sheet, position: int) -> str:
    """What stands alone above the names of the columns; not a place for a name that nobody filled in."""
    for row in sheet.rows[:position]:
        first = cell_text(row.cells[0]) if row.cells else ""
        if first and not first.startswith(("<", "[", "{")):
            return " ".join(first.split())[:200]
    return ""
