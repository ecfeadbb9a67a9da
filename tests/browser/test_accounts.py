"""Second factors in a real browser, with a virtual authenticator: the whole way, and each screen with axe."""

import re
import time

import pytest

from conference.accounts import totp
from tests.browser.axe import colours_if, findings

ACCOUNT = "/admin/mein-zugang/"
SCREENS = [
    ACCOUNT,
    f"{ACCOUNT}app/",
    f"{ACCOUNT}passkey/",
    f"{ACCOUNT}anmeldungen/",
    f"{ACCOUNT}bestaetigen/",
    "/admin/protokoll/",
    "/admin/auth/group/1/change/",
    "/admin/auth/user/1/change/",
    "/admin/auth/user/1/zweiter-faktor/",
]


@pytest.fixture
def by_name(site):
    """The same site under a name: passkeys need one."""
    return site.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def visitor(open_page, by_name):
    def open_(path, **options):
        return open_page(f"{by_name}{path}", timezone_id="Europe/Berlin", **options)

    return open_


def authenticator(page):
    """A device that agrees to everything, as a person at a fingerprint reader would."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    options = kind | {"hasResidentKey": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def password(page, name, word):
    page.fill("#id_username", name)
    page.fill("#id_password", word)
    page.click("#login-form [type=submit]")


def colleague(page, by_name, name, group=""):
    """An administrator makes an account, and a group that demands a second factor."""
    page.goto(f"{by_name}/admin/auth/user/add/")
    page.fill("#id_username", name)
    page.fill("#id_password1", "ein Passwort für Kolleginnen")
    page.fill("#id_password2", "ein Passwort für Kolleginnen")
    page.click("[name=_save]")
    page.check("#id_is_staff")
    if group:
        page.get_by_label(group, exact=True).check()
    page.click("[name=_save]")


@pytest.fixture
def desk(visitor, site):
    def open_(path="/admin/", **options):
        page, visit = visitor("/admin/login/", **options)
        password(page, site.username, site.password)
        page.wait_for_url("**/admin/")
        return page, visit

    return open_


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screens_are_accessible_and_keep_the_policy(desk, by_name, scheme):
    page, visit = desk(color_scheme=scheme)
    for path in SCREENS:
        page.goto(f"{by_name}{path}")
        page.wait_for_load_state("networkidle")
        assert visit.errors == [], path
        assert findings(page, only=colours_if(scheme)) == [], path
        visit.errors.clear()  # The checker itself is refused an inline style.


def test_screens_fit_on_a_phone(desk, by_name):
    page, _visit = desk(viewport={"width": 320, "height": 720})
    for path in SCREENS:
        page.goto(f"{by_name}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_a_passkey_is_set_up_used_renamed_and_removed(desk, visitor, by_name):
    page, _visit = desk()
    colleague(page, by_name, "lou")
    page, visit = visitor("/admin/login/")
    authenticator(page)
    password(page, "lou", "ein Passwort für Kolleginnen")
    page.goto(f"{by_name}{ACCOUNT}")
    page.get_by_role("link", name="Passkey einrichten").click()
    page.fill("#id_name", "Laptop im Büro")
    page.keyboard.press("Enter")
    page.locator(".codes").wait_for()
    assert page.locator(".codes li").count() == 10
    assert findings(page) == []
    code = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="Ich habe sie aufbewahrt").click()
    assert page.get_by_label("Name des Passkeys 1").input_value() == "Laptop im Büro"

    page.get_by_role("button", name="Abmelden").click()
    page.goto(f"{by_name}/admin/login/?next=/admin/sessions_app/event/")
    password(page, "lou", "ein Passwort für Kolleginnen")
    page.wait_for_url("**/zweiter-schritt/")
    assert findings(page) == []
    visit.errors.clear()
    page.get_by_role("button", name="Mit Passkey weiter").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/sessions_app/event/")

    page.goto(f"{by_name}{ACCOUNT}")
    page.get_by_label("Name des Passkeys 1").fill("Neuer Name")
    page.get_by_role("button", name=re.compile("Umbenennen")).click()
    assert "heißt jetzt „Neuer Name“" in page.locator(".messagelist").inner_text()
    visit.errors = [each for each in visit.errors if "403" not in each]

    page.get_by_role("button", name="Abmelden").click()
    page.goto(f"{by_name}/admin/login/")
    password(page, "lou", "ein Passwort für Kolleginnen")
    page.fill("#id_code", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.goto(f"{by_name}{ACCOUNT}")
    assert "noch 9 Codes" in page.locator("#content-main").inner_text()
    page.get_by_role("button", name=re.compile("^Entfernen")).click()
    assert "entfernt" in page.locator(".messagelist").inner_text()


def test_a_passkey_that_is_refused_says_so(desk, visitor, by_name):
    page, _visit = desk()
    page.goto(f"{by_name}{ACCOUNT}passkey/")
    refuse = "void (navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError')))"
    page.evaluate(refuse)
    page.fill("#id_name", "Ohne Finger")
    page.keyboard.press("Enter")
    page.get_by_text("Das wurde abgebrochen").wait_for()


def test_under_a_number_passkeys_are_not_offered(open_page, site):
    page, _visit = open_page("/admin/login/")
    password(page, site.username, site.password)
    page.goto(ACCOUNT)
    assert page.get_by_text("Unter dieser Adresse sind Passkeys nicht möglich").is_visible()


def test_who_must_sets_up_an_app_before_anything_else(desk, visitor, by_name):
    page, _visit = desk()
    page.goto(f"{by_name}/admin/auth/group/add/")
    page.fill("#id_name", "Prüfung")
    page.check("#id_requires_second_factor")
    page.click("[name=_save]")
    colleague(page, by_name, "toni", "Prüfung")
    page, visit = visitor("/admin/login/")
    password(page, "toni", "ein Passwort für Kolleginnen")
    page.wait_for_url("**/zweiter-schritt/einrichten/")
    assert visit.errors == []
    assert findings(page) == []
    page.goto(f"{by_name}/exporte/")
    assert "/admin/login/" in page.url
    page.goto(f"{by_name}/admin/zweiter-schritt/einrichten/")
    page.get_by_role("link", name="Mit einer App").click()
    assert findings(page) == []
    assert page.locator(".qr").bounding_box()["width"] > 150
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.fill("#id_code", totp.code_at(secret, int(time.time()) // totp.PERIOD))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ich habe sie aufbewahrt").click()
    page.wait_for_url("**/admin/")
    assert page.locator("#user-tools").is_visible()
