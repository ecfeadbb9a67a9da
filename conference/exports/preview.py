"""The first rows of a listing, as a page shows them: the cells of the file, written as people write."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from conference.exports.extract import Extract
from conference.exports.snapshot import snapshot
from conference.exports.words import words
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
    said = words(value)
    if kind is Kind.ADDRESS and said.startswith(("http://", "https://")):
        return Cell(said.partition("://")[2], kind.value, url=said)
    return Cell(Truncator(said).chars(LONGEST), kind.value)
