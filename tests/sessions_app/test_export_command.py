import csv
import dataclasses
import io
import sys

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from conference.exports.writers import pdf, sheets
from sessions_app.management.commands import export
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    conference = make.conference("Herbst-Konferenz 2020")
    make.event("Auftakt", conference=conference, number=1)
    make.event("Entwurf", conference=conference, number=2, status="draft")
    make.event("Anderswo", number=3)


def titles(path, delimiter=";"):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["Titel"] for row in csv.DictReader(file, delimiter=delimiter)]


def test_export_writes_published_rows_unless_asked_for_all(events, tmp_path):
    path = tmp_path / "liste.csv"
    call_command("export", "veranstaltungen", "--output", str(path))
    assert titles(path) == ["Auftakt", "Anderswo"]
    call_command("export", "veranstaltungen", "--alle", "--output", str(path), "--trennzeichen", "komma")
    assert titles(path, ",") == ["Auftakt", "Entwurf", "Anderswo"]
    call_command("export", "veranstaltungen", "--konferenz", "herbst-konferenz-2020", "--output", str(path))
    assert titles(path) == ["Auftakt"]


def test_export_writes_workbooks(events, tmp_path):
    path = tmp_path / "liste.xlsx"
    call_command("export", "veranstaltungen", "--format", "xlsx", "--output", str(path))
    assert [row[2] for row in openpyxl.load_workbook(path).worksheets[0].values] == ["Titel", "Auftakt", "Anderswo"]


@pytest.mark.parametrize(("file_format", "steps"), [("csv", ["2 Zeilen …"]), ("xlsx", ["1 Zeilen …", "2 Zeilen …"])])
def test_export_tells_how_far_it_is(events, tmp_path, monkeypatch, file_format, steps):
    monkeypatch.setattr(export, "STEP", 1)
    monkeypatch.setattr(sheets, "STEP", 1)
    told = io.StringIO()
    path = tmp_path / "liste"
    call_command("export", "veranstaltungen", "--format", file_format, "--output", str(path), stderr=told)
    assert told.getvalue().splitlines() == [*steps, f"{path} ist geschrieben."]


def test_export_says_what_is_refused(events, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_ROWS", 1)
    with pytest.raises(CommandError, match="Ein PDF fasst höchstens 1 Zeilen, diese Liste hat 2"):
        call_command("export", "veranstaltungen", "--format", "pdf", "--output", str(tmp_path / "liste.pdf"))


def test_export_that_fails_on_its_way_leaves_the_former_file(events, tmp_path, monkeypatch):
    path = tmp_path / "liste.csv"
    path.write_text("von gestern")

    def broken(extract, delimiter):
        yield b"Titel"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(export.FORMATS, "csv", dataclasses.replace(export.FORMATS["csv"], write=broken))
    with pytest.raises(CommandError, match="lässt sich nicht schreiben"):
        call_command("export", "veranstaltungen", "--output", str(path))
    assert path.read_text() == "von gestern"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["liste.csv"]


def test_export_writes_to_the_standard_output(events, monkeypatch):
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    call_command("export", "veranstaltungen", "--output", "-")
    assert out.buffer.getvalue().decode().count("Auftakt") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["nix"],
        ["programm", "--format", "doc"],
        ["programm", "--konferenz", "nix"],
        ["programm", "--output", "/nix/x.csv"],
    ],
)
def test_export_says_what_is_wrong(arguments, events):
    with pytest.raises(CommandError):
        call_command("export", *arguments)
