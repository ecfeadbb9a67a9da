"""Collect the marked strings into the catalogues, and compile these without needing gettext's compiler."""

import subprocess
import sys
from pathlib import Path

import polib

COLLECT = "makemessages --locale en --no-wrap --no-location --ignore .venv --ignore var"

subprocess.run([sys.executable, "manage.py", *COLLECT.split()], check=True)
for path in sorted(Path("conference/locale").glob("*/LC_MESSAGES/*.po")):
    catalogue = polib.pofile(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    print(f"{path}: {catalogue.percent_translated()} % übersetzt, {len(catalogue.fuzzy_entries())} unsicher")
