"""RIS, for reference managers."""

from sessions_app.citations.record import MEDIUM, Citation, Kind
from sessions_app.citations.text import note, one_line

_CRLF = "\r\n"


def as_ris(citation: Citation) -> str:
    """One record, lines ending as the format wants them."""
    tags = [
        ("TY", _ris_type(citation)),
        ("ID", citation.key),
        *(("A1", voice.sorted_name) for voice in citation.people),
        ("TI", citation.title),
        ("T2", citation.published_in or citation.conference),
        ("T3", citation.collection),
        ("C1", citation.event),
        ("M3", MEDIUM if citation.is_recorded else ""),
        ("PB", citation.publisher),
        ("PY", citation.year),
        ("DA", citation.day and f"{citation.day:%Y/%m/%d}/"),
        ("SN", citation.isbn),
        ("LA", citation.language),
        ("DO", citation.doi),
        ("UR", citation.range_address),
        ("Y2", citation.accessed and f"{citation.accessed:%Y/%m/%d}/"),
        ("N1", note(citation)),
    ]
    lines = [f"{tag}  - {line}" for tag, value in tags if value and (line := one_line(value))]
    return _CRLF.join([*lines, "ER  - ", ""])


def _ris_type(citation: Citation) -> str:
    if citation.is_recorded:
        return "VIDEO"
    if citation.kind == Kind.MATERIAL:
        return "BOOK" if citation.isbn else "GEN"
    return "SLIDE" if citation.kind == Kind.CONTRIBUTION else "ELEC"
