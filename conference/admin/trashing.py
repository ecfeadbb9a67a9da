"""Deleting in the admin: a page that says what goes along and what stands in the way, the trash, and a way back."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from conference.trash import TrashRefused, goes_to_trash, trash, trash_all
from conference.trash.references import survey


class TrashingAdmin:
    """For admin classes: what content is deleted goes to the trash, by whatever way. Accounts are deleted for good."""

    def get_deleted_objects(self, objs, request):
        if not goes_to_trash(self.model):
            return super().get_deleted_objects(objs, request)
        request.survey = survey(list(objs), request, self.admin_site)
        lacking = {*request.survey.lacking, *request.survey.refused}
        return [], {}, lacking, bool(request.survey.in_way)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except TrashRefused:
            # Somebody has come to need it since the page was shown: the page says who.
            return HttpResponseRedirect(request.get_full_path())

    def render_delete_form(self, request, context):
        response = super().render_delete_form(request, context)
        if goes_to_trash(self.model):
            response.template_name = "admin/trash/confirmation.html"
            response.context_data |= self._said(request)
        return response

    def _said(self, request) -> dict:
        stopped = request.survey.is_stopped
        return {
            "title": _("Lässt sich nicht löschen") if stopped else _("In den Papierkorb legen"),
            "survey": request.survey,
            "days": settings.TRASH_DAYS,
        }

    def delete_model(self, request, obj):
        if goes_to_trash(self.model):
            request.trashed = [trash(obj, request.user)]
        else:
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        if goes_to_trash(self.model):
            request.trashed = trash_all(queryset, request.user)
        else:
            super().delete_queryset(request, queryset)

    def response_delete(self, request, obj_display, obj_id):
        if not goes_to_trash(self.model) or IS_POPUP_VAR in request.POST:
            return super().response_delete(request, obj_display, obj_id)
        self._offer_undo(request)
        if not self.has_change_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.admin_site.name))
        filters = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return HttpResponseRedirect(add_preserved_filters(filters, reverse(address, current_app=self.admin_site.name)))

    def _offer_undo(self, request):
        """A message with a form of its own: it is our template and escapes what it shows."""
        words = render_to_string("admin/trash/undo.html", {"entries": request.trashed}, request=request)
        messages.success(request, mark_safe(words.strip()))

    def get_actions(self, request):
        actions = super().get_actions(request)
        if goes_to_trash(self.model) and "delete_selected" in actions:
            actions["delete_selected"] = (trash_selected, "delete_selected", trash_selected.short_description)
        return actions


@admin.action(description=_("Ausgewählte in den Papierkorb legen"), permissions=["delete"])
def trash_selected(model_admin, request, queryset):
    _tree, _counts, lacking, _protected = model_admin.get_deleted_objects(queryset, request)
    if request.POST.get("post") and not request.survey.is_stopped:
        return _trash_all(model_admin, request, queryset)
    if request.POST.get("post") and lacking:
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request),
        **model_admin._said(request),
        "opts": model_admin.opts,
        "queryset": queryset,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/trash/confirmation.html", context)


def _trash_all(model_admin, request, queryset):
    try:
        with transaction.atomic():
            model_admin.log_deletions(request, queryset)
            model_admin.delete_queryset(request, queryset)
    except TrashRefused:
        words = _("Nichts wurde gelöscht: Inzwischen wird etwas davon anderswo gebraucht.")
        messages.error(request, words)
    else:
        model_admin._offer_undo(request)
