import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conference.tables import TableRefused, read_book
from tests.conference.tables_made import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
# Reads them one after the other and tells how far the memory grew beyond the file and what lay there before.
CHILD = """
import io, resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from conference.tables import TableRefused, read_book
from tests.conference.tables_made import HOSTILE
files = [(make(), name) for make, name, _sentence in map(HOSTILE.get, sys.argv[1:])]
read_book(io.BytesIO(b"a;b"), "a.csv")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for content, name in files:
    try:
        read_book(io.BytesIO(content), name)
    except TableRefused:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
# What takes most: short cells, long texts, wide characters, many small values.
WORST = [
    "wide and long",
    "texts that fill the memory",
    "short cells side by side",
    "20 MB of emoji",
    "long texts with emoji",
    "millions of values",
]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence_with_its_place(what):
    make, name, sentence = HOSTILE[what]
    content = make()
    started = time.process_time()
    with pytest.raises(TableRefused) as caught:
        read_book(io.BytesIO(content), name)
    assert time.process_time() - started < 5
    assert sentence in str(caught.value)


def test_the_worst_of_them_take_little_memory():
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *WORST], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    grown = [int(line) / 1024 for line in child.stdout.split()]
    assert len(grown) == len(WORST)
    assert max(grown) < 100
