"""A programme of another system into the database: what `/admin/import/` does, for operators."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from conference.models import Conference, ImportSource
from sessions_app.imports import files, report
from sessions_app.imports.applying import apply, check_whole
from sessions_app.imports.choices import Choices, ImportRefused
from sessions_app.imports.planning import check_rights, make_plan
from sessions_app.interchange.programme import FileRefused

# Whoever may run commands may read and write the database.
OPERATOR = User(username="operator", is_staff=True, is_superuser=True)


class Command(BaseCommand):
    help = "Liest ein Programm ein: schedule.xml, schedule.json, pyvideo (Ordner oder ZIP), CSV, XLSX, ODS."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="DATEI|ORDNER")
        parser.add_argument("--dry-run", action="store_true", help="Nur zeigen, was geschähe.")
        parser.add_argument("--konferenz", default="", metavar="KURZNAME", help="Sonst die der Quelle oder eine neue.")
        parser.add_argument("--gliederung", choices=ImportSource.Grouping.values, default="")
        parser.add_argument("--quelle", default="", metavar="NAME", help="Sonst, was die Datei von sich sagt.")
        parser.add_argument("--trotzdem", action="store_true", help="Auch wenn viel fehlt, was früher da war.")
        parser.add_argument("--user", default="", metavar="NAME", help="In wessen Namen.")

    def handle(self, path, **options):
        try:
            programme = files.read(path, path.name, key=options["quelle"])
            choices, user = _choices(programme, options), _user(options["user"])
            check_rights(user, choices.conference)
            if files.is_table(path, path.name):
                # Its times are those of its conference, and its talks are known by the name of the source.
                zone = choices.conference.time_zone if choices.conference else ""
                programme = files.read(path, path.name, key=choices.source, zone=zone)
            if options["dry_run"]:
                plan = make_plan(programme, choices, user)
                self._print(plan)
                check_whole(plan)
            else:
                plan, run = apply(programme, choices, user)
        except PermissionDenied as error:
            raise CommandError(f"„{user}“ darf hier kein Programm einlesen.") from error
        except FileRefused as error:
            raise CommandError(f"{path.name}: {error}") from error
        except ImportRefused as error:
            raise CommandError(f"{error} Es ist nichts eingelesen worden.") from error
        except OSError as error:
            raise CommandError(f"{path} lässt sich nicht lesen: {error.strerror}.") from error
        if options["dry_run"]:
            self.stdout.write("Nur eine Vorschau: Es ist nichts eingelesen worden.")
            return
        self._print(plan)
        if run:
            self.stdout.write(f"Eingelesen. Der Lauf {run.uuid} lässt sich unter /admin/laeufe/ zurücknehmen.")

    def _print(self, plan):
        for line in [*report.summary(plan), *report.missing(plan), *report.proposals(plan), *report.clashes(plan)]:
            self.stdout.write(line)
        for line in report.warnings(plan):
            self.stdout.write(f"Hinweis: {line}")


def _choices(programme, options) -> Choices:
    name = options["quelle"] or programme.key or programme.title
    source = ImportSource.objects.filter(name=" ".join(name.split())[:200]).select_related("conference").first()
    conference = source.conference if source else None
    if slug := options["konferenz"]:
        conference = Conference.objects.filter(slug=slug).first()
        if conference is None:
            raise CommandError(f"Es gibt keine Konferenz mit dem Kurznamen „{slug}“.")
    grouping = options["gliederung"] or (source.grouping if source else ImportSource.Grouping.OWN)
    return Choices(
        source=" ".join(name.split())[:200],
        grouping=grouping,
        conference=conference,
        is_fewer_fine=options["trotzdem"],
    )


def _user(name: str):
    if not name:
        return OPERATOR
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"Es gibt kein Konto „{name}“.")
    return user
