import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conference.tables import TableRefused, read_book
from tests.conference.tables_made import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
# Reads them one after the other and tells how far the memory has grown.
CHILD = r"""
import re, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from conference.tables import TableRefused, read_book
def most():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
before = most()
for name in sys.argv[1:]:
    try:
        read_book(Path(name), name)
    except TableRefused:
        print(most() - before)
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


def test_the_worst_of_them_take_little_memory(tmp_path):
    files = [tmp_path / f"{number}-{HOSTILE[what][1]}" for number, what in enumerate(WORST)]
    for path, what in zip(files, WORST, strict=True):
        path.write_bytes(HOSTILE[what][0]())
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *files], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    grown = [int(line) / 1024 for line in child.stdout.split()]
    assert len(grown) == len(WORST)
    assert max(grown) < 100
