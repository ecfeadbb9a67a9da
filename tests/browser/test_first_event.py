"""Somebody who has never seen the editing screens enters an event with its programme, in one sitting.

With `SCREENSHOTS=<folder>` every step leaves a picture there, and the sitting a recording to be played with
`playwright show-trace`; with `FILM=1` also a film, where Playwright has its ffmpeg (`playwright install ffmpeg`).
"""

import os
import re
from pathlib import Path

import pytest

from tests.browser.axe import findings

ENGLISH = re.compile(
    r"\b(Add|Cancel|Change|Choose|Clear|Close|Date|Delete|Filter by|Hide|History|Home|Loading|Log out|No results|Now|"
    r"Please|Preview|Remove|Required|Save|Search|Searching|Select|Show|Submit|The|This field|Time|Today|View|Yes|You)\b"
)
QUESTIONS = ["Was hält Menschen auf dem Land?", "Wer entscheidet über leere Häuser?", "Was kostet das Warten?"]
HEARD = """() => [...document.querySelectorAll("*")].flatMap((each) => ["aria-label", "title", "alt", "placeholder"]
  .map((name) => each.checkVisibility() && each.getAttribute(name)).filter(Boolean)).join(" | ")"""


class Sitting:
    """What the newcomer sees, one screen after the other: each is looked at, listened to and photographed."""

    def __init__(self, folder):
        self.folder, self.count = folder, 0

    def sees(self, page, name, *, ours=True):
        page.wait_for_load_state("networkidle")
        self.count += 1
        if self.folder:
            page.screenshot(path=self.folder / f"{self.count:02}_{name}.png", full_page=True)
        heard = f"{page.locator('body').inner_text()} | {page.evaluate(HEARD)}"
        assert ENGLISH.findall(heard) == [], name
        assert page.evaluate("document.documentElement.lang") == "de"
        if ours:
            assert findings(page) == [], name


@pytest.fixture(scope="module")
def newcomer(browser, site):
    """An account of an editor, made by the administrator: user name and password."""
    page = browser.new_page(base_url=site.address, locale="de-DE")
    log_in(page, site.username, site.password)
    page.goto("/admin/auth/user/add/")
    account = ("neu-hier", "Wiesengrund-27")
    page.get_by_label("Benutzername").fill(account[0])
    page.locator("#id_password1").fill(account[1])
    page.locator("#id_password2").fill(account[1])
    page.get_by_role("button", name="Sichern", exact=True).click()
    page.get_by_label("Mitarbeiter-Status").check()
    page.get_by_label("Redaktion", exact=True).check()
    page.get_by_role("button", name="Sichern", exact=True).click()
    page.get_by_text("erfolgreich").first.wait_for()
    page.close()
    return account


def log_in(page, username, password):
    page.goto("/admin/")
    page.get_by_label("Benutzername").fill(username)
    page.get_by_label("Passwort", exact=False).first.fill(password)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/admin/")


@pytest.fixture
def sitting():
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Sitting(folder and Path(folder))


@pytest.fixture
def page(browser, site, sitting):
    film = {"record_video_dir": sitting.folder} if sitting.folder and os.environ.get("FILM") else {}
    size = {"width": 1280, "height": 900}
    context = browser.new_context(base_url=site.address, locale="de-DE", viewport=size, **film)
    if sitting.folder:
        context.tracing.start(screenshots=True, snapshots=True, title="Die erste Veranstaltung")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.errors.append(message.text))
    yield page
    if sitting.folder:
        context.tracing.stop(path=sitting.folder / "sitzung.zip")
    context.close()


def choose(page, place, label, search, words):
    """Open a search field, type, take what is offered."""
    place.get_by_role("combobox", name=re.compile(label)).first.click()
    page.locator(".select2-container--open .select2-search__field").fill(search)
    page.get_by_role("option", name=words).first.click()


def block(page, number):
    """The contribution at this place of the programme."""
    return page.locator(".part").nth(number)


def new_person(page, place, sitting):
    """The one thing that needs another window."""
    with page.expect_popup() as opened:
        place.get_by_role("link", name="Neue Person").click()
    window = opened.value
    window.get_by_label("Vorname:", exact=True).fill("Ada")
    window.get_by_label("Nachname:", exact=True).fill("Lindenthal")
    sitting.sees(window, "neue_person")
    window.get_by_role("button", name="Sichern", exact=True).click()
    place.locator(".select2-selection__rendered", has_text="Lindenthal").wait_for()


