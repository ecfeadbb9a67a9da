"""Cells of a hand-kept programme as days, times, durations and words, as people write them."""

import datetime
import re
from decimal import Decimal
from typing import Any

from conference.exports.formulas import rearm
from sessions_app.interchange.moments import YEARS

_MONTHS = ("jan", "feb", "mär|mar|mrz|maer", "apr", "mai|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dez|dec")
_MONTH = re.compile("|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, start=1)))
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]?(\d{4}|\d{2})?(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NAMED = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?([^\W\d_]{3,})\.?,?\s*(\d{4})?")
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]\s?(\d{2}))?(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|std|stunden?|hours?|hrs?)\.?)?\s*(?:(\d{1,4})\s*(?:m|min|minuten?|minutes?|')?\.?)?"
)
_EXCEL_DAY_ONE = datetime.date(1899, 12, 30)
_EXCEL_DAYS = (20_000, 80_000)
_MINUTES_A_DAY = 24 * 60


def cell_text(cell: Any) -> str:
    """What one would read in the cell, without blanks at its ends."""
    if isinstance(cell, str):
        return rearm(cell).strip()
    if isinstance(cell, float | Decimal):
        return str(int(cell)) if cell == int(cell) else str(cell)
    if isinstance(cell, datetime.time):
        return f"{cell:%H:%M}"
    if isinstance(cell, list):
        return "; ".join(filter(None, map(cell_text, cell)))
    if isinstance(cell, dict):
        return cell_text(cell.get("name") or cell.get("title") or "")
    return "" if cell is None or isinstance(cell, bool) else str(cell)


def cell_day(cell: Any, year: int | None = None) -> datetime.date | None:
    """The day in a cell: a date, "12.10.2016", "Mi, 12. Oktober 2016", "27.10." with a year known from elsewhere."""
    if isinstance(cell, datetime.date):
        return _date(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        first, last = _EXCEL_DAYS
        return _EXCEL_DAY_ONE + datetime.timedelta(days=int(cell)) if first <= cell <= last else None
    text = cell_text(cell).casefold()
    return _text_as_day(text, year) if len(text) <= 60 else None


def _text_as_day(text: str, year: int | None) -> datetime.date | None:
    if match := _ISO.search(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(text):
        first, second, given = int(match[1]), int(match[2]), match[3]
        found = year if given is None else int(given) + (2000 if len(given) == 2 else 0)
        day, month = (second, first) if second > 12 >= first else (first, second)
        return _date(found, month, day)
    for match in _NAMED.finditer(text):
        if month := _month(match[2]):
            return _date(int(match[3]) if match[3] else year, month, int(match[1]))
    match = _NAMED_FIRST.search(text)
    return _date(int(match[3]), _month(match[1]), int(match[2])) if match and _month(match[1]) else None


def cell_times(cell: Any) -> tuple[datetime.time | None, datetime.time | None]:
    """Begin and end: "10.15", "10:15 Uhr", "9-10 Uhr", "9:00–9:45", a time, or the fraction of a day it is in Excel."""
    if isinstance(cell, datetime.datetime):
        return cell.time().replace(microsecond=0, tzinfo=None), None
    if isinstance(cell, datetime.time):
        return cell.replace(microsecond=0, tzinfo=None), None
    if isinstance(cell, datetime.timedelta):
        return _clock(int(cell.total_seconds() // 60)), None
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _number_as_time(cell), None
    text = re.sub(r"\b(?:von|ab|ca\.?|um|from)\b|\buhr\b", " ", cell_text(cell).casefold())
    text = re.sub(r"^.*\d{4}[\sT,]+(?=\d{1,2}[:.]\d{2})", "", text) if len(text) < 60 else ""
    pieces = [piece.strip() for piece in re.split(r"\s*(?:[-–—]|\bbis\b|\bto\b)\s*", text.strip(" ,")) if piece.strip()]
    if not 0 < len(pieces) <= 2:
        return None, None
    begin, *end = (_time(piece) for piece in pieces)
    return begin, end[0] if end else None


def cell_length(cell: Any) -> datetime.timedelta | None:
    """A duration: minutes, "45 min", "1:30 h", "1,5 Std.", a time of day meant as one, a fraction of a day."""
    if isinstance(cell, datetime.timedelta):
        return _minutes(cell.total_seconds() / 60)
    if isinstance(cell, datetime.time):
        return _minutes(cell.hour * 60 + cell.minute)
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _minutes(float(cell) * _MINUTES_A_DAY if 0 < cell < 1 else float(cell))
    text = cell_text(cell).casefold()
    return _text_as_length(text) if 0 < len(text) <= 30 else None


def _text_as_length(text: str) -> datetime.timedelta | None:
    if match := re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*(?:h|std\.?|stunden|uhr)?", text):
        return _minutes(int(match[1]) * 60 + int(match[2]))
    match = _LENGTH.fullmatch(text)
    if not match:
        return None
    return _minutes(float((match[1] or "0").replace(",", ".")) * 60 + int(match[2] or 0))


def _minutes(count: float) -> datetime.timedelta | None:
    return datetime.timedelta(minutes=round(count)) if 0 < round(count) <= 30 * _MINUTES_A_DAY else None


def _number_as_time(number: float | Decimal) -> datetime.time | None:
    """A fraction of a day; 9 is nine o'clock, and 10.15 a quarter past ten."""
    value = float(number)
    if value >= _EXCEL_DAYS[0]:
        value %= 1
    if 0 <= value < 1:
        return _clock(round(value * _MINUTES_A_DAY))
    hours, _point, minutes = f"{value:.2f}".partition(".")
    return _clock(int(hours) * 60 + int(minutes)) if 1 <= value < 24 and int(minutes) < 60 else None


def _clock(minutes: int) -> datetime.time | None:
    return datetime.time(minutes // 60, minutes % 60) if 0 <= minutes < _MINUTES_A_DAY else None


def _time(text: str) -> datetime.time | None:
    match = _TIME.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if half and 1 <= hours <= 12:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    if hours == 24 and not minutes:
        return datetime.time()
    return datetime.time(hours, minutes) if hours < 24 and minutes < 60 else None


def is_end_of_day(cell: Any) -> bool:
    """ "24 Uhr" is the first moment of the next day."""
    return re.match(r"(?:ab\s+|um\s+)?24\b(?!\.\d+\.)", cell_text(cell)) is not None


def _month(name: str) -> int:
    match = _MONTH.match(name)
    return int(match.lastgroup[1:]) if match else 0


def _date(year: int | None, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
