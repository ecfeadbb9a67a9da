"""Chapters: typed as lines or read from WebVTT, written for players, podcasts and video platforms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import BinaryIO

from django.utils.translation import gettext as _

from sessions_app.transcripts import markup, webvtt
from sessions_app.transcripts.cues import CueRecord, Kind
from sessions_app.transcripts.limits import LIMITS, Limits
from sessions_app.transcripts.problems import Problem, Problems
from sessions_app.transcripts.timecodes import LONGEST_MS, clock, parse_clock

PODCAST_CONTENT_TYPE = "application/json+chapters"
PODCAST_VERSION = "1.2.0"
MOST_CHAPTERS = 500
LONGEST_TITLE = 200
_LONGEST_TEXT = 200_000
# What the last chapter lasts in a file that needs an end, when nobody knows it.
_LAST_MS = 10_000
_LINE = re.compile(r"[-*•]? ?[\[(]?([0-9][0-9:.,]{2,20}+)[\])]?(?: |$)(?:[-–—|:](?: |$))?(.*)")


@dataclass(frozen=True, slots=True)
class ChapterRecord:
    """Ends where the next one starts; the last one with the recording, if its length is known."""

    number: int
    start_ms: int
    title: str
    end_ms: int | None = None
    line: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class ChapterList:
    chapters: tuple[ChapterRecord, ...]
    warnings: tuple[Problem, ...] = ()


# ── Reading ──────────────────────────────────────────────────────────────────────────────────
def read_lines(text: str, duration_ms: int | None = None) -> ChapterList:
    """Lines like "12:34 Titel" or "1:02:03 – Titel". Raises TranscriptError with what is wrong, line by line."""
    problems = Problems(LIMITS.max_problems)
    if len(text) > _LONGEST_TEXT:
        problems.fatal(None, _("Das ist zu viel Text für eine Kapitelliste."))
    found = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip() and (chapter := _read_line(line, number, problems)):
            found.append(replace(chapter, number=len(found) + 1))
    return _checked(found, duration_ms, problems)


def _read_line(line: str, number: int, problems: Problems) -> ChapterRecord | None:
    match = _LINE.fullmatch(" ".join(line.split()))
    start = parse_clock(match[1].rstrip(":.,")) if match else None
    if start is None:
        problems.error(number, _("Hier wird eine Zeit und ein Titel erwartet, zum Beispiel „12:34 Begrüßung“."))
        return None
    return ChapterRecord(0, start, markup.plain(markup.escape(match[2])), line=number)


def read_webvtt(source: bytes | BinaryIO, duration_ms: int | None = None, limits: Limits = LIMITS) -> ChapterList:
    """Chapters of a WebVTT file. Raises TranscriptError."""
    transcript = webvtt.read(source, Kind.CHAPTERS, limits)
    problems = Problems(limits.max_problems)
    for warning in transcript.warnings:
        problems.warn(*warning)
    found = [ChapterRecord(cue.number, cue.start_ms, cue.text, cue.end_ms, cue.line) for cue in transcript.cues]
    return _checked(found, duration_ms, problems)


# ── Checking ─────────────────────────────────────────────────────────────────────────────────
def _checked(chapters: list[ChapterRecord], duration_ms: int | None, problems: Problems) -> ChapterList:
    if not chapters and not problems.errors:
        problems.error(None, _("Es ist kein einziges Kapitel angegeben."))
    if len(chapters) > MOST_CHAPTERS:
        problems.fatal(
            chapters[MOST_CHAPTERS].line, _("Mehr als %(count)d Kapitel sind nicht möglich.") % {"count": MOST_CHAPTERS}
        )
    for chapter in chapters:
        _check_chapter(chapter, duration_ms, problems)
    for previous, chapter in pairwise(chapters):
        _check_order(previous, chapter, problems)
    problems.raise_errors()
    if chapters[0].start_ms:
        problems.warn(
            chapters[0].line, _("Das erste Kapitel beginnt nicht bei 00:00; manche Plattformen verlangen das.")
        )
    return ChapterList(with_ends(chapters, duration_ms), problems.warnings)


def _check_chapter(chapter: ChapterRecord, duration_ms: int | None, problems: Problems) -> None:
    if not chapter.title:
        problems.error(chapter.line, _("Dem Kapitel fehlt der Titel."))
    if len(chapter.title) > LONGEST_TITLE:
        problems.error(chapter.line, _("Der Titel hat mehr als %(count)d Zeichen.") % {"count": LONGEST_TITLE})
    if markup.has_control_signs(chapter.title):
        problems.error(chapter.line, _("Der Titel enthält ein Steuerzeichen. Bitte löschen Sie es."))
    if duration_ms and chapter.start_ms >= duration_ms:
        times = {"start": clock(chapter.start_ms), "end": clock(duration_ms)}
        problems.error(
            chapter.line, _("Das Kapitel beginnt (%(start)s) erst nach dem Ende des Videos (%(end)s).") % times
        )


def _check_order(previous: ChapterRecord, chapter: ChapterRecord, problems: Problems) -> None:
    times = {"start": clock(chapter.start_ms), "previous": clock(previous.start_ms), "line": previous.line}
    if chapter.start_ms == previous.start_ms:
        problems.error(chapter.line, _("Bei %(start)s beginnt schon das Kapitel von Zeile %(line)d.") % times)
    elif chapter.start_ms < previous.start_ms:
        sentence = _("Die Kapitel stehen nicht in ihrer Reihenfolge: %(start)s kommt nach %(previous)s.")
        problems.error(chapter.line, sentence % times)
    elif chapter.title and chapter.title == previous.title:
        problems.warn(chapter.line, _("Das Kapitel heißt wie das vorige."))


def with_ends(chapters: Sequence[ChapterRecord], duration_ms: int | None = None) -> tuple[ChapterRecord, ...]:
    """Each ends where the next starts, the last where the recording ends."""
    ends = [chapter.start_ms for chapter in chapters[1:]]
    last = duration_ms or (chapters[-1].end_ms if chapters else None)
    return tuple(replace(chapter, end_ms=end) for chapter, end in zip(chapters, [*ends, last], strict=False))


# ── Writing ──────────────────────────────────────────────────────────────────────────────────
def to_lines(chapters: Sequence[ChapterRecord]) -> str:
    """As they are typed, and as video platforms read them in a description: 00:00 Titel."""
    return "".join(f"{clock(chapter.start_ms)} {chapter.title}\n" for chapter in chapters)


def to_webvtt(chapters: Sequence[ChapterRecord], duration_ms: int | None = None) -> str:
    cues = []
    for chapter in with_ends(chapters, duration_ms):
        end = chapter.end_ms or min(chapter.start_ms + _LAST_MS, LONGEST_MS)
        payload = markup.escape(chapter.title)
        cues.append(CueRecord(chapter.number, chapter.start_ms, end, "", chapter.title, payload))
    return webvtt.write(cues)


def to_podcast(chapters: Sequence[ChapterRecord], duration_ms: int | None = None) -> dict:
    """Podcasting 2.0 JSON chapters, as plain data."""
    return {"version": PODCAST_VERSION, "chapters": [_podcast_chapter(c) for c in with_ends(chapters, duration_ms)]}


def _podcast_chapter(chapter: ChapterRecord) -> dict:
    entry: dict = {"startTime": chapter.start_ms / 1000, "title": chapter.title}
    if chapter.end_ms:
        entry["endTime"] = chapter.end_ms / 1000
    if chapter.url:
        entry["url"] = chapter.url
    return entry
