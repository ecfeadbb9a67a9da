"""Cells that are something else than they should be: a sentence each, and never an error."""

import datetime
import html
import json
import re
import time
from decimal import Decimal

import pytest

from conference.models import ChangeRun
from conference.richtext import RichTextField
from conference.roundtrip.comparing import compare
from conference.roundtrip.reading import read_table
from conference.tables import Book, Row, Sheet, TableRefused
from sessions_app.models import Event
from tests import make
from tests.conference.tables_made import HOSTILE
from tests.programmes import every_table
from tests.random_content import fill
from tests.roundtrips import LISTINGS, OPERATOR, WAYS, apply, came_back, edited, rows_of, sent, set_to, upload

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


# ── On the desk ──────────────────────────────────────────────────────────────────────────────
def test_hostile_tables_end_in_a_sentence_and_change_nothing(editor_client):
    make.event("Auftakt")
    editor_client.get("/admin/tabellen/")
    before = every_table()
    for name in (
        "300,000 rows",
        "a million columns",
        "a DTD",
        "rows repeated",
        "depth 100,000",
        "an open quotation mark",
    ):
        made, file_name, sentence = HOSTILE[name]
        started = time.process_time()
        page = upload(editor_client, "veranstaltungen", made(), file_name)
        assert time.process_time() - started < 5, name
        assert page.status_code == 200
        assert html.escape(sentence) in page.content.decode(), name
    assert every_table() == before


@pytest.mark.parametrize("token", ["x", "x:y:z", "..%2F..%2Fetc%2Fpasswd", "%00", "a" * 5_000])
def test_addresses_that_were_made_up_lead_back(editor_client, token):
    for send in (editor_client.get, editor_client.post):
        answer = send(f"/admin/tabellen/veranstaltungen/{token}/", follow=True)
        assert answer.status_code in (200, 404)
        assert "passwd" not in answer.content.decode()


def test_a_page_sent_again_after_it_was_taken_back_does_nothing(editor_client):
    make.event("Auftakt", status="draft")
    seen = upload(editor_client, "veranstaltungen", edited("veranstaltungen", set_to("Titel", "Aufbruch")))
    run = apply(editor_client, seen).request["PATH_INFO"]
    editor_client.post(run, {"_undo": "1"})
    assert Event.objects.get().title == "Auftakt"
    again = apply(editor_client, seen)
    assert (again.status_code, Event.objects.get().title, ChangeRun.objects.count()) == (200, "Auftakt", 1)


def test_scripts_in_cells_come_out_as_harmless_words(publisher_client):
    event = make.event("Auftakt", status="draft")
    said = '<script>alert(1)</script><p onclick="x()">Da<a href="javascript:alert(1)">k</a><img src=x onerror=y></p>'
    rows = [column for column in rows_of(sent(LISTINGS["veranstaltungen"]))[0] if column not in ("Kennung", "Stand")]
    for column in rows[::3]:
        seen = upload(publisher_client, "veranstaltungen", edited("veranstaltungen", set_to(column, said)))
        shown = seen.content.decode() + apply(publisher_client, seen).content.decode()
        assert not re.search(r"<script>alert|<img src=x|href=.javascript", shown), column
    event.refresh_from_db()
    stored = [getattr(event, field.attname) for field in Event._meta.fields if isinstance(field, RichTextField)]
    assert len([text for text in stored if "Da" in text]) >= 1
    assert not re.search(r"javascript:|onclick|onerror|<script", "".join(stored))
