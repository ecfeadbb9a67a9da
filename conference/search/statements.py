"""Statements written once: to write one takes longer than to ask it, and it never changes, but for the moment in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

# What stands where the rows of one search are named.
_OPEN = "'these rows' = %s"
_THESE = "these rows"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Statement:
    """A query with a gap: which rows of all that it allows."""

    sql: str
    values: tuple

    @classmethod
    def of(cls, rows: QuerySet) -> "Statement":
        return cls(*rows.extra(where=[_OPEN], params=[_THESE]).query.sql_with_params())  # noqa: S610  words of ours

    def for_rows(self, condition: str, values: Iterable) -> tuple[str, tuple]:
        """The SQL and its values, as of now."""
        gap = self.values.index(_THESE)
        filled = (*self.values[:gap], *values, *self.values[gap + 1 :])
        return self.sql.replace(_OPEN, condition), as_of_now(filled)


def as_of_now(values: Iterable) -> tuple:
    """Every moment in them becomes now: a rule knows no other."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return tuple(now if _is_moment(value) else value for value in values)


def _is_moment(value) -> bool:
    """SQLite has it as text."""
    return isinstance(value, datetime) or (isinstance(value, str) and _MOMENT.match(value) is not None)
