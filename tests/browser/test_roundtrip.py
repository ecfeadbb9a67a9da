"""The desk for tables in a browser: out, in, looked at, on every screen."""

import pytest

from tests.browser.axe import colours_if, findings
from tests.browser.test_admin import settled

TABLES = "/admin/tabellen/"


@pytest.fixture
def back(desk, tmp_path):
    """The sample's events downloaded, changed and brought back; the page that says what would change."""

    def bring(change, **options):
        page, visit = desk(TABLES, **options)
        page.select_option("#aus-liste", "veranstaltungen")
        page.select_option("#aus-form", "csv")
        with page.expect_download() as download:
            page.get_by_role("button", name="Zum Bearbeiten herunterladen").press("Enter")
        path = tmp_path / "liste.csv"
        download.value.save_as(path)
        path.write_bytes(change(path.read_bytes()))
        page.select_option("#ein-liste", "veranstaltungen")
        page.set_input_files("#ein-datei", path)
        page.get_by_role("button", name="Hochladen und ansehen").press("Enter")
        page.get_by_role("heading", name="Was sich ändern würde").wait_for()
        return page, visit

    return bring


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tables_are_accessible_and_fit_on_a_phone(back, scheme):
    def change(content):
        return content.replace(b"Experimente wagen!", b"Etwas wagen!").replace(b";2020-", b";gestern ", 1)

    page, visit = back(change, color_scheme=scheme, viewport={"width": 320, "height": 740})
    assert page.get_by_text("alles oder nichts").count() == 1
    for address in (page.url, TABLES):
        settled(page, address)
        assert visit.errors == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
        assert findings(page, only=colours_if(scheme)) == [], address
        visit.errors.clear()  # The checker itself is refused an inline style.


def test_a_file_as_it_went_out_changes_nothing(back):
    page, visit = back(lambda content: content)
    assert page.get_by_text("0 Änderungen").count() == 1
    assert page.get_by_role("button", name="Alles übernehmen").count() == 0
    assert visit.errors == []
