"""Starting and stopping the site: quick the second time, and without a trace in the data."""

import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.browser.running import Site, free_port, start, started


@pytest.fixture
def copy(site, tmp_path):
    """The same site once more, with a copy of its data."""
    with (
        sqlite3.connect(site.folder / "nachlese.sqlite3") as there,
        sqlite3.connect(tmp_path / "nachlese.sqlite3") as here,
    ):
        there.backup(here)
    shutil.copytree(site.folder / "static", tmp_path / "static")
    return Site(f"http://127.0.0.1:{free_port()}", tmp_path)


def _data(site) -> list[str]:
    with sqlite3.connect(site.folder / "nachlese.sqlite3") as file:
        return list(file.iterdump())


def test_a_second_start_is_quick_and_changes_no_data(copy):
    before, clock = _data(copy), time.monotonic()
    with started(copy):
        seconds = time.monotonic() - clock
        assert urllib.request.urlopen(copy.url("/")).status == 200
    assert seconds < 10
    assert _data(copy) == before


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(copy, name):
    with started(copy) as server:
        server.send_signal(name)
        assert server.wait(20) == 0
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(copy.url("/health/live"), timeout=5)


def test_a_taken_port_is_said_before_the_work(site):
    server = start(site, stderr=subprocess.PIPE)
    _out, said = server.communicate(timeout=20)
    assert server.returncode == 1
    assert "Ein anderer: PORT=8123 make run" in said.decode()


def test_it_runs_with_production_settings(site):
    """No debug page, hashed files, and no word about the server's insides."""
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(site.url("/gibt-es-nicht/"))
    assert answer.value.code == 404
    assert b"DEBUG" not in answer.value.read()
    assert (site.folder / "static" / "staticfiles.json").exists()
