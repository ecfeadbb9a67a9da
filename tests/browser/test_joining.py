"""Two people who are one, in a browser: found by search, looked at in light and dark, done, taken back."""

import pytest

from tests.browser.test_admin import save, settled
from tests.browser.test_trash import looked_at


@pytest.mark.parametrize(("name", "scheme", "width"), [("Welcer", "light", 1440), ("Weltser", "dark", 360)])
def test_two_become_one_and_are_taken_back(desk, name, scheme, width):
    page, visit = desk(
        "/admin/sessions_app/speaker/add/", color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page.fill("#id_given_name", "Harald")
    page.fill("#id_family_name", name)
    page.get_by_label("Trotzdem neu anlegen").check()
    save(page, "_save")
    settled(page, "/admin/sessions_app/speaker/1/change/")
    page.get_by_role("link", name="Zusammenführen", exact=True).click()
    looked_at(page, visit, "who is the other")
    page.locator(".select2-selection").press("Enter")
    page.keyboard.type(name)
    page.locator(".select2-results__option", has_text=f"Harald {name}").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Weiter").press("Enter")
    page.get_by_role("heading", name="Was bleibt, was geht").wait_for()
    looked_at(page, visit, "what follows")
    page.locator("label.conflict__side input[value=geht]").first.check()
    page.get_by_role("button", name="Zusammenführen").press("Enter")
    page.get_by_role("link", name="Ansehen oder zurücknehmen").press("Enter")
    looked_at(page, visit, "the run")
    page.get_by_role("button", name="Den ganzen Lauf zurücknehmen").press("Enter")
    page.get_by_text("Der Lauf ist zurückgenommen.").wait_for()
    assert visit.errors == []
