"""Dates and times as spreadsheets keep them: numbers that are days, and formats that say so."""

import re
from datetime import date, datetime, time, timedelta

DAY = 86_400_000
# What comes with the program, by number: dates, times, both, durations; the upper ones from East Asia.
BUILT_IN = (
    dict.fromkeys([14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)], "date")
    | dict.fromkeys([18, 19, 20, 21, 32, 33, 45, 47], "time")
    | {22: "datetime", 46: "duration"}
)
# Quoted and escaped text, blanks as wide as a sign, fillers, colours, currencies and conditions.
_NOT_MEANT = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NOON = re.compile(r"am/pm|a/p", re.IGNORECASE)


def kind_of(number_format: str) -> str:
    """date, time, datetime or duration, or empty for what is a number."""
    code = _NOT_MEANT.sub("", number_format).split(";")[0].lower()
    if _ELAPSED.search(code):
        return "duration"
    signs = set(_NOON.sub("h", code)) if code != "general" else set()
    has_time = bool(signs & {"h", "s"})
    has_day = bool(signs & {"d", "y"}) or ("m" in signs and not has_time)
    return {(True, True): "datetime", (True, False): "date", (False, True): "time"}.get((has_day, has_time), "")


def moment(days: float, kind: str, is_1904: bool = False) -> date | datetime | time | timedelta:
    """What the number means. Raises ValueError where it is no moment (before 1900, after 9999).

    A date with a time of day stays both, whatever its format shows; to the millisecond.
    """
    try:
        milliseconds = round(days * DAY)
        if kind == "duration":
            return timedelta(milliseconds=milliseconds)
        day, rest = divmod(milliseconds, DAY)
        if day < 0 or (day == 0 and kind == "date" and not is_1904):
            raise ValueError(days)
        if day == 0 and kind != "date":
            return (datetime.min + timedelta(milliseconds=rest)).time()
        at = _first_day(day, is_1904) + timedelta(days=day, milliseconds=rest)
    except OverflowError as error:
        raise ValueError(days) from error
    return at if rest or kind != "date" else at.date()


def _first_day(day: int, is_1904: bool) -> datetime:
    """Spreadsheets of 1900 count a 29 February that never was."""
    if is_1904:
        return datetime(1904, 1, 1)
    return datetime(1899, 12, 30) if day > 60 else datetime(1899, 12, 31)
