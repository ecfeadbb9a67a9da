"""„Meinten Sie …?“: the nearest words that stand in something public. Three queries, when nothing is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from conference.models.search import SearchTerm
from conference.search import analyser
from conference.search.answers import Excerpted
from conference.search.backends import backend
from conference.search.query import Item, Query, Run
from conference.search.wall import visible

MOST_WORDS = 4
MOST_SUGGESTIONS = 2
_CANDIDATES = 6
_LOOKED_AT = 40


@dataclass
class Candidate:
    """A word that might have been meant, and the public texts it stands in."""

    item: Item
    word: str
    run: Run | None = None
    found: list[Excerpted] = field(default_factory=list)

    @property
    def things(self) -> set[tuple[str, int]]:
        return {each.match.key for each in self.found}


def suggest(query: Query) -> list[str]:
    """Whole queries to try instead, each with at least one public hit; mostly none."""
    items = [item for item in query.wanted if item.is_word][:MOST_WORDS]
    if not items:
        return []
    candidates = [Candidate(item, item.tokens[0].folded) for item in items]
    terms = _terms(items)
    candidates += [candidate for item in items for candidate in _near(item, terms)]
    _look_up(candidates, query)
    choices = []
    for item in items:
        own, *others = (candidate for candidate in candidates if candidate.item is item)
        choices.append([own] if own.found else [other for other in others if other.found])
    return list(dict.fromkeys(_whole_queries(query, choices)))[:MOST_SUGGESTIONS]


def _terms(items: list[Item]) -> list[tuple[str, str]]:
    words = [item.tokens[0].folded for item in items]
    near = SearchTerm.objects.near((word, tolerance(word)) for word in words)
    return list(near.values_list("word", "stem"))


def _near(item: Item, terms: list[tuple[str, str]]) -> list[Candidate]:
    word = item.tokens[0].folded
    letters, limit = set(word), tolerance(word)
    near = []
    for term, stem in terms:
        if term != word and len(letters ^ set(term)) <= 2 * limit and (away := distance(word, term, limit)) <= limit:
            near.append((away, term[0] != word[0], abs(len(term) - len(word)), term, stem))
    return [Candidate(item, term, Run((stem,))) for *_order, term, stem in sorted(near)[:_CANDIDATES]]


def _look_up(candidates: list[Candidate], query: Query):
    nodes = [each.run or query.node(each.item) for each in candidates]
    with connection.cursor() as cursor:
        found = backend().match_each(cursor, nodes, _LOOKED_AT)
    seen = visible(each.match.key for each in found)
    for each in found:
        if each.match.key in seen:
            candidates[each.number].found.append(each)


def _whole_queries(query: Query, choices: list[list[Candidate]]) -> Iterator[str]:
    """The best word for each, and a second suggestion where only one word was unknown."""
    if not all(choices):
        return
    for place in range(MOST_SUGGESTIONS):
        chosen = [choice[min(place, len(choice) - 1)] for choice in choices]
        text = query.text
        for candidate in chosen:
            if candidate.run:
                text = _replace(text, candidate)
        if text != query.text and set.intersection(*(candidate.things for candidate in chosen)):
            yield text


def _replace(text: str, candidate: Candidate) -> str:
    typed = candidate.item.tokens[0].text
    return re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _match: _as_written(candidate), text, count=1)


def _as_written(candidate: Candidate) -> str:
    """In the spelling of a public text: the list of words knows neither umlauts nor capitals, and knows drafts."""
    alike = candidate.word
    for each in candidate.found:
        for token in analyser.tokens(f"{each.title}\n{each.text}"):
            if token.folded == candidate.word:
                return token.text
            if token.stem in candidate.run.stems:
                alike = token.text
    return alike


def tolerance(word: str) -> int:
    """How many mistakes a word of this length may have."""
    return 1 if len(word) < 6 else 2


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, drop, replace or swap with their neighbour; `limit + 1` stands for "more"."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, opposite in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before_last, last = last, current
    return min(last[-1], limit + 1)
