"""XLSX in a temporary file: real dates and numbers, text as text, head frozen, filters, a sheet of notes."""

import contextlib
import datetime
import re
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from conference.exports.extract import Extract
from conference.exports.snapshot import snapshot
from conference.exports.writers import sheets
from conference.records import Kind

# No characters of XML, and XlsxWriter lets them pass; control characters it writes in words of its own.
_NONE = re.compile("[\ud800-\udfff\ufffe\uffff]")

# Excel takes no longer address behind a cell; as text it may be.
LONGEST_LINK = 2_079


def write_xlsx(extract: Extract, delimiter: str = "") -> IO[bytes]:
    """The file, open at its start; whoever takes it closes it."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (handed to the caller, who closes it)
    with _book(target) as book:
        with snapshot():
            keys = extract.keys()
            count = _write_rows(book, extract, keys)
        _write_notes(book, extract, count)
    target.seek(0)
    return target


@contextlib.contextmanager
def _book(target: IO[bytes]) -> Iterator[xlsxwriter.Workbook]:
    """A workbook whose rows wait in a folder that goes with it, also where the disk is full. Raises OSError then."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with tempfile.TemporaryDirectory() as folder:
        try:
            with xlsxwriter.Workbook(target, options | {"tmpdir": folder}) as book:
                yield book
        except FileCreateError as error:
            raise error.args[0] from error


def _write_rows(book, extract: Extract, keys: list[int]) -> int:
    sheet = book.add_worksheet(sheets.name(extract))
    bold = book.add_format({"bold": True, "bottom": 1})
    # What somebody types there later stays the text it is: "1-2" is no day.
    text = book.add_format({"num_format": "@"})
    for position, (column, header) in enumerate(zip(extract.columns, extract.headers(), strict=True)):
        look = text if column.kind is Kind.TEXT else None
        sheet.set_column(position, position, sheets.width(column.kind, header), look)
        sheet.write_string(0, position, header, bold)
    sheet.freeze_panes(1, 0)
    write = _cell_writer(book, sheet, with_links=len(keys) <= sheets.MOST_LINKS)
    cells = [(position, column.value, column.kind) for position, column in enumerate(extract.columns)]
    row = 0
    for row, record in sheets.counted(extract, keys):
        for position, cell, kind in cells:
            write(row, position, cell(record), kind)
    sheet.autofilter(0, 0, row, len(cells) - 1)
    return row


def _cell_writer(book, sheet, with_links: bool):
    date = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
    time = book.add_format({"num_format": "hh:mm", "align": "left"})
    duration = book.add_format({"num_format": "[h]:mm:ss", "align": "left"})

    def write(row: int, column: int, value: Any, kind: Kind):
        if value is None or value == "":
            return
        if isinstance(value, str):
            value = _NONE.sub("\ufffd", value)
            may_link = with_links and len(value) <= LONGEST_LINK and sheets.is_link(value, kind)
            if not may_link or sheet.write_url(row, column, value) < 0:
                sheet.write_string(row, column, sheets.fitting(value))
        elif isinstance(value, datetime.date) and value < sheets.FIRST_DAY:
            sheet.write_string(row, column, value.isoformat())
        elif isinstance(value, datetime.date):
            sheet.write_datetime(row, column, value, date)
        elif isinstance(value, datetime.time):
            sheet.write_datetime(row, column, value, time)
        elif isinstance(value, datetime.timedelta):
            sheet.write_datetime(row, column, value, duration)
        else:
            sheet.write_number(row, column, value)

    return write


def _write_notes(book, extract: Extract, count: int):
    sheet = book.add_worksheet(sheets.NOTES)
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for row, (label, words) in enumerate(sheets.notes(extract, count)):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, words)
