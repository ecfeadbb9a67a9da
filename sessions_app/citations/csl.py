"""CSL-JSON, for everything that formats citations in a style of its own."""

import datetime
import json

from sessions_app.citations.record import MEDIUM, Citation, Kind, Voice
from sessions_app.citations.text import note, one_line


def as_csl(citation: Citation) -> dict:
    """An item of CSL-JSON, as plain data."""
    item = {
        "id": citation.key,
        "type": _csl_type(citation),
        "title": one_line(citation.title),
        "author": [_csl_name(voice) for voice in citation.people],
        "container-title": one_line(citation.published_in or citation.conference),
        "collection-title": one_line(citation.collection),
        "event-title": one_line(citation.event or (citation.title if citation.kind == Kind.EVENT else "")),
        "event-date": _csl_date(citation.day),
        "issued": _csl_date(citation.day) or _csl_year(citation.printed_year),
        "accessed": _csl_date(citation.accessed),
        "publisher": one_line(citation.publisher),
        "medium": MEDIUM if citation.is_recorded else "",
        "language": citation.language,
        "ISBN": one_line(citation.isbn),
        "DOI": one_line(citation.doi),
        "URL": one_line(citation.range_address),
        "note": note(citation),
    }
    return {name: value for name, value in item.items() if value}


def as_csl_json(citation: Citation) -> str:
    return json.dumps([as_csl(citation)], ensure_ascii=False, indent=2) + "\n"


def _csl_type(citation: Citation) -> str:
    if citation.kind == Kind.CONTRIBUTION:
        return "speech"
    if citation.kind == Kind.MATERIAL:
        return "book" if citation.isbn else "document"
    return "motion_picture" if citation.is_recorded else "webpage"


def _csl_name(voice: Voice) -> dict:
    if not voice.given_name:
        return {"literal": one_line(voice.family_name)}
    return {"family": one_line(voice.family_name), "given": one_line(voice.given_name)}


def _csl_year(year: int | None) -> dict | None:
    return {"date-parts": [[year]]} if year else None


def _csl_date(day: datetime.date | None) -> dict | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
