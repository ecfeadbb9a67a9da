"""Which sentence of a corrected caption file is which of the old one, so that links to a sentence survive.

Sentences that stand out by their words tell how far the times have moved, everywhere in the file. Near the moment this
leads to, texts are compared; the best chain of pairs that runs forwards in both files wins.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Generic, NamedTuple, Protocol, TypeVar

from sessions_app.transcripts.anchors import anchors, words

Id = TypeVar("Id", bound=Hashable)

TOLERANCE_MS = 8_000
_SAME_SLOT_MS = 250
# How alike two texts must be, from 0 to 1: near each other in time, in the very same place, and far apart.
_ALIKE_NEAR, _ALIKE_IN_PLACE, _ALIKE_FAR = 0.4, 0.12, 0.8
_CONTAINED = 0.6
_FEW_WORDS = 3
_MOST_CANDIDATES = 12
_NEIGHBOURS = 5
_COMPARED = 300


class Timed(Protocol):
    """What a cue must know here; a `CueRecord` does."""

    start_ms: int
    end_ms: int
    text: str


class KnownCue(NamedTuple, Generic[Id]):
    """A sentence that is already stored, with whatever names it there."""

    id: Id
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Identity(Generic[Id]):
    """`ids` names each new cue, in order; None is new. `merged` leads an old id to the new cue with its words."""

    ids: tuple[Id | None, ...]
    merged: dict[Id, int]
    lost: tuple[Id, ...]


class _Pair(NamedTuple):
    new: int
    old: int
    score: float


def keep_identity(old: Sequence[KnownCue[Id]], new: Sequence[Timed]) -> Identity[Id]:
    """Every old id goes to one new cue at most. About n log n in the number of cues."""
    order = sorted(range(len(new)), key=lambda index: (new[index].start_ms, index))
    before = sorted(old, key=lambda cue: cue.start_ms)
    after = [new[index] for index in order]
    comparison = _Comparison(before, after)
    pairs = list(comparison.pairs())
    chain = _best_chain([pair for pair in pairs if pair.score > 0], len(before))
    ids: list[Id | None] = [None] * len(new)
    for pair in chain:
        ids[order[pair.new]] = before[pair.old].id
    merged = {before[j].id: order[i] for j, i in comparison.merges(chain, pairs).items()}
    kept = {*ids, *merged}
    return Identity(tuple(ids), merged, tuple(cue.id for cue in before if cue.id not in kept))


class _Comparison:
    """Old and new side by side, both in the order of their times."""

    def __init__(self, old: Sequence[KnownCue], new: Sequence[Timed]):
        self.old = old
        self.new = new
        self.starts = [cue.start_ms for cue in old]
        self.anchors = anchors([cue.text for cue in old], [cue.text for cue in new])
        self.anchored = [i for i, _j in self.anchors]
        self.moves = [new[i].start_ms - old[j].start_ms for i, j in self.anchors]
        self.signs = lru_cache(512)(lambda j: _signs(old[j].text))

    def shifts(self, i: int) -> set[int]:
        """How far times have moved around the new cue `i`: by the sentences known before it, and after it."""
        at = bisect_left(self.anchored, i)
        sides = self.moves[max(at - _NEIGHBOURS, 0) : at], self.moves[at : at + _NEIGHBOURS]
        shifts = {round(median(side)) for side in sides if side}
        if shifts:
            return shifts
        if self.old and len(self.old) == len(self.new):
            return {round(median(b.start_ms - a.start_ms for a, b in zip(self.old, self.new, strict=True)))}
        return {0}

    def pairs(self) -> Iterator[_Pair]:
        """Every pair worth a thought; a score of 0 says that only part of the words is shared."""
        at = 0
        everywhere = self.shifts(0) if not self.anchors else None
        for i, cue in enumerate(self.new):
            signs = _signs(cue.text)
            shifts = everywhere or self.shifts(i)
            candidates = set().union(*(self._near(cue.start_ms - shift) for shift in shifts))
            while at < len(self.anchors) and self.anchors[at][0] < i:
                at += 1
            if at < len(self.anchors) and self.anchors[at][0] == i:
                candidates.add(self.anchors[at][1])
            for j in sorted(candidates):
                pair = self._compare(i, j, signs, shifts)
                if pair:
                    yield pair

    def _near(self, moment: int) -> range:
        """The old cues around a moment, nearest first to be kept when they are too many."""
        first = bisect_left(self.starts, moment - TOLERANCE_MS)
        last = bisect_left(self.starts, moment + TOLERANCE_MS + 1)
        middle = bisect_left(self.starts, moment)
        half = _MOST_CANDIDATES // 2
        return range(max(first, middle - half), min(last, middle + half))

    def _compare(self, i: int, j: int, signs: frozenset, shifts: set[int]) -> _Pair | None:
        old, new = self.old[j], self.new[i]
        others = self.signs(j)
        shared = len(signs & others)
        alike = 2 * shared / (len(signs) + len(others)) if signs or others else 1.0
        contained = shared / (min(len(signs), len(others)) or 1)
        likeness = 0.6 * alike + 0.4 * contained
        away = min(abs(new.start_ms - shift - old.start_ms) for shift in shifts)
        ends = min(abs(new.end_ms - shift - old.end_ms) for shift in shifts)
        in_place = away <= _SAME_SLOT_MS and ends <= _SAME_SLOT_MS
        needed = _ALIKE_NEAR if away <= TOLERANCE_MS else _ALIKE_FAR
        if in_place:
            few = max(len(old.text.split()), len(new.text.split())) <= _FEW_WORDS
            needed = 0 if few else _ALIKE_IN_PLACE
        if likeness >= needed:
            return _Pair(i, j, 0.05 + likeness + 0.3 * max(0.0, 1 - away / TOLERANCE_MS))
        return _Pair(i, j, 0.0) if contained >= _CONTAINED else None

    def merges(self, chain: Sequence[_Pair], pairs: Sequence[_Pair]) -> dict[int, int]:
        """Old cues without a cue of their own, and the new one between their neighbours that took in their words."""
        mine = {pair.old: pair.new for pair in chain}
        lower, upper = _neighbours(mine, len(self.old), len(self.new))
        best: dict[int, tuple[float, int]] = {}
        for i, j, _score in pairs:
            if j in mine or not lower[j] <= i <= upper[j]:
                continue
            signs = self.signs(j)
            contained = len(signs & _signs(self.new[i].text)) / (len(signs) or 1)
            if contained >= _CONTAINED:
                best[j] = max(best.get(j, (0.0, 0)), (contained, i))
        return {j: i for j, (_contained, i) in best.items()}


def _neighbours(mine: dict[int, int], old_count: int, new_count: int) -> tuple[list[int], list[int]]:
    """For each old cue, the new ones its nearest known neighbours became."""
    lower, upper = [0] * old_count, [new_count] * old_count
    for j in range(old_count):
        lower[j] = mine.get(j, lower[j - 1] if j else 0)
    for j in reversed(range(old_count)):
        upper[j] = mine.get(j, upper[j + 1] if j + 1 < old_count else new_count)
    return lower, upper


def _signs(text: str) -> frozenset[str]:
    """Three letters in a row, all of them: alike for a word that was corrected, unlike for another one."""
    line = f" {' '.join(words(text))} "[:_COMPARED]
    return frozenset(line[at : at + 3] for at in range(len(line) - 2))


def _best_chain(pairs: Sequence[_Pair], old_count: int) -> list[_Pair]:
    """The pairs of the highest sum that run forwards in both files, by a Fenwick tree of the best chains so far."""
    best: list[tuple[float, int]] = [(0.0, -1)] * (old_count + 1)
    behind = [-1] * len(pairs)
    pending: list[tuple[int, tuple[float, int]]] = []
    current = -1
    for number, pair in enumerate(pairs):
        if pair.new != current:
            _settle(best, pending)
            current = pair.new
        at, top = pair.old, (0.0, -1)
        while at > 0:
            top = max(top, best[at])
            at -= at & -at
        behind[number] = top[1]
        pending.append((pair.old + 1, (top[0] + pair.score, number)))
    _settle(best, pending)
    at = max(best)[1]
    chain = []
    while at >= 0:
        chain.append(pairs[at])
        at = behind[at]
    return chain[::-1]


def _settle(best: list[tuple[float, int]], pending: list[tuple[int, tuple[float, int]]]) -> None:
    """Only now may later new cues build on these, so that no new cue is taken twice."""
    for position, value in pending:
        at = position
        while at < len(best):
            best[at] = max(best[at], value)
            at += at & -at
    pending.clear()
