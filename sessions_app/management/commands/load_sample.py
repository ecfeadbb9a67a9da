"""The Herbst-Konferenz 2020 with all that belongs to it."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from sessions_app.sample_loader import load_sample


class Command(BaseCommand):
    help = "Lädt die Herbst-Konferenz 2020. Ist sie schon da, ändert sich nichts."

    def handle(self, *args, **options):
        try:
            made = load_sample()
        except ValidationError as error:
            raise CommandError("Nichts geladen. " + " ".join(error.messages)) from error
        if not made:
            self.stdout.write("Die Herbst-Konferenz 2020 ist schon da. Es wurde nichts geändert.")
            return
        counts = (f"{count} {_label(model, count)}" for model, count in made.items())
        self.stdout.write(f"Die Herbst-Konferenz 2020 ist geladen: {', '.join(counts)}.")


def _label(model, count):
    return model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
