"""The form of a row: what it changes is the record the row is a part of, with its working copy and its history."""

from conference.admin.editing import EditingMixin
from conference.editing.parts import record_of, record_of_number


class PartEditing(EditingMixin):
    """Rows are added and removed in the form of their record; here is what has no room there."""

    def record_of(self, obj):
        return record_of(obj)

    def find_record(self, object_id):
        return record_of_number(self.model, object_id)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
