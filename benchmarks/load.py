"""Ten thousand requests over all pages from sixteen connections, to the production server on this machine."""

import http.client
import itertools
import socket
import subprocess
import sys
import threading
import time
from collections import Counter

from django.conf import settings

from benchmarks.prepare import client
from tests.crawl import fetch, inside

REQUESTS, CONNECTIONS = 10_000, 16


def _pages() -> list[str]:
    listed = fetch(client(), "/sitemap.xml").links
    return sorted({address for link in listed if (address := inside(link, "/"))} | {"/suche/?q=Leerstand"})


def _wait_for(port):
    for _try in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not come up.")


def _read(port, addresses, answers, lock):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for address in addresses:
        try:
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            result = response.status
        except (OSError, http.client.HTTPException) as error:
            result = type(error).__name__
            connection.close()
        with lock:
            answers[result] += 1


def measure():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        _report(port, _pages())
    finally:
        server.terminate()
        server.wait(30)


def _report(port, pages):
    work = list(itertools.islice(itertools.cycle(pages), REQUESTS))
    answers, lock = Counter(), threading.Lock()
    shares = [work[number::CONNECTIONS] for number in range(CONNECTIONS)]
    readers = [threading.Thread(target=_read, args=(port, share, answers, lock)) for share in shares]
    start = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    seconds = time.perf_counter() - start
    print(f"\n{REQUESTS} Anfragen an {len(pages)} Seiten über {CONNECTIONS} Verbindungen")
    print(f"  {seconds:.0f} s, {REQUESTS / seconds:.0f} je Sekunde; Antworten: {dict(answers)}")
