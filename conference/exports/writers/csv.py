"""CSV, some hundred rows a piece, as they are read."""

import csv
import datetime
import decimal
import functools
from collections.abc import Iterator
from typing import Any

from conference.exports.extract import Extract
from conference.exports.formulas import disarm
from conference.exports.snapshot import snapshot
from conference.exports.words import clock

# Rows that leave together; no more than an extract reads at first, so that these leave soon.
LINES = 100


class _Line:
    """What `csv.writer` takes for a file: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def write_csv(extract: Extract, delimiter: str = ";") -> Iterator[bytes]:
    """UTF-8 with byte order mark."""
    write = csv.writer(_Line(), delimiter=delimiter).writerow
    cells = [column.value for column in extract.columns]
    words = _words(decimal_point="," if delimiter == ";" else ".")
    yield ("\ufeff" + write([disarm(header) for header in extract.headers()])).encode()
    lines = []
    with snapshot():
        for record in extract.records(extract.keys()):
            # Most cells are text that begins with a letter or a digit: nothing is asked of those.
            values = [cell(record) for cell in cells]
            lines.append(write([v if type(v) is str and v[:1].isalnum() else words(v) for v in values]))
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
            return _time_of_day(value)
        if isinstance(value, datetime.timedelta):
            return clock(value)
        if isinstance(value, decimal.Decimal):
            return str(value).replace(".", decimal_point)
        return value

    return words


@functools.lru_cache(maxsize=1440)
def _time_of_day(time: datetime.time) -> str:
    return f"{time:%H:%M}"
