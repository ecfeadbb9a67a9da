"""Writes a listing to a file or to standard output: what `/exporte/` gives, for operators."""

import sys
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from conference.exports import DELIMITERS, FORMATS, Extract
from conference.models import Conference
from conference.publishing import PUBLIC
from sessions_app.records import LISTINGS

# Whoever may run commands may read the database.
OPERATOR = User(username="operator", is_staff=True, is_superuser=True)
DATASETS = {dataset.name: dataset for dataset in LISTINGS}


class Command(BaseCommand):
    help = "Schreibt eine Liste: " + ", ".join(DATASETS)

    def add_arguments(self, parser):
        parser.add_argument("listing", choices=DATASETS, metavar="LISTE")
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--output", default="-", metavar="DATEI", help="„-“ ist die Standardausgabe.")
        parser.add_argument("--konferenz", default="", metavar="KURZNAME", help="Nur eine Konferenz.")
        parser.add_argument("--trennzeichen", choices=DELIMITERS, default="semikolon", help="Für CSV.")
        parser.add_argument("--alle", "--all-states", action="store_true", help="Auch Unveröffentlichtes.")

    def handle(self, listing, **options):
        conference = Conference.objects.filter(slug=options["konferenz"]).first()
        if options["konferenz"] and not conference:
            raise CommandError(f"Es gibt keine Konferenz mit dem Kurznamen „{options['konferenz']}“.")
        extract = Extract(DATASETS[listing], OPERATOR if options["alle"] else PUBLIC, conference)
        pieces = FORMATS[options["format"]].write(extract, DELIMITERS[options["trennzeichen"]])
        if options["output"] == "-":
            sys.stdout.buffer.writelines(pieces)
            return
        try:
            with Path(options["output"]).open("wb") as target:
                target.writelines(pieces)
        except OSError as error:
            raise CommandError(f"{options['output']} lässt sich nicht schreiben: {error.strerror}.") from error
        self.stderr.write(f"{options['output']} ist geschrieben.")
