"""Days, moments and durations as files write them, and as we write them."""

import datetime
import re
import zoneinfo

# What a file without any zone is about: this house's conferences.
HOME = "Europe/Berlin"
DAY_CHANGE = datetime.time(4, 0)
# Others are mistakes; and before, clocks were set by the sun.
YEARS = range(1900, 2200)
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(?:Uhr)?", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,4}):(\d{1,2})(?::(\d{1,2}))?")
_ISO_LENGTH = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?)?")
_OFFSET = re.compile(r"([+-])([01]\d):?([0-5]\d)?", re.ASCII)
_LONGEST = datetime.timedelta(days=99)


def zone_named(name: str) -> datetime.tzinfo | None:
    """ "Europe/Berlin" or "+02:00"; None for a name nobody knows."""
    if match := _OFFSET.fullmatch(name):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return datetime.timezone(datetime.timedelta(minutes=minutes if match[1] == "+" else -minutes))
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def read_day(text: str) -> datetime.date | None:
    """The day of a date or a date-time."""
    try:
        day = datetime.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return day if day.year in YEARS else None


def read_moment(text: str) -> datetime.datetime | None:
    """A day with a time; naive if the text names no offset."""
    text = text.strip()
    if len(text) <= 10:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text).replace(microsecond=0)
        moment.astimezone(datetime.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


def read_clock(text: str) -> datetime.time | None:
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    try:
        return datetime.time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        return None


def read_length(text: str) -> tuple[datetime.timedelta | None, bool]:
    """A duration, and whether it was guessed: "1:30", "01:30:00", "90", "PT1H30M"; "90:00" are 90 minutes.

    Nothing at all is no duration, and so is zero.
    """
    text, is_guess = text.strip(), False
    if match := _LENGTH.fullmatch(text):
        first, second, third = int(match[1]), int(match[2]), int(match[3] or 0)
        is_guess = match[3] is None and first > 24
        hours, minutes, seconds = (0, first, second) if is_guess else (first, second, third)
        length = datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    elif text.isascii() and text.isdigit() and len(text) < 7:
        length = datetime.timedelta(minutes=int(text))
    elif (match := _ISO_LENGTH.fullmatch(text)) and text[-1] not in "PT":
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        length = datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    else:
        return None, bool(text)
    return (length, is_guess) if datetime.timedelta() < length <= _LONGEST else (None, length > _LONGEST)


def write_length(length: datetime.timedelta | None, with_seconds: bool = True) -> str:
    """H:MM, or H:MM:SS where seconds matter; longer than a day always with them, or it would be taken for minutes."""
    total = int(length.total_seconds()) if length else 0
    hours, minutes, seconds = total // 3600, total // 60 % 60, total % 60
    if with_seconds and (seconds or hours > 24):
        return f"{min(hours, 99)}:{minutes:02}:{seconds:02}"
    return f"{hours:02}:{minutes:02}"


def write_clock(moment: datetime.datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def in_zone(moment: datetime.datetime, zone: datetime.tzinfo | None) -> datetime.datetime:
    """The same moment, told by the clocks of `zone` if they agree with its offset."""
    if zone is not None:
        there = moment.astimezone(zone)
        return there if there.utcoffset() == moment.utcoffset() else moment
    return moment
