"""Try the addresses outside this site that the content names."""

import sys

from django.core.management.base import BaseCommand, CommandError

from conference.links.checking import check_links, is_in_use
from conference.models import OutgoingLink

Health = OutgoingLink.Health


class Command(BaseCommand):
    help = "Prüft Links nach außen. Ende mit 0: nichts ist tot; 1: Totes wurde gefunden; 2: es ging nicht."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=500, help="höchstens so viele Adressen")
        parser.add_argument("--seconds", type=float, default=600, help="höchstens so lange")
        parser.add_argument("--only", metavar="ADRESSE", help="nur diese Adresse")

    def handle(self, *args, limit, seconds, only, **options):
        if only and not is_in_use(only):
            raise CommandError(f"Kein Inhalt verweist auf {only}.", returncode=2)
        report = check_links(limit, seconds, only=[only] if only else None)
        if report.offline:
            raise CommandError("Kein Server hat geantwortet. Ist diese Maschine am Netz?", returncode=2)
        found = ", ".join(f"{report.found[health]} {health.label}" for health in Health if report.found[health])
        self.stdout.write(f"{report.checked} Adressen geprüft{': ' if found else ''}{found}. {report.left} noch offen.")
        if report.found[Health.DEAD]:
            sys.exit(1)
