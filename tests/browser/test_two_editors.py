"""Two browsers before one form: nothing is overwritten unseen."""

import pytest

from tests.browser.axe import findings
from tests.browser.test_admin import EVENTS, save

FORM = f"{EVENTS}6/change/"


def test_different_fields_are_both_kept_without_a_question(desk):
    one, _visit = desk(FORM)
    other, _visit = desk(FORM)
    other.fill("#id_place", "Rathaus, großer Saal")
    save(other, "_continue")
    question = one.locator("#id_questions-0-text")
    question.fill("Wer handelt mit wem?")
    save(one, "_continue")
    assert "Beide Änderungen sind zusammengeführt" in one.locator(".messagelist").inner_text()
    assert one.locator("#id_place").input_value() == "Rathaus, großer Saal"
    assert one.locator("#id_questions-0-text").input_value() == "Wer handelt mit wem?"


@pytest.mark.parametrize(("choice", "kept"), [("Meine Fassung", "Von mir"), ("Ihre Fassung", "Von ihr")])
def test_the_same_field_shows_both_texts_and_stores_the_chosen_one(desk, choice, kept):
    one, visit = desk(FORM)
    other, _visit = desk(FORM)
    other.fill("#id_title", "Von ihr")
    save(other, "_continue")
    one.fill("#id_title", "Von mir")
    with one.expect_navigation():
        one.locator("[name=_continue]").click()
    shown = one.locator(".conflict").inner_text()
    assert "Von mir" in shown and "Von ihr" in shown
    assert findings(one) == []
    one.get_by_label(choice).check()
    with one.expect_navigation():
        one.get_by_role("button", name="So sichern").click()
    assert one.locator("#id_title").input_value() == kept
    assert [error for error in visit.errors if "409" not in error and "style" not in error] == []
    one.fill("#id_title", "Und wieder anders")
    save(one, "_continue")


def test_both_are_joined_by_hand(desk):
    one, _visit = desk(FORM, viewport={"width": 360, "height": 800}, color_scheme="dark")
    other, _visit = desk(FORM)
    other.fill("#id_summary", "Kurz, von ihr.")
    save(other, "_continue")
    one.fill("#id_summary", "Kurz, von mir.")
    with one.expect_navigation():
        one.locator("[name=_continue]").click()
    assert one.evaluate("document.documentElement.scrollWidth") == 360
    assert findings(one) == []
    one.get_by_label("Zusammenführen").check()
    one.get_by_label("Kurzfassung, zusammengeführt").fill("Kurz, von beiden.")
    with one.expect_navigation():
        one.get_by_role("button", name="So sichern").click()
    assert one.locator("#id_summary").input_value() == "Kurz, von beiden."
