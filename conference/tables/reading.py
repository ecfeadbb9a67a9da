"""One door for all tables: the kind is told by the content."""

from pathlib import Path
from typing import BinaryIO

from conference.tables.book import Book


def read_book(source: BinaryIO | Path, file_name: str) -> Book:
    """Read a table that somebody uploaded. Raises TableRefused.

    The kind is told by the content; a name that contradicts it is a warning. CSV comes as text throughout: dates and
    numbers are for the caller to understand, and formulas for the caller to rearm (`conference.exports.rearm`).
    XLSX and ODS give real dates, times, durations, numbers and booleans; a formula gives the value it was saved with.
    JSON gives one sheet whose first row are the keys; values in it stay lists and dicts. `source` is left open.
    """
    raise NotImplementedError
