"""docs/nginx.conf with a real nginx before the real server: we check who may see a file, nginx sends it."""

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from tests.browser.conftest import Site, started

# The server has a database of its own, so once is enough.
pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="steht schon im Lauf mit SQLite")
ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


def nginx_program():
    """Where it is; with CI=true it is installed (Debian, as root), and its absence is a failure."""
    search = f"{os.environ['PATH']}:/usr/sbin"
    if not shutil.which("nginx", path=search) and CI and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "nginx-light"]):
            subprocess.run(["apt-get", "-qq", *words], check=False, env=quiet, timeout=300)
    return shutil.which("nginx", path=search)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configuration(folder: Path, port: int, app_port: int) -> str:
    """The example as it stands, but for what differs between machines."""
    text = (ROOT / "docs" / "nginx.conf").read_text()
    changes = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port};",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{app_port};",
        "ssl_certificate /etc/ssl/nachlese/fullchain.pem;": "",
        "ssl_certificate_key /etc/ssl/nachlese/privkey.pem;": "",
        "alias /srv/nachlese/var/media/;": f"alias {folder}/media/;",
    }
    for there, here in changes.items():
        assert text.count(there) == 1, there
        text = text.replace(there, here)
    own = [f"{kind}_temp_path {folder}/nginx_{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    user = "user root;" if os.geteuid() == 0 else ""
    http = "\n".join(["access_log off;", *own, text])
    return f"{user}\ndaemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{http}\n}}\n"


@contextlib.contextmanager
def nginx(program: str, folder: Path, app_port: int):
    port = free_port()
    path = folder / "nginx.conf"
    path.write_text(configuration(folder, port, app_port))
    server = subprocess.Popen([program, "-p", str(folder), "-c", str(path)])
    try:
        for _try in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert server.poll() is None, "nginx did not start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def fetch(address, **headers):
    """Status, headers and body, of errors too."""
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def behind_nginx(tmp_path_factory):
    """The sample, with one of its videos: address of the front, folder of the data, path of the file."""
    program = nginx_program()
    if not program:
        if CI:
            pytest.fail("nginx fehlt. Bitte installieren: apt-get install nginx-light")
        pytest.skip("nginx fehlt (apt-get install nginx-light)")
    folder, app_port = tmp_path_factory.mktemp("nginx"), free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDIA_ACCEL_PREFIX", "/intern/medien/")
        patch.setenv("TRUSTED_PROXIES", "1")
        with (
            started(Site(f"http://127.0.0.1:{app_port}", folder)),
            nginx(program, folder, app_port) as front,
        ):
            yield front, folder


def stored(folder, words):
    """A question to the server's own database."""
    with contextlib.closing(sqlite3.connect(folder / "nachlese.sqlite3", timeout=20)) as database, database:
        return database.execute(words).fetchall()


@pytest.fixture
def film(behind_nginx):
    front, folder = behind_nginx
    ((name, number),) = stored(
        folder, "SELECT file, video_id FROM sessions_app_mediafile WHERE file LIKE '%.mp4' ORDER BY id LIMIT 1"
    )
    return front, folder, name, number


def test_nginx_sends_the_whole_and_parts(film):
    front, folder, name, _number = film
    data = (folder / "media" / name).read_bytes()
    status, headers, body = fetch(f"{front}/medien/{name}")
    assert (status, headers["Content-Type"], body) == (200, "video/mp4", data)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-cache"
    assert "X-Accel-Redirect" not in headers
    etag = headers["ETag"]
    assert fetch(f"{front}/medien/{name}", If_None_Match=etag)[0] == 304
    status, headers, body = fetch(f"{front}/medien/{name}", Range="bytes=1000-1999")
    assert (status, headers["Content-Range"], body) == (206, f"bytes 1000-1999/{len(data)}", data[1000:2000])
    assert fetch(f"{front}/medien/{name}", Range="bytes=-10")[2] == data[-10:]
    assert fetch(f"{front}/medien/{name}", Range=f"bytes={len(data)}-")[0] == 416
    several = fetch(f"{front}/medien/{name}", Range="bytes=0-1,5-6")
    assert several[0] == 206 and data[:2] in several[2] and data[5:7] in several[2]


def test_nginx_lets_nobody_in_by_the_back_door(film):
    front, _folder, name, _number = film
    assert fetch(f"{front}/intern/medien/{name}")[0] == 404
    assert fetch(f"{front}/medien/../nachlese.sqlite3")[0] == 404


def test_nginx_serves_pages_and_text_tracks_of_the_application(film):
    front, folder, _name, _number = film
    status, headers, body = fetch(f"{front}/themen/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    ((name,),) = stored(folder, "SELECT uuid FROM sessions_app_texttrack ORDER BY id LIMIT 1")
    status, headers, body = fetch(
        f"{front}/medien/spuren/{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:]}.vtt"
    )
    assert (status, headers["Content-Type"], body[:6]) == (200, "text/vtt; charset=utf-8", b"WEBVTT")


def test_nginx_forgets_a_withdrawn_video_with_the_next_request(film):
    front, folder, name, number = film
    assert fetch(f"{front}/medien/{name}", Range="bytes=0-9")[0] == 206
    stored(folder, f"UPDATE sessions_app_video SET status = 'withdrawn' WHERE id = {number}")
    try:
        for headers in ({}, {"Range": "bytes=0-9"}):
            status, answered, body = fetch(f"{front}/medien/{name}", **headers)
            assert (status, body) == (404, fetch(f"{front}/medien/videos/nie/gewesen.mp4")[2])
            assert "Content-Range" not in answered
    finally:
        stored(folder, f"UPDATE sessions_app_video SET status = 'published' WHERE id = {number}")
