"""The second floor introduces itself to Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SessionsAppConfig(AppConfig):
    name = "sessions_app"
    verbose_name = _("Programm")

    def ready(self):
        from sessions_app.groups import ensure_groups  # noqa: PLC0415  models can be imported only now

        post_migrate.connect(ensure_groups, sender=self, dispatch_uid="ensure_groups")
