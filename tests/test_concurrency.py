"""Many at once: writers on one SQLite file, readers of every page. Bounded: some hundred requests, a minute at most."""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client

from tests.crawl import fetch, inside

WRITERS, SAVES = 50, 1_000
# A process of its own, with the settings as they are: the test database lives in memory, where nobody waits.
WRITE = """
import sys, threading
import django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from conference.models import Page
from conference.search.index import update_index

call_command("migrate", verbosity=0)
page = Page.objects.create(title="Zähler", slug="zaehler")
errors = []
start = threading.Barrier(int(sys.argv[1]))

def write(saves):
    start.wait()
    for _ in range(saves):
        try:
            with transaction.atomic():
                mine = Page.objects.get(pk=page.pk)
                mine.position += 1
                mine.save()
                update_index(mine)
        except Exception as error:
            errors.append(repr(error))
    connection.close()

writers, saves = map(int, sys.argv[1:])
threads = [threading.Thread(target=write, args=(saves // writers,)) for _ in range(writers)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
page.refresh_from_db()
print(page.position, len(errors), *errors[:3])
"""


def test_fifty_writers_wait_for_each_other(tmp_path):
    """A thousand saves that read first, none refused, none lost."""
    file = tmp_path / "site.sqlite3"
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "conference.settings",
        "DATABASE_URL": f"sqlite:///{file}",
        "SECRET_KEY": "a key for one process alone",
    }
    command = [sys.executable, "-c", WRITE, str(WRITERS), str(SAVES)]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout.split()[:2], done.stderr) == ([str(SAVES), "0"], ""), done.stdout
    with sqlite3.connect(file) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.django_db(transaction=True)
def test_every_page_answers_sixteen_readers_at_once():
    call_command("load_sample", verbosity=0)
    listed = fetch(Client(), "/sitemap.xml")
    pages = sorted({inside(link, "/") for link in listed.links} - {None})
    chosen = pages[:: max(1, len(pages) // 60)]

    def read(address):
        try:
            return Client().get(address).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as readers:
        answers = Counter(readers.map(read, chosen * 3))
    assert answers == {200: len(chosen) * 3}
