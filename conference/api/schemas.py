"""The forms that answers share, as JSON Schema."""

from django.utils.translation import gettext_lazy as _

from conference.api.fields import UUID, choice_schema, or_null, ref
from conference.api.references import Json
from conference.models.choices import License

_TEXT, _ADDRESS = {"type": "string"}, {"type": "string", "format": "uri"}
_COUNT = {"type": "integer", "minimum": 0}


def _whole(properties: Json, label) -> Json:
    """All of it is always there."""
    return {"type": "object", "description": label, "required": list(properties), "properties": properties}


def _says(label) -> Json:
    return {"description": label}


def _reference(name: str, example: str, label) -> Json:
    return _whole(
        {
            "uuid": UUID | _says(_("Kennung, die sich nie ändert")),
            name: {**_TEXT, "examples": [example]} | _says(_("Wie es heißt")),
            "url": _ADDRESS | _says(_("Adresse für Maschinen")),
            "page": _ADDRESS | _says(_("Seite für Menschen")),
        },
        label,
    )


# Those that stand in records, told on the page of documentation too.
WITHIN_RECORDS = ("TitleReference", "NameReference", "ImageReference", "RichText", "License")
SHARED: dict[str, Json] = {
    "RichText": _whole(
        {
            "html": {**_TEXT, "examples": ["<p>Mut zur <em>Lücke</em>.</p>"]} | _says(_("Als sicheres HTML")),
            "text": {**_TEXT, "examples": ["Mut zur Lücke."]} | _says(_("In bloßen Worten, eine Zeile je Absatz")),
        },
        _("Ein langer Text"),
    ),
    "TitleReference": _reference("title", "Auftakt", _("Ein anderes Werk in Kürze")),
    "NameReference": _reference("name", "Detlev Kohlmeier", _("Eine Person oder Einrichtung in Kürze")),
    "ImageReference": _whole(
        {
            "uuid": UUID | _says(_("Kennung, die sich nie ändert")),
            "url": _ADDRESS | _says(_("Adresse für Maschinen")),
            "file_url": _ADDRESS | _says(_("Adresse der Datei")),
            "alt_text": {**_TEXT, "examples": ["Ein Rathaus"]} | _says(_("Alternativtext")),
            "credit": or_null(_TEXT) | _says(_("Bildnachweis")),
            "license": or_null(ref("License")) | _says(_("Lizenz")),
        },
        _("Ein Bild in Kürze"),
    ),
    "License": _whole(
        {
            "identifier": {"type": "string", **choice_schema(License.choices)} | _says(_("Kennung nach SPDX")),
            "name": {**_TEXT, "examples": ["CC BY 4.0"]} | _says(_("Wie sie heißt")),
            "url": or_null(_ADDRESS) | _says(_("Ihr Wortlaut")),
        },
        _("Eine Lizenz"),
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
