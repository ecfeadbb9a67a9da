"""Everything: `python -m benchmarks`; some of it: `python -m benchmarks search load`."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("search", "pages", "exports", "load", "transcripts")


def main(names):
    if unknown := set(names) - set(NAMES):
        sys.exit(f"Unbekannt: {', '.join(sorted(unknown))}. Es gibt: {', '.join(NAMES)}.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "HTTPS_ONLY": "false", "DEBUG": "false"}
        os.environ["SECRET_KEY"] = "a key for measuring alone, gone when it is done"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/nachlese.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "conference.settings"
        import django

        django.setup()
        from benchmarks import exports, load, pages, prepare, search, transcripts

        prepare.sample()
        for name in names:
            kinds = {"search": search, "pages": pages, "exports": exports, "load": load, "transcripts": transcripts}
            kinds[name].measure()


if __name__ == "__main__":
    os.chdir(ROOT)
    main(sys.argv[1:] or NAMES)
