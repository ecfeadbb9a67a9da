"""The database's own full-text search: FTS5 on SQLite, tsvector on PostgreSQL. Both get stems and agree on the hits.

Only letters and digits ever stand in a term, so nothing has to be quoted twice; the SQL itself is fixed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from conference.search.analyser import Analysis
from conference.search.query import AllOf, AnyOf, Node, Run

# More than anybody reads; keeps the answer of a word that stands everywhere within bounds.
MOST_MATCHES = 20_000
# PostgreSQL's ts_rank reads each vector: beyond this many, hits in the title first, then by age.
MOST_RANKED = 500
_LAST_POSITION = 16_383
_POSITIONS_OF_A_LEXEME = 255
# A phrase must not reach from the title into the text.
_GAP = 10


@dataclass(frozen=True, slots=True)
class Match:
    kind: str
    object_id: int
    document_id: int

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.object_id


@dataclass(frozen=True, slots=True)
class Excerpted:
    """What the query with this number found, with its words."""

    number: int
    match: Match
    title: str
    text: str


class Fts5:
    WRITE = "INSERT INTO conference_search_fts (rowid, title, text) VALUES (%s, %s, %s)"
    DELETE = "DELETE FROM conference_search_fts WHERE rowid = %s"
    COUNT = "SELECT count(*) FROM conference_search_fts"
    MATCH = """
        SELECT document.kind, document.object_id, document.id
        FROM conference_search_fts AS found JOIN conference_searchdocument AS document ON document.id = found.rowid
        WHERE conference_search_fts MATCH %s AND rank MATCH 'bm25(10.0, 1.0)'
        ORDER BY found.rowid NOT IN (SELECT rowid FROM conference_search_fts WHERE conference_search_fts MATCH %s),
            rank, found.rowid
        LIMIT %s
    """

    EACH = """
        SELECT * FROM (
            SELECT %s, document.kind, document.object_id, document.id, document.title, document.text
            FROM conference_search_fts AS found
            JOIN conference_searchdocument AS document ON document.id = found.rowid
            WHERE conference_search_fts MATCH %s LIMIT %s
        )
    """

    def write(self, cursor, document_id: int, title: Analysis, text: Analysis):
        cursor.execute(self.DELETE, [document_id])
        cursor.execute(self.WRITE, [document_id, _row_of_words(title), _row_of_words(text)])

    def delete(self, cursor, document_ids: Iterable[int]):
        cursor.executemany(self.DELETE, [[document_id] for document_id in document_ids])

    def clear(self, cursor):
        cursor.execute("DELETE FROM conference_search_fts")

    def count(self, cursor) -> int:
        return cursor.execute(self.COUNT).fetchone()[0]

    def match(self, cursor, wanted: Node, unwanted: list[Node]) -> list[Match]:
        expression = self.render(wanted)
        title = f"{{title}} : ({expression})"
        if unwanted:
            refused = " OR ".join(self.render(node) for node in unwanted)
            expression, title = (f"({each}) NOT ({refused})" for each in (expression, title))
        cursor.execute(self.MATCH, [expression, title, MOST_MATCHES])
        return [Match(*row) for row in cursor.fetchall()]

    def match_each(self, cursor, nodes: list[Node], most: int) -> list[Excerpted]:
        """Several queries at once, some of the hits of each."""
        return _match_each(cursor, self.EACH, [self.render(node) for node in nodes], most)

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
    MATCH = f"""
        SELECT kind, object_id, id FROM (
            SELECT kind, object_id, id, vector, vector @@ %(title)s::tsquery AS in_title,
                row_number() OVER (ORDER BY vector @@ %(title)s::tsquery DESC, id) AS place
            FROM conference_searchdocument WHERE vector @@ %(all)s::tsquery
        ) AS found
        ORDER BY in_title DESC,
            CASE WHEN place <= {MOST_RANKED} THEN ts_rank('{{0.1, 0.1, 0.1, 1.0}}', vector, %(wanted)s::tsquery, 1)
            ELSE 0 END DESC, id
        LIMIT {MOST_MATCHES}
    """  # noqa: S608  two numbers of ours
    EACH = """
        (SELECT %s, kind, object_id, id, title, text
        FROM conference_searchdocument WHERE vector @@ %s::tsquery LIMIT %s)
    """

    def write(self, cursor, document_id: int, title: Analysis, text: Analysis):
        cursor.execute(self.WRITE, [_vector(title, text), document_id])

    def delete(self, cursor, document_ids: Iterable[int]):
        """The vector is a column and goes with its row."""

    def clear(self, cursor):
        """The vector is a column and goes with its row."""

    def count(self, cursor) -> int:
        cursor.execute(self.COUNT)
        return cursor.fetchone()[0]

    def match(self, cursor, wanted: Node, unwanted: list[Node]) -> list[Match]:
        refused = "".join(f" & !{self.render(node)}" for node in unwanted)
        expression, title = self.render(wanted), self.render(wanted, "A")
        values = {"wanted": expression, "all": f"{expression}{refused}", "title": f"{title}{refused}"}
        cursor.execute(self.MATCH, values)
        return [Match(*row) for row in cursor.fetchall()]

    def match_each(self, cursor, nodes: list[Node], most: int) -> list[Excerpted]:
        """Several queries at once, some of the hits of each."""
        return _match_each(cursor, self.EACH, [self.render(node) for node in nodes], most)

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


def _match_each(cursor, statement: str, expressions: list[str], most: int) -> list[Excerpted]:
    values = [value for number, expression in enumerate(expressions) for value in (number, expression, most)]
    cursor.execute(" UNION ALL ".join([statement] * len(expressions)), values)
    return [Excerpted(number, Match(*match), title, text) for number, *match, title, text in cursor.fetchall()]


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
