"""What an edited listing would do: cells of every kind, new rows, and what is refused."""

import datetime
import uuid

import pytest

from conference.roundtrip import comparing
from conference.roundtrip.exporting import EditExtract
from conference.roundtrip.fields import TOO_LONG
from conference.roundtrip.names import CellRefused, Names
from conference.tables import TableRefused
from conference.trash import trash
from tests import make
from tests.roundtrips import LISTINGS, OPERATOR, came_back, changes, planned, refusals, rows_of, sent, set_to

pytestmark = pytest.mark.django_db


# ── Cells ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        ("Datum", "29.10.2020", {"date": "2020-10-29"}),
        ("Datum", "2020-10-29", {"date": "2020-10-29"}),
        ("Beginn", "9.30 Uhr", {"start_time": "09:30:00"}),
        ("Art", "Auftaktveranstaltung", {"kind": "opening"}),
        ("Art", "opening", {"kind": "opening"}),
        ("Abgesagt", "Ja", {"is_cancelled": True}),
        ("Nummer", "12", {"number": 12}),
        ("Titel", "  007 & =1+1 ", {"title": "007 & =1+1"}),
        ("Einführung", "Ein <b>Wort</b><script>x()</script>", {"introduction": "<p>Ein <strong>Wort</strong></p>"}),
        ("Ort", "", {"place": ""}),
    ],
)
def test_cells_are_read_as_people_type_them(column, typed, kept):
    make.event("Auftakt", place="Kassel", number=1)
    assert [
        (key, after) for _title, key, _before, after in changes(planned("veranstaltungen", set_to(column, typed)))
    ] == [*kept.items()]


@pytest.mark.parametrize(
    ("column", "typed", "sentence"),
    [
        ("Datum", "31.02.2020", "„31.02.2020“ ist kein Datum"),
        ("Datum", "", "darf nicht leer sein"),
        ("Datum", "01.01.1999", "das Datum liegt nicht darin"),
        ("Beginn", "abends", "„abends“ ist keine Uhrzeit"),
        ("Ende", "8:00", "Das Ende muss nach dem Beginn liegen"),
        ("Art", "Konzert", "Möglich sind: Auftaktveranstaltung, Themenveranstaltung"),
        ("Abgesagt", "vielleicht", "weder „ja“ noch „nein“"),
        ("Nummer", "0", "größer oder gleich 1"),
        ("Nummer", "1,5", "keine ganze Zahl"),
        ("Titel", "x" * 201, "höchstens 200 Zeichen"),
        ("Titel", " ", "Dieses Feld darf nicht leer sein"),
        ("Kurzname in der Adresse", "", "Die Adresse darf nicht leer sein"),
        ("Konferenz", "Gibt es nicht", "Konferenz „Gibt es nicht“ gibt es nicht"),
        ("Materialien", "Heft; Fehlt", "Material „Fehlt“ gibt es nicht"),
    ],
)
def test_what_no_field_takes_is_refused_with_its_place(column, typed, sentence):
    make.material("Heft")
    make.event("Auftakt", start_time=datetime.time(9))
    plan = planned("veranstaltungen", set_to(column, typed))
    assert not plan.can_apply and plan.changed == []
    [refused] = refusals(plan)
    assert sentence in refused
    assert refused.startswith("Zeile 2, Spalte „" if "Ende muss" not in sentence else "Zeile 2")


@pytest.mark.parametrize(
    ("column", "given"),
    [
        ("Beginn", datetime.timedelta(hours=25)),
        ("Beginn", datetime.timedelta(minutes=-5)),
        ("Dauer", datetime.datetime(2020, 10, 28, 9)),
        ("Dauer", datetime.date(2020, 10, 28)),
    ],
)
def test_a_moment_of_another_kind_is_not_bent_into_one(column, given):
    field = next(each for each in LISTINGS["programm"].edited if column in each.header)
    with pytest.raises(CellRefused, match=r"ist keine (Uhrzeit|Dauer)"):
        field.taken(given, None, Names(OPERATOR))


def test_what_only_one_may_have_is_refused():
    make.page("Eins", slug="eins", position=1)
    make.page("Zwei", slug="zwei", position=2)
    [refused] = refusals(planned("seiten", set_to("Kurzname in der Adresse", "zwei")))
    assert refused.startswith("Zeile 2, Spalte „Kurzname in der Adresse“:") and "existiert bereits" in refused
    conference = make.conference()
    for number in (1, 2):
        make.event(number=number, conference=conference)
    [refused] = refusals(planned("veranstaltungen", set_to("Nummer", "2")))
    assert refused == "Zeile 2: Diese Nummer hat in der Konferenz schon eine andere Veranstaltung."


