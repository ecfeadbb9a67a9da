"""What only a browser can tell about the player: it plays, jumps, follows, remembers, asks first."""

import contextlib
import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Error

from tests.browser.axe import colours_if, findings
from tests.browser.running import ROOT

PAGE = "/videos/demonstrationsvideo-innen-entwickeln/"
FOREIGN = "/videos/anderswo/"
MAKE_FOREIGN = """
from sessions_app.models import Chapter, Event, TextTrack, Video
video = Video(title="Anderswo", slug="anderswo", event=Event.objects.published().first(), availability="online",
              url="https://vimeo.com/123456789")
video.full_clean(); video.save(); video.publish()
track = TextTrack.objects.create(video=video)
track.cues.create(number=1, start_ms=0, end_ms=5000, text="Hier steht ein Satz zum Lesen.")
Chapter.objects.create(video=video, start_ms=7000, title="Ein Kapitel")
"""


@pytest.fixture(scope="module")
def foreign(site):
    """A recording at a provider, beside those of the sample."""
    environment = os.environ | {"DATA_DIR": str(site.folder), "SECRET_KEY": "k", "HTTPS_ONLY": "false"}
    environment = {name: value for name, value in environment.items() if not name.startswith("DATABASE")}
    subprocess.run([sys.executable, "manage.py", "shell", "-c", MAKE_FOREIGN], cwd=ROOT, env=environment, check=True)
    return FOREIGN


def until(page, condition):
    """Asked from outside: the policy of the page lets nothing be evaluated inside."""
    question = f"(() => {{ const video = document.querySelector('video'); return Boolean({condition}) }})()"
    for _try in range(100):
        with contextlib.suppress(Error):
            if page.evaluate(question):
                return
        page.wait_for_timeout(100)
    pytest.fail(f"{condition}, at {page.evaluate('document.querySelector(`video`).currentTime')} s")


def settled(page):
    until(page, "video.readyState >= 1")


def state(page, name):
    return page.evaluate(f"document.querySelector('video').{name}")


def test_it_plays_jumps_and_follows(open_page, site):
    page, visit = open_page(PAGE)
    settled(page)
    assert state(page, "paused")
    page.locator(".chapters a").nth(2).click()
    until(page, "!video.paused && video.currentTime > 27 && video.currentTime < 31")
    assert page.url.endswith(PAGE), "nothing was loaded anew"
    until(page, "document.querySelectorAll('.chapters li')[2].getAttribute('aria-current') === 'true'")
    sentence = page.locator("[data-script] [data-t]").nth(8)
    sentence.click()
    start = int(sentence.get_attribute("data-t")) / 1000
    until(page, f"Math.abs(video.currentTime - {start}) < 1")
    until(page, "document.querySelector('.now') === document.querySelectorAll('[data-script] [data-t]')[8]")
    page.locator(".script .stamp").first.click()
    until(page, "video.currentTime < 2")
    assert visit.errors == []
    assert all(address.startswith(site.address) for address in visit.addresses)


def test_captions_are_on_and_speed_is_chosen(open_page):
    page, _visit = open_page(PAGE)
    settled(page)
    until(page, "video.textTracks[0].mode === 'showing'")
    until(page, "video.textTracks[0].cues && video.textTracks[0].cues.length > 10")
    page.get_by_label("Tempo").select_option("1.5")
    assert state(page, "playbackRate") == 1.5


def test_the_keyboard_is_enough(open_page):
    page, visit = open_page(PAGE)
    settled(page)
    page.get_by_role("link", name="Zum Inhalt springen").focus()
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "VIDEO":
            break
    page.keyboard.press("k")
    until(page, "!video.paused")
    page.keyboard.press("k")
    until(page, "video.paused")
    page.keyboard.press("Space")
    until(page, "!video.paused")
    page.keyboard.press("l")
    page.keyboard.press("l")
    until(page, "video.currentTime >= 20")
    page.keyboard.press("j")
    until(page, "video.currentTime < 15")
    page.keyboard.press("c")
    until(page, "video.textTracks[0].mode === 'hidden'")
    page.keyboard.press(".")
    assert state(page, "playbackRate") == 1.25
    page.keyboard.press("m")
    assert state(page, "muted")
    page.locator(".chapters a").nth(3).focus()
    page.keyboard.press("Enter")
    until(page, "video.currentTime > 44 && document.activeElement === video")
    page.locator("#im").focus()
    before = state(page, "currentTime")
    page.keyboard.type("kl")
    assert page.locator("#im").input_value() == "kl" and state(page, "currentTime") - before < 3
    assert visit.errors == []


def test_it_resumes_where_i_stopped_unless_i_say_no(open_page):
    page, _visit = open_page(PAGE)
    settled(page)
    page.locator(".chapters a").nth(2).click()
    until(page, "video.currentTime > 29")
    page.evaluate("document.querySelector('video').pause()")
    page.reload()
    settled(page)
    until(page, "video.currentTime >= 28 && video.paused")
    assert "aufgehört" in page.locator("[data-resumed]").inner_text()
    page.get_by_role("button", name="Stelle vergessen").click()
    page.reload()
    settled(page)
    assert state(page, "currentTime") == 0
    page.get_by_label("Stelle merken").uncheck()
    page.locator(".chapters a").nth(2).click()
    until(page, "video.currentTime > 29")
    page.reload()
    settled(page)
    assert state(page, "currentTime") == 0
    assert not page.get_by_label("Stelle merken").is_checked()
    assert page.context.cookies() == []


