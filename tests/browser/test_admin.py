"""What only a browser can tell about the editing screens: policy, axe, keyboard, small screens."""

import re

import pytest

from tests.browser.axe import colours_if, findings

EVENTS = "/admin/sessions_app/event/"
# One of each kind of screen; forms with tables, stacks, files and ticks.
SCREENS = [
    "/admin/",
    EVENTS,
    f"{EVENTS}add/",
    f"{EVENTS}1/change/",
    f"{EVENTS}1/history/",
    f"{EVENTS}1/delete/",
    "/admin/sessions_app/contribution/2/change/",
    "/admin/sessions_app/speaker/1/change/",
    "/admin/projects_app/project/1/change/",
    "/admin/conference/conference/1/change/",
    "/admin/conference/image/add/",
    "/admin/conference/image/",
    "/admin/auth/user/add/",
    "/admin/auth/group/1/change/",
    "/admin/password_change/",
]


def settled(page, path):
    page.goto(path)
    page.wait_for_load_state("networkidle")


# In the dark only colours differ: one screen of each make-up is enough.
@pytest.mark.parametrize(("scheme", "paths"), [("light", SCREENS), ("dark", [*SCREENS[:2], *SCREENS[6:9:2]])])
def test_screens_are_accessible_and_keep_the_policy(desk, site, scheme, paths):
    page, visit = desk("/admin/", color_scheme=scheme)
    for path in paths:
        settled(page, path)
        assert visit.errors == [], path
        assert findings(page, only=colours_if(scheme)) == [], path
        visit.errors.clear()  # The checker itself is refused an inline style.
    assert all(address.startswith(site.address) for address in visit.addresses)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_log_in_is_accessible_and_says_what_was_wrong(open_page, scheme):
    page, visit = open_page("/admin/login/", color_scheme=scheme)
    assert visit.errors == []
    assert findings(page, only=colours_if(scheme)) == []
    page.fill("#id_username", f"niemand-{scheme}")
    page.fill("#id_password", "falsch")
    page.press("#id_password", "Enter")
    assert "passen nicht zusammen" in page.locator(".errornote").inner_text()
    assert findings(page, only=colours_if(scheme)) == []


def test_screens_fit_on_a_phone(desk):
    page, _visit = desk("/admin/", viewport={"width": 320, "height": 720})
    for path in SCREENS:
        settled(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def save(page, button):
    with page.expect_navigation():
        page.locator(f"[name={button}]").click()
    page.locator(".messagelist").wait_for()


def questions(page):
    return [field.input_value() for field in page.locator('textarea[name^="questions-"][name$="-text"]').all()][:-1]


def test_rows_are_put_in_order_with_the_keyboard(desk):
    page, visit = desk(f"{EVENTS}1/change/")
    before = questions(page)
    button = page.get_by_role("group", name="Leitfragen").get_by_role("button", name="Zeile 1 nach unten")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Jetzt Zeile 2").wait_for()
    save(page, "_continue")
    after = questions(page)
    assert after == [before[1], before[0], *before[2:]]
    assert visit.errors == []


def test_a_row_is_added_and_numbered(desk):
    page, _visit = desk(f"{EVENTS}2/change/")
    count = len(questions(page))
    page.get_by_text("Leitfrage hinzufügen").click()
    assert page.locator(f"#id_questions-{count}-position").input_value() == str(count + 1)
    page.fill(f"#id_questions-{count}-text", "Und was bleibt?")
    save(page, "_continue")
    assert questions(page)[-1] == "Und was bleibt?"


def test_a_relation_is_chosen_with_the_keyboard(desk):
    page, _visit = desk("/admin/sessions_app/video/add/")
    box = page.get_by_role("combobox", name=re.compile("Veranstaltung"))
    box.focus()
    page.keyboard.press("Enter")
    page.get_by_role("searchbox", name="Suchen").type("Allianzen")
    page.get_by_role("option", name="Allianzen bilden!").wait_for()
    assert [name for name, _nodes in findings(page) if name != "region"] == []
    page.keyboard.press("Enter")
    assert page.locator("#id_event").input_value() != ""
    assert "Allianzen bilden!" in page.locator(".field-event .select2-selection").inner_text()


def test_the_text_editor_has_german_names_and_no_trap(desk):
    page, visit = desk("/admin/conference/page/1/change/")
    editor = page.get_by_role("textbox", name="Text:", exact=True)
    editor.wait_for()
    names = [button.get_attribute("aria-label") for button in page.locator(".prose-menubar__button").all()]
    assert {"Absatz", "Aufzählung", "Nummerierte Liste", "Zitat", "Fett", "Kursiv", "Link setzen"} <= set(names)
    editor.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.isContentEditable") is False
    assert visit.errors == []


def test_what_is_pasted_from_word_is_kept_and_cleaned(desk):
    page, _visit = desk("/admin/conference/page/add/")
    page.fill("#id_title", "Aus Word")
    editor = page.locator(".ProseMirror[contenteditable]")
    editor.click()
    word = """<html><body><p class=MsoNormal>Die <b>Stadt</b></p>
    <p class=MsoListParagraph>·<span>&nbsp;&nbsp;</span>eins</p>
    <p class=MsoListParagraph>·<span>&nbsp;&nbsp;</span>zwei</p><script>alert(1)</script></body></html>"""
    editor.evaluate(
        """(box, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        word,
    )
    save(page, "_continue")
    stored = page.locator("textarea[name=body]").input_value()
    assert "<strong>Stadt</strong>" in stored
    assert re.search(r"<ul><li><p>eins</p></li>\s*<li><p>zwei</p></li></ul>", stored)
    assert "script" not in stored


def test_an_editor_enters_submits_and_looks(desk):
    page, visit = desk("/admin/conference/page/add/")
    page.fill("#id_title", "Probe für die Redaktion")
    save(page, "_submit")
    assert "Stand: Wartet auf Freigabe" in page.locator(".messagelist").inner_text()
    page.locator("a.viewsitelink").click()
    assert page.url.endswith("/seiten/probe-fuer-die-redaktion/")
    assert "Wartet auf Freigabe" in page.locator(".status-badge").inner_text()
    assert visit.errors == []


def test_start_page_shows_what_waits_and_leads_to_it(desk):
    page, _visit = desk("/admin/")
    assert page.locator(".matrix tbody tr").count() == 7
    page.locator(".matrix a.st-no").first.click()
    assert "#" in page.url
    assert "Veranstaltung ändern" in page.locator("h1").inner_text()
