"""What only a browser can tell about the public pages: keyboard, axe, small screens, silence, no scripts, weight."""

import gzip
import re
from urllib.parse import urlsplit

import pytest

from tests.browser.axe import colours_if, findings

CONFERENCE = "/konferenzen/herbst-konferenz-2020/"
EVENT = f"{CONFERENCE}auftakt/"
# One of each kind of page.
KINDS = [
    "/",
    "/konferenzen/",
    CONFERENCE,
    "/veranstaltungen/",
    EVENT,
    "/themen/",
    "/themen/experimente-wagen/",
    "/mitwirkende/",
    "/mitwirkende/harald-welzer/",
    "/vorhaben/",
    "/vorhaben/koda-eg/",
    "/einrichtungen/",
    "/einrichtungen/wuppertal-institut/",
    "/videos/",
    "/videos/demonstrationsvideo-auftakt/",
    "/materialien/",
    "/suche/?q=Leerstand",
    "/suche/?q=Leerstnd",
    "/seiten/impressum/",
    "/gibt-es-nicht/",
    "/en/",
]
PHONE = {"width": 320, "height": 640}
MOST_BYTES, MOST_REQUESTS = 150_000, 8


@pytest.fixture(scope="module")
def window(browser, site):
    """Windows that stay open for a whole module, by their options: a new one for each page would take minutes."""
    contexts = {}

    def open_(path, **options):
        key = repr(sorted(options.items()))
        if key not in contexts:
            options = {"viewport": {"width": 1280, "height": 900}, "locale": "de-DE"} | options
            context = browser.new_context(base_url=site.address, **options)
            contexts[key] = context, context.new_page()
        page = contexts[key][1]
        page.goto(path)
        return page

    yield open_
    for context, _page in contexts.values():
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(window, path, scheme):
    assert findings(window(path, color_scheme=scheme), only=colours_if(scheme)) == []


def test_axe_finds_nothing_in_the_open_menu(open_page):
    page, _visit = open_page("/", viewport=PHONE)
    page.click("[popovertarget=nav]:not([popovertargetaction])")
    assert findings(page) == []


@pytest.mark.parametrize("path", KINDS)
def test_nothing_scrolls_sideways_on_a_small_screen(window, path):
    page = window(path, viewport=PHONE)
    wide = """() => [...document.querySelectorAll("body *")].filter(
        each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".vh, [popover]")
    ).map(each => each.outerHTML.slice(0, 120)).slice(0, 3)"""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.evaluate(wide)


@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_light_and_asks_nobody_else(open_page, path):
    """Counted as sent: compressed. No other host, no cookie, nothing refused by the policy, no failing script."""
    page, visit = open_page(path)
    page.wait_for_load_state("networkidle")
    assert {urlsplit(address).netloc for address in visit.addresses} == {urlsplit(page.url).netloc}
    assert page.context.cookies() == []
    expected = ["404"] if path == "/gibt-es-nicht/" else []
    assert [error for error in visit.errors if not any(code in error for code in expected)] == []
    # A recording and its captions are what the page is about, as pictures are, and no part of its own weight.
    others = [each for each in visit.requests if each.resource_type not in ("image", "media", "texttrack")]
    weight = sum(request.sizes()["responseBodySize"] for request in others)
    assert 0 < weight <= MOST_BYTES, {request.url: request.sizes()["responseBodySize"] for request in others}
    assert len(others) <= MOST_REQUESTS, [request.url for request in others]


def test_files_travel_compressed_and_stay_in_the_cache(open_page):
    _page, visit = open_page("/")
    [style] = [request for request in visit.requests if request.resource_type == "stylesheet"]
    headers = style.response().headers
    assert headers["content-encoding"] in {"gzip", "br"}
    assert "immutable" in headers["cache-control"]
    assert re.search(r"site\.[0-9a-f]{12}\.css$", style.url)
    assert len(gzip.compress(style.response().body())) < 40_000


