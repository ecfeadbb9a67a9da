"""The place in a text that was found, its words marked, everything else escaped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from conference.search import analyser
from conference.search.analyser import Token
from conference.search.query import Run

EXCERPT_LENGTH = 240
# A full stop ends a sentence after a word, not after "Dr.", "Prof.", "28." or "z. B.".
_END = r"(?<=[a-zäöüß)]{3})(?<!\bProf)(?<!\bbzw)(?<!\busw)[.!?…][“”\")]*(?=\s+[^\sa-zäöü])"
_SENTENCE = re.compile(rf"[^\n]+?(?:{_END}|\n|$)", re.MULTILINE)
# Lines that are no sentences, such as places, are parted by a dot.
_LINE_END = re.compile(r"([^\s.!?…:])[ \t]*\n(?=\s*\S)")
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Marker:
    """Knows which words of a text to mark."""

    stems: frozenset[str]
    prefixes: tuple[str, ...]

    @classmethod
    def of(cls, runs: Iterable[Run]) -> "Marker":
        runs = list(runs)
        stems = {stem for run in runs for stem in (run.stems[:-1] if run.is_prefix else run.stems)}
        return cls(frozenset(stems), tuple({run.stems[-1] for run in runs if run.is_prefix}))

    def hits(self, text: str) -> list[Token]:
        found = list(analyser.tokens(text))
        hits = {token.start: token for token in found if self._wants(token)}
        if not analyser.has_compounds(text):
            return list(hits.values())
        for parts in analyser.compounds(text, found):
            if analyser.joined(parts) in self.stems:
                hits |= {part.start: part for part in parts}
        return [hits[start] for start in sorted(hits)]

    def variety(self, text: str) -> int:
        """How many different words of those looked for stand in a text. Does not see words written apart."""
        words = analyser.words(text)
        found = self.stems.intersection(map(analyser.stem, words))
        if self.prefixes:
            found |= {analyser.stem(word) for word in words if analyser.fold(word).startswith(self.prefixes)}
        return len(found)

    def _wants(self, token: Token) -> bool:
        return token.stem in self.stems or token.folded.startswith(self.prefixes)


def highlight(text: str, marker: Marker) -> SafeString:
    """The whole text with what was found in `<mark>`; neighbours are marked as one."""
    pieces, position = [], 0
    for start, end in _merged(text, marker.hits(text)):
        pieces += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    return mark_safe("".join([*pieces, escape(text[position:])]))


def excerpt(text: str, marker: Marker, length: int = EXCERPT_LENGTH) -> SafeString:
    """The sentence with the most different words of the query and what follows it; else how the text begins."""
    sentences = [(match.start(), match.end()) for match in _SENTENCE.finditer(text)]
    if not sentences:
        return mark_safe("")
    hits = marker.hits(text)
    best = max(range(len(sentences)), key=lambda place: (_variety(hits, *sentences[place]), -place))
    start, end = sentences[best]
    first_hit = next((hit for hit in hits if start <= hit.start < end), None)
    if end - start > length:
        start, end = _window(text, start, end, first_hit, length)
    else:
        for _next_start, next_end in sentences[best + 1 :]:
            if next_end - start > length:
                break
            end = next_end
    return _framed(text, start, end, marker)


def _variety(hits: list[Token], start: int, end: int) -> int:
    return len({hit.stem for hit in hits if start <= hit.start < end})


def _window(text: str, start: int, end: int, hit: Token | None, length: int) -> tuple[int, int]:
    """A part of a long sentence, cut between words, a third of it before the hit."""
    left = max(start, min((hit.start if hit else start) - length // 3, end - length))
    right = min(end, left + length)
    if left > start:
        left = text.find(" ", left, hit.start if hit else right) + 1 or left
    if right < end:
        cut = text.rfind(" ", hit.end if hit else left, right)
        right = cut if cut > 0 else right
    return left, right


def _framed(text: str, start: int, end: int, marker: Marker) -> SafeString:
    part = text[start:end]
    words = highlight(" ".join(_LINE_END.sub(r"\1 · ", part).split()), marker)
    before = f"{_ELLIPSIS} " if start and not _begins_sentence(text, start) else ""
    after = f" {_ELLIPSIS}" if text[end:].strip() else ""
    return mark_safe(f"{before}{words}{after}")


def _begins_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip(" \t")[-1:] in ("\n", ".", "!", "?", _ELLIPSIS, "“", "”")


def _merged(text: str, hits: list[Token]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for hit in hits:
        if spans and len(text[spans[-1][1] : hit.start]) == 1:
            spans[-1] = (spans[-1][0], hit.end)
        else:
            spans.append((hit.start, hit.end))
    return spans
