"""The forms that answers share, as JSON Schema."""

from django.utils.translation import gettext_lazy as _

from conference.api.fields import UUID, or_null, ref
from conference.api.references import Json
from conference.models.choices import License

_TEXT, _ADDRESS = {"type": "string"}, {"type": "string", "format": "uri"}
_COUNT = {"type": "integer", "minimum": 0}
_EXAMPLE = "https://example.org"


def _whole(properties: Json, label) -> Json:
    """All of it is always there."""
    return {"type": "object", "description": label, "required": list(properties), "properties": properties}


def _reference(name: str, example: str, label) -> Json:
    return _whole(
        {
            "uuid": UUID,
            name: {**_TEXT, "examples": [example]},
            "url": {**_ADDRESS, "examples": [f"{_EXAMPLE}/api/…"]},
            "page": _ADDRESS,
        },
        label,
    )


SHARED: dict[str, Json] = {
    "RichText": _whole(
        {
            "html": {**_TEXT, "examples": ["<p>Mut zur <em>Lücke</em>.</p>"]},
            "text": {**_TEXT, "examples": ["Mut zur Lücke."]},
        },
        _("Ein langer Text: als sicheres HTML und in bloßen Worten"),
    ),
    "TitleReference": _reference("title", "Auftakt", _("Ein anderes Werk in Kürze")),
    "NameReference": _reference("name", "Detlev Kohlmeier", _("Eine Person oder Einrichtung in Kürze")),
    "ImageReference": _whole(
        {
            "uuid": UUID,
            "url": _ADDRESS,
            "file_url": _ADDRESS,
            "alt_text": {**_TEXT, "examples": ["Ein Rathaus"]},
            "credit": or_null(_TEXT),
            "license": or_null(ref("License")),
        },
        _("Ein Bild in Kürze"),
    ),
    "License": _whole(
        {
            "identifier": {**_TEXT, "enum": License.values, "examples": ["CC-BY-4.0"]},
            "name": {**_TEXT, "examples": ["CC BY 4.0"]},
            "url": or_null(_ADDRESS),
        },
        _("Eine Lizenz mit ihrer Kennung nach SPDX"),
    ),
    "Problem": {
        "type": "object",
        "description": _("Was nicht ging, nach RFC 9457"),
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": _ADDRESS,
            "title": {**_TEXT, "examples": ["Ein Parameter stimmt nicht"]},
            "status": {"type": "integer", "examples": [400]},
            "detail": {**_TEXT, "examples": ["„page“ erwartet eine ganze Zahl von 1 bis 100000, nicht „abc“."]},
            "parameter": {**_TEXT, "examples": ["page"]},
            "allowed": {"type": "array", "items": _TEXT},
        },
    },
    "Index": _whole(
        {
            "collections": {
                "type": "array",
                "items": _whole({"name": _TEXT, "title": _TEXT, "summary": _TEXT, "url": _ADDRESS}, _("Eine Sammlung")),
            },
            "openapi": _ADDRESS,
            "documentation": _ADDRESS,
            "license": _TEXT,
        },
        _("Womit man beginnt"),
    ),
}


def list_of(schema_name: str, label) -> Json:
    """One page of a collection."""
    return _whole(
        {
            "total": {**_COUNT, "description": _("Wie viele es im Ganzen sind")},
            "page": {**_COUNT, "minimum": 1},
            "per_page": {**_COUNT, "minimum": 1},
            "next": or_null(_ADDRESS),
            "previous": or_null(_ADDRESS),
            "items": {"type": "array", "items": ref(schema_name)},
        },
        label,
    )
