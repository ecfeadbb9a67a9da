"""The form of a conference."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import yes_or_no
from conference.admin.base import PublishableAdmin
from conference.models import Conference


@admin.register(Conference)
class ConferenceAdmin(PublishableAdmin):
    list_display = ("title", "state", "starts_on", "ends_on", "format", yes_or_no("is_featured", _("Startseite")))
    list_filter = ("format", "is_featured")
    date_hierarchy = "starts_on"
    copy_view = "conference_copy"
    search_fields = ("title", "key_question", "summary", "place", "programme")
    autocomplete_fields = ("organisers", "funder", "image", "materials")
    fieldsets = [
        (_("Konferenz"), {"fields": ["title", "slug", "key_question", "summary", "is_featured"]}),
        (_("Wann und wo"), {"fields": [("starts_on", "ends_on"), "time_zone", "format", "place"]}),
        (_("Wer"), {"fields": ["organisers", "funder", "programme", ("participants", "participants_text")]}),
        (
            _("Texte"),
            {
                "fields": ["introduction", "closing_statement"],
                "description": _("Die Einführung steht am Anfang der Seite, das Schlusswort am Ende."),
            },
        ),
        (_("Bild und Materialien"), {"fields": ["image", "materials", "default_license"]}),
    ]
