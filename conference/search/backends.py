"""The database's own full-text search: FTS5 on SQLite, tsvector on PostgreSQL. Both get stems and agree on the hits.

Only letters and digits ever stand in a term, so nothing has to be quoted twice; the SQL itself is fixed.
"""

from django.db import connection

from conference.search.fts5 import Fts5
from conference.search.tsvector import TsVector


def backend() -> Fts5 | TsVector:
    return {"sqlite": Fts5, "postgresql": TsVector}[connection.vendor]()
