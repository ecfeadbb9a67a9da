"""One field of many records: which fields can be set so, and what each record would become."""

import copy

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.editing.copies import current
from conference.editing.showing import ViewersReader
from conference.editing.snapshot import Snapshot, content_fields, link_fields, plain
from conference.editing.words import Difference, differences
from conference.scope import is_limited, paths_of, scoped

MOST = 500
# Names are each record's own.
OWN = {"slug", "title", "acronym", "family_name", "given_name", "name", "number", "published_at", "is_featured"}


class Way(models.TextChoices):
    SET = "set", _("auf diesen Wert setzen")
    ADD = "add", _("hinzufügen")
    REMOVE = "remove", _("entfernen")


def fields_for(model_admin, request) -> dict[str, models.Field]:
    """What the form of this kind offers to this person, without what is each record's own."""
    shown = set(flatten_fieldsets(model_admin.get_fieldsets(request)))
    shown -= set(model_admin.get_readonly_fields(request)) | OWN
    known = [*content_fields(model_admin.model), *link_fields(model_admin.model)]
    return {field.name: field for field in known if field.name in shown and not getattr(field, "unique", False)}


def choice_form(model_admin, request, data=None) -> forms.Form:
    """Which field, and what to do with it."""
    choices = [(name, capfirst(field.verbose_name)) for name, field in fields_for(model_admin, request).items()]
    form = forms.Form(data)
    form.fields["field"] = forms.ChoiceField(label=_("Feld"), choices=choices)
    return form


def value_form(model_admin, request, name: str, data=None) -> forms.Form:
    """The value, in the widget of the record's own form. Raises KeyError for a field that is not offered."""
    field = fields_for(model_admin, request)[name]
    form = forms.Form(data)
    if field.many_to_many:
        ways = [Way.ADD, Way.REMOVE, Way.SET]
        form.fields["way"] = forms.ChoiceField(label=_("Wie"), choices=[(way.value, way.label) for way in ways])
    form.fields["value"] = model_admin.formfield_for_dbfield(field, request)
    form.fields["value"].label = capfirst(field.verbose_name)
    if field.many_to_many:
        form.fields["value"].required = False
    return form


def _unseen(field: models.Field, numbers: set[int], viewer) -> set[int]:
    """Of the things a record names, those `viewer` does not see: of other conferences. They stay."""
    if not (is_limited(viewer) and paths_of(field.related_model)):
        return set()
    named = field.related_model._base_manager.filter(pk__in=numbers)
    return numbers - set(scoped(named, viewer).values_list("pk", flat=True))


def becoming(record, field: models.Field, cleaned: dict, viewer) -> Snapshot:
    """What the record would be. Costs a snapshot."""
    data = copy.deepcopy(current(record))
    value = cleaned["value"]
    if field.many_to_many:
        chosen, now = {each.pk for each in value}, set(data["links"][field.name])
        way = cleaned["way"]
        then = now | chosen if way == Way.ADD else now - chosen if way == Way.REMOVE else chosen
        data["links"][field.name] = sorted(then | _unseen(field, now, viewer))
    elif isinstance(field, models.ForeignKey):
        data["fields"][field.attname] = value.pk if value else None
    elif isinstance(field, models.FileField):
        raise ValidationError(_("Dateien lassen sich nicht gemeinsam ändern."))
    else:
        data["fields"][field.attname] = plain(field.get_prep_value(value) if field.empty_strings_allowed else value)
        if value in field.empty_values and not field.empty_strings_allowed:
            data["fields"][field.attname] = None
    return data


def preview(
    records, field: models.Field, cleaned: dict, viewer=None
) -> list[tuple[object, Snapshot, list[Difference]]]:
    """Each record with what it would become and what that changes; those that stay as they are are left out."""
    shown = []
    for record in records:
        after = becoming(record, field, cleaned, viewer)
        before = current(record)
        if found := differences(before, after, ViewersReader(before, after, viewer=viewer)):
            shown.append((record, after, found))
    return shown
