"""SQLite's own full-text search."""

from collections.abc import Iterable

from conference.search.analyser import Analysis
from conference.search.answers import COLUMNS, Entry, Excerpted, Limits, Sought, match_each, of_both
from conference.search.query import AllOf, AnyOf, Node, Run


class Fts5:
    TABLES = ("conference_search_fts", "conference_search_passages_fts")
    COUNT = (
        "SELECT (SELECT count(*) FROM conference_search_fts) + (SELECT count(*) FROM conference_search_passages_fts)"
    )
    _THINGS = "FROM conference_search_fts AS found {within_things} WHERE conference_search_fts MATCH"
    _PASSAGES = (
        "FROM conference_search_passages_fts AS found {within_passages} WHERE conference_search_passages_fts MATCH"
    )
    # What the title answers has the score of all its words, where that is known.
    CANDIDATES = f"""
        WITH whole AS MATERIALIZED (
            SELECT found.rowid AS id, rank AS score {_PASSAGES} %(whole)s LIMIT %(ranked)s
        )
        SELECT {COLUMNS.format(in_title="best.in_title", score="best.score")}, ({{things}})
        FROM (
            SELECT id, max(in_title) AS in_title, coalesce(max(known), max(score)) AS score FROM (
                SELECT * FROM (
                    SELECT found.rowid AS id, 1 AS in_title, rank AS score, NULL AS known
                    {_THINGS} %(title)s AND rank MATCH 'bm25(10.0, 1.0)' LIMIT %(ranked)s
                )
                UNION ALL
                SELECT * FROM (
                    SELECT found.rowid, 0, rank, rank
                    {_THINGS} %(all)s AND rank MATCH 'bm25(10.0, 1.0)' LIMIT %(ranked)s
                )
            ) GROUP BY id ORDER BY in_title DESC, score, id LIMIT %(most_things)s
        ) AS best JOIN conference_searchdocument AS document ON document.id = best.id
        UNION ALL
        SELECT {COLUMNS.format(in_title="0", score="best.score")}, ({{passages}})
        FROM (
            SELECT * FROM whole UNION ALL SELECT * FROM (
                SELECT found.rowid, rank {_PASSAGES} %(more)s AND %(goes_on)s
                LIMIT %(ranked)s - (SELECT count(*) FROM whole)
            ) ORDER BY score, id LIMIT %(most_passages)s
        ) AS best JOIN conference_searchdocument AS document ON document.id = best.id
    """  # noqa: S608  names of ours
    WITHIN = "JOIN conference_searchdocument AS document ON document.id = found.rowid AND ({allowed})"
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

    def settle(self, cursor):
        """After much has been written: one segment is read faster than many."""
        for table in self.TABLES:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608  our names

    def count(self, cursor) -> int:
        return cursor.execute(self.COUNT).fetchone()[0]

    def candidates(self, cursor, sought: Sought, limits: Limits, is_careful: bool) -> list[tuple]:
        """The fields of a `Match`, and whether it may be seen. `is_careful`: nothing hidden was even ranked."""
        expression, whole = self.render(sought.wanted), self.render(sought.whole)
        refused = "".join(f" NOT {self.render(node)}" for node in sought.unwanted)
        values = {
            "all": f"({expression}){refused}",
            "title": f"({{title}} : ({expression})){refused}",
            "whole": f"({whole}){refused}",
            "more": f"({expression}){refused} NOT ({whole})",
            "goes_on": expression != whole,
        }
        statement, known = of_both(self.CANDIDATES, sought, limits, self.WITHIN if is_careful else "")
        cursor.execute(statement, known | values)
        return cursor.fetchall()

    def match_each(self, cursor, nodes: list[Node], most: int) -> list[Excerpted]:
        """Several queries at once, some of the hits of each."""
        statements = [self.EACH.format(table=table) for table in self.TABLES]
        return match_each(cursor, statements, [self.render(node) for node in nodes], most)

    def render(self, node: Node) -> str:
        match node:
            case Run(stems, is_prefix):
                return f'"{" ".join(stems)}"{" *" if is_prefix else ""}'
            case AnyOf(options):
                return f"({' OR '.join(map(self.render, options))})"
            case AllOf(parts):
                return f"({' AND '.join(map(self.render, parts))})"


def _row_of_words(analysis: Analysis) -> str:
    return " ".join((*analysis.words, *analysis.variants))
