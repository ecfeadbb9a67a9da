"""Deleting by keyboard, and one press to take it back; every screen of the trash in light and dark, wide and narrow."""

import pytest

from tests.browser.axe import colours_if, findings
from tests.browser.test_admin import settled

CONFERENCE, SPEAKER = "/admin/conference/conference/1/delete/", "/admin/sessions_app/speaker/1/delete/"
TRASH = "/admin/papierkorb/"


def looked_at(page, visit, name, scheme="light"):
    """No violation, nothing refused, and nothing beyond the edge."""
    page.wait_for_load_state("networkidle")
    assert visit.errors == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert findings(page, only=colours_if(scheme)) == [], name
    visit.errors.clear()  # The checker itself is refused an inline style.


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("light", 360), ("dark", 360)])
def test_a_conference_goes_and_comes_back_and_every_screen_is_accessible(desk, scheme, width):
    page, visit = desk("/admin/", color_scheme=scheme, viewport={"width": width, "height": 900})
    settled(page, SPEAKER)
    looked_at(page, visit, "needed elsewhere", scheme)
    assert page.locator("input[value='In den Papierkorb legen']").count() == 0
    settled(page, CONFERENCE)
    looked_at(page, visit, "what goes along", scheme)
    page.locator("input[value='In den Papierkorb legen']").press("Enter")
    looked_at(page, visit, "the way back", scheme)
    settled(page, TRASH)
    looked_at(page, visit, "the trash", scheme)
    page.click("table.trash th a")
    looked_at(page, visit, "what lies in it", scheme)
    page.get_by_role("link", name="Endgültig löschen").click()
    looked_at(page, visit, "for good?", scheme)
    settled(page, TRASH)
    page.get_by_role("button", name="wiederherstellen").press("Enter")
    page.wait_for_url("**/conference/conference/1/change/")
    assert "„Herbst-Konferenz 2020“ ist wiederhergestellt." in page.inner_text(".messagelist")


def test_undo_stands_in_the_message_and_needs_no_mouse(desk):
    page, visit = desk("/admin/sessions_app/event/2/delete/")
    page.locator("input[value='In den Papierkorb legen']").press("Enter")
    button = page.get_by_role("button", name="Rückgängig")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions_app/event/2/change/")
    assert "ist wiederhergestellt." in page.inner_text(".messagelist")
    assert visit.errors == []
