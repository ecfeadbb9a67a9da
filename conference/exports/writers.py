"""The formats: CSV and JSON as they are made, XLSX in a temporary file."""

import csv
import dataclasses
import datetime
import decimal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import xlsxwriter
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from conference.exports.extract import Extract
from conference.exports.formulas import disarm
from conference.exports.snapshot import snapshot
from conference.records import Kind

# Rows that leave together.
LINES = 200
# A spreadsheet takes no longer text in a cell.
LONGEST = 32_767
# Above, addresses are text: a sheet of links takes memory for each of them.
MOST_LINKS = 5_000
# Spreadsheets begin to count here.
FIRST_DAY = datetime.date(1900, 3, 1)
WIDTHS = {
    Kind.TEXT: 24,
    Kind.LONG: 60,
    Kind.LIST: 48,
    Kind.ADDRESS: 52,
    Kind.DATE: 12,
    Kind.TIME: 10,
    Kind.DURATION: 11,
    Kind.NUMBER: 9,
}


class _Line:
    """What `csv.writer` takes for a file: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def write_csv(extract: Extract, delimiter: str = ";") -> Iterator[bytes]:
    """UTF-8 with byte order mark, some hundred rows a piece."""
    write = csv.writer(_Line(), delimiter=delimiter).writerow
    cells = [column.value for column in extract.columns]
    words = _words(decimal_point="," if delimiter == ";" else ".")
    yield ("\ufeff" + write([disarm(header) for header in extract.headers()])).encode()
    lines = []
    with snapshot():
        for record in extract.records(extract.keys()):
            lines.append(write([words(cell(record)) for cell in cells]))
            if len(lines) >= LINES:
                yield "".join(lines).encode()
                lines.clear()
    yield "".join(lines).encode()


def _words(decimal_point: str):
    """How a value is written in CSV: dates and times in ISO 8601, which no spreadsheet misreads."""

    def words(value: Any) -> str | int | None:
        if isinstance(value, str):
            return disarm(value)
        if isinstance(value, datetime.time):
            return f"{value:%H:%M}"
        if isinstance(value, datetime.timedelta):
            return _clock(value)
        if isinstance(value, decimal.Decimal):
            return str(value).replace(".", decimal_point)
        return value

    return words


def _clock(duration: datetime.timedelta) -> str:
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def write_json(extract: Extract, delimiter: str = "") -> Iterator[bytes]:
    """The records as they are, people and partners as lists of their own."""
    hidden = {column.key for column in extract.dataset.columns} - {column.key for column in extract.columns}
    encode = DjangoJSONEncoder(ensure_ascii=False).encode
    with snapshot():
        keys = extract.keys()
        head = encode({"listing": extract.dataset.name, "notes": dict(extract.notes(len(keys)))})
        lines, separator = [head[:-1], ', "records": ['], "\n"
        for record in extract.records(keys):
            lines.append(separator + encode({key: value for key, value in record.items() if key not in hidden}))
            separator = ",\n"
            if len(lines) >= LINES:
                yield "".join(lines).encode()
                lines.clear()
        yield ("".join(lines) + "\n]}\n").encode()


def write_xlsx(extract: Extract, delimiter: str = "") -> IO[bytes]:
    """A temporary file at its start: real dates and numbers, text as text, head frozen, filters, a sheet of notes."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (handed to the caller, who closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        with snapshot():
            keys = extract.keys()
            count = _write_rows(book, extract, keys)
        _write_notes(book, extract, count)
    target.seek(0)
    return target


def _write_rows(book, extract: Extract, keys: list[int]) -> int:
    sheet = book.add_worksheet(str(extract.dataset.title)[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    for position, (column, header) in enumerate(zip(extract.columns, extract.headers(), strict=True)):
        sheet.set_column(position, position, max(WIDTHS[column.kind], len(header) + 4))
        sheet.write_string(0, position, header, bold)
    sheet.freeze_panes(1, 0)
    write = _cell_writer(book, sheet, with_links=len(keys) <= MOST_LINKS)
    cells = [(position, column.value, column.kind) for position, column in enumerate(extract.columns)]
    row = 0
    for row, record in enumerate(extract.records(keys), start=1):
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
            is_link = with_links and kind is Kind.ADDRESS and value.startswith(("http://", "https://"))
            if not is_link or sheet.write_url(row, column, value) < 0:
                sheet.write_string(row, column, _fitting(value))
        elif isinstance(value, datetime.date) and value < FIRST_DAY:
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


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _write_notes(book, extract: Extract, count: int):
    sheet = book.add_worksheet("Hinweise")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    notes = extract.notes(count)
    notes.append((_("Lange Texte"), _("Eine Zelle fasst 32.767 Zeichen; was länger ist, endet mit „…“.")))
    for row, (label, words) in enumerate(notes):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, _fitting(words))


@dataclasses.dataclass(frozen=True)
class Format:
    """`write(extract, delimiter)` gives the file piece by piece; only CSV has a delimiter."""

    content_type: str
    write: Callable[[Extract, str], Iterable[bytes]]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", write_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "json": Format("application/json", write_json),
}
