"""Writes a listing to a file or to standard output: what `/exporte/` gives, for operators."""

import sys
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from conference.exports import DELIMITERS, FORMATS, ExportRefused, Extract
from conference.models import Conference
from conference.publishing import PUBLIC
from sessions_app.board.listing import COMPLETENESS
from sessions_app.records import LISTINGS

# Whoever may run commands may read the database.
OPERATOR = User(username="operator", is_staff=True, is_superuser=True)
DATASETS = {dataset.name: dataset for dataset in (*LISTINGS, COMPLETENESS)}
# Rows between two words about how far it is.
STEP = 5_000


class Command(BaseCommand):
    help = "Schreibt eine Liste: " + ", ".join(DATASETS)
    told = 0

    def add_arguments(self, parser):
        parser.add_argument("listing", choices=DATASETS, metavar="LISTE")
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--output", default="-", metavar="DATEI", help="„-“ ist die Standardausgabe.")
        parser.add_argument("--konferenz", default="", metavar="KURZNAME", help="Nur eine Konferenz.")
        parser.add_argument("--spalten", default="", metavar="A,B,C", help="Nur diese, in dieser Reihenfolge.")
        parser.add_argument("--trennzeichen", choices=DELIMITERS, default="semikolon", help="Für CSV.")
        parser.add_argument("--alle", "--all-states", action="store_true", help="Auch Unveröffentlichtes.")

    def handle(self, listing, **options):
        extract = self.extract(DATASETS[listing], **options)
        try:
            pieces = FORMATS[options["format"]].write(extract, DELIMITERS[options["trennzeichen"]])
            if options["output"] == "-":
                sys.stdout.buffer.writelines(pieces)
                return
            _write(pieces, Path(options["output"]).resolve())
        except ExportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{options['output']} lässt sich nicht schreiben: {error.strerror}.") from error
        self.stderr.write(f"{options['output']} ist geschrieben.")

    def extract(self, dataset, konferenz, spalten, alle, **options) -> Extract:
        conference = Conference.objects.filter(slug=konferenz).first()
        if konferenz and not conference:
            raise CommandError(f"Es gibt keine Konferenz mit dem Kurznamen „{konferenz}“.")
        columns = [key.strip() for key in spalten.split(",") if key.strip()]
        viewer = OPERATOR if alle or dataset.compute else PUBLIC
        extract = Extract(dataset, viewer, conference, chosen_columns=columns, on_progress=self.tell)
        known = [column.key for column in extract.offered_columns]
        if unknown := [key for key in columns if key not in known]:
            raise CommandError(
                f"Diese Spalten gibt es in „{dataset.name}“ nicht: {', '.join(unknown)}. Es gibt: {', '.join(known)}."
            )
        return extract

    def tell(self, done: int):
        if done >= self.told + STEP:
            self.told = done
            self.stderr.write(f"{done:,} Zeilen …".replace(",", "."))


def _write(pieces, path: Path):
    """All of it or nothing: a file that is there already stays until the new one is complete."""
    if path.exists() and not path.is_file():
        with path.open("wb") as target:
            target.writelines(pieces)
        return
    made = path.with_name(f".{path.name}.neu")
    try:
        with made.open("wb") as target:
            target.writelines(pieces)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
