"""A transcript to be read, not watched: cues joined to paragraphs, one after another for whoever speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.transcripts.cues import CueRecord
from sessions_app.transcripts.timecodes import clock

PAUSE_MS = 3_000
LONG_ENOUGH = 500
_ENDS = (".", "?", "!", "…", "“", "”", "]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one person says, or what nobody is named for. `is_turn`: somebody else begins here."""

    speaker: str
    is_turn: bool
    cues: tuple[CueRecord, ...]

    @property
    def start_ms(self) -> int:
        return self.cues[0].start_ms

    @property
    def text(self) -> str:
        return " ".join(cue.text for cue in self.cues)


def paragraphs(cues: Sequence[CueRecord]) -> list[Paragraph]:
    """Without the empty cues. One ends with its speaker, or with a sentence: in a pause, or when it is long."""
    found: list[Paragraph] = []
    current: list[CueRecord] = []
    length, latest = 0, None
    for cue in cues:
        if not cue.text:
            continue
        if current and _ends_before(cue, current, length):
            found.append(_paragraph(current, latest))
            latest, current, length = current[0].speaker, [], 0
        current.append(cue)
        length += len(cue.text)
    if current:
        found.append(_paragraph(current, latest))
    return found


def _ends_before(cue: CueRecord, current: Sequence[CueRecord], length: int) -> bool:
    last = current[-1]
    if cue.speaker != current[0].speaker:
        return True
    sentence_over = last.text.endswith(_ENDS)
    return sentence_over and (length >= LONG_ENOUGH or cue.start_ms - last.end_ms >= PAUSE_MS)


def _paragraph(cues: Sequence[CueRecord], latest: str | None) -> Paragraph:
    return Paragraph(cues[0].speaker, bool(cues[0].speaker) and cues[0].speaker != latest, tuple(cues))


def as_text(cues: Sequence[CueRecord], *, with_times: bool = True) -> str:
    """A plain text file: [12:34] Greta Muster: Guten Abend. …"""
    blocks = []
    for paragraph in paragraphs(cues):
        time = f"[{clock(paragraph.start_ms)}] " if with_times else ""
        name = f"{paragraph.speaker}: " if paragraph.is_turn else ""
        blocks.append(f"{time}{name}{paragraph.text}\n")
    return "\n".join(blocks)
