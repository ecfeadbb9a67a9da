"""The base of every screen for things that can be published."""

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import AccessibleAdmin
from conference.admin.editing import EditingMixin
from conference.admin.exporting import ExportingMixin
from conference.admin.history import HistoryMixin
from conference.admin.reviewing import ReviewMixin
from conference.admin.rows import check_constraints
from conference.admin.steps import StepsMixin
from conference.editing.copies import copied_numbers
from conference.editing.preview import preview_url
from conference.editing.revisions import keep
from conference.editing.snapshot import FIRST_UNREAL
from conference.models import Revision
from conference.redirects import remember_slug
from conference.runs.bulk import MOST
from conference.search import update_index
from conference.sharing.desk import share_address
from conference.unsaved.keeping import forget

MOMENTS = ("published_at", "expires_at")


class StateFilter(admin.SimpleListFilter):
    """Where things stand. Every answer is a question to the wall."""

    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [
            ("oeffentlich", _("Öffentlich")),
            ("geplant", _("Geplant")),
            ("freigabe", _("Wartet auf Freigabe")),
            ("entwurf", _("Entwurf")),
            ("zurueckgezogen", _("Zurückgezogen")),
        ]

    def queryset(self, request, queryset):
        narrowed = {
            "oeffentlich": queryset.published,
            "geplant": queryset.scheduled,
            "freigabe": queryset.in_review,
            "entwurf": queryset.drafts,
            "zurueckgezogen": queryset.withdrawn,
        }
        return narrowed[self.value()]() if self.value() in narrowed else queryset


class PublishableForm(forms.ModelForm):
    def _post_clean(self):
        super()._post_clean()
        check_constraints(self)


class PublishableAdmin(ReviewMixin, StepsMixin, HistoryMixin, EditingMixin, ExportingMixin, AccessibleAdmin):
    """Enter, look, submit, publish, withdraw. The status is shown and never a field."""

    form = PublishableForm
    actions = (*StepsMixin.actions, "change_together")
    date_hierarchy = "updated_at"
    list_per_page = 50
    save_on_top = False
    # What the button for a new one says, "Neue Person"; with it, the start page offers the button too.
    new_label = ""
    # The name of the page that copies one of these, if there is one.
    copy_view = ""

    # ── Rights ───────────────────────────────────────────────────────────────────────────────
    def get_readonly_fields(self, request, obj=None):
        shown = (*super().get_readonly_fields(request, obj), "state", "obstacles", "created_at", "updated_at")
        if not self.has_publish_permission(request, obj):
            return (*shown, *MOMENTS)
        if not hasattr(request, "moment_is_past"):
            # Before the form fills in what was typed, which must not change which fields there are.
            request.moment_is_past = obj is not None and obj.is_shown_as_public
        return (*shown, "published_at") if obj and request.moment_is_past else shown

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        words = _("Was Sie sichern, ist öffentlich erst zu sehen, wenn Sie es am Ende des Formulars veröffentlichen.")
        state = {"fields": ["state", "obstacles", MOMENTS, ("created_at", "updated_at")], "description": words}
        return [(_("Stand"), state), *fieldsets]

    # ── What is shown ────────────────────────────────────────────────────────────────────────
    def get_list_filter(self, request):
        return (StateFilter, *self.list_filter)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        copied = copied_numbers(self.model)
        for obj in changelist.result_list:
            obj.has_copy = obj.pk in copied
        return changelist

    @admin.display(description=_("Stand"), ordering="status")
    def state(self, obj):
        shape = "st-ok" if obj.is_shown_as_public else "st-mid" if obj.is_waiting else "st-no"
        words = format_html('<span class="st {}">{}</span>', shape, obj.state_label)
        if getattr(obj, "has_copy", False):
            return format_html('{} <span class="st st-mid">{}</span>', words, _("Arbeitskopie"))
        return words

    @admin.display(description=_("Vor der Freigabe"))
    def obstacles(self, obj):
        obstacles = obj.publishing_obstacles()
        if not obstacles:
            return format_html('<span class="st st-ok">{}</span>', _("Nichts fehlt."))
        rows = format_html_join("", '<li class="st st-no">{}</li>', ((obstacle,) for obstacle in obstacles))
        return format_html('<ul class="check-list">{}</ul>', rows)

    def view_on_site(self, obj):
        """The real page, also of a draft: staff see it there, badged as one."""
        return obj.get_absolute_url()

    def overview_panel(self, request):
        """Something of this kind for the start page: a dict with `template`; None for nothing."""
        return None

    def address_of(self, record) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["has_preview"] = hasattr(self.model, "get_absolute_url")
        if obj and obj.pk < FIRST_UNREAL and self.has_change_permission(request, obj):
            context["share_url"] = share_address(obj)
            if self.copy_view and self.has_add_permission(request):
                context["copy_url"] = reverse(f"admin:{self.copy_view}", args=[obj.pk])
        if working_copy := context.get("working_copy"):
            context["preview_url"] = preview_url(obj.get_absolute_url(), f"k{working_copy.pk}")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.action(description=_("Gemeinsam ändern …"), permissions=["change"])
    def change_together(self, request, queryset):
        numbers = ",".join(str(number) for number in queryset.values_list("pk", flat=True)[:MOST])
        kind = ContentType.objects.get_for_model(self.model).pk
        return HttpResponseRedirect(f"{reverse('admin:bulk_change', args=[kind])}?nr={numbers}")

    # ── Saving ───────────────────────────────────────────────────────────────────────────────
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            remember_slug(obj, form.initial["slug"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        update_index(form.instance)

    def saved_new(self, request, obj, post_url_continue):
        forget(request)
        keep(obj, Revision.Kind.CREATED, request.user)
        step = self.asked_step(request)
        return self.respond(request, obj, step) if step else self.response_created(request, obj, post_url_continue)

    def response_created(self, request, obj, post_url_continue):
        return admin.ModelAdmin.response_add(self, request, obj, post_url_continue)

    def saved(self, request, obj, record, is_copy):
        if step := self.asked_step(request, record):
            return self.respond(request, record, step)
        return super().saved(request, obj, record, is_copy)
