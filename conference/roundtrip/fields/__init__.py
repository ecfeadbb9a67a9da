"""The columns of a listing that can be edited, one class for each kind of value."""

from django.db import models

from conference.models.fields import CodesField, PartialDateField
from conference.richtext import RichTextField
from conference.roundtrip.fields.base import TOO_LONG, EditField, TableField
from conference.roundtrip.fields.lines import LinesEdit
from conference.roundtrip.fields.relations import CodesEdit, LinkEdit, LinksEdit
from conference.roundtrip.fields.shown import OwnerField, ShownField
from conference.roundtrip.fields.values import (
    BoolEdit,
    ChoiceEdit,
    DateEdit,
    DecimalEdit,
    DurationEdit,
    NumberEdit,
    PartialDateEdit,
    RichEdit,
    SlugEdit,
    TextEdit,
    TimeEdit,
)

__all__ = ["TOO_LONG", "EditField", "LinesEdit", "LinkEdit", "OwnerField", "ShownField", "TableField", "edit_fields"]

# How a column of a kind is edited; the first that fits.
_KINDS = (
    (models.ForeignKey, LinkEdit),
    (models.ManyToManyField, LinksEdit),
    (CodesField, CodesEdit),
    (RichTextField, RichEdit),
    (PartialDateField, PartialDateEdit),
    (models.SlugField, SlugEdit),
    (models.CharField | models.TextField, TextEdit),
    (models.BooleanField, BoolEdit),
    (models.DecimalField, DecimalEdit),
    (models.IntegerField, NumberEdit),
    (models.DateField, DateEdit),
    (models.TimeField, TimeEdit),
    (models.DurationField, DurationEdit),
)


def edit_fields(model: type[models.Model], *names: str) -> tuple[EditField, ...]:
    """The columns of a model, in this order."""
    return tuple(_edit_field(model._meta.get_field(name)) for name in names)


def _edit_field(field: models.Field) -> EditField:
    if field.choices:
        return ChoiceEdit(field)
    return next(edit for kind, edit in _KINDS if isinstance(field, kind))(field)
