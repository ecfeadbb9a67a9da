"""What a table is, whatever the format it came in."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from conference.refusing import Refused

# Text is as the file has it: blanks, line breaks (\n, \r\n) and apostrophes included. Lists and dicts come from JSON.
Cell = str | int | float | Decimal | bool | date | datetime | time | timedelta | list | dict | None


class TableRefused(Refused):
    """Places are "Zeile 3", "Zeile 3, Spalte 5", "Blatt „Programm“, C5", or empty."""


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as the spreadsheet counts, from 1; a cell of a CSV file with line breaks counts as one row."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Empty rows are left out, empty cells at the end of a row are cut; a cell of an empty text is None."""

    title: str
    rows: list[Row]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """`kind` is csv, xlsx, ods or json; `document` is what a JSON file holds, whole. At least one sheet."""

    kind: str
    sheets: list[Sheet]
    separator: str = ""
    warnings: list[str] = field(default_factory=list)
    document: Any = None
