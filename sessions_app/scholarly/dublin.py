"""A record in the fifteen words of Dublin Core."""

from sessions_app.scholarly.record import AUDIOVISUAL, Record

DC = "http://purl.org/dc/elements/1.1/"
# Of DCMI's own list of types.
_TYPES = {AUDIOVISUAL: "MovingImage"}


def dublin_core(record: Record) -> list[tuple[str, str]]:
    """(element, value), in the usual order; what is empty is left out."""
    days = [date for kind, date in record.dates if kind in ("Created", "Collected")]
    found = [
        ("title", record.title),
        ("title", record.subtitle),
        *(("creator", agent.name) for agent in record.creators),
        *(("subject", subject) for subject in record.subjects),
        *(("description", text) for kind, text in record.descriptions if kind == "Abstract"),
        ("publisher", record.publisher),
        *(("contributor", name) for name in dict.fromkeys(agent.name for agent in record.contributors)),
        *(("date", day) for day in days or [record.published_on.isoformat()]),
        ("type", _TYPES.get(record.general, "Collection")),
        *(("format", media_type) for media_type in record.formats),
        ("identifier", record.address),
        ("identifier", record.urn),
        ("source", record.part_of.title if record.part_of else ""),
        ("language", record.language),
        *(("relation", each.address) for each in record.relations),
        *(("coverage", place) for place in record.places),
        *_rights(record),
    ]
    return [(element, value) for element, value in found if value]


def _rights(record: Record) -> list[tuple[str, str]]:
    rights = record.rights
    return [("rights", rights.name), ("rights", rights.address)] if rights else []
