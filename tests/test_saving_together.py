"""Nobody's save is lost when twenty press the button at once: on PostgreSQL, and on one SQLite file."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests import together

ON_A_FILE = """
import django
django.setup()
from django.core.management import call_command
from django.test.utils import setup_test_environment
call_command("migrate", verbosity=0)
setup_test_environment(debug=True)
from tests import together
together.all_of_it()
print("none lost")
"""


def test_twenty_savers_on_one_sqlite_file(tmp_path):
    """In a process of its own: the test database lives in memory, where nobody waits."""
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "conference.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path),
        "SECRET_KEY": "a key for one process alone",
        "HTTPS_ONLY": "false",
    }
    command = [sys.executable, "-c", ON_A_FILE]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.stdout.strip() == "none lost", done.stderr[-3000:]


@pytest.mark.django_db(transaction=True)
def test_twenty_savers_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has a process of its own")
    together.all_of_it()
