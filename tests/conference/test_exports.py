import csv
import datetime
import io
import json

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.exports import FORMATS, Extract
from conference.exports.writers import LONGEST
from conference.models import Image
from conference.publishing import PUBLIC
from sessions_app.records import LISTINGS, ORGANISATIONS, PROGRAMME, SPEAKERS, VIDEOS
from tests import make

pytestmark = pytest.mark.django_db
NAMES = [dataset.name for dataset in LISTINGS]


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def rows_of_csv(data: bytes, delimiter=";") -> list[dict]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def rows_of_xlsx(data: bytes) -> list[dict]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def written(dataset, file_format="csv", viewer=PUBLIC, delimiter=";", **narrowed) -> bytes:
    return b"".join(FORMATS[file_format].write(Extract(dataset, viewer, **narrowed), delimiter))


@pytest.fixture
def opening():
    """One contribution with everything a listing has to carry."""
    conference = make.conference("Herbst-Konferenz 2020")
    event = make.event(
        "Auftakt", conference=conference, number=1, start_time=datetime.time(9, 30), end_time=datetime.time(12, 30)
    )
    project = make.project("KoDa eG")
    times = {"start_time": datetime.time(10), "duration": datetime.timedelta(minutes=25)}
    contribution = make.contribution("=Räume „öffnen“", event=event, kind="keynote", **times, projects=[project])
    make.appearance(
        contribution=contribution,
        speaker=make.speaker("Schneidewind", given_name="Uwe", academic_title="Prof. Dr."),
        organisations=[make.organisation("Wuppertal Institut")],
        is_former=True,
    )
    return contribution


# ── Who ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file_format", FORMATS)
def test_export_download_asks_for_the_right(client, name, file_format):
    address = reverse("export_download", args=[name, file_format])
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('admin:login')}?next={address}")
    assert not answer.cookies
    client.force_login(make.user(is_staff=False, permissions=["conference.export_listings"]))
    assert client.get(address).status_code == 302
    client.force_login(make.editor())
    assert client.get(address).status_code == 403
    for allowed in (make.analyst(), make.administrator()):
        client.force_login(allowed)
        answer = client.get(address)
        assert answer.status_code == 200
        assert content(answer)


def test_export_list_asks_for_the_right(client):
    assert client.get("/exporte/?konferenz=x")["Location"] == f"{reverse('admin:login')}?next=/exporte/%3Fkonferenz%3Dx"
    client.force_login(make.editor())
    assert client.get("/exporte/").status_code == 403
    client.force_login(make.analyst())
    page = client.get("/exporte/").content.decode()
    assert all(address in page for address in ("/exporte/programm.csv", "/exporte/materialien.json"))
    assert 'name="status"' not in page
    client.force_login(make.administrator())
    assert 'name="status"' in client.get("/exporte/").content.decode()


def test_export_list_counts_in_one_query(client, opening):
    client.force_login(make.administrator())
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/exporte/")
    assert len(captured) <= 8
    assert [(extract.dataset.name, count) for extract, count in page.context["extracts"]] == [
        ("programm", 1),
        ("veranstaltungen", 1),
        ("mitwirkende", 1),
        ("vorhaben", 1),
        ("einrichtungen", 1),
        ("videos", 0),
        ("materialien", 0),
        ("bilder", 0),
        ("vollstaendigkeit", None),
    ]


def test_export_download_knows_its_listings_and_formats(client):
    client.force_login(make.administrator())
    for name in ("nix.csv", "programm.exe", "programm.csv?konferenz=gibt-es-nicht"):
        assert client.get(f"/exporte/{name}").status_code == 404


