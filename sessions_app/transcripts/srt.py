"""SRT files: read into the same cues as WebVTT, and written for the players that know nothing else."""

import re
from collections.abc import Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from sessions_app.transcripts import markup
from sessions_app.transcripts.cues import LIMITS, CueRecord, Kind, Limits, Transcript, check
from sessions_app.transcripts.problems import Problems
from sessions_app.transcripts.textfile import is_blank, read_text
from sessions_app.transcripts.timecodes import full_clock
from sessions_app.transcripts.timings import ARROW, read_timing, refuse_too_many

CONTENT_TYPE = "application/x-subrip; charset=utf-8"
_NEWLINE = "\r\n"
# {\an8} and its like place text; players that do not know them print them.
_PLACING = re.compile(r"\{\\[^{}]*+\}")
_TAG = re.compile(r"<(/?)([A-Za-z]+)(?:[ \t][^<>]*+)?>")
_KEPT = {"b", "i", "u"}
_DROPPED = {"font", "span"}


# ── Reading ──────────────────────────────────────────────────────────────────────────────────
def read(
    source: bytes | BinaryIO,
    kind: Kind = Kind.CAPTIONS,
    limits: Limits = LIMITS,
    duration_ms: int | None = None,
) -> Transcript:
    """Every cue of the file, its payload as WebVTT, or TranscriptError with what is wrong, line by line."""
    problems = Problems(limits.max_problems)
    lines = read_text(source, limits.max_bytes, limits.max_line, problems).lines
    refuse_too_many(lines, limits.max_cues, problems)
    cues: list[CueRecord] = []
    at = 0
    while at < len(lines):
        if is_blank(lines[at]):
            at += 1
            continue
        end = at
        while end < len(lines) and not is_blank(lines[end]):
            end += 1
        if cue := _read_cue(lines, at, end, len(cues) + 1, problems):
            cues.append(cue)
        at = end
    check(cues, kind, limits, problems, duration_ms)
    problems.raise_errors()
    return Transcript(tuple(cues), problems.warnings)


def _read_cue(lines: list[str], at: int, end: int, number: int, problems: Problems) -> CueRecord | None:
    timed = at + 1 if ARROW not in lines[at] and lines[at].strip().isdecimal() else at
    if timed >= end or ARROW not in lines[timed]:
        sentence = _("Hier fehlt die Zeitangabe, oder im Text davor steht eine Leerzeile zu viel.")
        problems.error(at + 1, sentence)
        return None
    timing = read_timing(lines[timed], timed + 1, "", problems)
    for line in range(timed + 1, end):
        if ARROW in lines[line]:
            problems.error(line + 1, _("Vor dieser Zeitangabe fehlt eine Leerzeile."))
            return None
    if timing is None:
        return None
    payload = "\n".join(filter(None, map(_to_payload, lines[timed + 1 : end])))
    return CueRecord(
        number=number,
        start_ms=timing.start_ms,
        end_ms=timing.end_ms,
        text=markup.plain(payload),
        payload=payload,
        line=timed + 1,
    )


def _to_payload(line: str) -> str:
    """Bold, italic and underlined stay; fonts and places go; any other tag was meant as words."""
    line = _PLACING.sub("", line)
    parts, at = [], 0
    for tag in _TAG.finditer(line):
        name = tag[2].lower()
        if name in _KEPT or name in _DROPPED:
            parts.append(markup.escape(markup.decode_entities(line[at : tag.start()])))
            parts.append(f"<{tag[1]}{name}>" if name in _KEPT else "")
            at = tag.end()
    parts.append(markup.escape(markup.decode_entities(line[at:])))
    return "".join(parts).strip(" \t\n\r")


# ── Writing ──────────────────────────────────────────────────────────────────────────────────
def write(cues: Sequence[CueRecord], *, name_speakers: bool = True) -> str:
    """Numbered anew, without the empty ones. Whoever begins to speak is named, as the format has no place for names."""
    blocks, speaker = [], ""
    for cue in cues:
        if not cue.text:
            continue
        lines = _lines(cue)
        if name_speakers and cue.speaker and cue.speaker != speaker:
            lines[0] = f"{cue.speaker}: {lines[0]}"
        speaker = cue.speaker or speaker
        times = f"{full_clock(cue.start_ms, ',')} {ARROW} {full_clock(cue.end_ms, ',')}"
        blocks.append("\n".join([str(len(blocks) + 1), times, *lines]))
    return "".join(block + "\n\n" for block in blocks).replace("\n", _NEWLINE)


def _lines(cue: CueRecord) -> list[str]:
    payload = markup.written(cue.payload) or markup.escape(cue.text)
    if not cue.speaker:
        payload = markup.VOICE.sub(lambda voice: f"{voice[1]}: ", payload)
    kept = markup.TAG.sub(lambda tag: tag[0] if tag[0].strip("</>") in _KEPT else "", payload)
    lines = (markup.one_line(markup.decode_entities(line)) for line in kept.split("\n"))
    return [line.replace(ARROW, "→") for line in lines if line] or [cue.text]
