"""What Django's admin still lacks for WCAG 2.2 and our policy, in one place; to be deleted as Django catches up."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from conference.admin.kept import KeptInputMixin
from conference.admin.scoped import ScopedAdmin, ScopedChoices
from conference.admin.trashing import TrashingAdmin

# Tiptap writes one constant style element. A test fails with the new value when the package changes it.
EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
FORM_POLICY = {"style-src": ["'self'", EDITOR_STYLE_HASH]}


def _name(widget, label):
    """Give a widget its accessible name, through the wrapper that adds links to relations."""
    getattr(widget, "widget", widget).attrs.setdefault("aria-label", label)


def yes_or_no(field_name: str, description):
    """A column in words; Django's own shows a sign that is read out as "True"."""

    @admin.display(description=description, ordering=field_name)
    def column(obj):
        return _("ja") if getattr(obj, field_name) else _("nein")

    return column


class NamedFields(ScopedChoices):
    """For admin classes: fields that say what they are, and do what they say."""

    formfield_overrides = {
        # Without "Jetzt" and clock: a conference does not begin now.
        models.TimeField: {"widget": forms.TimeInput(format="%H:%M", attrs={"class": "time", "size": 6})},
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, AdminSplitDateTime):
            for half, words in zip(field.widget.widgets, (_("Datum"), _("Uhrzeit")), strict=True):
                half.attrs["aria-label"] = f"{field.label}, {words}"
            field.widget.widgets[1].format = "%H:%M"
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Beside a relation it would read as "remove from here", and would delete the thing itself.
            field.widget.can_delete_related = False
        return field


class NamedFormSet(BaseInlineFormSet):
    """Rows whose cells say in which column and row they are."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        row = _("neue Zeile") if index is None else _("Zeile %(number)d") % {"number": index + 1}
        for field in form.fields.values():
            if not field.widget.is_hidden:
                _name(field.widget, f"{field.label}, {row}")


def _without(tree: list, beginnings: tuple[str, ...]) -> list:
    pruned = (_without(item, beginnings) if isinstance(item, list) else item for item in tree)
    return [item for item in pruned if item and not (isinstance(item, str) and item.startswith(beginnings))]


class AccessibleAdmin(ScopedAdmin, TrashingAdmin, KeptInputMixin, NamedFields, admin.ModelAdmin):
    """The base of every screen."""

    class Media:
        js = ("js/admin/names.js", "js/admin/jump.js")

    def changelist_view(self, request, extra_context=None):
        context = {"title": capfirst(self.opts.verbose_name_plural)} | (extra_context or {})
        return super().changelist_view(request, context)

    def get_deleted_objects(self, objs, request):
        """Without the links between things: they go along, and their names mean nothing to anybody."""
        tree, counts, *rest = super().get_deleted_objects(objs, request)
        links = [m._meta for m in apps.get_models(include_auto_created=True) if m._meta.auto_created]
        plurals = {str(meta.verbose_name_plural) for meta in links}
        beginnings = tuple(f"{capfirst(meta.verbose_name)}: " for meta in links)
        kept = {noun: count for noun, count in counts.items() if str(noun) not in plurals}
        return _without(tree, beginnings), kept, *rest

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        # The editor's import map is an inline script and needs the nonce of this answer.
        media = Media.from_media(response.context_data["media"], nonce=request.csp_nonce)
        response.context_data["media"] = media
        response.csp = FORM_POLICY
        return response
