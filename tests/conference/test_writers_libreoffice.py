"""What LibreOffice shows of our files. Without LibreOffice on the machine this cannot be tried, and says so."""

import csv
import os
import shutil
import subprocess

import pytest

from conference.exports import FORMATS, rearm
from tests.conference.awkward import AWKWARD, listing

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not on this machine: apt-get install libreoffice-calc"),
]
# Semicolons, UTF-8, cells as they are shown, every sheet.
SHOWN = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1"
# The same way in, the first two columns as text.
READ = "Text - txt - csv (StarCalc):59,34,76,1,1/2/2/2,0,false,false"


@pytest.fixture
def shown(tmp_path):
    """Opens files as nobody who could answer a prompt, and gives the rows of their sheets."""

    def convert(*paths, options=()):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", "--norestore", *options, "--convert-to", SHOWN]
        command += ["--outdir", str(tmp_path / "shown"), *map(str, paths)]
        # A number's comma is a matter of the machine's language.
        plain = os.environ | {"LC_ALL": "C.UTF-8"}
        subprocess.run(command, check=True, timeout=180, capture_output=True, env=plain)
        return {path.stem: _rows(path) for path in (tmp_path / "shown").iterdir()}

    return convert


def _rows(path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_libreoffice_shows_the_same_text(tmp_path, shown):
    paths = [tmp_path / f"{name}.{name}" for name in ("ods", "xlsx", "csv")]
    for path in paths:
        written = FORMATS[path.stem].write(listing(), ";")
        path.write_bytes(written.read() if hasattr(written, "read") else b"".join(written))
    found = shown(*paths[:2])
    assert set(found) == {"ods-Programm", "ods-Hinweise", "xlsx-Programm", "xlsx-Hinweise"}
    real = ["http://example.org/a?b=1&c=2", "28.10.2020", "09:30", "25:03:07", "1.5"]
    for name in ("ods", "xlsx"):
        head, *rows = found[f"{name}-Programm"]
        assert head == listing().headers()
        assert [row[:2] for row in rows] == [[value, value] for value in AWKWARD]
        assert [row[2:] for row in rows] == [real] * len(AWKWARD)
        assert ["Liste", "Programm"] in found[f"{name}-Hinweise"]
    read = shown(paths[2], options=[f"--infilter={READ}"])
    rows = next(rows for name, rows in read.items() if name.startswith("csv"))
    assert [[rearm(cell) for cell in row[:2]] for row in rows[1:]] == [[value, value] for value in AWKWARD]