def fill_in(page, sitting):
    """Everything but the title."""
    choose(page, page.locator("form"), "Konferenz", "Herbst", re.compile("Herbst-Konferenz"))
    page.get_by_label("Nummer:", exact=True).fill("8")
    page.get_by_label("Datum:", exact=True).fill("8.12.2020")
    page.get_by_label("Kurzfassung:", exact=True).fill("Ein Abend über Häuser, die warten.")
    for number, question in enumerate(QUESTIONS, start=1):
        page.get_by_role("textbox", name=f"Frage, Zeile {number}").fill(question)
    keynote, panel = block(page, 0), block(page, 1)
    keynote.get_by_label("Titel", exact=True).fill("Leerstand als Anfang")
    keynote.get_by_label("Art", exact=True).select_option("Keynote")
    keynote.get_by_label("Beginn", exact=True).fill("10:00")
    choose(page, keynote, "^Person", "Libbe", re.compile("Libbe"))
    keynote.get_by_text("Aus dem Profil vorgeschlagen").wait_for()
    keynote.get_by_label("Rolle in Worten", exact=True).fill("Externer Blick")
    panel.get_by_label("Titel", exact=True).fill("Podium: Wem gehört die Mitte?")
    panel.get_by_label("Art", exact=True).select_option("Podium")
    new_person(page, panel, sitting)
    panel.get_by_label("Rolle in Worten", exact=True).fill("Moderation")
    panel.get_by_role("button", name="Weitere Person").click()
    choose(page, panel.locator(".person").last, "^Person", "Schön", re.compile("Schön"))
    panel.locator(".person").last.get_by_label("Rolle in Worten", exact=True).fill("Gast")


def shown(page):
    """What stands in the form."""
    questions = [page.get_by_role("textbox", name=f"Frage, Zeile {number}").input_value() for number in (1, 2, 3)]
    titles = [page.locator(f"#id_contributions-{number}-title").input_value() for number in (0, 1)]
    people = page.locator(".person:not(template *) select[name$=-speaker] option:checked").all_text_contents()
    roles = [field.input_value() for field in page.locator(".person input[name$=-role]").all()]
    organisations = page.locator("#id_contributions-0-appearances-0-organisations option:checked").all_text_contents()
    return questions, titles, [name for name in people if name], [role for role in roles if role], organisations


def test_a_newcomer_enters_looks_and_submits(page, sitting, newcomer):
    log_in(page, *newcomer)
    sitting.sees(page, "uebersicht")
    page.get_by_role("link", name="Neue Veranstaltung").click()
    sitting.sees(page, "leeres_formular")
    fill_in(page, sitting)
    sitting.sees(page, "ausgefuellt")
    before = shown(page)
    assert before[0] == QUESTIONS
    assert before[1] == ["Leerstand als Anfang", "Podium: Wem gehört die Mitte?"]
    assert [name.split()[-1] for name in before[2]] == ["Libbe", "Lindenthal", "Schön"]

    # The title was forgotten: it is said, and nothing is lost.
    page.get_by_role("button", name="Zur Freigabe einreichen").click()
    page.get_by_text("Bitte", exact=False).first.wait_for()
    sitting.sees(page, "titel_fehlt")
    assert shown(page) == before
    page.get_by_label("Titel:", exact=True).first.fill("Häuser, die warten")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Vorschau").click()
    preview = opened.value
    preview.get_by_role("heading", name="Häuser, die warten").first.wait_for()
    sitting.sees(preview, "vorschau")
    text = preview.locator("main").inner_text()
    assert all(words in text for words in [*QUESTIONS, *before[1], "Lindenthal", "Libbe"])
    preview.close()

    page.get_by_role("button", name="Zur Freigabe einreichen").click()
    page.get_by_text("ist gesichert. Stand: Wartet auf Freigabe").wait_for()
    sitting.sees(page, "eingereicht")
    page.locator(".part summary").nth(1).click()
    assert shown(page) == before
    assert [error for error in page.errors if "style" not in error] == []
