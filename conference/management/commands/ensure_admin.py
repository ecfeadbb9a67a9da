"""Make the first administrator of a new installation."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Legt den ersten Zugang zur Verwaltung an. Gibt es schon einen, geschieht nichts."

    def handle(self, *args, **options):
        people = get_user_model()._default_manager
        if people.filter(is_superuser=True).exists():
            return
        given = settings.FIRST_ADMINISTRATOR
        name = given["username"] or "admin"
        if people.filter(username=name).exists():
            self.stderr.write(f"„{name}“ gibt es schon, ohne Verwaltungsrecht; es wurde nichts geändert.")
            return
        password = given["password"] or secrets.token_urlsafe(15)
        people.create_superuser(name, given["email"], password)
        self.stdout.write(f"Zugang zur Verwaltung (/admin/): {name}")
        if not given["password"]:
            self.stdout.write(f"Passwort, nur dieses eine Mal zu sehen: {password}")