def test_things_are_named_by_title_and_where_that_is_not_enough_by_address():
    one, other = make.material("Heft", slug="heft-1"), make.material("Heft", slug="heft-2")
    odd = make.material("Wort; mit \\ Zeichen")
    make.event("Auftakt", materials=[one, odd])
    [row] = rows_of(sent(LISTINGS["veranstaltungen"]))
    assert row["Materialien"] == "Heft [heft-1]; Wort\\; mit \\\\ Zeichen"
    plan = planned("veranstaltungen", set_to("Materialien", "Wort\\; mit \\\\ Zeichen; heft-2"))
    assert [after for *_rest, after in changes(plan)] == [sorted([odd.pk, other.pk])]
    turned = planned("veranstaltungen", set_to("Materialien", "Wort\\; mit \\\\ Zeichen; Heft [heft-1]"))
    assert turned.is_empty and turned.same_count == 1
    [refused] = refusals(planned("veranstaltungen", set_to("Materialien", "Heft")))
    assert "gibt es mehrmals. Bitte genauer: Heft [heft-1]; Heft [heft-2]." in refused


def test_questions_are_lines_and_keep_their_rows():
    event = make.event("Auftakt", questions=["Was?", "Wer?\nUnd wann?", "Warum?"])
    kept = [str(question.uuid) for question in event.questions.all()]
    [row] = rows_of(sent(LISTINGS["veranstaltungen"]))
    assert row["Leitfragen"] == "Was?\nWer?\\nUnd wann?\nWarum?"
    plan = planned("veranstaltungen", set_to("Leitfragen", "Was?\nWarum genau?\nWohin?"))
    [(_title, key, _before, after)] = changes(plan)
    assert key == "questions"
    assert [question["fields"]["text"] for question in after] == ["Was?", "Warum genau?", "Wohin?"]
    assert [question["uuid"] for question in after] == kept


@pytest.mark.parametrize(
    ("lines", "deed"), [("Was?\nWer?\nWo?", "add"), ("Was?", "delete"), ("Was?\nWer genau?", "change")]
)
def test_questions_are_for_those_who_have_the_right_to_them(lines, deed):
    make.event("Auftakt", questions=["Was?", "Wer?"])
    rights = ["sessions_app.view_event", "sessions_app.change_event"]
    change = set_to("Leitfragen", lines)
    [refused] = refusals(planned("veranstaltungen", change, make.user(permissions=rights)))
    assert refused == "Zeile 2, Spalte „Leitfragen“: Dazu fehlt Ihnen das Recht."
    right = f"sessions_app.{deed}_guidingquestion"
    assert planned("veranstaltungen", change, make.user(permissions=[*rights, right])).can_apply


def test_a_text_too_long_for_a_cell_stays_as_it_is():
    page = make.page("Lang", body=f"<p>{'Wort ' * 7000}</p>")
    for file_format in ("xlsx", "csv", "json"):
        content = sent(LISTINGS["seiten"], file_format)
        assert came_back(content, LISTINGS["seiten"], file_format).is_empty
    plan = planned("seiten", set_to("Text", TOO_LONG))
    assert plan.is_empty and page.body


def test_what_programs_do_to_a_text_is_no_change():
    make.page("Eins\tzwei", summary="a\r\nb\x01c")
    for title, summary in [("Einszwei", "a\nbc"), ("Eins\tzwei", "a\r\nbc")]:
        assert planned(
            "seiten", lambda rows, new=(title, summary): rows[0].update(Titel=new[0], Kurzfassung=new[1])
        ).is_empty


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────
def test_rows_that_cannot_be_changed_here_say_why():
    event, page, gone = make.event("Auftakt"), make.page("Impressum"), make.event("Weg")
    trash(gone)

    def change(rows):
        identities = [str(event.uuid), str(page.uuid), str(gone.uuid), str(uuid.uuid4()), "17"]
        return [rows[0], *(rows[0] | {"Kennung": identity} for identity in identities)]

    assert refusals(planned("veranstaltungen", change)) == [
        "Zeile 3, Spalte „Kennung“: Diese Kennung steht schon in Zeile 2.",
        "Zeile 4, Spalte „Kennung“: Diese Kennung gehört zu etwas anderem (Seite).",
        "Zeile 5, Spalte „Kennung“: Der Eintrag liegt im Papierkorb. Holen Sie ihn zuerst zurück.",
        "Zeile 6, Spalte „Kennung“: Diese Kennung gibt es nicht. Für einen neuen Eintrag bleibt das Feld leer.",
        "Zeile 7, Spalte „Kennung“: „17“ ist keine Kennung.",
    ]


def test_missing_columns_stay_and_unknown_ones_are_told_once():
    make.event("Auftakt", place="Kassel")

    def change(rows):
        return [{"Kennung": rows[0]["Kennung"], "Titel": "Anders", "Notiz": "x", "Farbe": "rot"}]

    plan = planned("veranstaltungen", change)
    assert [(key, after) for _title, key, _before, after in changes(plan)] == [("title", "Anders")]
    assert plan.warnings[0] == "Unbekannte Spalten werden nicht gelesen: „Notiz“, „Farbe“."
    assert "Ohne die Spalte „Stand“" in plan.warnings[1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: [{"Titel": "A", "Ort": "B"}], "Zeile 1: Es fehlt die Spalte „Kennung“."),
        (lambda rows: [{"Kennung": "", "Titel": "A", "title": "B"}], "Zeile 1: Die Spalte „Titel“ steht mehrmals"),
        (lambda rows: [{"Irgend": "A", "Etwas": "B"}], "steht keine Zeile mit den Namen der Spalten"),
    ],
)
def test_a_file_that_is_no_such_listing_is_refused(change, sentence):
    make.event()
    with pytest.raises(TableRefused, match=sentence):
        planned("veranstaltungen", change)


