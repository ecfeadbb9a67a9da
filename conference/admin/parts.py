"""The form of a row: what it changes is the record the row is a part of, with its working copy and its history."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

from conference.admin.editing import EditingMixin
from conference.editing.copies import needs_copy
from conference.editing.parts import record_of, record_of_number
from conference.scope import is_own


class PartEditing(EditingMixin):
    """Rows are added and removed in the form of their record; here is what has no room there."""

    def record_of(self, obj):
        return record_of(obj)

    def find_record(self, object_id):
        return record_of_number(self.model, unquote(object_id))

    def history_view(self, request, object_id, extra_context=None):
        """That of the record."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        record = self.find_record(object_id)
        if record is None or not is_own(record, request.user):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        meta = record._meta
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[record.pk]))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Only where nobody sees it go; of a published record a row is removed in its form, as in a working copy."""
        return super().has_delete_permission(request, obj) and (obj is None or not needs_copy(self.record_of(obj)))

    def delete_queryset(self, request, queryset):
        if not all(self.has_delete_permission(request, obj) for obj in queryset):
            raise PermissionDenied
        super().delete_queryset(request, queryset)