def focused(page) -> str:
    return page.evaluate("document.activeElement.innerText || document.activeElement.id").strip()


def test_the_first_key_leads_past_the_navigation(open_page):
    page, _visit = open_page(EVENT)
    page.keyboard.press("Tab")
    assert focused(page) == "Zum Inhalt springen"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


def test_everything_is_reached_by_keyboard_and_can_be_seen(open_page):
    """Tab from the first to the last: each stop has a visible focus, none is a trap."""
    page, _visit = open_page("/veranstaltungen/")
    state = """() => {
        const at = document.activeElement, box = at.getBoundingClientRect();
        const ring = part => { const css = getComputedStyle(at, part);
            return css.outlineStyle !== "none" && parseFloat(css.outlineWidth) >= 2; };
        return {name: at.outerHTML.slice(0, 90), end: at === document.body, width: box.width, height: box.height,
                ring: ring(null) || ring("::after")};
    }"""
    stops = []
    for _press in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(state)
        if stop["end"]:
            break
        stops.append(stop)
    assert stop["end"] and len(stops) > 20
    assert [each["name"] for each in stops if not (each["ring"] and each["width"] and each["height"])] == []


def test_the_menu_opens_and_closes_by_keyboard(open_page):
    page, _visit = open_page("/", viewport=PHONE)
    button = page.locator("[popovertarget=nav]:not([popovertargetaction])")
    assert not page.locator("#nav a").first.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#nav a").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#nav a").first.is_visible()
    assert button.evaluate("each => each === document.activeElement")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_list_is_narrowed_by_keyboard(open_page, scripts):
    page, _visit = open_page("/einrichtungen/", java_script_enabled=scripts)
    choice = page.locator("main select").first
    value = choice.locator("option").nth(1).get_attribute("value")
    choice.select_option(value)
    page.locator("main form [type=submit]").first.press("Enter")
    page.wait_for_url(f"**={value}*")
    assert page.locator(f'main option[value="{value}"][selected]').count() == 1
    assert page.locator("main ul.links a, main .chip, main .btn").count() > 0


@pytest.mark.parametrize("path", KINDS)
def test_everything_reads_without_scripts(window, path):
    """The same words in the same order, and every link of the menu within reach."""
    plain = window(path, java_script_enabled=False)
    words = plain.locator("main").inner_text().split()
    assert len(words) > 10
    scripted = window(path).locator("main").inner_text().split()
    assert [word for word in words if word not in scripted] == []


def test_the_menu_works_without_scripts(open_page):
    page, _visit = open_page("/", viewport=PHONE, java_script_enabled=False)
    page.locator("[popovertarget=nav]:not([popovertargetaction])").click()
    page.locator("#nav a", has_text="Vorhaben").click()
    page.wait_for_url("**/vorhaben/")
    assert page.locator("h1").inner_text()


def test_a_search_begins_on_any_page(open_page):
    page, _visit = open_page("/")
    page.locator("nav a", has_text="Suche").first.click()
    page.locator("main input[name=q]").fill("Oeffentlichkeit")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Oeffentlichkeit*")
    assert page.locator("main mark, main .results").count() > 0


def test_a_page_can_be_enlarged_fourfold(open_page):
    """WCAG 1.4.10 at 400 %: 1280 pixels become 320."""
    page, _visit = open_page(EVENT, viewport={"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_printed_page_holds_its_content(open_page):
    page, _visit = open_page(EVENT)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator("nav#nav").is_visible()


def test_targets_are_large_enough_for_fingers(open_page):
    """At least 24 by 24 pixels, but for links within a sentence (WCAG 2.5.8)."""
    page, _visit = open_page("/veranstaltungen/", viewport=PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input:not([type=hidden]), a.btn, a.chip")]
        .filter(each => each.checkVisibility() && !each.closest(".vh"))
        .map(each => [each.outerHTML.slice(0, 90), each.closest("label") || each])
        .filter(([name, area]) => area.getBoundingClientRect().height < 24).map(([name]) => name)"""
    )
    assert small == []
