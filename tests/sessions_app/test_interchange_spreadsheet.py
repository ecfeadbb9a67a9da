"""Programmes kept by hand: columns found by what they are called, cells read as people write them."""

import datetime
from dataclasses import replace

import pytest

from conference.tables import Book
from sessions_app.interchange.programme import FileRefused
from sessions_app.interchange.spreadsheet import FIELDS, guess, read_spreadsheet
from sessions_app.interchange.spreadsheet.fields import field_of
from sessions_app.interchange.spreadsheet.people import many_people, one_person
from sessions_app.interchange.spreadsheet.values import cell_day, cell_length, cell_times
from tests.programme_files import book, sentences

DAY = datetime.date(2016, 10, 12)


def time(hours, minutes=0):
    return datetime.time(hours, minutes)


# ── Columns ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Titel", "title"),
        ("Titel des Vortrags", "title"),
        ("Titel (deutsch)", "title"),
        ("DATUM:", "date"),
        ("Beginn (Uhrzeit)", "start"),
        ("Uhrzeit", "start"),
        ("bis", "end"),
        ("Dauer [min]", "duration"),
        ("Raum / Saal", "room"),
        ("Referent*innen", "speakers"),
        ("Referent:in", "speakers"),
        ("ReferentInnen", "speakers"),
        ("Vortragende/r", "speakers"),
        ("Speaker 2", "speaker"),
        ("Referent/in 1", "speaker"),
        ("Institution", "affiliation"),
        ("Start time", "start"),
        ("Session type", "kind"),
        ("lfd. Nr.", "number"),
        ("Time Start", "start"),
        ("Time End", "end"),
        ("start_hour", "start"),
        ("talk_format", "kind"),
        ("Teilnehmer", "speakers"),
        ("Anmerkung", ""),
        ("", ""),
    ],
)
def test_headers_in_german_and_english(header, expected):
    assert field_of(header)[0] == expected


def test_the_row_of_headers_is_found_by_what_it_says():
    found = guess(
        book(
            ["Programm der Tagung „Wasser“"],
            [],
            ["Stand: 3. Mai", None, "vorläufig"],
            ["Datum", "Uhrzeit", "Titel", "Referenten", "Notiz"],
            ["12.10.2016", "10:15", "Wasser", "Ada Beispiel", "x"],
        )
    )
    assert (found.sheet, found.header_row, found.title) == (0, 4, "Programm der Tagung „Wasser“")
    assert found.mapping == {
        "Datum": "date",
        "Uhrzeit": "start",
        "Titel": "title",
        "Referenten": "speakers",
        "Notiz": "",
    }
    assert found.samples["Titel"] == ("Wasser",)
    assert set(found.mapping.values()) - {""} <= FIELDS.keys()


def test_numbers_stand_under_the_name_of_their_group():
    found = guess(book(["", "", "Vortragende"], ["Titel", "Datum", 1, 2, 3], ["Wasser", DAY, "Ada B", "Bo C"]))
    assert found.headers == ("Titel", "Datum", "Vortragende 1", "Vortragende 2", "Vortragende 3")
    assert [found.mapping[header] for header in found.headers[2:]] == ["speaker"] * 3


def test_columns_without_name_go_on_with_the_speakers():
    table = book(
        ["Titel", "Datum", "Referenten", None, None], ["Wasser", DAY, "Ada Beispiel", "Bo Carlo, Amt", "Di Eco"]
    )
    assert [person.name for person in read_spreadsheet(table).talks[0].people] == ["Ada Beispiel", "Bo Carlo", "Di Eco"]


def test_the_sheet_that_holds_a_programme_is_found_and_the_others_are_told():
    notes = book(["Hinweise", "an alle"], title="Info").sheets[0]
    hidden = replace(book(["Titel", "Datum", "Raum"], ["Alt", DAY, "x"], title="Alt").sheets[0], is_hidden=True)
    plan = book(["Titel", "Datum"], ["Wasser", DAY], title="Plan").sheets[0]
    programme = read_spreadsheet(Book("xlsx", [notes, hidden, plan]))
    assert [talk.title for talk in programme.talks] == ["Wasser"]
    assert "Das Blatt „Info“ wurde nicht gelesen." in sentences(programme)
    assert "„Alt“" not in sentences(programme)


