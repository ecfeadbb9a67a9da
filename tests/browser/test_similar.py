"""Somebody new who may be there already, in a browser."""

from tests.browser.axe import findings
from tests.browser.test_admin import save


def test_somebody_alike_is_pointed_out_while_typing(desk):
    page, visit = desk("/admin/sessions_app/speaker/add/")
    page.type("#id_given_name", "Harld")
    page.type("#id_family_name", "Weltzer")
    hint = page.locator(".similar")
    hint.get_by_role("link", name="Prof. Dr. Harald Welzer").wait_for()
    assert hint.get_by_role("status").count() == 1
    assert visit.errors == []
    assert findings(page) == []
    page.fill("#id_family_name", "Niemandsonst")
    hint.wait_for(state="hidden")
    page.fill("#id_family_name", "Welzer")
    page.get_by_label("Trotzdem neu anlegen").check()
    save(page, "_save")


def test_without_scripts_the_form_asks(desk):
    page, _visit = desk("/admin/conference/organisation/add/", java_script_enabled=False)
    page.fill("#id_name", "Wupertal Institut")
    page.select_option("#id_kind", "research")
    page.locator("[name=_save]").click()
    page.get_by_label("Trotzdem neu anlegen").check()
    save(page, "_save")
