"""The declarations in words, for the page of documentation."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.api.collection import Collection
from conference.api.fields import LABELS, PARTIAL_DATE, Part
from conference.api.parameters import NAME
from conference.api.references import Json
from conference.api.schemas import SHARED, WITHIN_RECORDS

_KINDS = {
    "string": gettext_lazy("Text"),
    "integer": gettext_lazy("ganze Zahl"),
    "number": gettext_lazy("Zahl"),
    "boolean": gettext_lazy("true oder false"),
    "object": gettext_lazy("Objekt"),
}
_FORMATS = {
    "uri": gettext_lazy("Adresse"),
    "uuid": "uuid",
    "date": gettext_lazy("Tag"),
    "date-time": gettext_lazy("Zeitpunkt mit Zeitzone"),
}
_PATTERNS = {
    NAME: gettext_lazy("Kurzname oder uuid"),
    PARTIAL_DATE: gettext_lazy("Jahr, Monat oder Tag"),
}


@dataclass(frozen=True)
class Row:
    """A field or a parameter. `codes`: what may stand there, with what it says."""

    name: str
    label: str
    kind: str
    codes: list[tuple[str, str]]
    # The section that tells more of it.
    more: str = ""


@dataclass(frozen=True)
class Section:
    """A collection, or a part of a record (without addresses and parameters)."""

    anchor: str
    title: str
    summary: str
    fields: list[Row]
    addresses: list[str]
    parameters: list[Row]
    call: str = ""


def sections(description) -> list[Section]:
    found = [_of_collection(each) for each in description.collections]
    cues = f"{description.videos.name}/<uuid>/{description.cues.name}"
    found.append(_of_collection(description.cues, [cues]))
    nouns = {each.noun.schema_name for each in (*description.collections, description.cues)}
    found += [_of_part(part) for part in description.parts() if part.schema_name not in nouns]
    return found + [_of_schema(name) for name in WITHIN_RECORDS]


def _of_collection(collection: Collection, paths: list[str] | None = None) -> Section:
    base = f"{settings.SITE_URL}{reverse('api_index')}"
    addresses = [f"{base}{path}" for path in paths or [collection.name, f"{collection.name}/<uuid>"]]
    return Section(
        anchor=collection.name,
        title=str(collection.title),
        summary=str(collection.summary),
        fields=_fields(collection.noun),
        addresses=addresses,
        parameters=[_row(each.name, each.label, each.schema) for each in collection.of_list],
        call=f"curl '{addresses[0]}?{_question(collection)}'",
    )


def _question(collection: Collection) -> str:
    """A filter that has an example, and two fields."""
    asked = [f"{each.name}={each.example}" for each in collection.filters if each.example][:1]
    return "&".join([*asked, "per_page=10", f"fields={','.join(collection.fields.example)}"])


def _of_part(part: Part) -> Section:
    return Section(part.schema_name, str(part.label), "", _fields(part), [], [])


def _of_schema(name: str) -> Section:
    schema = SHARED[name]
    rows = [_row(each, told["description"], told) for each, told in schema["properties"].items()]
    return Section(name, str(schema["description"]), "", rows, [], [])


def _fields(part: Part) -> list[Row]:
    return [_row(field.name, field.label, field.schema) for field in part.fields]


def _row(name: str, label, schema: Json) -> Row:
    labels = schema.get(LABELS) or schema.get("items", {}).get(LABELS) or {}
    codes = [(code, str(words)) for code, words in labels.items()]
    inner = schema["oneOf"][0] if "oneOf" in schema else schema.get("items", schema)
    return Row(name, str(label), _kind(schema), codes, inner.get("$ref", "").rpartition("/")[2])


def _kind(schema: Json) -> str:
    """In words, with its bounds."""
    if "oneOf" in schema:
        return _("%(kind)s oder null") % {"kind": _kind(schema["oneOf"][0])}
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if kinds[0] == "array":
        return _("Liste: %(kind)s") % {"kind": _kind(schema["items"])}
    said = _FORMATS.get(schema.get("format")) or _PATTERNS.get(schema.get("pattern")) or _KINDS[kinds[0]]
    words = str(said)
    if "maximum" in schema and kinds[0] == "integer":
        words = _("ganze Zahl von %(least)s bis %(most)s, sonst %(default)s") % {
            "least": schema["minimum"],
            "most": schema["maximum"],
            "default": schema["default"],
        }
    return _("%(kind)s oder null") % {"kind": words} if "null" in kinds else words