def test_a_mapping_that_was_chosen_is_held_to():
    table = book(["Was", "Wer spricht", "Wo"], ["Wasser", "Ada Beispiel", "Aula"])
    talk = read_spreadsheet(table, {"Was": "subtitle", "Wer spricht": "title", "Wo": ""}, key="x").talks[0]
    assert (talk.title, talk.subtitle, talk.room) == ("Ada Beispiel", "Wasser", "")
    assert talk.extra == {"columns": {"Wo": "Aula"}}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (([1, 2], [3, 4]), "In der Tabelle ist keine Zeile mit den Namen der Spalten zu finden"),
        ((["a", "b"], ["c", "d"]), "Zeile 1: Es ist nicht zu erkennen, in welcher Spalte die Titel stehen."),
        ((["Titel", "Datum"],), "Zeile 1: Unter den Namen der Spalten steht kein einziger Beitrag."),
    ],
)
def test_tables_without_a_programme_are_refused(rows, sentence):
    with pytest.raises(FileRefused) as refused:
        read_spreadsheet(book(*rows))
    assert str(refused.value).startswith(sentence)


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────
def test_a_day_said_once_holds_until_the_next():
    programme = read_spreadsheet(
        book(
            ["Zeit", "Titel"],
            ["Mittwoch, 12. Oktober 2016"],
            ["9-10 Uhr", "Wasser"],
            [],
            ["10:15", "Wege"],
            ["Zeit", "Titel"],
            ["13.10."],
            ["23:30–0:30", "Nacht"],
            ["11:00", None],
        )
    )
    wasser, wege, nacht = programme.talks
    assert [talk.day.day for talk in programme.talks] == [12, 12, 13]
    assert (wasser.start.isoformat(), wasser.duration) == ("2016-10-12T09:00:00+02:00", datetime.timedelta(hours=1))
    assert (wege.place, wege.duration) == ("Zeile 5", None)
    assert nacht.duration == datetime.timedelta(hours=1)
    assert "Zeile 9: Ohne Titel; die Zeile wurde ausgelassen." in sentences(programme)


def test_all_columns_have_their_place():
    head = ["Titel", "Untertitel", "Art", "Datum", "Beginn", "Dauer", "Raum", "Themenfeld", "Sprache", "Abstract"]
    head += ["Beschreibung", "Referenten", "Organisation", "Link", "Folien", "Video", "Lizenz", "Tags", "Nr", "guid"]
    cells = ["Wasser", "Quellen", "Vortrag", datetime.datetime(2016, 10, 12), 0.4375, 45.0, "Aula", "Böden", "Deutsch"]
    cells += ["Kurz.", "- a\n- b", "Ada Beispiel", "Amt", "www.example.org", "https://example.org/f.pdf"]
    cells += ["https://youtu.be/x", "CC-BY-4.0", "Wasser, Wege", 7, "g-1"]
    talk = read_spreadsheet(book(head, cells)).talks[0]
    assert (talk.guid, talk.number, talk.subtitle, talk.kind) == ("g-1", "7", "Quellen", "Vortrag")
    assert (talk.start.isoformat(), talk.duration) == ("2016-10-12T10:30:00+02:00", datetime.timedelta(minutes=45))
    assert (talk.room, talk.track, talk.language, talk.license) == ("Aula", "Böden", "de", "CC-BY-4.0")
    assert (talk.abstract, talk.description) == ("<p>Kurz.</p>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>")
    assert [(person.name, person.affiliation) for person in talk.people] == [("Ada Beispiel", "Amt")]
    assert (talk.url, talk.links[0].href, talk.links[0].is_file) == (
        "https://www.example.org",
        "https://example.org/f.pdf",
        True,
    )
    assert ([recording.url for recording in talk.recordings], talk.tags) == (["https://youtu.be/x"], ("Wasser", "Wege"))


def test_a_moment_in_one_cell_is_day_and_time():
    talk = read_spreadsheet(book(["Beginn", "Titel", "Raum"], ["12.10.2016 10:15 Uhr", "Wasser", "x"])).talks[0]
    assert talk.start.isoformat() == "2016-10-12T10:15:00+02:00"


def test_the_zone_can_be_told():
    talk = read_spreadsheet(book(["Datum", "Zeit", "Titel"], [DAY, time(9), "Wasser"]), zone="Europe/London").talks[0]
    assert talk.start.isoformat() == "2016-10-12T09:00:00+01:00"


# ── Cells ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "cell",
    [
        "12.10.2016",
        "12.10.16",
        "2016-10-12",
        "Mi, 12. Oktober 2016",
        "Mittwoch 12. Okt. 2016",
        "October 12, 2016",
        "12/10/2016",
        "12.10.",
        "12. Oktober",
        42655,
        42655.4,
        DAY,
        datetime.datetime(2016, 10, 12, 9),
    ],
)
def test_days(cell):
    assert cell_day(cell, 2016) == DAY


