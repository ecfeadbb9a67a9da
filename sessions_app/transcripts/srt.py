"""SRT files: read into the same cues as WebVTT, and written for the players that know nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from django.utils.translation import gettext as _

from sessions_app.transcripts import markup
from sessions_app.transcripts.cues import CueRecord, Kind, Transcript, check
from sessions_app.transcripts.limits import LIMITS, Limits
from sessions_app.transcripts.problems import Problems
from sessions_app.transcripts.textfile import is_blank, read_text
from sessions_app.transcripts.timecodes import full_clock
from sessions_app.transcripts.timings import ARROW, has_room, read_timing, refuse_too_many

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
    lines = read_text(source, limits, problems).lines
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
        if cue := _read_cue(lines, range(at, end), limits, problems):
            cues.append(replace(cue, number=len(cues) + 1))
        at = end
    check(cues, kind, limits, problems, duration_ms)
    problems.raise_errors()
    return Transcript(tuple(cues), problems.warnings)


def _read_cue(lines: list[str], block: range, limits: Limits, problems: Problems) -> CueRecord | None:
    at, end = block.start, block.stop
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
    if timing is None or not has_room(lines[timed + 1 : end], timed + 1, limits.max_payload, problems):
        return None
    payloads, texts = zip(*map(_converted, lines[timed + 1 : end]), strict=True) if timed + 1 < end else ((), ())
    return CueRecord(
        number=0,
        start_ms=timing.start_ms,
        end_ms=timing.end_ms,
        text=markup.one_line(" ".join(texts)),
        payload="\n".join(filter(None, payloads)),
        line=timed + 1,
    )


def _converted(line: str) -> tuple[str, str]:
    """As WebVTT, and as words. Bold, italic, underlined stay; fonts and places go; other tags were meant as words."""
    line = _PLACING.sub("", line)
    payload, words, at = [], [], 0
    for tag in _TAG.finditer(line):
        name = tag[2].lower()
        if name in _KEPT or name in _DROPPED:
            words.append(markup.decode_entities(line[at : tag.start()]))
            payload += [markup.escape(words[-1]), f"<{tag[1]}{name}>" if name in _KEPT else ""]
            at = tag.end()
    words.append(markup.decode_entities(line[at:]))
    payload.append(markup.escape(words[-1]))
    return "".join(payload).strip(" \t\n\r"), "".join(words)


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
