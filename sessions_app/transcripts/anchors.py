"""Sentences that two caption files surely share: words in a row that stand once in each of them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+")
_COMPARED = 500
# Words of a cue that are looked at, and how many in a row must be the same; the fewer, the less it proves.
_MOST_WORDS = 16
_IN_A_ROW = (4, 3, 2, 1)
_ENOUGH = 0.05


def words(text: str) -> list[str]:
    return _WORD.findall(text[:_COMPARED].casefold())


def anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (new, old), forwards in both files. Fewer words in a row are tried until there are enough."""
    old_words, new_words = [words(text)[:_MOST_WORDS] for text in old], [words(text)[:_MOST_WORDS] for text in new]
    best: list[tuple[int, int]] = []
    for length in _IN_A_ROW:
        there, here = _once(old_words, length), _once(new_words, length)
        shared = {(i, there[phrase]) for phrase, i in here.items() if phrase in there}
        chain = _longest_chain(sorted(shared, key=lambda pair: (pair[0], -pair[1])))
        best = max(best, chain, key=len)
        if len(best) > 2 and len(best) >= _ENOUGH * min(len(old), len(new)):
            break
    return best


def _once(cues: Sequence[Sequence[str]], length: int) -> dict[tuple[str, ...], int]:
    """Phrases that stand in one cue only, with its index. A cue that is shorter counts as a phrase of its own."""
    found: dict[tuple[str, ...], int] = {}
    for index, cue in enumerate(cues):
        for phrase in set(_phrases(cue, length)):
            found[phrase] = -1 if phrase in found else index
    return {phrase: index for phrase, index in found.items() if index >= 0}


def _phrases(cue: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    if len(cue) <= length:
        if cue:
            yield tuple(cue)
        return
    for at in range(len(cue) - length + 1):
        yield tuple(cue[at : at + length])


def _longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run forwards in both: chance matches fall out. Pairs come sorted, within a new cue backwards."""
    tails: list[int] = []
    numbers: list[int] = []
    behind = [-1] * len(pairs)
    for number, (_i, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        behind[number] = numbers[at - 1] if at else -1
        tails[at : at + 1] = [j]
        numbers[at : at + 1] = [number]
    chain = []
    at = numbers[-1] if numbers else -1
    while at >= 0:
        chain.append(pairs[at])
        at = behind[at]
    return chain[::-1]
