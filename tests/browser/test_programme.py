"""The programme in the form of an event, as a browser shows it: rows in rows, with the keyboard, in order, removed."""

import re

import pytest

from tests.browser.axe import colours_if, findings
from tests.browser.test_admin import EVENTS, questions, save, settled


def people(part):
    """Who stands in a contribution, from top to bottom."""
    names = part.locator(".person select[name$=-speaker]").all()
    return [each.locator("option:checked").text_content().split()[-1] for each in names]


def opened(desk, number, **options):
    """The form of an event, and its first contribution, opened with the keyboard."""
    page, visit = desk(f"{EVENTS}{number}/change/", **options)
    part = page.locator(".part").first
    part.locator("summary").focus()
    page.keyboard.press("Enter")
    part.locator(".prose-editor").wait_for()
    return page, visit, part


def choose(page, row, search):
    row.get_by_role("combobox", name=re.compile("^Person")).focus()
    page.keyboard.press("Enter")
    page.locator(".select2-container--open .select2-search__field").type(search)
    page.get_by_role("option", name=re.compile(search)).first.wait_for()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 768), ("light", 320)])
def test_an_open_contribution_is_accessible_and_fits(desk, scheme, width):
    page, visit, part = opened(desk, 3, color_scheme=scheme, viewport={"width": width, "height": 900})
    part.get_by_role("button", name="Weitere Person").click()
    page.get_by_role("button", name="Beitrag hinzufügen").click()
    page.locator(".part").last.locator(".prose-editor").wait_for()
    assert visit.errors == []
    assert findings(page, only=colours_if(scheme)) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_people_come_go_and_change_places_with_the_keyboard(desk):
    page, visit, part = opened(desk, 5)
    before = people(part)
    part.get_by_role("button", name="Weitere Person").focus()
    page.keyboard.press("Enter")
    choose(page, part.locator(".person").last, "Libbe")
    part.get_by_text("Aus dem Profil vorgeschlagen").wait_for()
    # One more, which is taken away again before anything is saved, and another behind it.
    for _each in range(2):
        part.get_by_role("button", name="Weitere Person").press("Enter")
    part.locator(".person").nth(len(before) + 1).get_by_role("button", name="Entfernen").press("Enter")
    choose(page, part.locator(".person").last, "Schön")
    up = part.get_by_role("button", name=f"Person {len(before) + 1} nach oben")
    up.press("Enter")
    assert any(f"Jetzt Person {len(before)} von" in words for words in page.get_by_role("status").all_text_contents())
    expected = [*before[:-1], "Libbe", before[-1], "Schön"]
    assert people(part) == expected
    save(page, "_continue")
    assert people(page.locator(".part").first) == expected
    assert visit.errors == []


def test_a_contribution_moves_with_its_people(desk):
    page, _visit, part = opened(desk, 1)
    first = part.locator("input[name$=-title]").input_value(), people(part)
    page.get_by_role("button", name="Beitrag 1 nach unten").press("Enter")
    save(page, "_continue")
    part = page.locator(".part").nth(1)
    assert (part.locator("input[name$=-title]").input_value(), people(part)) == first


def test_a_new_row_that_was_moved_up_goes_without_harm(desk):
    """Django numbers rows anew when one goes; those that are saved have to stay in front."""
    page, visit = desk(f"{EVENTS}6/change/")
    before = questions(page)
    group = page.get_by_role("group", name="Leitfragen")
    for number, text in enumerate(["Bleibt?", "Geht?"]):
        page.get_by_text("Leitfrage hinzufügen").click()
        page.fill(f"#id_questions-{len(before) + number}-text", text)
    group.get_by_role("button", name=f"Zeile {len(before) + 1} nach oben").press("Enter")
    page.locator("#questions-group .inline-deletelink").last.click()
    save(page, "_continue")
    assert questions(page) == [*before[:-1], "Bleibt?", before[-1]]
    assert visit.errors == []


def test_a_form_with_an_error_shows_it_in_its_open_row(desk):
    page, _visit, part = opened(desk, 3)
    title = part.locator("input[name$=-title]")
    kept = title.input_value()
    title.fill("")
    page.locator("[name=_continue]").click()
    page.locator(".errornote").wait_for()
    assert part.locator(".field-title.errors").is_visible()
    assert findings(page) == []
    title.fill(kept)
    save(page, "_continue")
    assert page.locator(".part").first.locator("details").get_attribute("open") is None


def test_without_scripts_the_programme_is_readable_and_writable(desk):
    page, _visit = desk(f"{EVENTS}3/change/", java_script_enabled=False)
    part = page.locator(".part").first
    part.locator("summary").click()
    part.locator("input[name$=-role]").first.fill("Gastgeberin")
    with page.expect_navigation():
        page.locator("[name=_continue]").click()
    assert page.locator(".part input[name$=-role]").first.input_value() == "Gastgeberin"
    page.goto(f"{EVENTS}add/")
    assert page.locator(".part[id]:not(template *) input[name$=-title]").count() == 2


def test_settled_is_quiet(desk):
    """The form does nothing on its own before somebody touches it."""
    page, visit = desk("/admin/")
    settled(page, f"{EVENTS}2/change/")
    assert page.locator(".part .select2-container").count() == 0
    assert visit.errors == []
