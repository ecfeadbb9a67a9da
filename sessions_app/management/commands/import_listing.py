"""Gives a listing out to be edited, and takes it back: what the desk for tables does, for operators."""

from pathlib import Path

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from conference.exports import DELIMITERS, FORMATS
from conference.models import Conference
from conference.roundtrip.applying import Overtaken
from conference.roundtrip.comparing import plan_of
from conference.roundtrip.exporting import EditExtract
from conference.roundtrip.importing import import_table
from conference.tables import TableRefused
from sessions_app.roundtrip import EDITABLE

LISTINGS = {listing.name: listing for listing in EDITABLE}


class Command(BaseCommand):
    help = "Liest eine bearbeitete Liste ein, oder gibt sie mit --export dafür aus: " + ", ".join(LISTINGS)

    def add_arguments(self, parser):
        parser.add_argument("listing", choices=LISTINGS, metavar="LISTE")
        parser.add_argument("file", metavar="DATEI", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Nur sagen, was sich ändern würde.")
        parser.add_argument("--user", metavar="NAME", help="In wessen Namen und mit wessen Rechten.")
        parser.add_argument("--gewollt", action="store_true", help="Auch wenn eine Spalte für sich sortiert scheint.")
        parser.add_argument("--export", action="store_true", help="Die Liste zum Bearbeiten in DATEI schreiben.")
        parser.add_argument("--format", choices=[name for name in FORMATS if name != "pdf"], default="xlsx")
        parser.add_argument("--trennzeichen", choices=DELIMITERS, default="semikolon", help="Für CSV.")
        parser.add_argument("--konferenz", default="", metavar="KURZNAME", help="Nur eine Konferenz ausgeben.")

    def handle(self, listing, file, **options):
        user = self._user(options["user"])
        if not LISTINGS[listing].may_edit(user):
            raise CommandError(f"„{user}“ darf diese Liste nicht bearbeiten.")
        try:
            if options["export"]:
                self._export(LISTINGS[listing], file, user, options)
            else:
                self._import(LISTINGS[listing], file, user, options)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error

    @staticmethod
    def _user(name: str | None) -> User:
        """Whoever may run commands may change the database."""
        if not name:
            return User(username="operator", is_staff=True, is_superuser=True)
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Es gibt keinen Zugang „{name}“.")
        return user

    def _export(self, listing, file: Path, user, options):
        conference = Conference.objects.filter(slug=options["konferenz"]).first()
        if options["konferenz"] and not conference:
            raise CommandError(f"Es gibt keine Konferenz mit dem Kurznamen „{options['konferenz']}“.")
        extract = EditExtract.of(listing, user, conference, options["format"])
        with file.open("wb") as target:
            target.writelines(FORMATS[options["format"]].write(extract, DELIMITERS[options["trennzeichen"]]))
        self.stderr.write(f"{file} ist geschrieben.")

    def _import(self, listing, file: Path, user, options):
        wishes = {"is_rehearsal": options["dry_run"], "is_sorting_meant": options["gewollt"]}
        try:
            plan = plan_of(file, file.name, listing, EDITABLE, user)
            for line in import_table(plan, user, file.name, **wishes):
                self.stdout.write(line)
        except TableRefused as refused:
            raise CommandError(f"Nichts geändert. {refused}") from refused
        except Overtaken as overtaken:
            raise CommandError("Nichts geändert: Währenddessen hat jemand daran gearbeitet.") from overtaken
        except ValidationError as error:
            raise CommandError("Nichts geändert.\n" + "\n".join(error.messages)) from error
