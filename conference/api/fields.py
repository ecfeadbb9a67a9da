"""What a noun says of itself, field by field: written once, for the answer and for its description."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.api.references import Json, image_reference, license_of, reference
from conference.richtext import plain_text

UUID = {"type": "string", "format": "uuid", "examples": ["6c1f0b52-43f0-4c1c-9d0a-0f1a2f5f1c11"]}
ADDRESS = {"type": "string", "format": "uri"}
LABELS = "x-labels"
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_OWN_LINK = re.compile(r'<a href="(?=/(?!/))')


@dataclass(frozen=True)
class Field:
    """`label`: in words. `schema`: as JSON Schema, with an example. `read`: from the loaded thing; asks nothing."""

    name: str
    label: Any
    schema: Json
    read: Callable[[Any], Any]
    part: "Part | None" = None


@dataclass(frozen=True)
class Part:
    """What a noun, or a row of one, says of itself: `schema_name` in the description."""

    schema_name: str
    label: Any
    fields: tuple[Field, ...]

    def record(self, thing, names: Iterable[str] = ()) -> Json:
        wanted = set(names)
        return {field.name: field.read(thing) for field in self.fields if not wanted or field.name in wanted}

    def names(self) -> list[str]:
        return [field.name for field in self.fields]

    def inner(self) -> list["Part"]:
        """The rows it is told with."""
        return [field.part for field in self.fields if field.part]


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(schema: Json) -> Json:
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    changed = schema | {"type": [schema["type"], "null"]}
    return changed | {"enum": [*schema["enum"], None]} if "enum" in schema else changed


# ── Of their own ─────────────────────────────────────────────────────────────────────────────
def field(name: str, label, schema: Json, read: Callable[[Any], Any]) -> Field:
    return Field(name, label, schema, read)


def one(name: str, label, read: Callable[[Any], Any], schema: str = "TitleReference") -> Field:
    """Another thing, or none. `read` gives it narrowed to what is public."""
    return Field(name, label, or_null(ref(schema)), lambda thing: reference(read(thing)))


def many(name: str, label, read: Callable[[Any], Iterable], schema: str = "TitleReference") -> Field:
    """Other things, narrowed to what is public."""
    items = {"type": "array", "items": ref(schema)}
    return Field(name, label, items, lambda thing: [reference(each) for each in read(thing)])


def parts(name: str, label, part: Part, read: Callable[[Any], Iterable]) -> Field:
    items = {"type": "array", "items": ref(part.schema_name)}
    return Field(name, label, items, lambda thing: [part.record(each) for each in read(thing)], part)


def picture(name: str, label) -> Field:
    """A picture is public where a public thing shows it."""
    schema = or_null(ref("ImageReference"))
    return Field(name, label, schema, lambda thing: image_reference(getattr(thing, name)))


def terms(read: Callable[[Any], str]) -> Field:
    """The licence, ours or of the whole it belongs to."""
    return Field("license", _("Lizenz"), or_null(ref("License")), lambda thing: license_of(read(thing)))


def moment(name: str, label, read: Callable[[Any], Any], *, always: bool = False) -> Field:
    schema = {"type": "string", "format": "date-time", "examples": ["2020-10-28T09:30:00+01:00"]}
    return Field(name, label, schema if always else or_null(schema), lambda thing: _iso(read(thing)))


def _iso(value) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def changed(read: Callable[[Any], Any] = lambda thing: thing.changed_at) -> Field:
    """When the public last saw something new here."""
    return moment("updated_at", _("Zuletzt geändert"), lambda thing: timezone.localtime(read(thing)), always=True)


def seconds(name: str, label, read: Callable[[Any], Any]) -> Field:
    """A duration, with fractions where there are some."""
    schema = or_null({"type": "number", "minimum": 0, "examples": [5320]})
    return Field(name, label, schema, lambda thing: in_seconds(read(thing)))


def in_seconds(duration) -> float | int | None:
    if duration is None:
        return None
    value = round(duration.total_seconds(), 3)
    return int(value) if value.is_integer() else value


# ── As they are kept, under the label editors know ───────────────────────────────────────────
class FieldsOf:
    """`text("summary")` is the field of that name of the model. Empty text is null."""

    def __init__(self, model):
        self.model = model

    def _make(self, name: str, schema: Json, change=lambda value: value, label=None) -> Field:
        label = label or self.model._meta.get_field(name).verbose_name
        return Field(name, label, schema, lambda thing: change(getattr(thing, name)))

    def words(self, name: str, example: str, label=None) -> Field:
        """A text that is always there."""
        return self._make(name, {"type": "string", "examples": [example]}, str, label)

    def text(self, name: str, example: str | None = None, label=None) -> Field:
        schema = or_null({"type": "string"}) | ({"examples": [example]} if example else {})
        return self._make(name, schema, lambda value: str(value) or None, label)

    def rich(self, name: str) -> Field:
        """A long text, as safe HTML and as plain words."""
        return self._make(name, or_null(ref("RichText")), _rich)

    def web(self, name: str) -> Field:
        return self._make(name, or_null(ADDRESS), lambda value: value or None)

    def day(self, name: str, *, always: bool = False) -> Field:
        schema = {"type": "string", "format": "date", "examples": ["2020-10-28"]}
        return self._make(name, schema if always else or_null(schema), lambda value: value and value.isoformat())

    def partial_day(self, name: str) -> Field:
        schema = or_null({"type": "string", "pattern": PARTIAL_DATE, "examples": ["2017-03"]})
        return self._make(name, schema, lambda value: value or None)

    def number(self, name: str, example: int = 1) -> Field:
        """A whole number, null where the model allows none."""
        schema = {"type": "integer", "minimum": 0, "examples": [example]}
        return self._make(name, or_null(schema) if self.model._meta.get_field(name).null else schema)

    def coordinate(self, name: str, example: float) -> Field:
        schema = or_null({"type": "number", "minimum": -180, "maximum": 180, "examples": [example]})
        return self._make(name, schema, lambda value: None if value is None else float(value))

    def flag(self, name: str) -> Field:
        return self._make(name, {"type": "boolean", "examples": [False]})

    def code(self, name: str) -> Field:
        """One of the codes of its list; what they mean stands in the description."""
        declared = self.model._meta.get_field(name)
        schema = {"type": "string", **choice_schema(declared.choices)}
        return self._make(name, or_null(schema) if declared.blank else schema, lambda value: value or None)

    def terms(self) -> Field:
        return terms(lambda thing: thing.license)


def choice_schema(choices) -> Json:
    """The codes, and in words what each says."""
    codes = [str(code) for code, _label in choices if code]
    return {"enum": codes, LABELS: {str(code): label for code, label in choices if code}, "examples": codes[:1]}


def _rich(html: str) -> Json | None:
    """Links to our own pages with all of their address: elsewhere they would lead astray."""
    whole = _OWN_LINK.sub(rf"\g<0>{settings.SITE_URL}", html)
    return {"html": whole, "text": plain_text(html)} if html else None
