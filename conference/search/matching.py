"""The best of what answers a query and may be seen."""

from django.db import connection

from conference.search.answers import Limits, Match, Sought
from conference.search.backends import backend

# A word that stands everywhere is not worth its ranking: the first of what answers are ranked, and the first of what
# answers in its title. So many of the best things are shown, and of the passages beside them: more than anybody reads.
_LIMITS = Limits(ranked=1_000, things=500, passages=250)
# Of the best, so many are asked more than are shown, because some may be hidden.
_SPARE = 50
_TRACK = Match._fields.index("track_id")


def matches(sought: Sought) -> list[Match]:
    """One query; a second one, which takes longer, where much of what is best is hidden."""
    things, passages = _ask(
        sought, _LIMITS._replace(things=_LIMITS.things + _SPARE, passages=_LIMITS.passages + _SPARE)
    )
    if not (things.is_enough(_LIMITS.things) and passages.is_enough(_LIMITS.passages)):
        things, passages = _ask(sought, _LIMITS, is_careful=True)
    return things.seen[: _LIMITS.things] + passages.seen[: _LIMITS.passages]


def are_capped(found: list[Match]) -> bool:
    """Whether there may be more, behind what was found best."""
    passages = sum(match.is_passage for match in found)
    return passages >= _LIMITS.passages or len(found) - passages >= _LIMITS.things


class _Part:
    """The things of an answer, or its passages: those that may be seen, and whether others were asked in vain."""

    def __init__(self, rows: list[tuple], most: int):
        self.is_cut = len(rows) >= most
        self.seen = [Match(*match) for *match, may_be_seen in rows if may_be_seen]

    def is_enough(self, wanted: int) -> bool:
        return len(self.seen) >= wanted or not self.is_cut


def _ask(sought: Sought, limits: Limits, is_careful: bool = False) -> tuple[_Part, _Part]:
    with connection.cursor() as cursor:
        rows = backend().candidates(cursor, sought, limits, is_careful)
    things = [row for row in rows if row[_TRACK] is None]
    passages = [row for row in rows if row[_TRACK] is not None]
    return _Part(things, limits.things), _Part(passages, limits.passages)
