"""The history in a browser: axe in light and dark, on a phone, and a field restored with the keyboard."""

import pytest

from tests.browser.axe import findings
from tests.browser.test_admin import save, settled

PAGE = "/admin/conference/page/"
WORDS = "Ein Satz, der länger ist als der Rest. " * 12


@pytest.fixture
def page_with_history(desk):
    """A page saved four times; leads to its history."""
    page, visit = desk(f"{PAGE}add/")
    page.fill("#id_title", "Verlauf im Browser")
    page.fill("#id_summary", WORDS)
    save(page, "_continue")
    for title, summary in (("Zweiter Titel", f"{WORDS}Ende"), ("Dritter Titel", "Ganz anders."), ("Vierter Titel", "")):
        page.fill("#id_title", title)
        page.fill("#id_summary", summary)
        save(page, "_continue")
    page.locator("a.historylink").click()
    page.wait_for_load_state("networkidle")
    return page, visit


def test_a_field_is_restored_with_the_keyboard_alone(page_with_history):
    page, visit = page_with_history
    start = page.url
    assert page.locator(".revision").count() >= 4
    assert findings(page) == []
    page.get_by_role("link", name="Stand 2", exact=True).press("Enter")
    page.wait_for_load_state("networkidle")
    assert "entfernt:" in page.locator("del").first.inner_text()
    assert findings(page) == []
    page.get_by_role("link", name="Was seither anders geworden ist").press("Enter")
    page.wait_for_load_state("networkidle")
    page.locator(".diff", has_text="Titel").first.locator(".restore summary").press("Enter")
    assert findings(page) == []
    button = page.get_by_role("button", name="Ja, wiederherstellen: Titel")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(start)
    assert "„Titel“ steht wieder wie in Stand 2." in page.locator(".messagelist").inner_text()
    page.get_by_role("link", name="Zum Formular").click()
    assert page.input_value("#id_title") == "Zweiter Titel"
    assert page.input_value("#id_summary") == ""
    assert visit.errors == []


def test_two_are_compared_and_everything_fits(page_with_history):
    page, visit = page_with_history
    start = page.url
    page.get_by_label("Vergleich mit Stand 1: von").check()
    page.get_by_label("Vergleich mit Stand 2: bis").check()
    page.get_by_role("button", name="Die beiden gewählten vergleichen").click()
    assert "Stand 1 und Stand 2 im Vergleich" in page.locator("h1").inner_text()
    folded = page.locator(".folded").first
    folded.locator("summary").press("Enter")
    assert folded.get_attribute("open") is not None
    assert visit.errors == []
    addresses = [start, page.url, f"{start}2/", f"{start}2/?gegen=heute"]
    page.emulate_media(color_scheme="dark")
    for address in addresses:
        settled(page, address)
        assert findings(page) == [], address
    page.set_viewport_size({"width": 320, "height": 720})
    for address in addresses:
        settled(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
