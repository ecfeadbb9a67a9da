"""The description of the data in OpenAPI 3.1, made from the declarations that answer."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.api.answers import JSON, PROBLEM
from conference.api.collection import Collection
from conference.api.examples import example_of
from conference.api.fields import Part, ref
from conference.api.parameters import Parameter
from conference.api.references import Json
from conference.api.schemas import SHARED, list_of
from conference.api.views import license_note

VERSION = "1.0.0"
JSON_LINES = "application/jsonl"
_KEY = {"name": "uuid", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


@dataclass(frozen=True)
class Description:
    """`collections` at their own addresses, `cues` at that of each of the `videos`."""

    collections: tuple[Collection, ...]
    videos: Collection
    cues: Collection

    def parts(self) -> list[Part]:
        """Every noun, and the rows they are told with, each once."""
        found = {}
        for collection in (*self.collections, self.cues):
            for part in (collection.noun, *collection.noun.inner()):
                found.setdefault(part.schema_name, part)
        return list(found.values())

    def document(self) -> Json:
        """As plain data, in the language of the content."""
        with override(settings.CONTENT_LANGUAGE):
            return json.loads(json.dumps(self._document(), cls=DjangoJSONEncoder))

    def _document(self) -> Json:
        return {
            "openapi": "3.1.0",
            "info": {
                "title": _("%(site)s: Daten zum Lesen") % {"site": settings.SITE_NAME},
                "version": VERSION,
                "description": _("Alles Veröffentlichte als JSON. Nur zum Lesen, ohne Anmeldung."),
                "license": {"name": license_note()},
            },
            "servers": [{"url": settings.SITE_URL}],
            "externalDocs": {"url": f"{settings.SITE_URL}{reverse('api_documentation')}"},
            "tags": [
                {"name": each.name, "description": f"{each.title}. {each.summary}"}
                for each in (*self.collections, self.cues)
            ],
            "paths": self._paths,
            "components": {"schemas": self._schemas},
        }

    @property
    def _paths(self) -> Json:
        base = reverse("api_index")
        paths = {base: {"get": _operation("getIndex", _("Womit man beginnt"), (), ref("Index"), example=None)}}
        for each in self.collections:
            paths[f"{base}{each.name}"] = {"get": self._list(each)}
            paths[f"{base}{each.name}/{{uuid}}"] = {"get": self._one(each)}
        cues = self._list(self.cues) | {"parameters": [_KEY, *map(_described, self.cues.of_list)]}
        cues["responses"] = cues["responses"] | _missing()
        paths[f"{base}{self.videos.name}/{{uuid}}/{self.cues.name}"] = {"get": cues}
        paths["/konferenzen/{slug}/daten.jsonl"] = {"get": _dump()}
        return paths

    def _list(self, collection: Collection) -> Json:
        name = collection.noun.schema_name
        example = {"total": 1, "page": 1, "per_page": 50, "next": None, "previous": None}
        return _operation(
            f"list{name}",
            collection.summary,
            collection.of_list,
            ref(f"{name}List"),
            example=example | {"items": [self.example(collection.noun)]},
        ) | {"tags": [collection.name]}

    def _one(self, collection: Collection) -> Json:
        name = collection.noun.schema_name
        label = _("Ein Eintrag aus: %(title)s") % {"title": collection.title}
        operation = _operation(f"get{name}", label, collection.of_one, ref(name), example=self.example(collection.noun))
        operation["parameters"] = [_KEY, *operation["parameters"]]
        operation["responses"] = operation["responses"] | _missing()
        return operation | {"tags": [collection.name]}

    def example(self, part: Part) -> Json:
        return {field.name: example_of(field.schema, self._schemas) for field in part.fields}

    @cached_property
    def _schemas(self) -> Json:
        """Nothing is required of a noun: whoever asks for some of its fields gets those."""
        made = dict(SHARED)
        for part in self.parts():
            properties = {field.name: field.schema | {"description": field.label} for field in part.fields}
            made[part.schema_name] = {"type": "object", "description": part.label, "properties": properties}
        for collection in (*self.collections, self.cues):
            name = collection.noun.schema_name
            made[f"{name}List"] = list_of(name, collection.summary)
        return made


def _operation(name: str, summary, parameters: tuple[Parameter, ...], schema: Json, example) -> Json:
    content = {JSON: {"schema": schema} | ({"example": example} if example else {})}
    headers = {
        "ETag": {"schema": {"type": "string"}, "description": _("Für If-None-Match")},
        "Content-Language": {"schema": {"type": "string"}},
    }
    if any(parameter.name == "page" for parameter in parameters):
        headers["Link"] = {"schema": {"type": "string"}, "description": _("Die Seiten ringsum, nach RFC 8288")}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [_described(parameter) for parameter in parameters],
        "responses": {
            "200": {"description": _("Gefunden"), "headers": headers, "content": content},
            "304": {"description": _("Unverändert, wenn If-None-Match die ETag nennt")},
            "400": _problem(_("Ein Parameter stimmt nicht")),
            "405": _problem(_("Diese Methode gibt es hier nicht")),
        },
    }


def _described(parameter: Parameter) -> Json:
    shape = {"style": "form", "explode": False} if parameter.schema["type"] == "array" else {}
    example = {} if parameter.example is None else {"example": parameter.example}
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.label,
        "schema": parameter.schema,
        **shape,
        **example,
    }


def _problem(label) -> Json:
    return {"description": label, "content": {PROBLEM: {"schema": ref("Problem")}}}


def _missing() -> Json:
    return {"404": _problem(_("Nicht gefunden"))}


def _dump() -> Json:
    slug = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,80}$", "examples": ["herbst-konferenz-2020"]}
    return {
        "operationId": "dumpConference",
        "summary": _("Alles Öffentliche einer Konferenz, eine Zeile je Datensatz"),
        "parameters": [{"name": "slug", "in": "path", "required": True, "schema": slug}],
        "responses": {
            "200": {"description": _("Gefunden"), "content": {JSON_LINES: {"schema": {"type": "string"}}}},
            "400": _problem(_("Ein Parameter stimmt nicht")),
            "404": {"description": _("Nicht gefunden")},
            "405": _problem(_("Diese Methode gibt es hier nicht")),
        },
    }
