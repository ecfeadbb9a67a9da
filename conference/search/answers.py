"""What is asked of a database, and what it answers."""

from dataclasses import dataclass
from typing import NamedTuple

from conference.search.analyser import Analysis
from conference.search.query import Node


@dataclass(frozen=True, slots=True)
class Condition:
    """Which rows of `document` may be found, as SQL."""

    sql: str = "TRUE"
    values: tuple = ()


class Limits(NamedTuple):
    """How many of those that answer are ranked, and how many of the best are shown."""

    ranked: int
    things: int
    passages: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What shall be found, and which of it may be seen. `whole`: the same, its last word being complete."""

    wanted: Node
    whole: Node
    unwanted: list[Node]
    things: Condition
    passages: Condition


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index learns of a document."""

    document_id: int
    is_passage: bool
    title: Analysis
    text: Analysis


class Match(NamedTuple):
    kind: str
    object_id: int
    document_id: int
    in_title: bool = False
    # Smaller is better; comparable among things, and among passages.
    score: float = 0.0
    language: str = ""
    # Of a passage: where it is said.
    track_id: int | None = None
    start_ms: int = 0
    end_ms: int = 0

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.object_id

    @property
    def is_passage(self) -> bool:
        return self.track_id is not None


@dataclass(frozen=True, slots=True)
class Excerpted:
    """What the query with this number found, with its words."""

    number: int
    match: Match
    title: str
    text: str


_OWN = "document.language, document.track_id, document.start_ms, document.end_ms"
COLUMNS = "document.kind, document.object_id, document.id, {in_title}, {score}, " + _OWN


def of_both(template: str, sought: Sought, limits: Limits, within: str = "") -> tuple[str, dict]:
    """The statement, and those of its values that do not depend on the database.

    `within` narrows what is ranked to what may be seen; without it, that is asked of the best alone.
    """
    values = {"ranked": limits.ranked, "most_things": limits.things, "most_passages": limits.passages}
    of_things, of_passages = _named(sought.things, "thing", values), _named(sought.passages, "passage", values)
    statement = template.format(
        things=(within and "TRUE") or of_things,
        passages=(within and "TRUE") or of_passages,
        within_things=within.format(allowed=of_things),
        within_passages=within.format(allowed=of_passages),
    )
    return statement, values


def _named(condition: Condition, prefix: str, values: dict) -> str:
    """The condition with named parameters, which join `values`."""
    names = [f"{prefix}_{number}" for number in range(len(condition.values))]
    values |= dict(zip(names, condition.values, strict=True))
    return condition.sql % tuple(f"%({name})s" for name in names)


def match_each(cursor, statements: list[str], expressions: list[str], most: int) -> list[Excerpted]:
    numbered = [(number, expression, most) for number, expression in enumerate(expressions) for _each in statements]
    cursor.execute(
        " UNION ALL ".join(statements * len(expressions)), [value for values in numbered for value in values]
    )
    return [Excerpted(number, Match(*match), title, text) for number, *match, title, text in cursor.fetchall()]
