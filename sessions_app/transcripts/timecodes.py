"""Moments of a recording, between milliseconds and every way people and formats write them."""

import re
from datetime import timedelta
from typing import NamedTuple

from django.utils.translation import ngettext

# Below this, milliseconds fit the integer column of every database.
LONGEST_MS = 100 * 3600 * 1000 - 1
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})(?:[.,]([0-9]{1,3}))?", re.ASCII)
_SECONDS = re.compile(_NUMBER)
_UNITS = re.compile(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,7})s)?", re.ASCII)
_ISO = re.compile(rf"PT(?:([0-9]{{1,3}})H)?(?:([0-9]{{1,5}})M)?(?:({_NUMBER})S)?", re.ASCII)
_POSITION_LENGTH = 40


class Span(NamedTuple):
    """From where, and to where if somebody said so."""

    start_ms: int
    end_ms: int | None = None


# ── Clocks ───────────────────────────────────────────────────────────────────────────────────
def milliseconds(duration: timedelta) -> int:
    return duration // timedelta(milliseconds=1)


def clock(ms: int) -> str:
    """12:34 or 1:28:40: the second that has begun."""
    minutes, seconds = divmod(max(ms, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def full_clock(ms: int, decimal: str = ".") -> str:
    """01:28:40.250, as caption files write it; SRT has a comma."""
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{decimal}{ms:03}"


def parse_clock(text: str) -> int | None:
    """Milliseconds of 12:34, 88:40, 1:28:40 or 1:28:40.5; None for anything else, and from 100 hours on."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return _bounded(whole * 1000 + int((fraction or "0").ljust(3, "0")))


def _bounded(ms: int) -> int | None:
    return ms if 0 <= ms <= LONGEST_MS else None


# ── Addresses ────────────────────────────────────────────────────────────────────────────────
def parse_position(value: str) -> Span | None:
    """What `?t=` asks for: 754, 723,850, 12:03,14:10, 1h2m3s. None for nonsense; an end before the start is ignored."""
    value = value.strip().lower().removeprefix("npt:")
    if not value or len(value) > _POSITION_LENGTH:
        return None
    first, separator, second = value.partition(",")
    start = _moment(first) if first else 0
    if start is None:
        return None
    end = _moment(second) if separator and second else None
    return Span(start, end if end is not None and end > start else None)


def _moment(text: str) -> int | None:
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return _bounded(round(float(text) * 1000))
    match = _UNITS.fullmatch(text)
    if match and text:
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return _bounded((hours * 3600 + minutes * 60 + seconds) * 1000)
    return parse_clock(text)


def position(start_ms: int, end_ms: int | None = None) -> str:
    """What to write after `?t=`, in whole seconds that hold all of it: 723,850 or 754."""
    start = start_ms // 1000
    return f"{start}" if end_ms is None else f"{start},{max(-(-end_ms // 1000), start + 1)}"


def clock_range(start_ms: int, end_ms: int) -> str:
    """12:03–14:10"""
    return f"{clock(start_ms)}–{clock(-(-end_ms // 1000) * 1000)}"


# ── Durations ────────────────────────────────────────────────────────────────────────────────
def iso_duration(ms: int) -> str:
    """PT1H28M40S"""
    minutes, seconds = divmod(max(ms, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def parse_iso_duration(text: str) -> int | None:
    match = _ISO.fullmatch(text.strip())
    if not match or not any(match.groups()):
        return None
    hours, minutes, seconds = match.groups()
    return _bounded((int(hours or 0) * 3600 + int(minutes or 0) * 60) * 1000 + round(float(seconds or 0) * 1000))


def spoken(ms: int, *, exact: bool = False) -> str:
    """1 Stunde 28 Minuten, 12 Minuten 34 Sekunden: for accessible names. From an hour on, seconds only if `exact`."""
    minutes, seconds = divmod(max(ms, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d Stunde", "%(count)d Stunden", hours) % {"count": hours})
    if minutes:
        parts.append(ngettext("%(count)d Minute", "%(count)d Minuten", minutes) % {"count": minutes})
    if (seconds and (exact or not hours)) or not parts:
        parts.append(ngettext("%(count)d Sekunde", "%(count)d Sekunden", seconds) % {"count": seconds})
    return " ".join(parts)
