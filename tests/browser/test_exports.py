"""The listings in a browser: accessible, within the policy, small, dark, by keyboard and without scripts."""

import pytest

from tests.browser.axe import colours_if, findings

LISTING = "/exporte/veranstaltungen/"
SCREENS = ["/exporte/", f"{LISTING}?spalten=date,title,nix", "/exporte/bilder/?status=alle"]


@pytest.fixture
def staff(admin_page):
    page, visit = admin_page
    visit.errors.clear()
    return page, visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_listings_are_accessible_and_fit_on_a_phone(staff, scheme):
    page, visit = staff
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 720})
    for path in SCREENS:
        page.goto(path)
        assert visit.errors == [], path
        assert findings(page, only=colours_if(scheme)) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
        visit.errors.clear()  # The checker itself is refused an inline style.


def test_columns_are_moved_by_keyboard(staff):
    page, _visit = staff
    page.goto(LISTING)
    page.focus("#runter-conference")
    for place in (1, 2):
        with page.expect_navigation():
            page.keyboard.press("Enter")
        names = page.locator(".columns ol [name=spalte]").evaluate_all("boxes => boxes.map(box => box.value)")
        assert names.index("conference") == place
        assert page.evaluate("document.activeElement.id") == "runter-conference"
        assert page.locator(".listing thead th").nth(place).inner_text() == "Konferenz"


def test_a_file_comes_with_the_chosen_columns(staff):
    page, _visit = staff
    page.goto(f"{LISTING}?spalten=title,date")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.path().read_text("utf-8-sig").splitlines()[0] == "Titel;Datum"


def test_the_page_that_waits_tells_how_far_it_is_without_loading_again(open_page):
    """Its answers are made here; what is tried is the script that asks for them."""
    page, _visit = open_page("/")
    running = (
        '<p><label for="p">…</label></p><progress id="p" max="9" value="{0}"></progress><p class="num">{0} von 9</p>'
    )
    done = '<p class="lead">Alles da.</p><a href="datei">Fertig</a>'
    answers = iter([*(("running", running.format(number)) for number in (0, 4)), ("done", done)])

    def answer(route):
        state, inside = next(answers)
        body = f'<!doctype html><title>{state}</title><p role="status" id="meldung"></p>'
        body += f'<div id="stand" data-state="{state}">{inside}</div>'
        route.fulfill(
            body=body + '<script type="module" src="/static/js/waiting.js"></script>', content_type="text/html"
        )

    page.route("**/exporte/vorbereitet/x/", answer)
    page.goto("/exporte/vorbereitet/x/")
    page.evaluate("window.still_here = true")
    page.get_by_text("4 von 9").wait_for()
    page.get_by_role("link", name="Fertig").wait_for()
    assert page.get_by_role("status").inner_text() == "Alles da."
    assert (page.title(), page.evaluate("window.still_here")) == ("done", True)
