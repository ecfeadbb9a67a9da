"""The best of what answers a query and may be seen."""

from django.db import connection

from conference.search.answers import Depth, Match, Sought
from conference.search.backends import backend

_TRACK = Match._fields.index("track_id")
# More than anybody reads: of things, and of passages beside them.
_THINGS, _PASSAGES = 500, 250
# A word that stands everywhere is not worth its ranking: so many are ranked, and hits in the title beside them. Where
# so much of that is hidden that too little is left, the search looks further, at last at everything.
_ALL = 10**9
_DEPTHS = (Depth(1_000, _THINGS + 100, _PASSAGES + 50), Depth(50_000, 20_000, 20_000), Depth(_ALL, _ALL, _ALL))


def matches(sought: Sought) -> list[Match]:
    """One query, unless much of what is best is hidden."""
    for depth in _DEPTHS:
        with connection.cursor() as cursor:
            rows = backend().candidates(cursor, sought, depth)
        things, passages = _Part(rows, False), _Part(rows, True)
        if things.is_enough(_THINGS, depth.things) and passages.is_enough(_PASSAGES, depth.passages):
            break
    return things.seen[:_THINGS] + passages.seen[:_PASSAGES]


def are_capped(found: list[Match]) -> bool:
    """Whether there may be more, behind what was found best."""
    passages = sum(match.is_passage for match in found)
    return passages >= _PASSAGES or len(found) - passages >= _THINGS


class _Part:
    """The things of an answer, or its passages: how many there are, and those that may be seen."""

    def __init__(self, rows: list[tuple], is_passage: bool):
        own = [row for row in rows if (row[_TRACK] is not None) == is_passage]
        self.asked = len(own)
        self.seen = [Match(*match) for *match, may_be_seen in own if may_be_seen]

    def is_enough(self, wanted: int, most: int) -> bool:
        return self.asked < most or len(self.seen) >= wanted