@pytest.mark.parametrize("file_format", ["xlsx", "json"])
def test_another_listing_is_recognised(file_format):
    make.page()
    with pytest.raises(TableRefused, match="Das ist die Liste „Seiten“, gewählt ist „Veranstaltungen“"):
        came_back(sent(LISTINGS["seiten"], file_format), LISTINGS["veranstaltungen"], file_format)


def test_a_listing_of_no_conference_says_that_it_was_not_narrowed():
    extract = EditExtract.of(LISTINGS["seiten"], OPERATOR, make.conference("Herbst"), "csv")
    assert dict(extract.notes(0))["Konferenz"] == "alle"


def test_new_rows_have_no_mark():
    conference = make.conference("Herbst")
    make.event("Auftakt", conference=conference, number=1)

    def change(rows):
        new = dict.fromkeys(rows[0], "") | {"Konferenz": "Herbst", "Nummer": "2", "Titel": "Neu", "Datum": "28.10.2020"}
        return [*rows, new, new | {"Nummer": "3", "Titel": ""}, new | {"Nummer": "1"}, dict.fromkeys(rows[0], "")]

    plan = planned("veranstaltungen", change)
    assert [(row.number, row.title) for row in plan.new] == [(3, "Neu")]
    assert refusals(plan) == [
        "Zeile 4, Spalte „Titel“: Dieses Feld darf nicht leer sein.",
        "Zeile 5: Diese Nummer hat in der Konferenz schon eine andere Veranstaltung.",
    ]


def test_a_new_row_says_in_plain_words_what_is_missing():
    make.event("Auftakt")
    new = {"Titel": "Neu", "Nummer": "2"}
    assert refusals(planned("veranstaltungen", lambda rows: [dict.fromkeys(rows[0], "") | new])) == [
        "Zeile 2, Spalte „Konferenz“: Dieses Feld darf nicht leer sein.",
        "Zeile 2, Spalte „Datum“: Dieses Feld darf nicht leer sein.",
    ]


def test_rows_of_the_programme_belong_to_their_event():
    event, other = make.event("Auftakt"), make.event("Zweite")
    make.contribution("Begrüßung", event=event, position=3, speakers=[make.speaker("Curie")])

    def change(rows):
        new = dict.fromkeys(rows[0], "") | {"Veranstaltung": "Auftakt", "Titel": "Neu"}
        moved = rows[0] | {"Personen (nur zur Ansicht)": "Niemand"}
        return [moved, new, new | {"Veranstaltung": "Fehlt"}, new | {"Veranstaltung": ""}]

    plan = planned("programm", change)
    assert [(row.record, row.after["fields"]["position"]) for row in plan.new] == [(event.pk, 4)]
    assert [refused.partition(": ")[2] for refused in refusals(plan)] == [
        "Veranstaltung „Fehlt“ gibt es nicht.",
        "Hier fehlt, wozu die neue Zeile gehört.",
    ]
    assert plan.same_count == 1 and "wird nur gezeigt" in plan.warnings[0] and "(Zeile 2)" in plan.warnings[0]
    [refused] = refusals(planned("programm", set_to("Veranstaltung", other.title)))
    assert "lässt sich hier nicht verschieben" in refused


def test_a_row_without_its_mark_is_told():
    make.event("Auftakt")
    plan = planned("veranstaltungen", set_to("Stand", "verändert"))
    assert plan.is_empty and "Ohne „Stand“" in plan.warnings[0] and "(Zeile 2)" in plan.warnings[0]


def test_files_that_change_everything_come_to_an_end(monkeypatch):
    for number in range(4):
        make.page(position=number)

    def spoilt(rows):
        for row in rows:
            row["Reihenfolge"] = "x"

    monkeypatch.setattr(comparing, "MOST_REFUSED", 3)
    plan = planned("seiten", spoilt)
    assert len(plan.refused) == 3 and "ab Zeile 4 nicht weiter gelesen" in plan.warnings[0]
    monkeypatch.setattr(comparing, "MOST", 2)
    with pytest.raises(TableRefused, match="Zeile 4: Die Datei ändert mehr als 2 Einträge"):
        planned("seiten", lambda rows: [row.update(Titel=f"Neu {n}") for n, row in enumerate(rows)] and None)


# ── Sorted by mistake ────────────────────────────────────────────────────────────────────────
def test_a_column_sorted_alone_is_noticed():
    conference = make.conference()
    for number, title in enumerate("CDAB", start=1):
        make.event(title, number=number, conference=conference)

    def change(rows):
        for row, title in zip(rows, sorted(row["Titel"] for row in rows), strict=True):
            row["Titel"] = title

    assert planned("veranstaltungen", change).sorted_columns == ["Titel"]
    whole = planned("veranstaltungen", lambda rows: sorted(rows, key=lambda row: row["Titel"]))
    assert whole.is_empty and whole.sorted_columns == []
