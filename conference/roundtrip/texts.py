"""Cells as text: what counts as the same, lists in one cell, dates and numbers as people type them."""

import datetime
import decimal
import re
import unicodedata
from collections.abc import Iterable

from django.utils.dateparse import parse_duration

# What XML cannot hold; a spreadsheet has lost it or shows a box for it.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
_LINE_END = re.compile("\r\n?")
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(\.\d{1,6})?)?(?:\s*Uhr)?")
_CLOCK = re.compile(r"(-?)(\d{1,6}):([0-5]?\d)(?::([0-5]?\d)(?:[.,](\d{1,6}))?)?")
_ISO_DURATION = re.compile(r"-?P\S+")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+(?:[.,]\d+)?)")
_CALCULATED = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,3}")
_FIGURES = re.compile(r"\d{12,}|\d+E\d{1,3}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)
# An item without a letter would not be seen in a list.
_EMPTY = r"\-"


# ── The same or not ──────────────────────────────────────────────────────────────────────────
def spoken(text: str) -> str:
    """The text without what no spreadsheet can hold, its lines ending as lines do, an umlaut one letter and not two."""
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", _UNSPEAKABLE.sub("", text)))


def untabbed(text: str) -> str:
    """LibreOffice drops tabs from a cell of several lines when it saves."""
    return spoken(text).replace("\t", "")


def key(text: str) -> str:
    """Two names that look the same have the same key."""
    return " ".join(untabbed(text).split()).casefold()


def is_calculated(given: str, own: str) -> bool:
    """Whether a spreadsheet took the figures of a text for a number: `9,78387E+12` for `9783865813336`."""
    if not (_CALCULATED.fullmatch(given) and _FIGURES.fullmatch(own)):
        return False
    number = decimal.Decimal(own)
    return abs(decimal.Decimal(given.replace(",", ".")) - number) <= number / 10


# ── Lists in a cell ──────────────────────────────────────────────────────────────────────────
def joined(items: Iterable[str], separator: str = "; ") -> str:
    """One text of many; `parted` takes it apart again, whatever stands in the items."""
    return separator.join(_escaped(item, separator.strip() or separator) for item in items)


def _escaped(item: str, sign: str) -> str:
    if not item.strip():
        return _EMPTY
    item = item.replace("\\", "\\\\")
    return item.replace("\n", "\\n") if sign == "\n" else item.replace(sign, f"\\{sign}")


def parted(text: str, sign: str = ";") -> list[str]:
    """The items of a list in a cell; between two signs without a word there is none."""
    pieces = re.findall(rf"((?:\\.|[^\\{sign}])*\\?)(?:{sign}|$)", text, re.DOTALL)
    return [_ESCAPED.sub(_unescaped, piece.strip()) for piece in pieces if piece.strip()]


def _unescaped(hit: re.Match) -> str:
    return {"n": "\n", "-": ""}.get(hit[1], hit[1] or "\\")


# ── As people type them; each raises ValueError ──────────────────────────────────────────────
def typed_date(text: str) -> datetime.date:
    """`28.10.2020` or `2020-10-28`."""
    text = text.strip()
    if hit := _GERMAN_DATE.fullmatch(text):
        day, month, year = hit.groups()
    elif hit := _ISO_DATE.fullmatch(text):
        year, month, day = hit.groups()
    else:
        raise ValueError(text)
    return datetime.date(int(year), int(month), int(day))


def typed_time(text: str) -> datetime.time:
    """`9:30`, `9.30 Uhr` or `09:30:00`."""
    hit = _TIME.fullmatch(text.strip())
    if not hit:
        raise ValueError(text)
    hour, minute, second, fraction = hit.groups()
    micro = int((fraction or ".0")[1:].ljust(6, "0"))
    return datetime.time(int(hour), int(minute), int(second or 0), micro)


def typed_duration(text: str) -> datetime.timedelta:
    """Hours, minutes, seconds: `1:28:40`, `0:20` (twenty minutes), or in ISO 8601."""
    text = text.strip()
    if hit := _CLOCK.fullmatch(text):
        sign, hours, minutes, seconds, fraction = hit.groups()
        found = datetime.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
        found += datetime.timedelta(microseconds=int((fraction or "").ljust(6, "0")))
        return -found if sign else found
    found = parse_duration(text) if _ISO_DURATION.fullmatch(text) else None
    if found is None:
        raise ValueError(text)
    return found


def typed_number(text: str) -> int:
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError(text)
    return int(text)


def typed_decimal(text: str) -> decimal.Decimal:
    """`52,37`, `52.37` or `1.234,5`."""
    text = text.strip()
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return decimal.Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)
