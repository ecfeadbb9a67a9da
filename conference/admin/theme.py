"""The form of a core message."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from conference.board.themes import THEMES
from conference.models import Theme


@admin.register(Theme)
class ThemeAdmin(PublishableAdmin):
    checklist = THEMES
    list_display = ("title", "state", "position", "palette", "motif", "conference")
    list_filter = (("conference", admin.RelatedOnlyFieldListFilter), "palette")
    list_select_related = ("conference",)
    search_fields = ("title", "subtitle", "summary")
    autocomplete_fields = ("conference", "image", "materials")
    fieldsets = [
        (_("Kernbotschaft"), {"fields": ["title", "subtitle", "slug", "conference", "position", "summary"]}),
        (_("Text"), {"fields": ["background"]}),
        (
            _("Farbe und Zeichen"),
            {
                "fields": [("palette", "motif")],
                "description": _("Daran erkennt man die Kernbotschaft überall: in Listen, auf der Karte, bei Videos."),
            },
        ),
        (_("Bild und Materialien"), {"fields": ["image", "materials"]}),
    ]
