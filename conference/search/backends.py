"""The database's own full-text search: FTS5 on SQLite, tsvector on PostgreSQL. Both get stems and agree on the hits.

Only letters and digits ever stand in a term, so nothing has to be quoted twice; the SQL itself is fixed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from conference.search.analyser import Analysis
from conference.search.query import AllOf, AnyOf, Node, Run

# Of things, and of passages beside them: more than anybody reads. Keeps the answer of a word that stands everywhere
# within bounds.
MOST_MATCHES = 500
# PostgreSQL's ts_rank reads each vector: beyond this many, hits in the title first, then by age.
MOST_RANKED = 500
_LAST_POSITION = 16_383
_POSITIONS_OF_A_LEXEME = 255
# A phrase must not reach from the title into the text.
_GAP = 10


@dataclass(frozen=True, slots=True)
class Condition:
    """Which rows of `document` may be found, as SQL."""

    sql: str = "TRUE"
    values: tuple = ()


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


_COLUMNS = (
    "document.kind, document.object_id, document.id, {in_title} AS in_title, {score} AS score, "
    "document.language, document.track_id, document.start_ms, document.end_ms"
)


class Fts5:
    TABLES = ("conference_search_fts", "conference_search_passages_fts")
    COUNT = (
        "SELECT (SELECT count(*) FROM conference_search_fts) + (SELECT count(*) FROM conference_search_passages_fts)"
    )
    THINGS = f"""
        SELECT * FROM (
            SELECT {_COLUMNS.format(in_title="found.rowid IN title", score="found.rank")}
            FROM conference_search_fts AS found JOIN conference_searchdocument AS document ON document.id = found.rowid
            WHERE conference_search_fts MATCH %s AND rank MATCH 'bm25(10.0, 1.0)' AND ({{allowed}})
            ORDER BY in_title DESC, rank LIMIT {MOST_MATCHES}
        )
    """  # noqa: S608  names and a number of ours, here and below
    PASSAGES = f"""
        SELECT * FROM (
            SELECT {_COLUMNS.format(in_title="0", score="found.rank")}
            FROM conference_search_passages_fts AS found
            JOIN conference_searchdocument AS document ON document.id = found.rowid
            WHERE conference_search_passages_fts MATCH %s AND ({{allowed}})
            ORDER BY rank LIMIT {MOST_MATCHES}
        )
    """  # noqa: S608  our names
    TITLES = "WITH title AS MATERIALIZED (SELECT rowid FROM conference_search_fts WHERE conference_search_fts MATCH %s)"
    EACH = """
        SELECT * FROM (
            SELECT %s, document.kind, document.object_id, document.id, document.title, document.text
            FROM {table} AS found JOIN conference_searchdocument AS document ON document.id = found.rowid
            WHERE {table} MATCH %s LIMIT %s
        )
    """

    def write(self, cursor, entries: Iterable[Entry]):
        """New documents, or those deleted before."""
        rows: tuple[list, list] = ([], [])
        for entry in entries:
            row = entry.document_id, _row_of_words(entry.title), _row_of_words(entry.text)
            rows[entry.is_passage].append(row)
        for table, of_table in zip(self.TABLES, rows, strict=True):
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [[row[0]] for row in of_table])  # noqa: S608  our names
            cursor.executemany(f"INSERT INTO {table} (rowid, title, text) VALUES (%s, %s, %s)", of_table)  # noqa: S608  our names

    def delete(self, cursor, document_ids: Iterable[int]):
        for table in self.TABLES:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [[each] for each in document_ids])  # noqa: S608  our names

    def clear(self, cursor):
        for table in self.TABLES:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  our names

    def count(self, cursor) -> int:
        return cursor.execute(self.COUNT).fetchone()[0]

    def match(self, cursor, wanted: Node, unwanted: list[Node], things: Condition, passages: Condition) -> list[Match]:
        expression = self.render(wanted)
        title = f"{{title}} : ({expression})"
        if unwanted:
            refused = " OR ".join(self.render(node) for node in unwanted)
            expression, title = (f"({each}) NOT ({refused})" for each in (expression, title))
        of_things, of_passages = self.THINGS.format(allowed=things.sql), self.PASSAGES.format(allowed=passages.sql)
        statement = f"{self.TITLES} {of_things} UNION ALL {of_passages}"
        cursor.execute(statement, [title, expression, *things.values, expression, *passages.values])
        return [Match(*row) for row in cursor.fetchall()]

    def match_each(self, cursor, nodes: list[Node], most: int) -> list[Excerpted]:
        """Several queries at once, some of the hits of each."""
        statements = [self.EACH.format(table=table) for table in self.TABLES]
        return _match_each(cursor, statements, [self.render(node) for node in nodes], most)

    def render(self, node: Node) -> str:
        match node:
            case Run(stems, is_prefix):
                return f'"{" ".join(stems)}"{" *" if is_prefix else ""}'
            case AnyOf(options):
                return f"({' OR '.join(map(self.render, options))})"
            case AllOf(parts):
                return f"({' AND '.join(map(self.render, parts))})"


class TsVector:
    WRITE = "UPDATE conference_searchdocument SET vector = %s::tsvector WHERE id = %s"
    COUNT = "SELECT count(*) FROM conference_searchdocument WHERE vector IS NOT NULL"
    _RANK = "ts_rank('{{0.1, 0.1, 0.1, 1.0}}', vector, %(wanted)s::tsquery, 1)"
    # The places are counted before the vectors are read: only so many of them are.
    _SCORE = f"CASE WHEN place <= {MOST_RANKED} THEN -{_RANK} ELSE 0 END"
    THINGS = f"""
        SELECT {_COLUMNS.format(in_title="in_title", score=_SCORE)}
        FROM (
            SELECT document.*, vector @@ %(title)s::tsquery AS in_title,
                row_number() OVER (ORDER BY vector @@ %(title)s::tsquery DESC, id) AS place
            FROM conference_searchdocument AS document
            WHERE part = 0 AND vector @@ %(all)s::tsquery AND ({{allowed}})
        ) AS document
        WHERE place <= {MOST_MATCHES}
    """  # noqa: S608  our names
    PASSAGES = f"""
        SELECT {_COLUMNS.format(in_title="FALSE", score=_SCORE)}
        FROM (
            SELECT document.*, row_number() OVER () AS place
            FROM conference_searchdocument AS document
            WHERE part > 0 AND vector @@ %(all)s::tsquery AND ({{allowed}})
            LIMIT {MOST_MATCHES}
        ) AS document
    """  # noqa: S608  our names
    EACH = """
        (SELECT %s, kind, object_id, id, title, text
        FROM conference_searchdocument WHERE {part} AND vector @@ %s::tsquery LIMIT %s)
    """

    def write(self, cursor, entries: Iterable[Entry]):
        cursor.executemany(self.WRITE, [(_vector(each.title, each.text), each.document_id) for each in entries])

    def delete(self, cursor, document_ids: Iterable[int]):
        """The vector is a column and goes with its row."""

    def clear(self, cursor):
        """The vector is a column and goes with its row."""

    def count(self, cursor) -> int:
        cursor.execute(self.COUNT)
        return cursor.fetchone()[0]

    def match(self, cursor, wanted: Node, unwanted: list[Node], things: Condition, passages: Condition) -> list[Match]:
        refused = "".join(f" & !{self.render(node)}" for node in unwanted)
        expression, title = self.render(wanted), self.render(wanted, "A")
        values = {"wanted": expression, "all": f"{expression}{refused}", "title": f"{title}{refused}"}
        statement = " UNION ALL ".join(
            template.format(allowed=_named(condition, prefix, values))
            for template, condition, prefix in ((self.THINGS, things, "thing"), (self.PASSAGES, passages, "passage"))
        )
        cursor.execute(statement, values)
        return [Match(*row) for row in cursor.fetchall()]

    def match_each(self, cursor, nodes: list[Node], most: int) -> list[Excerpted]:
        """Several queries at once, some of the hits of each."""
        statements = [self.EACH.format(part=part) for part in ("part = 0", "part > 0")]
        return _match_each(cursor, statements, [self.render(node) for node in nodes], most)

    def render(self, node: Node, weight: str = "") -> str:
        match node:
            case Run(stems, is_prefix):
                marks = [weight] * (len(stems) - 1) + [f"{'*' if is_prefix else ''}{weight}"]
                lexemes = [f"'{stem}'{mark and f':{mark}'}" for stem, mark in zip(stems, marks, strict=True)]
                return f"({' <-> '.join(lexemes)})"
            case AnyOf(options):
                return f"({' | '.join(self.render(option, weight) for option in options)})"
            case AllOf(parts):
                return f"({' & '.join(self.render(part, weight) for part in parts)})"


def backend() -> Fts5 | TsVector:
    return {"sqlite": Fts5, "postgresql": TsVector}[connection.vendor]()


def _match_each(cursor, statements: list[str], expressions: list[str], most: int) -> list[Excerpted]:
    numbered = [(number, expression, most) for number, expression in enumerate(expressions) for _each in statements]
    cursor.execute(
        " UNION ALL ".join(statements * len(expressions)), [value for values in numbered for value in values]
    )
    return [Excerpted(number, Match(*match), title, text) for number, *match, title, text in cursor.fetchall()]


def _named(condition: Condition, prefix: str, values: dict) -> str:
    """The condition with named parameters, which join `values`."""
    names = [f"{prefix}_{number}" for number in range(len(condition.values))]
    values |= dict(zip(names, condition.values, strict=True))
    return condition.sql % tuple(f"%({name})s" for name in names)


def _row_of_words(analysis: Analysis) -> str:
    return " ".join((*analysis.words, *analysis.variants))


def _vector(title: Analysis, text: Analysis) -> str:
    """A tsvector as text, every position ours: the title has weight A, the text none."""
    places: dict[str, list[str]] = {}
    position = 0
    for analysis, weight in ((title, "A"), (text, "")):
        for word in (*analysis.words, *analysis.variants):
            position = min(position + 1, _LAST_POSITION)
            of_word = places.setdefault(word, [])
            if len(of_word) < _POSITIONS_OF_A_LEXEME:
                of_word.append(f"{position}{weight}")
        position += _GAP
    return " ".join(f"'{word}':{','.join(of_word)}" for word, of_word in places.items())
