"""The form of a material."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from conference.models import Material
from conference.records import MATERIALS


@admin.register(Material)
class MaterialAdmin(PublishableAdmin):
    dataset = MATERIALS
    list_display = ("title", "state", "kind", "year", "authors")
    list_filter = ("kind", "language", "year", "license")
    search_fields = ("title", "subtitle", "authors", "publisher", "published_in", "isbn")
    new_label = _("Neues Material")
    fieldsets = [
        (_("Material"), {"fields": ["title", "subtitle", "slug", "kind", "kind_text", "summary"]}),
        (
            _("Datei oder Adresse"),
            {
                "fields": ["file", "url"],
                "description": _(
                    "Entweder eine Datei (PDF, Word, Excel, PowerPoint, ODF, Bild, ZIP, Text, CSV; bis 100 MB) oder "
                    "eine Adresse. Ohne beides steht nur der Nachweis in der Liste."
                ),
            },
        ),
        (_("Nachweis"), {"fields": ["authors", "publisher", "published_in", "year", "isbn", "language", "license"]}),
        (_("Anmerkung"), {"fields": ["remark"]}),
    ]

    def view_on_site(self, obj):
        """The list holds the public ones only; of a draft the file itself can be looked at."""
        return obj.get_absolute_url() if obj.is_shown_as_public or not obj.address else obj.address