def test_a_passage_plays_to_its_end(open_page):
    page, _visit = open_page(f"{PAGE}?t=12,14")
    settled(page)
    page.evaluate("document.querySelector('video').play()")
    until(page, "video.currentTime >= 13.5 && video.paused")
    assert state(page, "currentTime") < 15


def test_marked_text_becomes_a_quotation(open_page):
    page, visit = open_page(PAGE)
    settled(page)
    page.evaluate(
        """() => { const all = document.querySelectorAll('[data-script] [data-t]');
        getSelection().setBaseAndExtent(all[3].firstChild, 2, all[4].firstChild, 5) }"""
    )
    page.get_by_role("link", name="Diese Stelle zitieren").click()
    quotation = page.locator("#zitat-teil blockquote")
    quotation.wait_for()
    sentences = page.locator("[data-script] [data-t]")
    words = f"{sentences.nth(3).inner_text()} {sentences.nth(4).inner_text()}"
    assert quotation.inner_text().replace("\u00a0", " ") == words
    assert re.search(r"\?s=[0-9a-f]{8}-[0-9a-f]{8}", page.url)
    page.reload()
    settled(page)
    assert page.locator("[data-script] mark").count() == 2
    assert findings(page) == []
    visit.errors.clear()


def test_the_search_leaves_the_player_alone(open_page):
    page, visit = open_page(PAGE)
    settled(page)
    page.locator(".chapters a").nth(1).click()
    until(page, "!video.paused")
    page.locator("#im").fill("Häuser")
    page.keyboard.press("Enter")
    page.locator(".spots a").first.wait_for()
    assert not state(page, "paused")
    assert "im=H" in page.url
    assert visit.errors == []


def test_a_version_keeps_the_place(open_page):
    page, _visit = open_page(PAGE)
    settled(page)
    page.locator(".chapters a").nth(2).click()
    until(page, "video.currentTime > 28")
    with page.expect_navigation():
        page.locator("[data-version]", has_text="Nur Ton").click()
    assert re.search(r"fassung=ton", page.url) and re.search(r"t=(28|29|3\d)", page.url)


def test_consent_comes_first(open_page, site, foreign):
    page, visit = open_page("/")
    page.context.route(
        re.compile("^https:"), lambda route: route.fulfill(body="<p>Player</p>", content_type="text/html")
    )
    page.goto(foreign)
    page.wait_for_load_state("networkidle")
    assert all(address.startswith(site.address) for address in visit.addresses), "nothing was fetched before"
    assert "Hier steht ein Satz zum Lesen." in page.locator("[data-script]").inner_text()
    page.get_by_role("link", name="Video einmal laden").click()
    page.frame_locator("iframe").locator("p").wait_for()
    foreign_hosts = {address.split("/")[2] for address in visit.addresses if not address.startswith(site.address)}
    assert foreign_hosts == {"player.vimeo.com"}
    visit.requests.clear()
    page.goto(foreign)
    page.wait_for_load_state("networkidle")
    assert page.locator("iframe").count() == 0, "once is once"
    page.get_by_role("button", name="Immer von Vimeo laden").click()
    page.wait_for_url("**laden=1**")
    page.goto(foreign)
    page.wait_for_url("**laden=1**")
    page.get_by_role("button", name="Nicht mehr immer laden").click()
    page.goto(foreign)
    page.wait_for_load_state("networkidle")
    assert page.locator("iframe").count() == 0
    assert page.context.cookies() == []
    assert visit.errors == []


def test_without_script_there_is_everything_to_read(open_page, foreign):
    page, _visit = open_page(f"{PAGE}?t=12", java_script_enabled=False)
    assert page.locator("video source").first.get_attribute("src").endswith("#t=12")
    assert page.locator("[data-script] [data-t]").count() > 10
    assert not page.locator("[data-controls]").is_visible()
    page.locator(".chapters a").nth(2).click()
    assert page.url.endswith("?t=27#video")
    assert page.locator("video source").first.get_attribute("src").endswith("#t=27")
    page.locator("#im").fill("Häuser")
    page.get_by_role("button", name="Suchen").last.click()
    assert page.locator("[data-script] mark").count() >= 1
    page.goto(f"{PAGE}?zitieren=1")
    page.locator(".tick input").nth(1).check()
    page.locator(".tick input").nth(2).check()
    page.get_by_role("button", name="Zitieren").first.click()
    assert page.locator("#zitat-teil blockquote").inner_text()
    page.goto(foreign)
    page.get_by_role("link", name="Lieber lesen").click()
    assert page.locator("iframe").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(open_page, foreign, scheme):
    page, visit = open_page(PAGE, color_scheme=scheme)
    key = page.locator("[data-script] [data-t]").first.get_attribute("id")[2:]
    for path in (PAGE, f"{PAGE}?s={key}-{key}&im=Haus", f"{PAGE}?zitieren=1", foreign, "/videos/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        assert findings(page, only=colours_if(scheme)) == [], path
        page.set_viewport_size({"width": 320, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
        assert findings(page, only=colours_if(scheme)) == [], path
        page.set_viewport_size({"width": 1280, "height": 900})
    visit.errors.clear()
