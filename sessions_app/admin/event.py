"""The form of an event, with its questions and the order of its contributions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from conference.admin.rows import OrderedInline
from sessions_app.admin.programme import ContributionInline
from sessions_app.board import EVENTS as CHECKLIST
from sessions_app.board.panel import events_panel
from sessions_app.models import Event, GuidingQuestion
from sessions_app.records import EVENTS


class GuidingQuestionInline(OrderedInline):
    model = GuidingQuestion
    fields = ("position", "text")
    extra_when_new = 3


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    dataset = EVENTS
    checklist = CHECKLIST
    list_display = ("title", "state", "date", "start_time", "number", "theme", "conference")
    list_filter = (
        ("conference", admin.RelatedOnlyFieldListFilter),
        ("theme", admin.RelatedOnlyFieldListFilter),
        "kind",
        "is_cancelled",
    )
    list_select_related = ("conference", "theme")
    date_hierarchy = "date"
    search_fields = ("title", "summary", "introduction", "findings", "place")
    autocomplete_fields = ("conference", "theme", "image", "materials")
    inlines = (GuidingQuestionInline, ContributionInline)
    new_label = _("Neue Veranstaltung")
    copy_view = "event_copy"
    fieldsets = [
        (
            _("Veranstaltung"),
            {"fields": ["title", "slug", "conference", ("number", "kind"), "theme", "summary"]},
        ),
        (_("Wann und wo"), {"fields": ["date", ("start_time", "end_time"), "place", "is_cancelled"]}),
        (_("Texte"), {"fields": ["introduction", "findings"]}),
        (_("Bild und Materialien"), {"fields": ["image", "materials"]}),
        (_("Anmerkung"), {"fields": ["remark"]}),
    ]

    def overview_panel(self, request):
        return events_panel(request.user)
