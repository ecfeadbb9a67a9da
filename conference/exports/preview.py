"""The first rows of a listing, as a page shows them: the cells of the file, written as people write."""

import datetime
import decimal
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import Truncator

from conference.exports.extract import Extract
from conference.exports.snapshot import snapshot
from conference.records import Column, Kind

ROWS = 10
# Of a long text, so many characters are shown.
LONGEST = 140


@dataclass(frozen=True)
class Cell:
    words: str
    kind: str
    # Where an address leads; empty for everything else.
    url: str = ""


@dataclass(frozen=True)
class Preview:
    columns: list[Column]
    rows: list[list[Cell]]
    count: int


def first_rows(extract: Extract) -> Preview:
    """The number of rows and the first of them, in as many queries as one chunk of the file takes."""
    with snapshot():
        count = extract.count()
        records = list(extract.records(extract.keys(ROWS)))
    rows = [[_cell(column.value(record), column.kind) for column in extract.columns] for record in records]
    return Preview(extract.columns, rows, count)


def _cell(value: Any, kind: Kind) -> Cell:
    words = _words(value)
    if kind is Kind.ADDRESS and words.startswith(("http://", "https://")):
        return Cell(words.partition("://")[2], kind.value, url=words)
    return Cell(Truncator(words).chars(LONGEST), kind.value)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return date_format(value, "d.m.Y")
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, float | decimal.Decimal):
        return number_format(value, use_l10n=True)
    return str(value)
