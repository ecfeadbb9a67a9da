"""What somebody typed, read leniently: words, "phrases", -exclusions; the last word may be unfinished.

Nothing typed is an operator of a database: every term is reduced to letters and digits before it reaches one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from conference.search import analyser
from conference.search.analyser import Token

LONGEST_QUERY = 300
MOST_ITEMS = 12
SHORTEST_PREFIX = 3
_QUOTES = re.compile("[„“”«»]")
_MINUS = re.compile(r"(?<!\S)\u2212(?=\S)")
_ITEM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')


class Problem(Enum):
    """Why there is nothing to search for."""

    EMPTY = "empty"
    NO_WORD = "no_word"
    ONLY_STOP_WORDS = "only_stop_words"
    ONLY_EXCLUSIONS = "only_exclusions"


@dataclass(frozen=True, slots=True)
class Run:
    """Stems in a row; of the last one perhaps only the beginning."""

    stems: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Node", ...]


Node = Run | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Item:
    """One thing typed: a word, a compound like KoDa_eG, or a phrase in quotes."""

    tokens: tuple[Token, ...]
    is_phrase: bool = False
    is_prefix: bool = False

    @property
    def is_word(self) -> bool:
        return len(self.tokens) == 1 and not self.is_phrase

    @property
    def prefix(self) -> str:
        """The folded beginning of a word that is still being typed, or nothing."""
        folded = self.tokens[-1].folded
        return folded if self.is_prefix and len(folded) >= SHORTEST_PREFIX else ""

    def node(self, short_stems: Iterable[str] = (), is_whole: bool = False) -> Node:
        """`short_stems`: of words that begin with the prefix, but have a stem shorter than it. `is_whole`: as if
        nothing had to follow."""
        stems = tuple(token.stem for token in self.tokens)
        options = [Run(stems)]
        if len(self.tokens) > 1 and not self.is_phrase:
            options.append(Run((analyser.joined(self.tokens),)))
        if self.prefix and not is_whole:
            options.append(Run((*stems[:-1], self.prefix), is_prefix=True))
            options += [Run((*stems[:-1], short)) for short in short_stems if short != stems[-1]]
        return options[0] if len(options) == 1 else AnyOf(tuple(options))


@dataclass(frozen=True)
class Query:
    """A search as it was understood."""

    text: str
    wanted: tuple[Item, ...] = ()
    unwanted: tuple[Item, ...] = ()
    problem: Problem | None = None
    is_shortened: bool = False
    short_stems: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        return self.wanted[-1].prefix if self.wanted else ""

    def expression(self, is_whole: bool = False) -> Node:
        """All items, or all with two neighbours written as one: „Koda eG“ finds KoDaeG."""
        nodes = [self.node(item, is_whole) for item in self.wanted]
        options = [_all_of(nodes)]
        for place, (left, right) in enumerate(pairwise(self.wanted)):
            if left.is_word and right.is_word:
                one = Run((analyser.joined(left.tokens + right.tokens),))
                options.append(_all_of([*nodes[:place], one, *nodes[place + 2 :]]))
        return options[0] if len(options) == 1 else AnyOf(tuple(options))

    def node(self, item: Item, is_whole: bool = False) -> Node:
        return item.node(self.short_stems if item is self.wanted[-1] else (), is_whole)

    def exclusions(self) -> list[Node]:
        return [item.node() for item in self.unwanted]

    def runs(self) -> Iterator[Run]:
        """What to mark in a text that was found."""
        yield from _runs(self.expression())


def _all_of(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _runs(node: Node) -> Iterator[Run]:
    match node:
        case Run():
            yield node
        case AnyOf(nodes) | AllOf(nodes):
            for inner in nodes:
                yield from _runs(inner)


def parse(text: str) -> Query:
    """Read what was typed. Never raises; `problem` says why nothing can be searched."""
    typed = " ".join(analyser.clean(text[: LONGEST_QUERY * 4]).split())
    shown = typed[:LONGEST_QUERY]
    if not shown:
        return Query("", problem=Problem.EMPTY)
    found = list(_items(shown))
    wanted = [item for is_wanted, item in found if is_wanted][:MOST_ITEMS]
    unwanted = [item for is_wanted, item in found if not is_wanted][:MOST_ITEMS]
    is_shortened = len(text) > LONGEST_QUERY or len(wanted) + len(unwanted) < len(found)
    telling = [item for item in wanted if not _is_stop_word(item)]
    return Query(shown, tuple(telling), tuple(unwanted), _problem(wanted, telling, unwanted), is_shortened)


def _items(text: str) -> Iterator[tuple[bool, Item]]:
    text = _MINUS.sub("-", _QUOTES.sub('"', text))
    matches = list(_ITEM.finditer(text))
    for match in matches:
        is_phrase = match["phrase"] is not None
        words = tuple(analyser.tokens(match["phrase"] if is_phrase else match["word"]))
        is_last = match is matches[-1]
        is_prefix = not is_phrase and not match["minus"] and (is_last or match["word"].endswith("*"))
        if words:
            yield not match["minus"], Item(words, is_phrase, is_prefix)


def _is_stop_word(item: Item) -> bool:
    return item.is_word and item.tokens[0].text.casefold() in analyser.STOP_WORDS


def _problem(wanted: list[Item], telling: list[Item], unwanted: list[Item]) -> Problem | None:
    if telling:
        return None
    if wanted:
        return Problem.ONLY_STOP_WORDS
    return Problem.ONLY_EXCLUSIONS if unwanted else Problem.NO_WORD
