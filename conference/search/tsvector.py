"""PostgreSQL's own full-text search, every position ours."""

from collections.abc import Iterable

from conference.search.analyser import Analysis
from conference.search.answers import COLUMNS, Entry, Excerpted, Limits, Sought, match_each, of_both
from conference.search.query import AllOf, AnyOf, Node, Run

_LAST_POSITION = 16_383
_POSITIONS_OF_A_LEXEME = 255
# A phrase must not reach from the title into the text.
_GAP = 10


class TsVector:
    WRITE = "UPDATE conference_searchdocument SET vector = %s::tsvector WHERE id = %s"
    COUNT = "SELECT count(*) FROM conference_searchdocument WHERE vector IS NOT NULL"
    _SCORE = "-ts_rank('{{0.1, 0.1, 0.1, 1.0}}', vector, %(all)s::tsquery, 1) AS score"
    _OF_WHAT = "id, kind, object_id, language, track_id, start_ms, end_ms"
    _THINGS = "FROM conference_searchdocument AS document WHERE part = 0 {within_things} AND vector @@"
    _PASSAGES = "FROM conference_searchdocument AS document WHERE part > 0 {within_passages} AND vector @@"
    CANDIDATES = f"""
        WITH whole AS MATERIALIZED (
            SELECT {_OF_WHAT}, {_SCORE.replace("%(all)s", "%(whole)s")}
            {_PASSAGES} %(whole)s::tsquery LIMIT %(ranked)s
        )
        SELECT {COLUMNS.format(in_title="document.in_title", score="document.score")}, ({{things}})
        FROM (
            SELECT {_OF_WHAT}, bool_or(in_title) AS in_title, min(score) AS score
            FROM (
                (SELECT {_OF_WHAT}, TRUE AS in_title, {_SCORE} {_THINGS} %(title)s::tsquery LIMIT %(ranked)s)
                UNION ALL
                (SELECT {_OF_WHAT}, FALSE, {_SCORE} {_THINGS} %(all)s::tsquery LIMIT %(ranked)s)
            ) AS found
            GROUP BY {_OF_WHAT} ORDER BY in_title DESC, score, id LIMIT %(most_things)s
        ) AS document
        UNION ALL
        SELECT {COLUMNS.format(in_title="FALSE", score="document.score")}, ({{passages}})
        FROM (
            SELECT * FROM whole UNION ALL (
                SELECT {_OF_WHAT}, {_SCORE} {_PASSAGES} %(more)s::tsquery AND %(goes_on)s
                LIMIT %(ranked)s - (SELECT count(*) FROM whole)
            ) ORDER BY score, id LIMIT %(most_passages)s
        ) AS document
    """  # noqa: S608  our names
    WITHIN = "AND ({allowed})"
    # Only the index knows where the words are: to read all rows until enough are found may take a hundred times as
    # long, and would begin at any of them. What is forbidden counts as so dear that it would be compiled first.
    BY_INDEX = "SET LOCAL jit = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; "
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

    def settle(self, cursor):
        """After much has been written: how frequent the words are."""
        cursor.execute("ANALYZE conference_searchdocument")

    def count(self, cursor) -> int:
        cursor.execute(self.COUNT)
        return cursor.fetchone()[0]

    def candidates(self, cursor, sought: Sought, limits: Limits, is_careful: bool) -> list[tuple]:
        """The fields of a `Match`, and whether it may be seen. `is_careful`: nothing hidden was even ranked."""
        expression, whole = self.render(sought.wanted), self.render(sought.whole)
        refused = "".join(f" & !{self.render(node)}" for node in sought.unwanted)
        values = {
            "all": f"{expression}{refused}",
            "title": f"{self.render(sought.wanted, 'A')}{refused}",
            "whole": f"{whole}{refused}",
            "more": f"{expression}{refused} & !{whole}",
            "goes_on": expression != whole,
        }
        statement, known = of_both(self.CANDIDATES, sought, limits, self.WITHIN if is_careful else "")
        cursor.execute(f"{self.BY_INDEX}{statement}", known | values)
        while cursor.nextset():
            pass
        return cursor.fetchall()

    def match_each(self, cursor, nodes: list[Node], most: int) -> list[Excerpted]:
        """Several queries at once, some of the hits of each."""
        statements = [self.EACH.format(part=part) for part in ("part = 0", "part > 0")]
        return match_each(cursor, statements, [self.render(node) for node in nodes], most)

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
