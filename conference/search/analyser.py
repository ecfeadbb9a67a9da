"""German text into stems: one analyser in Python, so that both databases find the same.

„Öffentlichkeit“, „Oeffentlichkeit“ and „Offentlichkeit“ agree, so do „Straße“ and „Strassen“, „KoDa eG“ and „KoDa_eG“.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import snowballstemmer

from conference.models.search import WORD_LENGTH

# Left out of a query when it has other words. They are indexed all the same, so that phrases are found as written.
# fmt: off
STOP_WORDS = frozenset((
    "aber", "als", "am", "an", "auch", "auf", "aus", "bei", "bis", "da", "das", "dass", "dem", "den", "der", "des",
    "die", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "für", "fur", "hat", "ich",
    "ihr", "im", "in", "ist", "mit", "nach", "nicht", "noch", "nur", "oder", "sich", "sie", "sind", "so", "um",
    "und", "uns", "vom", "von", "vor", "war", "was", "wie", "wird", "zu", "zum", "zur", "the", "and", "of", "to",
))
# fmt: on
_WORD = re.compile(r"[^\W_]+")
# Between two words of a compound: KoDa_eG, Bürger*innen, E-Mail.
_JOINERS = frozenset("-‐‑–_*:/.&+'’")
_JOINED = re.compile(rf"[^\W_][{re.escape(''.join(sorted(_JOINERS)))}][^\W_]")
_CAMEL = re.compile(r"[A-ZÄÖÜ]+(?![a-zäöüß])|[A-ZÄÖÜ]?[a-zäöüß]+|\d+")
_SPELLED_UE = re.compile(r"(?<![aeiouyäöüq])ue")
_SPELLED_AE_OE = re.compile(r"([ao])e")
_INVISIBLE = re.compile("[\x00\u00ad\u200b-\u200d\u2060\ufeff]")
_LONGEST_COMPOUND = 4
# A stemmer keeps the word it works on: one for each thread.
_local = threading.local()


class Token(NamedTuple):
    """A word as it stands in a text, from `start` to `end`."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def stem(self) -> str:
        return stem(self.text)

    @property
    def is_mixed(self) -> bool:
        """Capitals inside, as in KoDa."""
        return is_mixed(self.text)


@dataclass(frozen=True, slots=True)
class Analysis:
    """The stems of a text: its words in order, and beside them other spellings of its compounds.

    `vocabulary`: the words that can be offered or completed, folded, each with its stem.
    """

    words: tuple[str, ...]
    variants: tuple[str, ...]
    vocabulary: dict[str, str]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case; umlauts, however spelled, and accents become their base letter. Letters and digits alone remain."""
    word = unicodedata.normalize("NFKC", word).casefold()
    word = _SPELLED_AE_OE.sub(r"\1", _SPELLED_UE.sub("u", word))
    word = unicodedata.normalize("NFKD", word)
    return "".join(char for char in word if char.isalnum())[:WORD_LENGTH]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """„Kommunen“ → „kommun“; an empty word stays one."""
    return _stem_of_folded(fold(word))


@lru_cache(maxsize=100_000)
def _stem_of_folded(word: str) -> str:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("german")
    return _local.stemmer.stemWord(word)


@lru_cache(maxsize=100_000)
def is_mixed(word: str) -> bool:
    return any(map(str.isupper, word[1:])) and not word.isupper()


def clean(text: str) -> str:
    """As it is stored and shown: composed letters, nothing invisible."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        if fold(match[0]):
            yield Token(match[0], match.start(), match.end())


def compounds(text: str, found: list[Token]) -> Iterator[tuple[Token, ...]]:
    """Runs of two to four words that a reader may take for one: KoDa_eG, and with capitals inside also KoDa eG."""
    run: list[Token] = []
    for token in found:
        if run and token.start == run[-1].end + 1 and text[run[-1].end] == " " and not token.is_mixed:
            # Nearly always so.
            yield from _parts_of(run)
            run = []
        elif run and not _belongs_together(text, run[-1], token):
            yield from _parts_of(run)
            run = []
        run.append(token)
    yield from _parts_of(run)


def _belongs_together(text: str, left: Token, right: Token) -> bool:
    gap = text[left.end : right.start]
    if gap in _JOINERS:
        return not (left.text.isdigit() and right.text.isdigit())
    return gap in (" ", "\xa0") and left.is_mixed and right.is_mixed


def _parts_of(run: list[Token]) -> Iterator[tuple[Token, ...]]:
    yield from pairwise(run)
    if 2 < len(run) <= _LONGEST_COMPOUND:
        yield tuple(run)


def joined(parts: tuple[Token, ...]) -> str:
    """The stem of several words written as one."""
    return stem("".join(part.text for part in parts))


def _camel_parts(token: Token) -> list[str]:
    if not token.is_mixed:
        return []
    return [stem(part) for part in _CAMEL.findall(token.text) if len(part) > 2 and part != token.text]


@lru_cache(maxsize=100_000)
def _read(word: str) -> tuple[str, str, bool]:
    """Folded, its stem, and whether it can be offered."""
    folded = fold(word)
    return folded, stem(word), len(folded) > 2 and not folded.isdigit()


def analyse(text: str) -> Analysis:
    read = [each for each in map(_read, words(text)) if each[0]]
    vocabulary = {folded: stem for folded, stem, is_offered in read if is_offered}
    return Analysis(tuple(each[1] for each in read), _variants(text) if has_compounds(text) else (), vocabulary)


def has_compounds(text: str) -> bool:
    """Whether it is worth looking for them: that takes as long as all the rest, and mostly there are none."""
    return _JOINED.search(text) is not None or any(map(is_mixed, words(text)))


def _variants(text: str) -> tuple[str, ...]:
    found = list(tokens(text))
    variants = [joined(parts) for parts in compounds(text, found)]
    for token in found:
        variants += _camel_parts(token)
    return tuple(dict.fromkeys(variants))