# ── What leaves ──────────────────────────────────────────────────────────────────────────────────
@time_machine.travel(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC))
def test_export_download_sends_a_file_nobody_keeps(client):
    client.force_login(make.administrator())
    answer = client.get("/exporte/programm.csv")
    assert answer.streaming
    assert {
        name: answer[name]
        for name in ("Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options")
    } == {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="programm-2026-11-22.csv"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    content(answer)


def test_csv_carries_the_programme(opening):
    data = written(PROGRAMME)
    assert data.startswith("\ufeffKonferenz;Nr.;Veranstaltung;Datum;".encode())
    (row,) = rows_of_csv(data)
    assert row == {
        "Konferenz": "Herbst-Konferenz 2020",
        "Nr.": "1",
        "Veranstaltung": "Auftakt",
        "Datum": "2020-10-28",
        "Beginn der Veranstaltung": "09:30",
        "Ende der Veranstaltung": "12:30",
        "Beginn des Beitrags": "10:00",
        "Dauer": "0:25:00",
        "Art": "Keynote",
        "Beitrag": "'=Räume „öffnen“",
        "Mitwirkende": "Prof. Dr. Uwe Schneidewind (ehemals Wuppertal Institut)",
        "Rollen": "Keynote",
        "Vorhaben": "KoDa eG",
        "Adresse": f"http://127.0.0.1:8000{opening.get_absolute_url()}",
        "Kennung": str(opening.uuid),
    }


def test_csv_with_commas_has_decimal_points():
    make.organisation("Nienburg", latitude="52.64", longitude="-9.2")
    semicolon = rows_of_csv(written(ORGANISATIONS))[0]
    comma = rows_of_csv(written(ORGANISATIONS, delimiter=","), ",")[0]
    assert [(row["Breitengrad"], row["Längengrad"]) for row in (semicolon, comma)] == [
        ("52,64000", "-9,20000"),
        ("52.64000", "-9.20000"),
    ]


def test_xlsx_has_real_values_and_a_sheet_of_notes(opening):
    make.video("Mitschnitt", event=opening.event, duration=datetime.timedelta(hours=1, minutes=28, seconds=40))
    book = openpyxl.load_workbook(io.BytesIO(written(PROGRAMME, "xlsx")))
    sheet, notes = book.worksheets
    (row,) = rows_of_xlsx(written(PROGRAMME, "xlsx"))
    assert row["Datum"] == datetime.datetime(2020, 10, 28)
    assert row["Beginn des Beitrags"] == datetime.time(10)
    assert row["Nr."] == 1
    assert row["Beitrag"] == "=Räume „öffnen“"
    assert sheet["J2"].data_type == "s"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:O2")
    assert sheet["N2"].hyperlink.target.startswith("http://127.0.0.1:8000/konferenzen/")
    assert notes.title == "Hinweise"
    told = dict(notes.iter_rows(values_only=True))
    assert (told["Liste"], told["Konferenz"], told["Status"], told["Zeilen"]) == (
        "Programm",
        "alle",
        "nur Veröffentlichtes",
        "1",
    )
    (video,) = rows_of_xlsx(written(VIDEOS, "xlsx"))
    assert video["Dauer"] == datetime.timedelta(hours=1, minutes=28, seconds=40)


def test_xlsx_keeps_within_what_a_cell_takes():
    make.speaker("Lang", website=f"https://example.org/{'a' * 400}")
    organisation = make.organisation("A" * 200)
    organisation.summary = "ä" * (LONGEST + 1)
    organisation.save()
    (row,) = rows_of_xlsx(written(ORGANISATIONS, "xlsx"))
    assert row["Kurzfassung"] == "ä" * (LONGEST - 1) + "…"
    assert rows_of_xlsx(written(SPEAKERS, "xlsx"))[0]["Website"].endswith("a" * 400)


def test_json_tells_people_one_by_one(opening):
    told = json.loads(written(PROGRAMME, "json"))
    assert told["listing"] == "programm"
    (record,) = told["records"]
    assert [(each["name"], each["role"], each["affiliation"]) for each in record["speakers"]] == [
        ("Prof. Dr. Uwe Schneidewind", "Keynote", "ehemals Wuppertal Institut")
    ]
    assert "status" not in record


@pytest.mark.parametrize("dataset", LISTINGS, ids=NAMES)
def test_a_listing_without_rows_is_a_file_with_headers(dataset):
    assert rows_of_csv(written(dataset)) == rows_of_xlsx(written(dataset, "xlsx")) == []
    assert json.loads(written(dataset, "json"))["records"] == []


def test_all_formats_have_the_same_rows(opening):
    for title in ("Zweiter", "Dritter"):
        make.contribution(title, event=opening.event, start_time=datetime.time(11))
    titles = ["=Räume „öffnen“", "Zweiter", "Dritter"]
    assert [row["Beitrag"].lstrip("'") for row in rows_of_csv(written(PROGRAMME))] == titles
    assert [row["Beitrag"] for row in rows_of_xlsx(written(PROGRAMME, "xlsx"))] == titles
    assert [row["title"] for row in json.loads(written(PROGRAMME, "json"))["records"]] == titles


# ── Narrowed ─────────────────────────────────────────────────────────────────────────────────────
def test_export_download_shows_drafts_to_those_who_may_see_them(client, opening):
    make.contribution("Entwurf", event=make.event(conference=opening.event.conference, status="draft"))
    published, everything = ["'=Räume „öffnen“"], ["'=Räume „öffnen“", "Entwurf"]
    may_preview = make.user(permissions=["conference.export_listings", "sessions_app.view_event"])
    for person, query, titles in (
        (make.analyst(), "", published),
        (make.analyst(), "?status=alle", published),
        (may_preview, "", published),
        (may_preview, "?status=alle", everything),
        (make.administrator(), "?status=alle&trennzeichen=komma", everything),
    ):
        client.force_login(person)
        data = content(client.get(f"/exporte/programm.csv{query}"))
        rows = rows_of_csv(data, "," if "komma" in query else ";")
        assert [row["Beitrag"] for row in rows] == titles
        assert ("Status" in rows[0]) == (titles == everything)


def test_export_download_of_one_conference(client, opening):
    other = make.conference("Frühjahr")
    make.contribution("Anderswo", event=make.event(conference=other))
    make.conference("Geheim", status="draft")
    client.force_login(make.analyst())
    assert [
        row["Beitrag"] for row in rows_of_csv(content(client.get("/exporte/programm.csv?konferenz=fruehjahr")))
    ] == ["Anderswo"]
    assert client.get("/exporte/programm.csv?konferenz=geheim").status_code == 404
    assert b"Geheim" not in client.get("/exporte/?status=alle").content


# ── How ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("dataset", LISTINGS, ids=NAMES)
def test_a_listing_takes_the_same_queries_for_one_and_for_three(dataset):
    def plant():
        image = Image.objects.create(title="Bild", file="bilder/bild.png", width=8, height=8)
        event = make.event(materials=[make.material()], theme=make.theme(), image=image)
        speaker = make.speaker(organisations=[make.organisation()])
        project = make.project(themes=[event.theme], materials=[make.material()], places=["Kassel"])
        make.partnership(project=project)
        make.involvement(speaker=speaker, project=project)
        contribution = make.contribution(event=event, projects=[project])
        make.appearance(contribution=contribution, speaker=speaker, organisations=[make.organisation()])
        make.media_file(video=make.video(event=event))
        make.text_track(video=make.video(contribution=contribution))

    plant()
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            written(dataset)
        counts.append(len(captured))
        plant()
        plant()
    assert counts[0] == counts[1] <= 25
