import csv
import datetime
import decimal
import io

import pytest
from django.utils.safestring import mark_safe

from conference.exports import FORMATS, rearm
from conference.records import Column, Kind
from tests.conference.awkward import AWKWARD, Listing, listing

pytestmark = pytest.mark.django_db


def rows(extract, delimiter=";") -> list[list[str]]:
    data = b"".join(FORMATS["csv"].write(extract, delimiter))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("delimiter", [";", ","])
def test_text_in_csv_comes_back_as_it_was(delimiter):
    found = rows(listing(), delimiter)
    assert found[0][:2] == ["Kurz", "'=Lang"]
    assert [[rearm(cell) for cell in row[:2]] for row in found[1:]] == [[value, value] for value in AWKWARD]


def test_every_kind_of_value_has_its_words():
    values = [
        "1-2",
        mark_safe("=1"),
        datetime.date(2020, 10, 28),
        datetime.time(9, 30, 59),
        datetime.timedelta(hours=25, seconds=7),
        decimal.Decimal("-1.50"),
        0,
        None,
        "",
    ]
    columns = tuple(Column(str(place), "x", Kind.TEXT) for place in range(len(values)))
    extract = Listing(columns, [{str(place): value for place, value in enumerate(values)}])
    assert rows(extract)[1] == ["1-2", "'=1", "2020-10-28", "09:30", "25:00:07", "-1,50", "0", "", ""]
    assert rows(extract, ",")[1][5] == "-1.50"


def test_the_head_and_the_first_rows_leave_before_the_last_are_read():
    asked = []

    class Slow(Listing):
        def records(self, keys):
            for key in keys:
                asked.append(key)
                yield self.rows[key]

    pieces = FORMATS["csv"].write(Slow((Column("text", "Text"),), [{"text": "x"}] * 1000), ";")
    assert (next(pieces), asked) == ("\ufeffText\r\n".encode(), [])
    assert (next(pieces), len(asked)) == (b"x\r\n" * 100, 100)
