"""Make the picture files that are missing, the slow AVIF ones too."""

from django.core.management.base import BaseCommand

from conference.images import make_all_renditions
from conference.models import Image


class Command(BaseCommand):
    help = "Erzeugt fehlende Bildgrößen in WebP und AVIF. Zweimal aufgerufen ändert nichts."

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="Auch vorhandene Dateien neu erzeugen.")

    def handle(self, *args, anew=False, **options):
        images, files = 0, 0
        for image in Image.objects.exclude(sha256="").iterator():
            written = make_all_renditions(image, anew=anew)
            images += bool(written)
            files += written
        self.stdout.write(f"{files} Dateien für {images} Bilder erzeugt.")
