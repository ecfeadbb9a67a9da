"""Rows inside a form that can be put in order, with buttons, keyboard or numbers."""

from django import forms
from django.contrib import admin

from conference.admin.accessible import NamedFields, NamedFormSet


class RowForm(forms.ModelForm):
    """A new row of which nothing but its place is filled in counts as empty."""

    def has_changed(self):
        changed = set(self.changed_data)
        if self.instance._state.adding:
            changed.discard("position")
        return bool(changed)

    def _post_clean(self):
        super()._post_clean()
        check_constraints(self)


def check_constraints(form):
    """Those too that involve fields the form does not show; the database would refuse them without a sentence."""
    if form.errors:
        return
    try:
        form.instance.validate_constraints()
    except forms.ValidationError as error:
        form.add_error(None, error.messages)


class Ordered(NamedFields):
    """`position` is a number for the keyboard; the script adds buttons that write it."""

    form = RowForm
    extra = 0
    # Empty rows on a new page, so that it shows what belongs there.
    extra_when_new = 0

    class Media:
        js = ("js/admin/ordering.js",)

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra if obj else self.extra_when_new


class OrderedInline(Ordered, admin.TabularInline):
    """For rows that are short."""

    formset = NamedFormSet

    @property
    def has_hints(self) -> bool:
        fields = [self.model._meta.get_field(name) for name in self.fields if name not in self.readonly_fields]
        return any(field.help_text for field in fields)


class OrderedStack(Ordered, admin.StackedInline):
    """For rows with more fields than a table has room for."""
