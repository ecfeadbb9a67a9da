"""The ground floor introduces itself to Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class ConferenceConfig(AppConfig):
    name = "conference"
    verbose_name = _("Konferenzen")


class AdminConfig(DjangoAdminConfig):
    default_site = "conference.editorial.EditorialSite"
