"""Which columns, in which order: chosen on a page that works without scripts, kept in the address."""

import csv
import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.exports import Extract
from conference.publishing import PUBLIC
from sessions_app.records import ORGANISATIONS
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/exporte/einrichtungen/"
KEYS = [column.key for column in ORGANISATIONS.columns_for(PUBLIC)]
ALL = "&".join(f"spalte={key}" for key in KEYS)


@pytest.fixture(autouse=True)
def _organisations():
    make.organisation("Nienburg", kind="municipality", place="Nienburg", latitude="52.64", longitude="9.20")
    make.organisation("Kassel", website="https://www.example.org/kassel")


@pytest.fixture
def desk(client):
    client.force_login(make.analyst())
    return client


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def table(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("sent", "leads_to"),
    [
        ("spalte=name&spalte=place", "?spalten=name%2Cplace#spalten"),
        ("spalte=name&spalte=place&hoch=place", "?spalten=place%2Cname#hoch-place"),
        ("spalte=name&spalte=place&runter=name", "?spalten=place%2Cname#runter-name"),
        ("spalte=name&spalte=kind&spalte=place&anfang=place", "?spalten=place%2Cname%2Ckind#anfang-place"),
        # The ends of the list, a column that is not ticked, one that is not there.
        ("spalte=name&spalte=place&hoch=name", "?spalten=name%2Cplace#hoch-name"),
        ("spalte=name&spalte=place&runter=place", "?spalten=name%2Cplace#runter-place"),
        ("spalte=name&hoch=place&runter=nix", "?spalten=name#spalten"),
        ("spalte=name&spalte=name&spalte=status&spalte=nix", "?spalten=name#spalten"),
        # All of them, in their order, need no word; none at all means all.
        (ALL, "?#spalten"),
        ("hoch=name", "?#spalten"),
        ("status=alle&konferenz=&trennzeichen=komma&spalte=name", "?trennzeichen=komma&spalten=name#spalten"),
    ],
)
def test_a_choice_of_columns_becomes_an_address(desk, sent, leads_to):
    answer = desk.get(f"{ADDRESS}?{sent}")
    assert (answer.status_code, answer["Location"]) == (302, f"{ADDRESS}{leads_to}")


def test_the_page_shows_the_first_rows_as_the_file_has_them(desk):
    for number in range(12):
        make.organisation(f"Z {number:02}")
    page = desk.get(f"{ADDRESS}?spalten=latitude,name,website")
    preview = page.context["preview"]
    assert ([column.key for column in preview.columns], preview.count) == (["latitude", "name", "website"], 14)
    assert len(preview.rows) == 10
    assert [[cell.words for cell in row] for row in preview.rows[:2]] == [
        ["", "Kassel", "www.example.org/kassel"],
        ["52,64000", "Nienburg", ""],
    ]
    text = page.content.decode()
    assert '<td class="k-address"><a href="https://www.example.org/kassel">www.example.org/kassel</a></td>' in text
    assert 'href="/exporte/einrichtungen.csv?spalten=latitude,name,website"' in text
    assert table(desk.get("/exporte/einrichtungen.csv?spalten=latitude,name,website"))[:2] == [
        ["Breitengrad", "Name", "Website"],
        ["", "Kassel", "https://www.example.org/kassel"],
    ]


def test_cells_are_shown_as_people_write_them(desk):
    event = make.event("Auftakt", start_time=datetime.time(9, 30), summary="Wort " * 60)
    make.video("Film", event=event, duration=datetime.timedelta(hours=1, minutes=2, seconds=3))

    def first(listing, keys):
        preview = desk.get(f"/exporte/{listing}/?spalten={keys}").context["preview"]
        return [cell.words for cell in preview.rows[0]]

    date, time, summary = first("veranstaltungen", "date,start,summary")
    assert (date, time) == ("28.10.2020", "09:30")
    assert len(summary) == 140 and summary.endswith("…")
    assert first("videos", "duration") == ["1:02:03"]


