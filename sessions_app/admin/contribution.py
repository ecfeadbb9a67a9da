"""The form of a contribution, with those who appeared in it. It is seen where its event is seen."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import AccessibleAdmin
from conference.admin.exporting import ExportingMixin
from conference.admin.rows import OrderedStack, RowForm
from conference.search import update_index
from sessions_app.models import Appearance, Contribution, Event
from sessions_app.records import PROGRAMME


class AppearanceInline(OrderedStack):
    model = Appearance
    fields = (("speaker", "role"), "organisations", ("office", "is_former"), "affiliation_text", "position")
    autocomplete_fields = ("speaker", "organisations")


@admin.register(Contribution)
class ContributionAdmin(ExportingMixin, AccessibleAdmin):
    form = RowForm
    list_display = ("title", "kind", "event", "start_time", "position")
    list_filter = ("kind", ("event", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("event",)
    list_per_page = 50
    date_hierarchy = "event__date"
    ordering = ("event__date", "event__number", "start_time", "position")
    search_fields = ("title", "abstract", "event__title", "appearances__speaker__family_name")
    autocomplete_fields = ("event", "projects", "materials")
    inlines = (AppearanceInline,)
    dataset = PROGRAMME
    fieldsets = [
        (_("Beitrag"), {"fields": ["title", "kind", "event", ("start_time", "position"), "abstract"]}),
        (_("Vorhaben und Materialien"), {"fields": ["projects", "materials"]}),
    ]

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        events = {form.instance.event_id, form.initial.get("event")} - {None}
        update_index(*Event.objects.filter(pk__in=events))
