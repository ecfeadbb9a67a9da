"""How to quote what is here: a passage, a recording, an event, a contribution, in the forms authors need.

Records go in, text comes out; whoever builds a record has asked what its reader may see.
"""

from collections.abc import Callable
from typing import NamedTuple

from sessions_app.citations.bibtex import as_bibtex
from sessions_app.citations.csl import as_csl, as_csl_json
from sessions_app.citations.record import Citation, Kind, Voice
from sessions_app.citations.ris import as_ris
from sessions_app.citations.text import as_text

__all__ = ["FORMATS", "Citation", "Format", "Kind", "Voice", "as_bibtex", "as_csl", "as_csl_json", "as_ris", "as_text"]


class Format(NamedTuple):
    write: Callable[[Citation], str]
    suffix: str
    content_type: str


FORMATS = {
    "text": Format(as_text, "txt", "text/plain; charset=utf-8"),
    "bibtex": Format(as_bibtex, "bib", "application/x-bibtex; charset=utf-8"),
    "ris": Format(as_ris, "ris", "application/x-research-info-systems; charset=utf-8"),
    "csl": Format(as_csl_json, "json", "application/vnd.citationstyles.csl+json"),
}
