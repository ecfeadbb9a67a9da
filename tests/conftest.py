"""What all tests share: settings that keep them fast and apart."""

import gc
import os
import shutil

import pytest
from django.conf import settings
from django.test import SimpleTestCase
from django.utils import translation

from conference.editing import due


def pytest_configure():
    """Static files are served as they are, passwords cost nothing. Set once: each change of a setting takes time."""
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = settings.STORAGES | plain
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    """Uploads go to a folder of the test, and the language an earlier test read a page in is forgotten."""
    translation.activate(settings.LANGUAGE_CODE)
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture(autouse=True)
def nothing_is_due():
    """So that no query of it is counted. Who plans something asks with `due.forget()`."""
    due.rest()


@pytest.fixture
def editor_client(client, db):
    from tests import make

    client.force_login(make.editor(username="editor"))
    return client


@pytest.fixture
def publisher_client(client, db):
    from tests import make

    client.force_login(make.publisher(username="publisher"))
    return client


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_collection_modifyitems(config, items):
    """Browser tests run last, and only where there is a browser; with CI=true none is skipped."""
    items.sort(key=lambda item: "browser" in item.keywords)
    if os.environ.get("DATABASE_TESTS_ONLY"):
        config.hook.pytest_deselected(items=[item for item in items if not _is_for_a_second_database(item)])
        items[:] = filter(_is_for_a_second_database, items)
    if shutil.which("chromium") or os.environ.get("CI"):
        return
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="Chromium fehlt (apt-get install chromium)"))


def _is_for_a_second_database(item) -> bool:
    """What asks it; of the cases made by chance, a quarter."""
    seed = item.callspec.params.get("seed", 0) if hasattr(item, "callspec") else 0
    return seed % 4 == 0 and _asks_the_database(item)


def _asks_the_database(item) -> bool:
    asking = {"db", "transactional_db", "django_db_setup", "live_server"}
    return "django_db" in item.keywords or not asking.isdisjoint(item.fixturenames) or _is_case(item)


def _is_case(item) -> bool:
    """Django's own kind of tests, which the plugin marks no other way."""
    return isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, SimpleTestCase)
