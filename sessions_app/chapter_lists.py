"""Chapters into the database, from typed lines or from a WebVTT file; those that stay keep their contribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from sessions_app.models import Chapter, Contribution, Video
from sessions_app.transcripts import markup
from sessions_app.transcripts.chapters import ChapterList, ChapterRecord, read_lines, read_webvtt
from sessions_app.transcripts.timecodes import milliseconds


@dataclass(frozen=True)
class StoredChapters:
    kept: int
    new: int
    lost: int


def read_chapters(source: str | bytes, duration: timedelta | None = None) -> ChapterList:
    """Lines somebody typed, or the bytes of a WebVTT file. Raises TranscriptError, line by line."""
    duration_ms = milliseconds(duration) if duration else None
    return (read_lines if isinstance(source, str) else read_webvtt)(source, duration_ms)


@transaction.atomic
def store_chapters(video: Video, records: Sequence[ChapterRecord]) -> StoredChapters:
    """These chapters and no others. One of the same second, else of the same title, is the one it was.

    A new chapter is linked to the contribution of its title. An empty list removes them all.
    """
    Video.objects.select_for_update().order_by().get(pk=video.pk)
    old = list(video.chapters.in_order())
    contributions = _by_title(video)
    chapters = []
    before = _recognised(old, records)
    for record, known in zip(records, before, strict=True):
        chapter = known or Chapter(video=video)
        if known is None or (chapter.title != record.title and chapter.contribution_id is None):
            chapter.contribution_id = contributions.get(_folded(record.title))
        if known is None or record.start_ms % 1000 or not _in_same_second(known, record):
            chapter.start_ms = record.start_ms
        chapter.title = record.title
        chapters.append(chapter)
    video.chapters.all().delete()
    for chapter in chapters:
        chapter._state.adding = True
    Chapter.objects.bulk_create(chapters)
    kept = sum(known is not None for known in before)
    return StoredChapters(kept, len(chapters) - kept, len(old) - kept)


def _recognised(old: list[Chapter], records: Sequence[ChapterRecord]) -> list[Chapter | None]:
    """The chapter each record was before: typed lines know whole seconds only."""
    left = list(old)
    found: list[Chapter | None] = [None] * len(records)
    for is_same in (_in_same_second, _of_same_title):
        for index, record in enumerate(records):
            known = next((chapter for chapter in left if found[index] is None and is_same(chapter, record)), None)
            if known:
                found[index] = known
                left.remove(known)
    return found


def _in_same_second(chapter: Chapter, record: ChapterRecord) -> bool:
    return chapter.start_ms // 1000 == record.start_ms // 1000


def _of_same_title(chapter: Chapter, record: ChapterRecord) -> bool:
    return _folded(chapter.title) == _folded(record.title)


def _by_title(video: Video) -> dict[str, int]:
    event = video.event_id or video.contribution.event_id
    rows = Contribution.objects.filter(event=event).order_by("-position", "-pk").values_list("title", "pk")
    return {_folded(title): number for title, number in rows if title}


def _folded(title: str) -> str:
    return markup.one_line(title).casefold()


def chapter_records(chapters: Sequence[Chapter], address: str = "") -> list[ChapterRecord]:
    """Stored chapters as the formats write them; `address` is the page they start on."""
    return [
        ChapterRecord(number, chapter.start_ms, chapter.title, url=f"{address}?t={chapter.seconds}" if address else "")
        for number, chapter in enumerate(chapters, start=1)
    ]
