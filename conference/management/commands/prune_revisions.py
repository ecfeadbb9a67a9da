"""Let go of old revisions, so that the database does not grow for ever."""

from django.conf import settings
from django.core.management.base import BaseCommand

from conference.editing.pruning import prune


class Command(BaseCommand):
    help = "Löscht alte Stände aus dem Verlauf. Die neuesten jedes Inhalts und der veröffentlichte bleiben immer."

    def add_arguments(self, parser):
        days, keep = settings.REVISION_DAYS, settings.REVISION_KEEP
        parser.add_argument("--days", type=int, default=days, help=f"älter als so viele Tage (sonst {days})")
        parser.add_argument("--keep", type=int, default=keep, help=f"so viele bleiben von jedem Inhalt (sonst {keep})")
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, wie viele es wären")

    def handle(self, *args, days, keep, dry_run, **options):
        count = prune(days, keep, dry_run=dry_run)
        done = "zum Löschen" if dry_run else "gelöscht"
        self.stdout.write(f"{count} {'Stand' if count == 1 else 'Stände'} {done}.")
