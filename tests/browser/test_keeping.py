"""Nothing typed is lost: the server is killed, the session ends, the line drops, the window closes, and it is there."""

import os
import signal
import sqlite3
import time
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.running import Site, free_port, start, wait_until_ready

EVENT = "/admin/sessions_app/event/2/change/"
STATUS = "#unsaved-status"
KEPT = f'{STATUS}[data-state="kept"]'
WRITE_ON = ".unsaved-note:not([hidden]) a:has-text('Weiterschreiben')"
INTRODUCTION = ".field-introduction .ProseMirror[contenteditable=true]"
# Between two reports, with the way there and back.
AT_MOST = 5
# Milliseconds from one "still open" to the next.
PULSE = 15_000


class Server:
    """A site of its own, to be killed and started again on the same data."""

    def __init__(self, folder):
        self.site = Site(f"http://127.0.0.1:{free_port()}", folder)
        self.start()

    def start(self):
        self.process = start(self.site, start_new_session=True)
        wait_until_ready(self.process, self.site.url("/health/ready"))

    def kill(self):
        """All its processes at once, as when the power fails."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def run(self, sql, *values):
        with sqlite3.connect(self.site.folder / "nachlese.sqlite3", timeout=20) as database:
            return database.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("keeping"))
    person = "SELECT password, 0, 1, 'kim', 'Muster', '', 1, 1, '2026-01-01', 'Kim' FROM auth_user LIMIT 1"
    columns = "password, is_superuser, is_staff, username, last_name, email, is_active, is_superuser, date_joined"
    columns = columns.replace("is_superuser, is_staff", "id, is_staff", 1) + ", first_name"
    server.run(f"INSERT INTO auth_user ({columns}) {person.replace('password, 0', 'password, 4711')}")
    yield server
    server.kill()


@pytest.fixture
def window(browser, server):
    """A browser of one's own, logged in: `window("kim")`."""
    contexts = []

    def open_(name=server.site.username, path=EVENT, **options):
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "de-DE"} | options
        context = browser.new_context(base_url=server.site.address, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(f"/admin/login/?next={quote(path)}")
        log_in(page, server, name)
        page.wait_for_load_state("load")
        return page

    yield open_
    for context in contexts:
        context.close()
    server.run("DELETE FROM conference_unsavedinput")
    server.run("DELETE FROM conference_openform")


def log_in(page, server, name=None):
    page.fill("#id_username", name or server.site.username)
    page.fill("#id_password", server.site.password)
    page.click("#login-form [type=submit]")


def findings_of_ours(page):
    """Of what is said about typing; the rest of the form is looked at with all forms."""
    ours = [[selector] for selector in ("#presence", ".unsaved-note", STATUS) if page.locator(selector).count()]
    return findings(page, within=ours)


def write(page, words):
    page.locator(INTRODUCTION).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def test_a_killed_server_costs_five_seconds_at_most(window, server):
    page = window()
    page.fill("#id_title", "Größe & „Maß“")
    write(page, " Neu im Text.")
    page.locator("#questions-group .add-row a").click()
    row = page.locator("#questions-group textarea:visible, #questions-group input[type=text]:visible").last
    row.fill("Was bleibt?")
    page.fill("#id_summary", "")
    typed = []
    page.locator("#id_summary").focus()
    began = time.monotonic()
    while time.monotonic() - began < 9:
        page.keyboard.type(f"w{len(typed)} ")
        typed.append((time.monotonic(), f"w{len(typed)}"))
        page.wait_for_timeout(150)
    server.kill()
    killed = time.monotonic()
    page.fill("#id_place", "Nach dem Ende")
    page.wait_for_selector(f'{STATUS}[data-state="away"]')
    server.start()

    crashed = window()
    crashed.click(WRITE_ON)
    there = crashed.input_value("#id_summary").split()
    expected = [word for moment, word in typed if moment < killed - AT_MOST]
    assert len(expected) > 5
    assert there[: len(expected)] == expected
    assert crashed.input_value("#id_title") == "Größe & „Maß“"
    assert "Neu im Text." in crashed.locator(INTRODUCTION).inner_text()
    assert "Was bleibt?" in crashed.locator("#questions-group").evaluate(
        "group => [...group.querySelectorAll('textarea, input')].map(field => field.value)"
    )
    # The window that stayed open goes on by itself: its session has survived.
    page.wait_for_selector(KEPT, timeout=30_000)
    crashed.goto(EVENT)
    crashed.locator(WRITE_ON).first.click()
    assert crashed.input_value("#id_place") == "Nach dem Ende"


def test_an_expired_session_asks_for_the_log_in_and_saves(window, server):
    page = window()
    page.fill("#id_title", "Nach der Anmeldung gesichert: äöüß")
    write(page, " Fett gemeint.")
    page.locator("#questions-group .add-row a").click()
    row = page.locator("#questions-group textarea:visible, #questions-group input[type=text]:visible").last
    row.fill("Hält das?")
    server.run("DELETE FROM django_session")
    page.click("input[name=_continue]")
    page.wait_for_selector("#login-form")
    assert "Sie waren nicht mehr angemeldet" in page.inner_text(".messagelist")
    assert findings(page) == []
    log_in(page, server)
    page.wait_for_selector("#id_title")
    assert "gesichert" in page.inner_text(".messagelist")
    page.goto(EVENT)
    assert page.input_value("#id_title") == "Nach der Anmeldung gesichert: äöüß"
    assert "Fett gemeint." in page.locator(INTRODUCTION).inner_text()
    values = "group => [...group.querySelectorAll('textarea, input')].map(field => field.value)"
    assert "Hält das?" in page.locator("#questions-group").evaluate(values)
    assert page.locator(WRITE_ON).count() == 0


def test_a_lost_connection_and_a_new_log_in_elsewhere_are_waited_for(window, server):
    page = window()
    page.context.set_offline(True)
    page.fill("#id_summary", "Ohne Netz getippt")
    page.wait_for_selector(f'{STATUS}[data-state="away"]')
    assert "Keine Verbindung" in page.inner_text(STATUS)
    page.context.set_offline(False)
    page.wait_for_selector(KEPT)
    server.run("DELETE FROM django_session")
    page.fill("#id_summary", "Abgemeldet getippt")
    page.wait_for_selector(f'{STATUS}[data-state="loggedOut"]')
    assert findings_of_ours(page) == []
    with page.context.expect_page() as opened:
        page.click(f"{STATUS} a")
    log_in(opened.value, server)
    opened.value.wait_for_url("**/admin/eingaben/angemeldet/")
    assert findings(opened.value) == []
    opened.value.close()
    page.wait_for_selector(KEPT, timeout=20_000)
    # The old token has been replaced: saving works at once.
    page.click("input[name=_save]")
    page.wait_for_url("**/admin/sessions_app/event/")
    page.goto(EVENT)
    assert page.input_value("#id_summary") == "Abgemeldet getippt"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_a_closed_tab_is_offered_again(window, scheme, width):
    page = window()
    page.fill("#id_summary", "Fast verloren")
    page.close(run_before_unload=False)
    page = window(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.wait_for_load_state("networkidle")
    offer = page.locator(".unsaved-note:not([hidden])")
    assert "Ungesicherte Eingaben von heute" in offer.first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert findings_of_ours(page) == []
    page.focus(WRITE_ON)
    page.keyboard.press("Enter")
    page.wait_for_url("**eingaben=*")
    page.wait_for_load_state("networkidle")
    assert page.input_value("#id_summary") == "Fast verloren"
    assert findings_of_ours(page) == []
    page.get_by_role("button", name="Verwerfen").first.click()
    page.wait_for_selector(".messagelist .success")
    assert page.input_value("#id_summary") != "Fast verloren"
    assert page.locator(WRITE_ON).count() == 0


def test_typing_during_an_outage_survives_a_reload(window):
    page = window()
    page.route("**/admin/eingaben/**", lambda route: route.abort())
    page.fill("#id_summary", "Im Fenster aufgehoben")
    page.wait_for_selector(f'{STATUS}[data-state="away"]')
    page.unroute("**/admin/eingaben/**")
    page.context.set_offline(True)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.route("**/admin/eingaben/**weg=1**", lambda route: route.abort())
    page.reload()
    page.unroute("**/admin/eingaben/**weg=1**")
    page.wait_for_load_state("networkidle")
    page.goto(EVENT)
    page.locator(WRITE_ON).first.click()
    assert page.input_value("#id_summary") == "Im Fenster aufgehoben"


def test_two_browsers_see_each_other_and_not_what_is_typed(window):
    mine, theirs = window(), window("kim")
    expect(theirs.locator("#presence")).to_contain_text("verwaltung", timeout=20_000)
    mine.clock.install()
    # Reloading, while the leave of the page before gets lost: that is no other window.
    mine.route("**/admin/eingaben/**weg=1**", lambda route: route.abort())
    with mine.expect_response("**/admin/eingaben/**vorher=**"):
        mine.reload()
    mine.unroute("**/admin/eingaben/**weg=1**")
    mine.wait_for_load_state("networkidle")
    assert mine.inner_text("#presence").startswith("Auch offen bei: Kim Muster (seit ")
    assert findings_of_ours(mine) == []
    mine.fill("#id_summary", "Geheimes Markierwort")
    mine.wait_for_selector(KEPT)
    theirs.reload()
    assert theirs.locator(WRITE_ON).count() == 0
    assert "Markierwort" not in theirs.content()
    # Its arrival must not come in after its leave.
    theirs.wait_for_load_state("networkidle")
    theirs.close()
    mine.clock.fast_forward(PULSE)
    expect(mine.locator("#presence")).to_have_text("", timeout=5_000)


def test_it_is_kept_where_the_browser_may_remember_nothing(window):
    page = window()
    refused = "{ get() { throw new DOMException('no', 'SecurityError'); } }"
    page.add_init_script(f"Object.defineProperty(window, 'sessionStorage', {refused})")
    page.reload()
    page.fill("#id_summary", "Ohne Gedächtnis")
    page.wait_for_selector(KEPT)


def test_undoing_and_saving_leave_no_offer(window):
    page = window()
    before = page.input_value("#id_summary")
    page.fill("#id_summary", "Doch nicht")
    page.wait_for_selector(KEPT)
    page.fill("#id_summary", before)
    page.wait_for_selector(f'{STATUS}[data-state=""]', state="attached")
    page.reload()
    assert page.locator(WRITE_ON).count() == 0
    page.fill("#id_summary", "Gesichert")
    page.wait_for_selector(KEPT)
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist")
    assert page.locator(WRITE_ON).count() == 0
