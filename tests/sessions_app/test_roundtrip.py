"""The sample out and back in every format, and the command."""

import pytest
from django.core.management import CommandError, call_command

from sessions_app.models import Event
from sessions_app.sample_loader import load_sample
from tests import make
from tests.roundtrips import LISTINGS, WAYS, came_back, edited, sent, set_to

pytestmark = pytest.mark.django_db
SAMPLE = {"programm": 33, "veranstaltungen": 7, "mitwirkende": 51, "vorhaben": 30, "einrichtungen": 134}
SAMPLE |= {"videos": 7, "materialien": 51, "kernbotschaften": 6, "seiten": 4, "konferenzen": 1}


def test_the_sample_comes_back_without_a_change():
    load_sample()
    for name, listing in LISTINGS.items():
        for file_format, delimiter in WAYS:
            plan = came_back(sent(listing, file_format, delimiter), listing, file_format)
            found = (name, file_format, plan.same_count, plan.rows, plan.warnings)
            assert found == (name, file_format, SAMPLE[name], [], [])


def imported(name, path, *options) -> str:
    lines = []
    stream = type("Stream", (), {"write": lambda self, text: lines.append(text), "flush": lambda self: None})()
    call_command("import_listing", name, str(path), *options, stdout=stream)
    return "".join(lines)


@pytest.mark.parametrize("file_format", [way for way, delimiter in WAYS if delimiter != ","])
def test_the_command_gives_out_and_takes_back(tmp_path, file_format):
    make.event("Auftakt")
    path = tmp_path / f"liste.{file_format}"
    call_command("import_listing", "veranstaltungen", str(path), "--export", "--format", file_format)
    assert imported("veranstaltungen", path).splitlines()[-1] == "0 Änderungen, 0 neu, 0 abgelehnt, 1 unverändert."


def test_the_command_tells_and_does_what_a_file_says(tmp_path):
    make.event("Auftakt", status="draft")
    path = tmp_path / "liste.csv"
    path.write_bytes(edited("veranstaltungen", set_to("Titel", "Aufbruch")))
    told = imported("veranstaltungen", path, "--dry-run")
    assert "Zeile 2, Auftakt, Titel: Auftakt → Aufbruch" in told and "1 Änderungen, 0 neu" in told
    assert Event.objects.get().title == "Auftakt"
    assert "Übernommen." in imported("veranstaltungen", path)
    assert Event.objects.get().title == "Aufbruch"


def test_the_command_tells_where_a_text_changes(tmp_path):
    make.event("Auftakt", questions=["Was?", "Wer?"], summary=f"{'Wort ' * 50}alt", introduction="<p>Ja</p>")

    def change(rows):
        rows[0] |= {
            "Leitfragen": "Was?\nWer?\nWarum?",
            "Kurzfassung": f"{'Wort ' * 50}neu",
            "Einführung": "<h2>Ja</h2>",
        }

    path = tmp_path / "liste.csv"
    path.write_bytes(edited("veranstaltungen", change))
    told = imported("veranstaltungen", path, "--dry-run").splitlines()
    assert [line.removeprefix("Zeile 2, Auftakt, ") for line in told[:3]] == [
        "Kurzfassung: …Wort Wort Wort Wort Wort Wort alt → …Wort Wort Wort Wort Wort Wort neu",
        "Einführung: Die Wörter sind dieselben; geändert haben sich Auszeichnung, Absätze oder Linkziele.",
        "Leitfrage „Warum?“: neue Zeile",
    ]


def test_the_command_says_what_is_to_be_known_of_a_row(tmp_path):
    make.page("Eins")
    path = tmp_path / "liste.csv"
    path.write_bytes(edited("seiten", lambda rows: [*rows, dict.fromkeys(rows[0], "") | {"Titel": "Eins"}]))
    assert "Zeile 3: „Eins“ gibt es hier schon." in imported("seiten", path, "--dry-run")


def test_the_command_ends_badly_where_nothing_was_done(tmp_path):
    make.event("Auftakt", status="draft")
    path = tmp_path / "liste.csv"
    path.write_bytes(edited("veranstaltungen", set_to("Datum", "gestern")))
    with pytest.raises(CommandError, match="Nichts geändert"):
        imported("veranstaltungen", path)
    path.write_bytes(b"a;b\n1;2\n")
    with pytest.raises(CommandError, match="steht keine Zeile mit"):
        imported("veranstaltungen", path)
    with pytest.raises(CommandError, match="darf diese Liste nicht bearbeiten"):
        imported("veranstaltungen", path, "--user", make.analyst(username="wer").username)
    with pytest.raises(CommandError, match="Es gibt keinen Zugang"):
        imported("veranstaltungen", path, "--user", "niemand")
    with pytest.raises(CommandError, match="fehlt"):
        imported("veranstaltungen", tmp_path / "fehlt.csv")
