"""WebVTT files: read strictly, with the line of every mistake, and written back sign for sign."""

import re
from collections.abc import Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from sessions_app.transcripts import markup
from sessions_app.transcripts.cues import CueRecord, Kind, Transcript, check
from sessions_app.transcripts.limits import LIMITS, Limits
from sessions_app.transcripts.problems import Problems
from sessions_app.transcripts.textfile import TextFile, is_blank, read_text
from sessions_app.transcripts.timecodes import full_clock
from sessions_app.transcripts.timings import ARROW, Timing, has_room, read_timing, refuse_too_many

CONTENT_TYPE = "text/vtt; charset=utf-8"
_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(?![^ \t])")
_LINE_ENDS = re.compile(r"[\r\n]+")
_SETTINGS = {"vertical", "line", "position", "size", "align", "region"}


# ── Reading ──────────────────────────────────────────────────────────────────────────────────
def read(
    source: bytes | BinaryIO,
    kind: Kind = Kind.CAPTIONS,
    limits: Limits = LIMITS,
    duration_ms: int | None = None,
) -> Transcript:
    """Every cue of the file, or TranscriptError with what is wrong, line by line. Linear in time and memory."""
    problems = Problems(limits.max_problems)
    file = read_text(source, limits, problems)
    if not _SIGNATURE.fullmatch(file.lines[0]):
        problems.fatal(1, _("Die erste Zeile einer WebVTT-Datei heißt „WEBVTT“."))
    refuse_too_many(file.lines, limits.max_cues, problems)
    reader = _Reader(file, limits, problems)
    reader.read_all()
    check(reader.cues, kind, limits, problems, duration_ms)
    problems.raise_errors()
    return Transcript(tuple(reader.cues), problems.warnings, reader.layout)


class _Reader:
    """Takes a file block by block. What a canonical file would not show is noted in `layout`."""

    def __init__(self, file: TextFile, limits: Limits, problems: Problems):
        self.limits = limits
        self.lines = file.lines
        self.problems = problems
        self.cues: list[CueRecord] = []
        self.layout: dict = {"newline": file.newline, "bom": file.has_bom, "blocks": [], "gaps": {}, "timings": {}}
        self.blocks_read = 0

    def read_all(self) -> None:
        at, gap = self._read_header(), 0
        while at < len(self.lines):
            if is_blank(self.lines[at]):
                at, gap = at + 1, gap + 1
                continue
            if gap != 1:
                self.layout["gaps"][str(self.blocks_read)] = gap
            end = self._end_of_block(at)
            self._read_block(at, end)
            self.blocks_read += 1
            at, gap = end, 0
        self.layout["trailing"] = gap

    def _read_header(self) -> int:
        end = self._end_of_block(0)
        for number, line in enumerate(self.lines[1:end], 2):
            if ARROW in line:
                self.problems.error(number, _("Nach dem Kopf „WEBVTT“ fehlt eine Leerzeile."))
        self.layout["header"] = self.lines[:end]
        return end

    def _end_of_block(self, at: int) -> int:
        while at < len(self.lines) and not is_blank(self.lines[at]):
            at += 1
        return at

    def _read_block(self, at: int, end: int) -> None:
        first = self.lines[at]
        block = _BLOCK.match(first)
        if block and ARROW not in first:
            return self._keep_block(block[1], at, end)
        timed = at if ARROW in first else at + 1
        if timed >= end or ARROW not in self.lines[timed]:
            return self.problems.error(at + 1, _("Hier fehlt die Zeitangabe („00:01.000 --> 00:04.000“)."))
        return self._read_cue(at, timed, end)

    def _keep_block(self, name: str, at: int, end: int) -> None:
        for number in range(at + 1, end):
            if ARROW in self.lines[number]:
                sentence = _("Ein Block „%(name)s“ darf keine Zeitangabe enthalten. Fehlt davor eine Leerzeile?")
                self.problems.error(number + 1, sentence % {"name": name})
        if name != "NOTE" and self.cues:
            sentence = _("Ein Block „%(name)s“ wirkt nur vor der ersten Textstelle.")
            self.problems.warn(at + 1, sentence % {"name": name})
        if len(self.layout["blocks"]) >= self.limits.max_blocks:
            most = {"count": self.limits.max_blocks}
            self.problems.fatal(at + 1, _("Die Datei hat mehr als %(count)d Kommentare und Vorgaben.") % most)
        self.layout["blocks"].append({"before": len(self.cues), "text": "\n".join(self.lines[at:end])})

    def _read_cue(self, at: int, timed: int, end: int) -> None:
        line = self.lines[timed]
        timing = read_timing(line, timed + 1, ".", self.problems)
        for number in range(timed + 1, end):
            if ARROW in self.lines[number]:
                self.problems.error(number + 1, _("Vor dieser Zeitangabe fehlt eine Leerzeile."))
                return
        text = self.lines[timed + 1 : end]
        if timing is None or not has_room(text, timed + 1, self.limits.max_payload, self.problems):
            return
        self._check_settings(timing.settings, timed + 1)
        identifier = self.lines[at] if timed > at else ""
        payload = "\n".join(text)
        said = markup.spoken(payload)
        self.cues.append(
            CueRecord(
                number=len(self.cues) + 1,
                start_ms=timing.start_ms,
                end_ms=timing.end_ms,
                speaker=said.speaker,
                text=said.text,
                payload=payload,
                settings=timing.settings,
                identifier=identifier,
                line=timed + 1,
            )
        )
        if line != _timing_line(self.cues[-1]):
            self.layout["timings"][str(len(self.cues))] = line

    def _check_settings(self, settings: str, number: int) -> None:
        for setting in settings.split():
            name, colon, value = setting.partition(":")
            if name not in _SETTINGS or not colon or not value:
                sentence = _("Die Angabe „%(setting)s“ kennt WebVTT nicht; Player übergehen sie.")
                self.problems.warn(number, sentence % {"setting": setting[:40]})


