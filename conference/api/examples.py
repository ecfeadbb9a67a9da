"""An example for each form, put together from the examples of its parts."""

from conference.api.references import Json

_BY_FORMAT = {
    "uri": "https://example.org/…",
    "uuid": "6c1f0b52-43f0-4c1c-9d0a-0f1a2f5f1c11",
    "date": "2020-10-28",
    "date-time": "2020-10-28T09:30:00+01:00",
}
_BY_TYPE = {"string": "…", "integer": 1, "number": 1, "boolean": False, "null": None}


def example_of(schema: Json, schemas: Json):
    """What its own example says, else one of its kind; of a choice the first."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    if "oneOf" in schema:
        return example_of(schema["oneOf"][0], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    made = {
        "array": lambda: [example_of(schema["items"], schemas)],
        "object": lambda: {name: example_of(part, schemas) for name, part in schema["properties"].items()},
    }.get(kinds[0], lambda: _plain(schema, kinds))
    return made()


def _plain(schema: Json, kinds: list[str]):
    if "null" in kinds and "format" not in schema:
        return None
    return _BY_FORMAT.get(schema.get("format"), _BY_TYPE[kinds[0]])
