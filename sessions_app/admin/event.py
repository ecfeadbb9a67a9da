"""The form of an event, with its questions and the order of its contributions."""

from django.contrib import admin
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from conference.admin.rows import OrderedInline
from conference.overview import Todo
from sessions_app.admin.completeness import COLUMNS, completeness
from sessions_app.models import Appearance, Contribution, Event, GuidingQuestion
from sessions_app.records import EVENTS

TODOS = 4


class GuidingQuestionInline(OrderedInline):
    model = GuidingQuestion
    fields = ("position", "text")
    extra_when_new = 3


class ContributionInline(OrderedInline):
    model = Contribution
    fields = ("position", "start_time", "kind", "title", "people")
    readonly_fields = ("people",)
    show_change_link = True
    verbose_name_plural = _("Beiträge (mehr zu jedem über „Ändern“)")

    def get_queryset(self, request):
        appearances = Prefetch("appearances", Appearance.objects.select_related("speaker"))
        return super().get_queryset(request).in_order().prefetch_related(appearances)

    @admin.display(description=_("Personen"))
    def people(self, obj):
        if not obj.pk:
            return "–"
        return ", ".join(appearance.speaker.name for appearance in obj.appearances.all()) or "–"


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    dataset = EVENTS
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
        rows = completeness()
        return {"template": "admin/completeness.html", "columns": COLUMNS, "rows": rows} if rows else None

    def overview_todos(self, request):
        lacking = [(row, cell) for row in completeness() for cell in row.cells if cell.is_missing and cell.field]
        return [
            Todo(
                "no",
                cell.lack,
                _("in „%(event)s“.") % {"event": row.event},
                f"{reverse('admin:sessions_app_event_change', args=[row.event.pk])}#{cell.field}",
                _("Eintragen"),
            )
            for row, cell in lacking[:TODOS]
        ]
