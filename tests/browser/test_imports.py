"""A programme comes in with a browser: a table, its columns, a look in light and dark, done and taken back."""

import pytest

from tests.browser.test_trash import looked_at

TABLE = "Titel;Datum;Beginn;Referent\nErster;06.05.2025;10:00;Ada Lovelace\nZweiter;06.05.2025;11:00;Bob Ross\n"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 320)])
def test_a_table_comes_in_and_is_taken_back(desk, tmp_path, scheme, width):
    page, visit = desk("/admin/import/", color_scheme=scheme, viewport={"width": width, "height": 900})
    (tmp_path / "maitage.csv").write_text(TABLE)
    (tmp_path / "kaputt.xml").write_text("<schedule>")
    page.set_input_files("[name=file]", tmp_path / "kaputt.xml")
    page.get_by_role("button", name="Datei ansehen").press("Enter")
    page.get_by_text("Es ist nichts eingelesen worden.").wait_for()
    looked_at(page, visit, "refused")
    page.set_input_files("[name=file]", tmp_path / "maitage.csv")
    page.get_by_role("button", name="Datei ansehen").press("Enter")
    page.get_by_role("heading", name="Was steht in den Spalten").wait_for()
    looked_at(page, visit, "columns")
    page.get_by_role("button", name="Weiter").press("Enter")
    page.get_by_label("Eine Veranstaltung je Tag", exact=True).check()
    page.get_by_label("Titel der neuen Konferenz").fill(f"Maitage {width}")
    page.get_by_label("Name der Quelle").fill(f"maitage-{width}")
    page.get_by_role("button", name="Vorschau erneuern").press("Enter")
    page.get_by_text(f"Konferenz: „Maitage {width}“, neu als Entwurf.").wait_for()
    looked_at(page, visit, "preview")
    page.get_by_role("button", name="So einlesen").press("Enter")
    page.get_by_role("button", name="Den ganzen Lauf zurücknehmen").press("Enter")
    page.get_by_text("Der Lauf ist zurückgenommen.").wait_for()
    assert visit.errors == []
