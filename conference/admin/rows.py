"""Rows inside a form that can be put in order, with buttons, keyboard or numbers."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

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


# ── Relations ────────────────────────────────────────────────────────────────────────────────
class Names:
    """What is chosen in a column of rows: one query for all rows together, none for what is loaded already."""

    def __init__(self, queryset):
        self.queryset = queryset
        self._found, self._wanted = {}, set()

    def note(self, value):
        """Something chosen in a row: a key, a thing, or several of them."""
        for each in value if isinstance(value, list | tuple) else [value]:
            if hasattr(each, "pk"):
                self._found[str(each.pk)] = each
            elif each not in (None, ""):
                self._wanted.add(str(each))

    def those(self, keys) -> list[tuple[str, object]]:
        """Each key with its thing; those nothing is known of are left out."""
        if missing := self._wanted - self._found.keys():
            self._found |= {str(thing.pk): thing for thing in self.queryset.filter(pk__in=self._valid(missing))}
        self._wanted.clear()
        return [(key, self._found[key]) for key in keys if key in self._found]

    def _valid(self, keys):
        field = self.queryset.model._meta.pk
        for key in keys:
            try:
                yield field.to_python(key)
            except ValidationError:
                continue


class NamedChoices:
    """For search fields in rows: takes its labels from `names`, where Django asks once for each row."""

    names = None

    def optgroups(self, name, value, attr=None):
        if self.names is None:
            return super().optgroups(name, value, attr)
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for key, thing in self.names.those(str(key) for key in value):
            words = self.choices.field.label_from_instance(thing)
            options.append(self.create_option(name, key, words, True, len(options)))
        return [(None, options, 0)]


class NamedChoice(NamedChoices, AutocompleteSelect):
    pass


class NamedMultipleChoice(NamedChoices, AutocompleteSelectMultiple):
    pass


class NamingRows(BaseInlineFormSet):
    """Collects what is chosen in all rows before the first of them is drawn."""

    def __init__(self, *args, names=None, **kwargs):
        self.names = {} if names is None else names
        super().__init__(*args, **kwargs)

    def _construct_form(self, i, **kwargs):
        """Each row knows its owner, and does not ask for it to say its name."""
        form = super()._construct_form(i, **kwargs)
        if self.instance.pk:
            setattr(form.instance, self.fk.name, self.instance)
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if not isinstance(widget, NamedChoices):
                continue
            widget.names = self.names.setdefault(name, Names(field.queryset))
            widget.names.note(form.instance._state.fields_cache.get(name) or form.initial.get(name))
            if form.is_bound:
                widget.names.note(widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))


class NamingTable(NamingRows, NamedFormSet):
    """The same for rows in a table."""


# ── Inlines ──────────────────────────────────────────────────────────────────────────────────
class Ordered(NamedFields):
    """`position` is a number for the keyboard; the script adds buttons that write it."""

    form = RowForm
    formset = NamingRows
    extra = 0
    # Empty rows on a new page, so that it shows what belongs there.
    extra_when_new = 0

    class Media:
        js = ("js/admin/ordering.js",)

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra if obj else self.extra_when_new

    def get_queryset(self, request):
        """With what its relations are called."""
        chosen = [self.model._meta.get_field(name) for name in self.get_autocomplete_fields(request)]
        single = [field.name for field in chosen if field.many_to_one]
        several = [field.name for field in chosen if field.many_to_many]
        rows = super().get_queryset(request)
        rows = rows.select_related(*single) if single else rows
        return rows.prefetch_related(*several) if several else rows

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NamedChoice(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NamedMultipleChoice(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class OrderedInline(Ordered, admin.TabularInline):
    """For rows that are short."""

    formset = NamingTable

    @property
    def has_hints(self) -> bool:
        fields = [self.model._meta.get_field(name) for name in self.fields if name not in self.readonly_fields]
        return any(field.help_text for field in fields)


class OrderedStack(Ordered, admin.StackedInline):
    """For rows with more fields than a table has room for."""
