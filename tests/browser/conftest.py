"""A real browser before the real site: the production server with the sample, as `make run` starts it."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.running import Site, free_port, started

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    site = Site(f"http://127.0.0.1:{free_port()}", tmp_path_factory.mktemp("site"))
    with started(site):
        yield site


@pytest.fixture(scope="session")
def browser():
    """Found on the machine. `make test` installs it; with CI=true a missing one is a failure."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium fehlt (apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """What a page did while it was open: whom it asked, what it was refused, what went wrong."""

    def __init__(self, page):
        self.requests, self.errors = [], []
        page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 -- no builtins there
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)
        page.on("response", self._note_answer)

    def _note(self, message):
        if message.type in ("error", "warning") or "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def _note_answer(self, response):
        if response.status >= 400:
            self.errors.append(f"{response.status} {response.url}")

    @property
    def addresses(self) -> list[str]:
        return [request.url for request in self.requests if not request.url.startswith(("data:", "blob:"))]


@pytest.fixture
def open_page(browser, site):
    """Open a path of the site in a window of its own: `page, visit = open_page("/", color_scheme="dark")`."""
    contexts = []

    def open_(path="/", **options):
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "de-DE"} | options
        context = browser.new_context(base_url=site.address, **options)
        contexts.append(context)
        page = context.new_page()
        visit = Visit(page)
        page.goto(path)
        return page, visit

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def admin_page(open_page, site):
    """The admin, logged in through its form."""
    page, visit = open_page("/admin/login/")
    page.fill("#id_username", site.username)
    page.fill("#id_password", site.password)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page, visit


@pytest.fixture(scope="module")
def key(browser, site):
    """Logged in once, for all tests of this module."""
    context = browser.new_context(base_url=site.address, locale="de-DE")
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("#id_username", site.username)
    page.fill("#id_password", site.password)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    yield context.storage_state()
    context.close()


@pytest.fixture
def desk(open_page, key):
    def open_(path, **options):
        return open_page(path, storage_state=key, timezone_id="Europe/Berlin", **options)

    return open_