def test_unknown_columns_are_told_and_left_out(desk):
    page = desk.get(f"{ADDRESS}?spalten=nix,name,%3Cb%3E,status,{'x' * 99}").content.decode()
    assert "sie sind weggelassen: „nix“, „&lt;b&gt;“, „status“, „" + "x" * 40 + "“" in page
    assert table(desk.get("/exporte/einrichtungen.csv?spalten=nix,name,status"))[0] == ["Name"]
    assert len(table(desk.get("/exporte/einrichtungen.csv?spalten=nix"))[0]) == len(KEYS)
    assert len(table(desk.get("/exporte/einrichtungen.csv?spalten=" + "," * 5000))[0]) == len(KEYS)


def test_json_holds_the_chosen_columns_in_their_order(desk):
    contribution = make.contribution("Vortrag", speakers=[make.speaker("Ada")])
    told = json.loads(content(desk.get("/exporte/programm.json?spalten=title,roles,speakers")))
    (record,) = told["records"]
    assert list(record) == ["title", "roles", "speakers"]
    assert told["notes"]["Spalten"] == "3 von 15"
    assert (record["title"], record["roles"]) == (contribution.title, "Vortrag")
    assert record["speakers"][0]["name"] == "Ada"


def test_internal_columns_come_with_the_right_to_drafts(client):
    person = make.user(permissions=["conference.export_listings", "conference.view_organisation"])
    client.force_login(person)
    for query, header in (("spalten=status,name", ["Name"]), ("spalten=status,name&status=alle", ["Status", "Name"])):
        assert table(client.get(f"/exporte/einrichtungen.csv?{query}"))[0] == header


@pytest.mark.parametrize("address", ["/exporte/", ADDRESS, "/exporte/programm/", "/exporte/bilder/"])
def test_pages_take_the_same_queries_for_few_and_for_many(desk, address):
    def plant():
        event = make.event()
        make.contribution(event=event, speakers=[make.speaker()], projects=[make.project()])
        make.organisation()

    plant()
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            desk.get(address)
        counts.append(len(captured))
        plant()
        plant()
    assert counts[0] == counts[1] <= 22


@pytest.mark.parametrize("query", ["konferenz=%00", "konferenz=x%00y&status=%00", "trennzeichen=%00"])
def test_nonsense_is_no_error(desk, query):
    assert desk.get(f"/exporte/?{query}").status_code == 200
    assert desk.get(f"{ADDRESS}?{query}&spalten=%00").status_code in (200, 404)


def test_unknown_listings_are_not_there(desk):
    assert [desk.get(address).status_code for address in ("/exporte/nix/", "/exporte/vollstaendigkeit/")] == [404, 403]


# ── The same from the command line ───────────────────────────────────────────────────────────────
def test_the_command_takes_columns_and_every_listing(tmp_path, capsys):
    path = tmp_path / "liste.csv"
    call_command("export", "einrichtungen", "--spalten", "place, name", "--output", str(path))
    assert path.read_text("utf-8-sig").splitlines() == ["Ort;Name", ";Kassel", "Nienburg;Nienburg"]
    make.event("Auftakt")
    call_command("export", "vollstaendigkeit", "--spalten", "title", "--output", str(path))
    assert "Auftakt" in path.read_text("utf-8-sig")
    call_command("export", "bilder", "--format", "json", "--output", str(path))
    assert json.loads(path.read_text())["records"] == []
    with pytest.raises(CommandError, match=r"gibt es in „einrichtungen“ nicht: nix, status\. Es gibt: name, "):
        call_command("export", "einrichtungen", "--spalten", "nix,name,status")


def test_progress_is_told_as_it_is_made():
    told = []
    extract = Extract(ORGANISATIONS, on_progress=told.append)
    extract.progress(500)
    Extract(ORGANISATIONS).progress(500)
    assert told == [500]


def test_paper_has_room_for_some_columns():
    def printed(*keys):
        return [column.key for column in Extract(ORGANISATIONS, chosen_columns=keys).on_paper().columns]

    assert printed() == ["name", "short_name", "kind", "place", "federal_state", "website"]
    assert printed("uuid", "name") == ["uuid", "name"]
