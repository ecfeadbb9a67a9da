"""The real site, as `make run` starts it: for tests that need the production server."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Site:
    """Where it runs, and who may enter."""

    address: str
    folder: Path
    username: str = "verwaltung"
    password: str = "ein Passwort nur für diese Tests"

    def url(self, path: str) -> str:
        return f"{self.address}{path}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(site: Site, **options) -> subprocess.Popen:
    """`make run` without the installation."""
    port = site.address.rsplit(":", 1)[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    environment |= {"PORT": port, "DATA_DIR": str(site.folder), "SITE_URL": site.address, "HTTPS_ONLY": "false"}
    environment |= {"SECRET_KEY": "a key for the browser's site alone, gone when the tests have ended"}
    environment |= {"DJANGO_SUPERUSER_USERNAME": site.username, "DJANGO_SUPERUSER_PASSWORD": site.password}
    return subprocess.Popen([sys.executable, "scripts/start.py"], cwd=ROOT, env=environment, **options)


@contextlib.contextmanager
def started(site: Site):
    """It runs until the block ends."""
    server = start(site)
    try:
        wait_until_ready(server, site.url("/health/ready"))
        yield server
    finally:
        server.terminate()
        server.wait(30)


def wait_until_ready(server, address: str):
    for _try in range(600):
        if server.poll() is not None:
            pytest.fail(f"The server ended with {server.returncode}.")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    pytest.fail("The server did not answer within a minute.")
