"""The programme of 50,000 contributions as CSV and XLSX, against the same listing by django-import-export.

`python -m benchmarks.exports` on both databases, `… sqlite` or `… postgresql` on one; BENCH_EXPORTS=5000 makes it
smaller. Each file is written in a process of its own: its CPU time without the database server's, the time to its
first byte, and its memory above what the process takes before.
"""

import csv
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import programme

ROOT = Path(__file__).resolve().parent.parent
ROWS = int(os.environ.get("BENCH_EXPORTS", "50000"))
ROUNDS = 2
# Times less CPU, and MB above idle.
WANTED = {"csv": (8, 50), "xlsx": (3, 60)}
FIRST_BYTE = 0.3


# ── In a process of its own ──────────────────────────────────────────────────────────────────
def ours(file_format, target):
    """Seconds to the first byte, the head, and to the first rows."""
    from conference.exports import FORMATS, Extract
    from sessions_app.records import PROGRAMME

    start = time.perf_counter()
    written = FORMATS[file_format].write(Extract(PROGRAMME), ";")
    pieces = iter(lambda: written.read(65536), b"") if hasattr(written, "read") else written
    taken = []
    for piece in pieces:
        target.write(piece)
        taken.append(time.perf_counter() - start)
    return taken[0], taken[1] if file_format == "csv" else taken[0]


def theirs(file_format, target):
    start = time.perf_counter()
    data = programme.rival().export(file_format)
    target.write(data if isinstance(data, bytes) else data.encode())
    taken = time.perf_counter() - start
    return taken, taken


def _resident(name) -> float:
    """MB, as the kernel counts: VmRSS now, VmHWM at most."""
    return int(re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def write_one(who, file_format, path):
    import django

    django.setup()
    from django.db import connection
    from django.urls import reverse

    # What a worker has at hand that has answered a request before.
    reverse("home")
    connection.ensure_connection()
    # Loaded beforehand here too, or the listing would be charged for the library's modules.
    if who == "theirs":
        import import_export.resources  # noqa: F401
        import openpyxl  # noqa: F401
    idle = _resident("VmRSS")
    start, cpu = time.perf_counter(), time.process_time()
    with Path(path).open("wb") as target:
        first, rows = {"ours": ours, "theirs": theirs}[who](file_format, target)
    measured = {
        "wall": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "first": first,
        "rows": rows,
        "memory": _resident("VmHWM") - idle,
    }
    print(json.dumps(measured))


# ── The run ──────────────────────────────────────────────────────────────────────────────────
def _measured(who, file_format, path):
    own = [sys.executable, "-m", "benchmarks.exports", "--one", who, file_format, str(path)]
    done = subprocess.run(own, check=True, cwd=ROOT, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def compare(folder):
    """All four files, round by round; the least of each counts."""
    heads = f"{'1. Byte s':>11}{'1. Zeilen s':>13}{'Speicher +MB':>14}{'Verhältnis':>12}"
    print(f"{'':<30}{'CPU s':>8}{'gesamt s':>10}{heads}")
    for file_format, (times_less, most_memory) in WANTED.items():
        paths = {who: Path(folder) / f"{who}.{file_format}" for who in ("ours", "theirs")}
        rounds = [{who: _measured(who, file_format, path) for who, path in paths.items()} for _round in range(ROUNDS)]
        best = {who: {key: min(each[who][key] for each in rounds) for key in rounds[0][who]} for who in paths}
        ratio = best["theirs"]["cpu"] / best["ours"]["cpu"]
        for who, label in (("theirs", "django-import-export"), ("ours", "unsere Liste")):
            told = best[who]
            print(
                f"{file_format.upper():<8}{label:<22}{told['cpu']:>8.2f}{told['wall']:>10.2f}{told['first']:>11.2f}"
                f"{told['rows']:>13.2f}{told['memory']:>14.0f}{f'{ratio:.1f}×' if who == 'ours' else '':>12}",
                flush=True,
            )
        mine = best["ours"]
        failed = [f"weniger als {times_less}×"] * (ratio < times_less)
        failed += [f"mehr als {most_memory} MB"] * (mine["memory"] > most_memory)
        failed += [f"erstes Byte nach mehr als {FIRST_BYTE} s"] * (file_format == "csv" and mine["first"] > FIRST_BYTE)
        if failed:
            print(f"  ← {', '.join(failed)}")
    print(f"Auslastung des Rechners dabei: {os.getloadavg()[0]:.1f}; {_same(folder)}", flush=True)


def _same(folder) -> str:
    """Both files say the same, cell by cell."""
    files = [(Path(folder) / f"{who}.csv").open(encoding="utf-8-sig", newline="") for who in ("ours", "theirs")]
    ours, theirs = (csv.reader(file, delimiter=sign) for file, sign in zip(files, ";,", strict=True))
    different = sum(one != two for one, two in itertools.zip_longest(ours, theirs))
    return "beide Dateien sagen dasselbe" if not different else f"{different} Zeilen sind verschieden!"


def measure_here(folder):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    programme.fill(ROWS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(f"\n{connection.vendor}: {ROWS} Beiträge, erzeugt in {time.perf_counter() - start:.0f} s", flush=True)
    compare(folder)


def measure(vendors=("sqlite", "postgresql")):
    """Each database in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own = [sys.executable, "-m", "benchmarks.exports", "--here", folder]
        settings = {
            "DATA_DIR": folder,
            "HTTPS_ONLY": "false",
            "DEBUG": "false",
            "DJANGO_SETTINGS_MODULE": "conference.settings",
            "SECRET_KEY": "a key for measuring alone, gone when it is done",
        }
        if "sqlite" in vendors:
            address = f"sqlite:///{folder}/listings.sqlite3"
            subprocess.run(own, check=True, cwd=ROOT, env=os.environ | settings | {"DATABASE_URL": address})
        if "postgresql" in vendors:
            if not shutil.which("pg_virtualenv"):
                print("PostgreSQL fehlt (apt-get install postgresql postgresql-common).")
                return
            relaxed = [f"-o{name}" for name in ("fsync=off", "synchronous_commit=off", "full_page_writes=off")]
            variables = os.environ | settings | {"DATABASE_URL": "postgres:///postgres"}
            subprocess.run(["pg_virtualenv", "-t", *relaxed, *own], check=True, cwd=ROOT, env=variables)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        measure_here(sys.argv[2])
    elif sys.argv[1:2] == ["--one"]:
        write_one(*sys.argv[2:])
    else:
        measure(sys.argv[1:] or ("sqlite", "postgresql"))
