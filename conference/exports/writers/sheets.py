"""What files for spreadsheets have in common, whatever their format."""

import datetime
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from conference.exports.extract import Extract
from conference.records import Kind, Record

# A spreadsheet takes no longer text in a cell; it counts in units of UTF-16, an emoji as two.
LONGEST = 32_767
# Above, addresses are text: a sheet of links takes memory for each of them.
MOST_LINKS = 5_000
# Spreadsheets begin to count here.
FIRST_DAY = datetime.date(1900, 3, 1)
# Rows after which somebody who waits is told.
STEP = 500
NOTES = "Hinweise"
# What a sheet may not be called.
_NO_NAME = re.compile(r"[\[\]*?:/\\']")
# In characters.
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


def name(extract: Extract) -> str:
    return _NO_NAME.sub(" ", str(extract.dataset.title))[:31]


def width(kind: Kind, header: str) -> int:
    return max(WIDTHS[kind], len(header) + 4)


def is_link(value: str, kind: Kind) -> bool:
    return kind is Kind.ADDRESS and value.startswith(("http://", "https://"))


def fitting(text: str) -> str:
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return text if len(units) <= 2 * LONGEST else f"{units[: 2 * (LONGEST - 1)].decode('utf-16-le', 'ignore')}…"


def counted(extract: Extract, keys: list) -> Iterator[tuple[int, Record]]:
    """The records with their number, from 1; who waits is told how many there are."""
    for number, record in enumerate(extract.records(keys), start=1):
        yield number, record
        if number % STEP == 0:
            extract.progress(number)


def notes(extract: Extract, count: int) -> list[tuple[str, str]]:
    """What stands on the second sheet: [(label, words)]."""
    told = [(label, fitting(words)) for label, words in extract.notes(count)]
    return [*told, (_("Lange Texte"), _("Eine Zelle fasst 32.767 Zeichen; was länger ist, endet mit „…“."))]
