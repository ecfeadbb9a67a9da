"""What goes out comes back as it was, whatever is written in it."""

import pytest

from tests.random_content import fill
from tests.roundtrips import LISTINGS, WAYS, came_back, sent

pytestmark = pytest.mark.django_db
# 25 rows in each of 10 listings, in each of 5 formats: 1,250 cases.
ROWS = 25


def told(plan) -> list:
    """What a plan would do, for the message of a failed test."""
    fields = plan.listing.edited
    return [
        (row.number, row.kind, row.reasons)
        if row.after is None or row.before is None
        else [
            (row.number, field.key, field.of(row.before), field.of(row.after))
            for field in fields
            if not field.same(field.of(row.after), field.of(row.before))
        ]
        for row in plan.rows
    ]


def test_random_content_comes_back_as_it_was():
    fill(seed=5, count=ROWS)
    failures = {}
    for name, listing in LISTINGS.items():
        for file_format, delimiter in WAYS:
            plan = came_back(sent(listing, file_format, delimiter), listing, file_format)
            if plan.rows or plan.same_count != ROWS or plan.warnings:
                failures[name, file_format, delimiter] = (plan.same_count, plan.warnings, told(plan))
    assert failures == {}
