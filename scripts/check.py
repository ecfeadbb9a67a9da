"""What must hold: `check.py lint` for the style, `check.py` for everything.

A stage that lacks a server or a browser finds it on the machine, or installs it (Debian, as root), or says in a
sentence what to install. With CI=true the last one is a failure: nothing is skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
IS_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PYTEST = [sys.executable, "-m", "pytest", "-r", "fEs"]
# Tried beside SQLite alone, unless EVERYTHING is set: walks through the whole site, which ask of every address who gets
# in, what it says and where it leads; and what is said on pages and in files, or decided about texts and rights,
# whatever database it was read from.
WALKS = ("site", "rights", "rights_of_deeds", "translations", "visibility")
SAID = {
    "conference": (
        *("accounts", "accounts_log", "accounts_scope", "accounts_scope_changing", "admin", "admin_saving"),
        *("admin_steps", "exports_alone", "exports_choosing", "joining_desk", "links_desk", "media"),
        *("media_of_videos", "metadata_tags", "roundtrip_desk", "roundtrip_hostile", "structured_pages"),
        *("trash_admin", "trash_desk", "unsaved", "unsaved_arrival", "writers_csv", "writers_libreoffice"),
        *("writers_ods", "writers_pdf", "writers_xlsx"),
    ),
    "conference/editing": ("around", "base", "history_restoring", "saving", "unseen"),
    "sessions_app": (
        *("api_described", "board", "calendars", "captions", "citation_views", "datacite", "event_form"),
        *("imports_hostile", "machines_alone", "material_citations", "oembed", "podcast", "recording_admin"),
        *("sample", "scholarly_head", "structured_data", "tracks", "video_page"),
    ),
}
ONCE = [
    *(f"tests/test_{name}.py" for name in WALKS),
    *(f"tests/{room}/test_{name}.py" for room, names in SAID.items() for name in names),
]
# The modules the second core takes, so that both are done at about the same time.
SECOND_HALF = {"test_similar", "test_start", "test_trash", "test_two_editors"} | {
    f"test_{name}" for name in ("admin", "board", "first_event", "history", "joining", "keeping", "links", "programme")
}
HALVES = ("second", "first")
# Jobs at a time: one for each core of the smallest machines. More than cores are slower, with Chromium beside them.
LANES = 2
NO_BROWSER = "Chromium fehlt. Bitte installieren: apt-get install chromium"
NO_POSTGRES = (
    "PostgreSQL fehlt. Bitte installieren (apt-get install postgresql) oder einen Server nennen: "
    "DATABASE_URL=postgres://… make test"
)

failed, skipped = [], []


def run(*words, output=None, **variables) -> bool:
    environment = os.environ | {"SECRET_KEY": "a key for checks alone"} | variables
    words = [str(word) for word in words]
    return subprocess.run(words, check=False, env=environment, stdout=output, stderr=output).returncode == 0


def line(name: str) -> str:
    return f"── {name} {'─' * max(3, 90 - len(name))}"


def stage(name: str, check, *arguments, **options):
    print(f"\n{line(name)}", flush=True)
    start = time.monotonic()
    if not check(*arguments, **options):
        failed.append(name)
    print(f"── {name}: {time.monotonic() - start:.0f} s", flush=True)


def is_missing(sentence: str, output) -> bool:
    """Say what to install; True where going on without it is all right."""
    print(sentence, file=output, flush=True)
    skipped.append(sentence)
    return not IS_CI


def installs(*packages: str) -> bool:
    """Whether Debian's packages could be installed."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"apt-get install {' '.join(packages)} …", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    if not run("apt-get", "-qq", "update", **quiet):
        return False
    return run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages, **quiet)


def lint():
    python = [sys.executable, "manage.py"]
    stage("ruff check", run, BIN / "ruff", "check", ".")
    stage("ruff format", run, BIN / "ruff", "format", "--check", ".")
    stage("djlint", run, sys.executable, "-m", "djlint", "templates", "--lint", "--quiet")
    stage("import contracts", run, BIN / "lint-imports", "--no-cache")
    stage("migrations", run, *python, "makemigrations", "--check", "--dry-run")
    stage("house rules", run, *PYTEST, "tests/test_house.py")


def has_postgres() -> bool:
    """A server the operator names, or one that can be started here for as long as the tests last."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return True
    found = shutil.which("pg_virtualenv") and any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return bool(found) or installs("postgresql", "postgresql-common")


def has_browser() -> bool:
    return any(map(shutil.which, BROWSERS)) or installs("chromium")


def on_sqlite(*chosen: str, output) -> bool:
    return run(*PYTEST, "-m", "not browser", *chosen, output=output, DATABASE_URL="sqlite://:memory:")


def on_postgres(output) -> bool:
    """What asks no database has been tried beside SQLite."""
    is_whole = bool(os.environ.get("EVERYTHING"))
    tests = [*PYTEST, "-m", "not browser", *([] if is_whole else [f"--ignore={module}" for module in ONCE])]
    alone = {} if is_whole else {"DATABASE_TESTS_ONLY": "1"}
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return run(*tests, output=output, **alone)
    relaxed = [f"-o{setting}=off" for setting in ("fsync", "synchronous_commit", "full_page_writes")]
    # The server's address comes from the variables pg_virtualenv sets for libpq.
    server = {"DATABASE_URL": "postgres:///postgres"} | alone
    return run("pg_virtualenv", "-t", *relaxed, *tests, output=output, **server)


def in_browser(second: bool, output) -> bool:
    """One half of the modules; each half has a site of its own."""
    modules = [path for path in sorted(Path("tests/browser").glob("test_*.py")) if (path.stem in SECOND_HALF) == second]
    return run(*PYTEST, "-m", "browser", *modules, output=output, DATABASE_URL="sqlite://:memory:")


def jobs() -> list[tuple]:
    """(name, check) of all there is to try here, what takes longest first."""
    walks = [f"tests/test_{name}.py" for name in WALKS]
    found = [("tests on SQLite", partial(on_sqlite, *(f"--ignore={walk}" for walk in walks)))]
    if has_postgres():
        found.append(("tests on PostgreSQL", on_postgres))
    else:
        found.append(("tests on PostgreSQL", partial(is_missing, NO_POSTGRES)))
    if has_browser():
        found += [(f"tests in a browser, {half} half", partial(in_browser, half == "second")) for half in HALVES]
    else:
        found.append(("tests in a browser", partial(is_missing, NO_BROWSER)))
    found.append(("walks through the site", partial(on_sqlite, *walks)))
    return found


def test():
    """What each job said is printed when it is done."""
    print(f"\nJe {LANES} Gruppen von Tests laufen zugleich; was eine sagt, erscheint an ihrem Ende.", flush=True)
    with ThreadPoolExecutor(max_workers=LANES) as lanes:
        for job in as_completed([lanes.submit(tried, name, check) for name, check in jobs()]):
            name, is_good, said, seconds = job.result()
            print(f"\n{line(name)}\n{said}── {name}: {seconds:.0f} s", flush=True)
            if not is_good:
                failed.append(name)


def tried(name: str, check) -> tuple[str, bool, str, float]:
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        is_good = check(output=output)
        output.seek(0)
        return name, is_good, output.read(), time.monotonic() - start


if __name__ == "__main__":
    os.chdir(ROOT)
    lint()
    if sys.argv[1:] != ["lint"]:
        test()
    for sentence in skipped:
        print(f"Ausgelassen: {sentence}")
    if failed:
        sys.exit(f"Nicht bestanden: {', '.join(failed)}")
    print("Alles bestanden.")
