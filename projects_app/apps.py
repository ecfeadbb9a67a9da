"""The first floor introduces itself to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsAppConfig(AppConfig):
    name = "projects_app"
    verbose_name = _("Vorhaben")
