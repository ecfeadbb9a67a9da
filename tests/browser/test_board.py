"""The board in a browser: accessible, within the policy, small, dark, without scripts, printed."""

import pytest

from tests.browser.axe import colours_if, findings

BOARD = "/admin/tafel/"
CELL = f"{BOARD}herbst-konferenz-2020/veranstaltungen/2/event.image/"
SCREENS = [
    BOARD,
    f"{BOARD}?art=kernbotschaften",
    f"{BOARD}?art=vorhaben&luecken=on",
    f"{BOARD}?art=mitwirkende&sortierung=anteil",
    CELL,
    f"{BOARD}liste/",
    f"{BOARD}anforderungen/",
]


@pytest.mark.parametrize(("scheme", "paths"), [("light", SCREENS), ("dark", [*SCREENS[:1], *SCREENS[4:]])])
def test_the_board_is_accessible_and_keeps_the_policy(desk, scheme, paths):
    page, visit = desk(BOARD, color_scheme=scheme)
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details.gap').forEach((each, place) => { each.open = place < 3 })")
        assert visit.errors == [], path
        assert findings(page, only=colours_if(scheme)) == [], path
        visit.errors.clear()  # The checker itself is refused an inline style.


def test_the_board_fits_on_a_phone_and_keeps_its_first_column(desk):
    page, _visit = desk(BOARD, viewport={"width": 360, "height": 720})
    for path in SCREENS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
    page.goto(BOARD)
    first = page.locator(".board tbody th").first
    before = first.bounding_box()["x"]
    page.locator(".scroll").first.evaluate("region => { region.scrollLeft = 400 }")
    assert first.bounding_box()["x"] == before
    assert first.bounding_box()["width"] <= 160


def test_without_scripts_a_gap_is_opened_taken_on_and_its_field_found(desk):
    page, _visit = desk(BOARD, java_script_enabled=False)
    gap = page.locator("details.gap").first
    sentence = gap.locator("li")
    assert not sentence.first.is_visible()
    gap.locator("summary").click()
    assert sentence.first.is_visible()
    gap.get_by_role("link", name="Wer kümmert sich?").click()
    page.get_by_label("Notiz").fill("fragt in der Pressestelle nach")
    page.get_by_role("button", name="Notieren").click()
    assert "#zeile-" in page.url
    assert "Notiert zu" in page.locator(".messagelist").inner_text()
    gap.locator("summary").click()
    assert "fragt in der Pressestelle nach" in gap.inner_text()
    gap.get_by_role("link", name="Zum Feld").first.click()
    assert "/change/#" in page.url or "/add/" in page.url


def test_the_start_page_shows_the_board_and_leads_to_what_is_missing(desk):
    page, visit = desk("/admin/")
    assert page.locator("#unvollstaendig tbody tr").count() == 7
    page.get_by_role("link", name="Zur ganzen Tafel").click()
    assert page.locator(".board tbody tr").count() == 7
    page.go_back()
    page.locator("#unvollstaendig a.st-no").first.click()
    assert "#" in page.url or "/add/" in page.url
    assert visit.errors == []


def test_the_list_prints_without_what_belongs_to_the_screen(desk):
    page, _visit = desk(f"{BOARD}liste/")
    page.emulate_media(media="print")
    for hidden in ("#header", "#nav-sidebar", ".board-choice", ".object-tools"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".board-list tbody tr").first.is_visible()