@pytest.mark.parametrize("cell", ["Tag 1", "31.02.2016", "12.10.", "", None, 7, True, "x" * 9000, 10**20])
def test_what_is_no_day(cell):
    assert cell_day(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("10.15", (time(10, 15), None)),
        ("10:15 Uhr", (time(10, 15), None)),
        ("10 Uhr", (time(10), None)),
        ("9-10 Uhr", (time(9), time(10))),
        ("9:00–9:45", (time(9), time(9, 45))),
        ("9.00 Uhr bis 9.45 Uhr", (time(9), time(9, 45))),
        ("von 9 bis 10 Uhr", (time(9), time(10))),
        ("ab 9:30", (time(9, 30), None)),
        ("1:30 pm", (time(13, 30), None)),
        ("12.10.2016 10:15", (time(10, 15), None)),
        (0.4375, (time(10, 30), None)),
        (42655.4375, (time(10, 30), None)),
        (9, (time(9), None)),
        (10.15, (time(10, 15), None)),
        (datetime.timedelta(hours=9), (time(9), None)),
        ("22–24 Uhr", (time(22), time(0))),
        ("2:00 p.m.", (time(14), None)),
        ("0:00 a.m.", (time(0), None)),
        ("vormittags", (None, None)),
        ("25:00", (None, None)),
        (None, (None, None)),
    ],
)
def test_times(cell, expected):
    assert cell_times(cell) == expected


@pytest.mark.parametrize(
    "cell", [90, 90.0, "90", "90 min", "90 Minuten", "1:30", "1:30 h", "1,5 Std.", "1.5h", "1 h 30 min", 0.0625]
)
def test_lengths(cell):
    assert cell_length(cell) == datetime.timedelta(minutes=90)
    assert cell_length(time(1, 30)) == cell_length(datetime.timedelta(minutes=90))


# ── People ───────────────────────────────────────────────────────────────────────────────────
def told(people):
    return [(person.name, person.affiliation) if person.affiliation else person.name for person in people]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Ada Beispiel", ["Ada Beispiel"]),
        ("Ada Beispiel; Bo von Carlo", ["Ada Beispiel", "Bo von Carlo"]),
        ("Ada Beispiel\nBo Carlo", ["Ada Beispiel", "Bo Carlo"]),
        ("Ada Beispiel und Bo Carlo", ["Ada Beispiel", "Bo Carlo"]),
        ("Ada Beispiel & Bo Carlo", ["Ada Beispiel", "Bo Carlo"]),
        ("Dr. Ada Beispiel, Prof. Bo Carlo und Di Eco", ["Dr. Ada Beispiel", "Prof. Bo Carlo", "Di Eco"]),
        (
            "Ada Beispiel (Amt für Bau, Wege und Wasser), Bo Carlo",
            [("Ada Beispiel", "Amt für Bau, Wege und Wasser"), "Bo Carlo"],
        ),
        ("Ada Beispiel, Amt für Bau und Wege", [("Ada Beispiel", "Amt für Bau und Wege")]),
        (
            "Ada Beispiel, Universität Bern; Bo Carlo, Stadt Ulm",
            [("Ada Beispiel", "Universität Bern"), ("Bo Carlo", "Stadt Ulm")],
        ),
        ("Ada Beispiel, M.A., Stadt Ulm", [("Ada Beispiel, M.A.", "Stadt Ulm")]),
        ("10:Ada Beispiel|11:Bo Carlo", ["Ada Beispiel", "Bo Carlo"]),
        ("Ada Beispiel, Bo Carlo, et. al.", ["Ada Beispiel", "Bo Carlo"]),
        (" ; , ", []),
    ],
)
def test_who_speaks_in_one_cell(cell, expected):
    assert told(many_people(cell)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Dr. Elke Löffler, Geschäftsführerin von X", [("Dr. Elke Löffler", "Geschäftsführerin von X")]),
        ("Maximilian Richt ", ["Maximilian Richt"]),
        ("Team Wasser und Wege", ["Team Wasser und Wege"]),
        ("Ada Beispiel (Stadt Ulm)", [("Ada Beispiel", "Stadt Ulm")]),
    ],
)
def test_a_column_of_one_person(cell, expected):
    assert told(one_person(cell)) == expected


def test_affiliations_beside_several_names_go_to_whom_they_belong():
    table = book(
        ["Titel", "Referenten", "Organisation"], ["A", "Ada B; Bo C", "Amt; Bund"], ["B", "Ada B; Bo C", "Amt"]
    )
    both, nobody = read_spreadsheet(table).talks
    assert told(both.people) == [("Ada B", "Amt"), ("Bo C", "Bund")]
    assert told(nobody.people) == ["Ada B", "Bo C"]
