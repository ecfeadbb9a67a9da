"""The form of a contribution, with those who appeared in it. It is seen where its event is seen."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import AccessibleAdmin
from conference.admin.exporting import ExportingMixin
from conference.admin.parts import PartEditing
from conference.admin.rows import OrderedStack, RowForm
from conference.search import update_index
from sessions_app.models import Appearance, Contribution
from sessions_app.records import PROGRAMME


class AppearanceInline(OrderedStack):
    model = Appearance
    fields = (("speaker", "role"), "organisations", ("office", "is_former"), "affiliation_text", "position")
    autocomplete_fields = ("speaker", "organisations")


@admin.register(Contribution)
class ContributionAdmin(PartEditing, ExportingMixin, AccessibleAdmin):
    """What the form of the event has no room for. The event of a contribution does not change."""

    form = RowForm
    list_display = ("title", "kind", "event", "start_time", "position")
    list_filter = ("kind", ("event", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("event",)
    list_per_page = 50
    date_hierarchy = "event__date"
    ordering = ("event__date", "event__number", "start_time", "position")
    search_fields = ("title", "abstract", "event__title", "appearances__speaker__family_name")
    autocomplete_fields = ("projects", "materials")
    readonly_fields = ("event",)
    inlines = (AppearanceInline,)
    dataset = PROGRAMME
    fieldsets = [
        (_("Beitrag"), {"fields": ["title", "kind", "event", ("start_time", "duration", "position"), "abstract"]}),
        (_("Vorhaben und Materialien"), {"fields": ["projects", "materials"]}),
    ]

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        update_index(form.instance.event)
