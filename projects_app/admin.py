"""The form of a project, with its partners and places."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from conference.admin.rows import OrderedInline
from conference.models.choices import FederalState
from projects_app.board import PROJECTS as CHECKLIST
from projects_app.models import Partnership, Project, ProjectPlace
from projects_app.records import PROJECTS


class PartnershipInline(OrderedInline):
    model = Partnership
    fields = ("position", "organisation", "organisation_text", "role", "funding_code")
    autocomplete_fields = ("organisation",)


class ProjectPlaceInline(OrderedInline):
    model = ProjectPlace
    fields = ("position", "name", "latitude", "longitude")


class StateFilter(admin.SimpleListFilter):
    title = _("Bundesland")
    parameter_name = "land"

    def lookups(self, request, model_admin):
        return FederalState.choices

    def queryset(self, request, queryset):
        return queryset.in_states([self.value()]) if self.value() else queryset


@admin.register(Project)
class ProjectAdmin(PublishableAdmin):
    dataset = PROJECTS
    checklist = CHECKLIST
    list_display = ("acronym", "state", "headline", "focus_topic", "start", "end")
    list_filter = (StateFilter, ("themes", admin.RelatedOnlyFieldListFilter), "focus_topic")
    search_fields = ("acronym", "title", "title_en", "other_names", "headline", "funding_code", "region")
    autocomplete_fields = ("themes", "image", "materials")
    inlines = (PartnershipInline, ProjectPlaceInline)
    new_label = _("Neues Vorhaben")
    fieldsets = [
        (_("Vorhaben"), {"fields": ["acronym", "title", "title_en", "other_names", "slug", "headline", "summary"]}),
        (_("Inhalt"), {"fields": ["goals", "results"]}),
        (_("Einordnung"), {"fields": ["themes", "focus_topic", "federal_states", "region"]}),
        (_("Laufzeit und Förderung"), {"fields": [("start", "end"), "funding_code", "website"]}),
        (_("Bild und Materialien"), {"fields": ["image", "materials"]}),
        (_("Anmerkung"), {"fields": ["remark"]}),
    ]
