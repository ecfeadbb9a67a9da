"""The desk for links in a browser: the round that goes on by itself, and the way to the field. Nobody is asked."""

import json
import sqlite3

import pytest

from tests.browser.axe import colours_if, findings
from tests.browser.test_admin import settled

LIST, ROUND = "/admin/links/", "/admin/links/pruefen/"
ADDRESS = "https://www.aktvis.de"


@pytest.fixture
def tried(site):
    """One address of the sample, as if it had been tried; its page."""
    with sqlite3.connect(site.folder / "nachlese.sqlite3", timeout=20) as data:
        data.execute(
            "INSERT OR IGNORE INTO conference_outgoinglink (url, health, checked_at, detail, moved_to, failures) "
            "VALUES (?, 'moved', '2021-01-01 12:00:00', 'Der Server leitet dauerhaft weiter.', ?, 0)",
            (ADDRESS, f"{ADDRESS}/eine/lange/neue/adresse/{'weiter/' * 30}"),
        )
        number = data.execute("SELECT id FROM conference_outgoinglink WHERE url = ?", (ADDRESS,)).fetchone()[0]
        data.execute(
            "INSERT INTO conference_linkcheck (link_id, checked_at, health, detail) "
            "VALUES (?, '2021-01-01 12:00:00', 'moved', '')",
            (number,),
        )
    return f"{LIST}{number}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_are_accessible_and_fit_on_a_phone(desk, tried, scheme):
    page, visit = desk("/admin/", color_scheme=scheme, viewport={"width": 360, "height": 740})
    for path in (LIST, f"{LIST}?befund=umgezogen", tried, ROUND):
        settled(page, path)
        assert visit.errors == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
        assert findings(page, only=colours_if(scheme)) == [], path
        visit.errors.clear()  # The checker itself is refused an inline style.


def test_a_link_leads_to_its_field(desk, tried):
    page, _visit = desk(tried)
    page.locator(".uses a").first.click()
    page.wait_for_load_state("networkidle")
    field = page.locator("#id_website")
    assert field.input_value() == ADDRESS
    assert page.evaluate("scrollY") > 0
    assert field.is_visible()


def test_a_link_into_a_text_leads_to_the_editor(desk):
    page, _visit = desk("/admin/sessions_app/speaker/1/change/#id_biography")
    page.wait_for_function("document.activeElement.isContentEditable")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")


def test_a_round_goes_on_by_itself(desk):
    page, visit = desk(ROUND)
    left = [4, 2, 0]

    def answer(route):
        assert route.request.method == "POST"
        assert "csrfmiddlewaretoken" in route.request.post_data
        words = f"Noch {left[0]}"
        state = {"left": left[0], "done": 6 - left.pop(0), "total": 6, "offline": False, "words": words}
        route.fulfill(content_type="application/json", body=json.dumps(state))

    page.route(f"**{ROUND}", answer)
    page.get_by_role("button", name="Prüfung beginnen").press("Enter")
    page.get_by_text("Noch 0").wait_for()
    assert left == []
    assert page.locator("progress").evaluate("bar => bar.value / bar.max") == 1
    assert page.get_by_role("button", name="Prüfung beginnen").count() == 0
    assert visit.errors == []


def test_a_round_that_breaks_says_so(desk):
    page, _visit = desk(ROUND)
    page.route(f"**{ROUND}", lambda route: route.abort())
    page.get_by_role("button", name="Prüfung beginnen").click()
    page.get_by_text("Die Verbindung ist abgerissen. Was geprüft war, ist gesichert.").wait_for()
    assert page.get_by_role("button", name="Prüfung beginnen").count() == 1
