"""BibTeX, for those who write in LaTeX."""

import re

from sessions_app.citations.record import MEDIUM, Citation, Kind, Voice
from sessions_app.citations.text import note, one_line

# Braces too by name: readers count them, escaped or not.
_TEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", '"': r"\textquotedbl{}",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}", **{sign: f"\\{sign}" for sign in "%&_#$"},
}  # fmt: skip
_TEX_SIGNS = re.compile(r"[\\~^\"{}%&_#$]")
# Addresses are read letter by letter; only what would end the field is written otherwise.
_TEX_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def as_bibtex(citation: Citation) -> str:
    """One @misc entry in UTF-8."""
    day = citation.day.isoformat() if citation.day else ""
    fields = {
        "author": " and ".join(_tex_name(voice) for voice in citation.people),
        "title": f"{{{_tex(citation.title)}}}",
        "howpublished": MEDIUM if citation.is_recorded else "",
        "eventtitle": _tex(citation.event or (citation.title if citation.kind == Kind.EVENT else "")),
        "eventdate": day,
        "booktitle": _tex(citation.conference),
        "series": _tex(citation.collection),
        "organization": _tex(citation.publisher),
        "date": day,
        "year": citation.year,
        "journal": _tex(citation.published_in),
        "isbn": _tex(citation.isbn),
        "language": _tex(citation.language),
        "doi": _tex_address(citation.doi),
        "url": _tex_address(citation.range_address),
        "urldate": citation.accessed.isoformat() if citation.accessed else "",
        "note": _tex(note(citation)),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{body}}}\n"


def _tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda sign: _TEX[sign[0]], one_line(text))


def _tex_name(voice: Voice) -> str:
    """Family name first. A name that could be read as two, or as a list, is held together by braces."""
    names = [_tex(voice.family_name), _tex(voice.given_name)]
    held = [f"{{{name}}}" if re.search(r",|\band\b", name) or not voice.given_name else name for name in names]
    return ", ".join(held) if voice.given_name else held[0]


def _tex_address(address: str) -> str:
    return "".join(_TEX_ADDRESS.get(sign, sign) for sign in one_line(address))
