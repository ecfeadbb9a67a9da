"""A text track from whatever file somebody uploads: its format is told by what is in it, not by its name."""

from typing import BinaryIO

from sessions_app.transcripts import srt, webvtt
from sessions_app.transcripts.cues import Kind, Transcript
from sessions_app.transcripts.limits import LIMITS, Limits
from sessions_app.transcripts.textfile import BOM


def read(
    source: bytes | BinaryIO,
    kind: Kind = Kind.CAPTIONS,
    limits: Limits = LIMITS,
    duration_ms: int | None = None,
) -> Transcript:
    """WebVTT or SRT. Raises TranscriptError with every mistake and its line; nothing is taken by half."""
    if not isinstance(source, bytes):
        source.seek(0)
        source = _bounded(source, limits)
    return (srt if _looks_like_srt(source) else webvtt).read(source, kind, limits, duration_ms)


def _bounded(file: BinaryIO, limits: Limits) -> bytes:
    """One byte more than allowed is enough to be refused."""
    return file.read(limits.max_bytes + 1)


def _looks_like_srt(data: bytes) -> bool:
    start = data[:4096].removeprefix(BOM).lstrip()
    first = start.split(b"\n", 1)[0].strip()
    return first.isdigit() or (b"-->" in first and not first.startswith(b"WEBVTT"))
