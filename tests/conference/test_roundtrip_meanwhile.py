"""Edited listings after a while: renamed, spelt by another program, read while somebody works on the same."""

import unicodedata

import pytest

from conference.roundtrip import comparing
from conference.roundtrip.applying import Overtaken, apply_plan
from conference.roundtrip.known import Known
from sessions_app.models import Contribution
from tests import make
from tests.roundtrips import (
    LISTINGS,
    came_back,
    changed_since,
    changes,
    edited,
    file_of,
    planned,
    refusals,
    rows_of,
    sent,
    set_to,
)

pytestmark = pytest.mark.django_db


def test_what_others_changed_stays():
    event = make.event("Auftakt", place="Kassel", status="draft")
    content = edited("veranstaltungen", set_to("Titel", "Aufbruch"))
    changed_since(event, place="Bremen")
    plan = came_back(content, LISTINGS["veranstaltungen"])
    assert changes(plan) == [("Auftakt", "title", "Auftakt", "Aufbruch")]
    assert "jemand anderes" in plan.changed[0].notes[0]
    assert came_back(edited("veranstaltungen", lambda rows: None), LISTINGS["veranstaltungen"]).is_empty


def test_what_both_changed_is_refused():
    event = make.event("Auftakt", place="Kassel", status="draft")
    content = edited("veranstaltungen", set_to("Ort", "Celle"))
    changed_since(event, place="Bremen")
    [refused] = refusals(came_back(content, LISTINGS["veranstaltungen"]))
    assert refused.startswith(
        "Zeile 2, Spalte „Ort“: Inzwischen geändert: Es steht dort „Bremen“, in der Datei „Celle“."
    )


def test_what_the_history_has_forgotten_is_not_guessed():
    event = make.event("Auftakt", place="Kassel", status="draft")
    content = edited("veranstaltungen", set_to("Titel", "Aufbruch"))
    same = edited("veranstaltungen", lambda rows: None)
    type(event).objects.update(place="Bremen")
    [refused] = refusals(came_back(content, LISTINGS["veranstaltungen"]))
    assert "wie er damals war, ist nicht mehr aufgehoben" in refused
    assert not came_back(same, LISTINGS["veranstaltungen"]).can_apply


def test_an_umlaut_written_as_two_signs_is_the_same():
    make.event("Eröffnung", place="Köln", introduction="<p>Über uns</p>", materials=[make.material("Übersicht")])
    listing = LISTINGS["veranstaltungen"]
    plan = came_back(unicodedata.normalize("NFD", sent(listing).decode()).encode(), listing)
    assert (plan.same_count, plan.rows, plan.warnings) == (1, [], [])
    typed = planned("veranstaltungen", set_to("Ort", unicodedata.normalize("NFD", "Würzburg")))
    assert [after for *_rest, after in changes(typed)] == ["Würzburg"]


@pytest.mark.parametrize(
    ("kept", "given", "is_same"),
    [
        ("9783865813336", "9,78387E+12", True),
        ("9783865813336", "9.8E+12", True),
        ("01E12", "1,00E+12", True),
        ("9783865813336", "1,00E+12", False),
        ("3-86581-333-6", "9,78387E+12", False),
        ("9783865813336", "9783865813343", False),
        ("", "9,78387E+12", False),
    ],
)
def test_figures_a_spreadsheet_took_for_a_number_are_the_same(kept, given, is_same):
    make.material("Heft", isbn=kept)
    assert planned("materialien", set_to("ISBN", given)).is_empty == is_same


def test_a_text_longer_than_any_csv_can_bring_back_stays_at_home():
    make.page("Lang", body=f"<p>{'Wort ' * 30_000}</p>")
    plan = came_back(sent(LISTINGS["seiten"]), LISTINGS["seiten"])
    assert (plan.same_count, plan.rows) == (1, [])


def test_a_row_of_blanks_is_no_row():
    make.page("Eins")
    plan = planned("seiten", lambda rows: [*rows, dict.fromkeys(rows[0], " ")])
    assert (plan.same_count, plan.rows) == (1, [])


