"""Lists of the admin as files: with their search and filters, or the rows that were chosen."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import strip_tags
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from conference.exports import FORMATS, PERMISSION, Extract, deliver


class ExportingMixin:
    """For admin classes that name a `dataset`; without one, or without the right to it, nothing is offered."""

    dataset = None
    change_list_template = "admin/change_list_exports.html"

    def has_export_permission(self, request) -> bool:
        return bool(self.dataset) and self.has_view_permission(request) and request.user.has_perm(PERMISSION)

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("liste.<slug:file_format>", view, name=self._export_name), *super().get_urls()]

    @property
    def _export_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def export_view(self, request, file_format):
        """The list as it stands, page by page or not: search, filters and order come from the query string."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        if file_format not in FORMATS:
            raise Http404
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse(self._changelist_name))
        return self.deliver_rows(request, listed.queryset, file_format, _narrowed_by(listed))

    @property
    def _changelist_name(self) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"

    def deliver_rows(self, request, rows, file_format, remarks):
        words = [(str(label), str(words)) for label, words in remarks]
        extract = Extract(self.dataset, request.user, chosen=rows, remarks=words)
        back = f"{reverse(self._changelist_name)}?{request.GET.urlencode()}"
        return deliver(request, extract, file_format, {}, back)

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        if "cl" in (getattr(response, "context_data", None) or {}) and self.has_export_permission(request):
            query = response.context_data["cl"].get_query_string(remove=[PAGE_VAR])
            address = {name: reverse(f"admin:{self._export_name}", args=[name]) for name in FORMATS}
            response.context_data["export_links"] = [(name.upper(), address[name] + query) for name in FORMATS]
        return response

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_export_permission(request):
            actions |= {name: (action, name, action.short_description) for name, action in _ACTIONS.items()}
        return actions


def _taking_chosen(file_format: str):
    """The action that takes the chosen rows away in one format."""

    @admin.action(description=format_lazy("{} ({})", _("Ausgewählte herunterladen"), file_format.upper()))
    def action(modeladmin, request, queryset):
        remarks = [(_("Auswahl"), _("einzeln ausgewählte Zeilen"))]
        return modeladmin.deliver_rows(request, queryset, file_format, remarks)

    return action


_ACTIONS = {f"export_{file_format}": _taking_chosen(file_format) for file_format in FORMATS}


def _narrowed_by(listed) -> list[tuple[str, str]]:
    """The search and the filters in force, in words."""
    remarks = [(_("Suche"), listed.query)] if listed.query else []
    for spec in listed.filter_specs:
        choices = list(spec.choices(listed))[1:]
        chosen = [strip_tags(str(choice["display"])) for choice in choices if choice.get("selected")]
        if chosen:
            remarks.append((str(spec.title), ", ".join(chosen)))
    return remarks
