"""Cells that are something else than they should be: a sentence each, and never an error."""

import datetime
import json
from decimal import Decimal

import pytest

from conference.roundtrip.comparing import compare
from conference.roundtrip.reading import read_table
from conference.tables import Book, Row, Sheet, TableRefused
from tests.random_content import fill
from tests.roundtrips import LISTINGS, OPERATOR, WAYS, came_back, sent

pytestmark = pytest.mark.django_db
ODD = [
    *({}, {"a": [1]}, [], [[]], [None, {"b": 1}], True, False, 0, -1, 10**30, 1.5, -0.0, 1e300, Decimal("1e400")),
    *("", " ", "x" * 40_000, "\ud800", "\x00", "99.99.9999", "25:61", "-1:00:00", "P9999999999D", "9" * 400, "1e400"),
    *(datetime.date.min, datetime.date.max, datetime.datetime.min, datetime.datetime.max, datetime.time.max),
    *(datetime.timedelta.min, datetime.timedelta.max, "[", "]", "[]", "a [b]", "\\", ";;;", "\n\n", Decimal("NaN")),
    *(float("nan"), float("inf"), "0000-00-00", "２０２０-10-10", "١٢", "PT", "--", "+", "None", "%s %(x)d {}"),
]


@pytest.mark.parametrize("name", LISTINGS)
def test_odd_cells_get_sentences(name):
    fill(seed=1, count=4)
    listing = LISTINGS[name]
    rows = json.loads(sent(listing, "json"))["records"]
    keys, width = list(rows[0]), len(rows[0])
    for number, odds in enumerate(ODD[start : start + 4] for start in range(0, len(ODD), 4)):
        given = [[row["kennung"], row["stand"], *[odd] * (width - 2)] for row, odd in zip(rows, odds, strict=False)] + [
            [None, odd, *[odd] * (width - 2)] for odd in odds
        ]
        given.append([odds[0]] * width)
        document = {"records": [dict(zip(keys, cells, strict=True)) for cells in given]}
        table = [Row(place, cells) for place, cells in enumerate([keys, *given], start=1)]
        kind = ("json", "xlsx")[number % 2]
        plan = compare(read_table(Book(kind, [Sheet("", table)], document=document), listing), listing, OPERATOR)
        assert plan.mark and all(sentence for row in plan.refused for _column, sentence in row.reasons)


def test_files_cut_anywhere_get_sentences():
    """Whatever is left is read, or refused with a sentence."""
    fill(seed=2, count=4)
    listing = LISTINGS["veranstaltungen"]
    for file_format, delimiter in WAYS:
        content = sent(listing, file_format, delimiter)
        for share in (0.1, 0.5, 0.9, 0.99):
            try:
                plan = came_back(content[: int(len(content) * share)], listing, file_format)
            except TableRefused as refused:
                assert str(refused)
            else:
                assert plan.mark
