"""Field kinds of this house: dates known in part, sets of codes, sort keys."""

import datetime
import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPED = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})")
_LIGATURES = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "æ": "ae", "œ": "oe", "đ": "d"})


def parse_partial_date(text: str) -> str:
    """`2017`, `2017-03`, `2017-03-01`, or typed as `3.2017`, `1.3.2017`; the ISO form. Raises ValueError."""
    text = text.strip()
    if match := _TYPED.fullmatch(text):
        day, month, year = match.groups()
        text = "-".join(part.zfill(2) for part in (year, month, day) if part)
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = match.groups()
    datetime.date(int(year), int(month or 1), int(day or 1))
    return text


class PartialDateField(models.CharField):
    """A date known to the year, the month or the day, kept in ISO 8601 reduced precision (`2017-03`)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 10, "blank": True, "default": ""} | kwargs)

    def to_python(self, value):
        if not value:
            return ""
        try:
            return parse_partial_date(str(value))
        except ValueError:
            raise ValidationError(
                _(
                    "„%(value)s“ ist kein Datum. Möglich sind ein Jahr (2017), ein Monat (03.2017) "
                    "oder ein Tag (01.03.2017)."
                ),
                params={"value": value},
            ) from None

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": None} | kwargs)


class CodesField(models.TextField):
    """A set of codes out of `codes` ([(code, label)]), kept as `|DE-HE|DE-NI|`: one column, one filter."""

    def __init__(self, *args, codes=(), **kwargs):
        self.codes = codes
        super().__init__(*args, **{"blank": True, "default": ""} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, list | tuple | set):
            return sorted(value)
        return sorted(code for code in (value or "").split("|") if code)

    def get_prep_value(self, value):
        if isinstance(value, str):
            return value
        return f"|{'|'.join(sorted(value))}|" if value else ""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        known = {code for code, _label in self.codes}
        if unknown := [code for code in value if code not in known]:
            raise ValidationError(_("Unbekannt: %(codes)s."), params={"codes": ", ".join(unknown)})

    def formfield(self, **kwargs):
        kwargs.pop("widget", None)
        return forms.MultipleChoiceField(
            choices=self.codes,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


def sort_key(text: str) -> str:
    """Lower case, without accents, as in DIN 5007 variant 1 (ä as a, ß as ss); the same on both databases."""
    text = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    kept = "".join(char if char.isalnum() else " " for char in text if not unicodedata.combining(char))
    return " ".join(kept.lower().split())


class SortKeyField(models.CharField):
    """A sort key made from other fields each time the row is written by `save` or `bulk_create`."""

    def __init__(self, *args, sources=(), **kwargs):
        self.sources = sources
        super().__init__(*args, **{"max_length": 255, "editable": False, "default": "", "db_index": True} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance, add):
        key = sort_key(" ".join(str(getattr(model_instance, source)) for source in self.sources))[:255]
        setattr(model_instance, self.attname, key)
        return key
