"""The form of a video."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from sessions_app.models import Video
from sessions_app.records import VIDEOS


@admin.register(Video)
class VideoAdmin(PublishableAdmin):
    dataset = VIDEOS
    list_display = ("title", "state", "availability", "kind", "event", "recorded_on", "duration")
    list_filter = ("kind", "availability", ("event", admin.RelatedOnlyFieldListFilter), "language")
    list_select_related = ("event",)
    date_hierarchy = "recorded_on"
    search_fields = ("title", "summary", "rights_holder", "event__title")
    autocomplete_fields = ("event", "contribution", "poster")
    new_label = _("Neues Video")
    fieldsets = [
        (_("Video"), {"fields": ["title", "slug", "kind", "summary"]}),
        (
            _("Wozu es gehört"),
            {
                "fields": ["event", "contribution"],
                "description": _("Eine Veranstaltung, ein Beitrag oder beides."),
            },
        ),
        (_("Aufzeichnung"), {"fields": [("recorded_on", "duration"), "language", "poster"]}),
        (
            _("Wo es liegt"),
            {
                "fields": ["availability", "url"],
                "description": _("Besucherinnen und Besucher entscheiden selbst, ob es von dort geladen wird."),
            },
        ),
        (_("Rechte"), {"fields": ["license", "rights_holder"]}),
    ]
