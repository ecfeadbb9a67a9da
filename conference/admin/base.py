"""The base of every screen for things that can be published."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.accessible import AccessibleAdmin
from conference.admin.exporting import ExportingMixin
from conference.admin.rows import check_constraints
from conference.redirects import remember_slug
from conference.search import remove_from_index, update_index

# Each step: what its button says, what the log and the editor read afterwards, and the right it takes.
STEPS = {
    "submit": (_("Zur Freigabe einreichen"), _("Zur Freigabe eingereicht"), "change"),
    "publish": (_("Veröffentlichen"), _("Veröffentlicht"), "publish"),
    "withdraw": (_("Zurückziehen"), _("Zurückgezogen"), "publish"),
}
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


class PublishableAdmin(ExportingMixin, AccessibleAdmin):
    """Enter, look, submit, publish, withdraw. The status is shown and never a field."""

    form = PublishableForm
    actions = ("submit_selected", "publish_selected", "withdraw_selected")
    date_hierarchy = "updated_at"
    list_per_page = 50
    save_on_top = False
    # What the button for a new one says, "Neue Person"; with it, the start page offers the button too.
    new_label = ""

    # ── Rights ───────────────────────────────────────────────────────────────────────────────
    def has_publish_permission(self, request):
        return request.user.has_perm(self.model.permission("publish"))

    def get_readonly_fields(self, request, obj=None):
        shown = (*super().get_readonly_fields(request, obj), "state", "obstacles", "created_at", "updated_at")
        return shown if self.has_publish_permission(request) else (*shown, *MOMENTS)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        state = {
            "fields": ["state", "obstacles", MOMENTS, ("created_at", "updated_at")],
            "description": _(
                "Was Sie sichern, steht sofort auf der Seite, wenn sie veröffentlicht ist. "
                "Veröffentlicht wird mit der Schaltfläche am Ende des Formulars."
            ),
        }
        return [(_("Stand"), state), *fieldsets]

    # ── What is shown ────────────────────────────────────────────────────────────────────────
    def get_list_filter(self, request):
        return (StateFilter, *self.list_filter)

    @admin.display(description=_("Stand"), ordering="status")
    def state(self, obj):
        shape = "st-ok" if obj.is_shown_as_public else "st-mid" if obj.is_waiting else "st-no"
        return format_html('<span class="st {}">{}</span>', shape, obj.state_label)

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

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        steps = obj.next_steps if obj else ("submit", "publish")
        context["steps"] = [(step, STEPS[step][0]) for step in steps if self._may(request, step)]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # ── Saving ───────────────────────────────────────────────────────────────────────────────
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            remember_slug(obj, form.initial["slug"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        update_index(form.instance)

    def delete_model(self, request, obj):
        remove_from_index(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for obj in queryset:
                remove_from_index(obj)
            super().delete_queryset(request, queryset)

    # ── Steps ────────────────────────────────────────────────────────────────────────────────
    def _may(self, request, step: str) -> bool:
        return getattr(self, f"has_{STEPS[step][2]}_permission")(request)

    def _asked_step(self, request) -> str | None:
        """The step whose button was pressed. A step without the right to it saves nothing at all."""
        step = next((step for step in STEPS if f"_{step}" in request.POST), None)
        if step and not self._may(request, step):
            raise PermissionDenied
        return step

    def response_add(self, request, obj, post_url_continue=None):
        step = self._asked_step(request)
        return self._respond(request, obj, step) if step else super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        step = self._asked_step(request)
        return self._respond(request, obj, step) if step else super().response_change(request, obj)

    def _respond(self, request, obj, step: str):
        try:
            self._take(request, obj, step)
        except ValidationError as error:
            reasons = " ".join(error.messages)
            words = _("Gesichert, aber nicht weitergegeben: %(reasons)s") % {"reasons": reasons}
            self.message_user(request, words, messages.WARNING)
        else:
            words = {"thing": obj, "state": self._state_in_words(obj)}
            self.message_user(request, _("„%(thing)s“ ist gesichert. Stand: %(state)s.") % words, messages.SUCCESS)
        meta = self.opts
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk]))

    @staticmethod
    def _state_in_words(obj) -> str:
        if obj.is_waiting and "publish" not in obj.next_steps:
            moment = date_format(localtime(obj.published_at), "j. F Y, H:i")
            return _("geplant für %(moment)s Uhr") % {"moment": moment}
        return str(obj.state_label)

    def _take(self, request, obj, step: str):
        """Take the step and note it in the log, or neither."""
        with transaction.atomic():
            if step == "publish":
                obj.publish(at=obj.published_at)
            else:
                getattr(obj, step)()
            self.log_change(request, obj, f"{STEPS[step][1]}.")

    @admin.action(description=STEPS["submit"][0], permissions=["change"])
    def submit_selected(self, request, queryset):
        self._take_each(request, queryset, "submit")

    @admin.action(description=STEPS["publish"][0], permissions=["publish"])
    def publish_selected(self, request, queryset):
        self._take_each(request, queryset, "publish")

    @admin.action(description=STEPS["withdraw"][0], permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        self._take_each(request, queryset, "withdraw")

    def _take_each(self, request, queryset, step: str):
        done, problems = 0, []
        for obj in queryset:
            try:
                self._take(request, obj, step)
                done += 1
            except ValidationError as error:
                problems.append((obj, " ".join(error.messages)))
        if done:
            words = ngettext("%(state)s: %(count)d Eintrag.", "%(state)s: %(count)d Einträge.", done)
            self.message_user(request, words % {"state": STEPS[step][1], "count": done}, messages.SUCCESS)
        if problems:
            rows = format_html_join(mark_safe("<br>"), "„{}“: {}", problems)
            self.message_user(request, format_html("{} {}", _("Nicht weitergegeben:"), rows), messages.WARNING)
