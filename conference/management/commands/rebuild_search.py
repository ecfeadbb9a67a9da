"""Read everything into the search again, or say whether something is missing there."""

from django.core.management.base import BaseCommand, CommandError

from conference.search.index import missing_documents, rebuild_index


class Command(BaseCommand):
    help = "Baut den Suchindex neu auf."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="nur prüfen, ob der Index vollständig ist")

    def handle(self, *args, check, **options):
        if not check:
            self.stdout.write(f"{rebuild_index()} Einträge im Suchindex.")
        elif missing := missing_documents():
            raise CommandError(
                f"{missing} Einträge im Suchindex fehlen oder sind zu viel. Bitte `rebuild_search` ausführen."
            )
        else:
            self.stdout.write("Der Suchindex ist vollständig.")
