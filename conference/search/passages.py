"""Passages: a minute or two of what is said, made of whole sentences, each found on its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

ENOUGH_WORDS = 100
ENOUGH_MS = 60_000
# Captions without a single full stop are cut all the same.
MOST_WORDS = 300
_ENDS = (".", "!", "?", "…", ":", "“", "”", '"', "]", ")")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said from one moment to another."""

    track_id: int
    language: str
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of one track, in order."""

    lines: tuple[Line, ...]

    @property
    def track_id(self) -> int:
        return self.lines[0].track_id

    @property
    def language(self) -> str:
        return self.lines[0].language

    @property
    def start_ms(self) -> int:
        return self.lines[0].start_ms

    @property
    def end_ms(self) -> int:
        """When its last line begins, and a moment more: passages share no line."""
        return self.lines[-1].start_ms + 1

    @property
    def text(self) -> str:
        return "\n".join(" ".join(line.text.split()) for line in self.lines)


def passages(lines: Iterable[Line]) -> Iterator[Passage]:
    """Lines in the order of their tracks and moments, a hundred words or a minute at a time."""
    for _track, of_track in groupby(lines, key=lambda line: line.track_id):
        current: list[Line] = []
        words = 0
        for line in of_track:
            if not line.text.strip():
                continue
            current.append(line)
            words += len(line.text.split())
            if _is_complete(current, words):
                yield Passage(tuple(current))
                current, words = [], 0
        if current:
            yield Passage(tuple(current))


def _is_complete(lines: list[Line], words: int) -> bool:
    is_long = words >= ENOUGH_WORDS or lines[-1].end_ms - lines[0].start_ms >= ENOUGH_MS
    return words >= MOST_WORDS or (is_long and lines[-1].text.rstrip().endswith(_ENDS))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as a reader finds it: whose it is, and how an address names it. Nobody is named who is hidden."""

    track_id: int
    start_ms: int
    key: str
    text: str
    speaker_name: str
    speaker_id: int | None
    event_id: int
    contribution_id: int | None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it, with the affiliation of that day, as far as both are known and public."""

    name: str
    affiliation: str
