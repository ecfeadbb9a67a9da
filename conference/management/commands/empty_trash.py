"""Remove for good what lay in the trash long enough."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from conference.trash.emptying import empty_trash
from conference.trash.words import in_short


class Command(BaseCommand):
    help = "Leert den Papierkorb von allem, was lange genug darin lag."

    def add_arguments(self, parser):
        days = settings.TRASH_DAYS
        parser.add_argument("--days", type=int, default=days, help=f"älter als so viele Tage (sonst {days})")
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, was ginge")

    def handle(self, *args, days, dry_run, **options):
        count = 0
        for entry in empty_trash(days, dry_run=dry_run):
            count += 1
            line = f"{entry.kind} „{entry.title}“, gelöscht am {localtime(entry.deleted_at):%d.%m.%Y}"
            self.stdout.write(f"{line}: {in_short(entry)}" if in_short(entry) else line)
        done = "zum Löschen" if dry_run else "endgültig gelöscht"
        self.stdout.write(f"{count} {'Eintrag' if count == 1 else 'Einträge'} {done}.")
