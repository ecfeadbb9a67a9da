"""The editorial site: Django's admin under our name."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class EditorialSite(admin.AdminSite):
    site_header = site_title = _("Redaktion")
    index_title = _("Übersicht")