def test_lines_of_a_file_that_is_brought_twice_are_added_once():
    event = make.event("Auftakt", status="draft", questions=["Was?"])
    listing = LISTINGS["veranstaltungen"]
    content = edited("veranstaltungen", set_to("Leitfragen", "Was?\nWarum?"))
    apply_plan(came_back(content, listing), None, "liste.csv")
    assert came_back(content, listing).is_empty
    [row] = rows_of(content)
    apply_plan(came_back(file_of([row | {"Leitfragen": "Was?\nWarum?\nWohin?"}]), listing), None, "liste.csv")
    assert [question.text for question in event.questions.all()] == ["Was?", "Warum?", "Wohin?"]


def test_a_new_row_that_is_there_already_says_so():
    event = make.event("Auftakt")
    make.contribution("Begrüßung", event=event), make.contribution("Anderswo")
    make.speaker("Curie", given_name="Marie")

    def parts(rows):
        new = dict.fromkeys(rows[0], "") | {"Veranstaltung": "Auftakt"}
        return [*rows, new | {"Titel": "Begrüßung"}, new | {"Titel": "Anderswo"}]

    assert [row.number for row in planned("programm", parts).new if row.notes] == [4]

    def people(rows):
        new = dict.fromkeys(rows[0], "") | {"Vorname": "Marie"}
        return [*rows, new | {"Nachname": "curie"}, new | {"Nachname": "Skłodowska"}]

    assert [row.number for row in planned("mitwirkende", people).new if row.notes] == [3]


def test_the_first_place_is_a_place():
    event = make.event("Auftakt")
    make.contribution("Begrüßung", event=event, position=3)

    def add(rows):
        new = dict.fromkeys(rows[0], "") | {"Veranstaltung": "Auftakt", "Titel": "Neu"}
        return [*rows, new | {"Reihenfolge": "0"}, new]

    assert [row.after["fields"]["position"] for row in planned("programm", add).new] == [0, 4]


def test_a_title_of_two_means_neither_even_if_it_is_the_address_of_one():
    make.material("Heft", slug="heft"), make.material("Heft", slug="heft-2")
    make.event("Auftakt")
    [refused] = refusals(planned("veranstaltungen", set_to("Materialien", "Heft")))
    assert "gibt es mehrmals. Bitte genauer: Heft [heft]; Heft [heft-2]." in refused


def test_rows_stay_with_their_event_when_it_is_renamed():
    event = make.event("Auftakt", status="draft")
    make.contribution("Eins", event=event)
    content = edited("programm", set_to("Titel", "Zwei"))
    changed_since(event, title="Eröffnung")
    plan = came_back(content, LISTINGS["programm"])
    assert (refusals(plan), changes(plan)) == ([], [("Eins", "title", "Eins", "Zwei")])
    assert "Die Spalte „Veranstaltung“ wird nur gezeigt" in plan.warnings[0]


def test_a_conflict_names_nothing_its_reader_may_not_see():
    user = make.user(permissions=["sessions_app.view_event", "sessions_app.change_event"])
    event = make.event("Auftakt", status="draft", theme=make.theme("Eins"))
    make.theme("Zwei")
    content = edited("veranstaltungen", set_to("Kernbotschaft", "Zwei"), user)
    changed_since(event, theme_id=make.theme("Geheim", status="draft").pk)
    [refused] = refusals(came_back(content, LISTINGS["veranstaltungen"], user=user))
    assert "Es steht dort „nicht für Sie sichtbar“, in der Datei „Zwei“" in refused


def test_a_record_is_held_to_what_was_compared_first(monkeypatch):
    """Its rows are read some at a time; somebody saves one of them in between."""
    event = make.event("Auftakt", status="draft")
    first, _second = (make.contribution(title, event=event, position=n) for n, title in enumerate(["Eins", "Zwei"]))
    calls = []

    def known(*given):
        if calls:
            Contribution.objects.filter(pk=first.pk).update(abstract="<p>Inzwischen</p>")
        calls.append(given)
        return Known(*given)

    monkeypatch.setattr(comparing, "CHUNK", 1)
    monkeypatch.setattr(comparing, "Known", known)
    plan = planned("programm", lambda rows: [row.update(Titel=f"{row['Titel']}!") for row in rows] and None)
    assert len(plan.changed) == len(calls) == 2
    with pytest.raises(Overtaken):
        apply_plan(plan, None, "liste.csv")