# ── Writing ──────────────────────────────────────────────────────────────────────────────────
def write(cues: Sequence[CueRecord], layout: dict | None = None) -> str:
    """The file as text. With the `layout` it was read with, the same signs; changed cues stand in their place."""
    layout = layout or {}
    blocks = _notes_and_cues(cues, layout)
    gaps = layout.get("gaps", {})
    parts = ["\n".join(layout.get("header") or ["WEBVTT"])]
    for index, block in enumerate(blocks):
        parts.append("\n" * (max(gaps.get(str(index), 1), 1) + 1))
        parts.append(block)
    parts.append("\n" * layout.get("trailing", 1))
    text = "".join(parts)
    newline = layout.get("newline", "\n")
    return ("\ufeff" if layout.get("bom") else "") + (text if newline == "\n" else text.replace("\n", newline))


def _notes_and_cues(cues: Sequence[CueRecord], layout: dict) -> list[str]:
    """Notes keep the number of cues before them; those behind the last cue stand at the end."""
    notes: dict[int, list[str]] = {}
    for block in layout.get("blocks", ()):
        notes.setdefault(min(block["before"], len(cues)), []).append(block["text"])
    blocks = []
    for index, cue in enumerate(cues):
        blocks += notes.get(index, [])
        blocks.append(_cue_block(cue, layout.get("timings", {})))
    return blocks + notes.get(len(cues), [])


def _cue_block(cue: CueRecord, timings: dict) -> str:
    identifier = _LINE_ENDS.sub(" ", cue.identifier)
    lines = [] if is_blank(identifier) or ARROW in identifier or _BLOCK.match(identifier) else [identifier]
    lines.append(_timing_as_read(cue, timings.get(str(cue.number))) or _timing_line(cue))
    payload = markup.written(cue.payload)
    return "\n".join([*lines, payload] if payload else lines)


def _timing_line(cue: CueRecord) -> str:
    times = f"{full_clock(cue.start_ms)} --> {full_clock(cue.end_ms)}"
    settings = _LINE_ENDS.sub(" ", cue.settings).replace(ARROW, "")
    return f"{times} {settings}" if settings else times


def _timing_as_read(cue: CueRecord, line: str | None) -> str | None:
    """The line of the file, if it still says what the cue says."""
    same = Timing(cue.start_ms, cue.end_ms, cue.settings)
    return line if line and read_timing(line, 0, ".", Problems(1000)) == same else None
