"""The line with the arrow, alike in WebVTT and SRT: from when to when a cue is shown."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from sessions_app.transcripts.problems import Problems
from sessions_app.transcripts.timecodes import LONGEST_MS

ARROW = "-->"
_TIME = re.compile(r"(-)?(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})([.,])([0-9]{1,3})")


class Timing(NamedTuple):
    start_ms: int
    end_ms: int
    settings: str


def read_timing(line: str, number: int, decimal: str, problems: Problems) -> Timing | None:
    """Both times and what follows; None after reporting what is wrong. An empty `decimal` takes point and comma."""
    before, _arrow, after = line.partition(ARROW)
    after = after.strip().split(None, 1) or [""]
    start = _milliseconds(before.strip(), number, decimal, problems)
    end = _milliseconds(after[0], number, decimal, problems)
    if start is None or end is None:
        return None
    if ARROW in line.replace(ARROW, "", 1):
        problems.error(number, _("In einer Zeile steht nur eine Zeitangabe."))
        return None
    return Timing(start, end, after[1] if len(after) > 1 else "")


def _milliseconds(text: str, number: int, decimal: str, problems: Problems) -> int | None:
    match = _TIME.fullmatch(text)
    if not match:
        problems.error(number, _("„%(text)s“ ist keine Zeitangabe wie 00:01:04.250.") % {"text": text[:40]})
        return None
    sign, hours, minutes, seconds, point, fraction = match.groups()
    ms = (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
    if sign:
        sentence = _("Die Zeit %(text)s ist negativ. Zeiten zählen ab dem Beginn des Videos.")
    elif int(minutes) > 59 or int(seconds) > 59:
        sentence = _("In %(text)s gehen Minuten und Sekunden nur bis 59.")
    elif ms > LONGEST_MS:
        sentence = _("Die Zeit %(text)s liegt über 100 Stunden.")
    elif decimal and point != decimal:
        sentence = _("In %(text)s steht vor den Millisekunden ein Komma; WebVTT verlangt einen Punkt.")
    elif decimal and len(fraction) != 3:
        sentence = _("In %(text)s brauchen die Millisekunden drei Stellen.")
    else:
        return ms
    problems.error(number, sentence % {"text": text})
    return None


def has_room(lines: Sequence[str], number: int, most: int, problems: Problems) -> bool:
    """Whether the text of a cue is short enough to be looked at; reports it if not."""
    if sum(map(len, lines)) <= most:
        return True
    problems.error(number, _("Die Textstelle hat mehr als %(count)d Zeichen. Fehlt eine Leerzeile?") % {"count": most})
    return False


def refuse_too_many(lines: Sequence[str], most: int, problems: Problems) -> None:
    """Counts before anything is read: a million cues end here."""
    count = 0
    for number, line in enumerate(lines, 1):
        count += ARROW in line
        if count > most:
            problems.fatal(number, _("Die Datei hat mehr als %(count)d Textstellen.") % {"count": most})
