"""One door for all programmes: the format is told by the content."""

import io
from pathlib import Path

from django.utils.translation import gettext as _

from conference.refusing import Refused
from conference.tables import read_book
from conference.tables.parts import LIMITS as TABLE_LIMITS
from conference.zip_reading import opened
from sessions_app.interchange.noting import Notes
from sessions_app.interchange.plain_values import load
from sessions_app.interchange.programme import FileRefused, Programme
from sessions_app.interchange.pyvideo import read_pyvideo
from sessions_app.interchange.schedule_json import read_schedule_json
from sessions_app.interchange.schedule_xml import read_schedule_xml
from sessions_app.interchange.spreadsheet import read_spreadsheet

SCHEDULE_XML, SCHEDULE_JSON, PYVIDEO, SPREADSHEET = "schedule_xml", "schedule_json", "pyvideo", "spreadsheet"
LARGEST = 20_000_000
_BEGIN = 65_536
_SCHEDULE_KEYS = {"schedule", "conference", "days", "events"}


def read(
    source: bytes | Path, file_name: str, mapping: dict[str, str] | None = None, key: str = "", zone: str = ""
) -> Programme:
    """A programme in any of the formats. `mapping`, `key` and `zone` are for tables (`read_spreadsheet`).

    Raises FileRefused, and nothing else, whatever the file holds.
    """
    kind = detect(source, file_name)
    content = _content(source)
    if kind == SCHEDULE_XML:
        return read_schedule_xml(content, file_name)
    if kind == SCHEDULE_JSON:
        return read_schedule_json(content, file_name)
    if kind == PYVIDEO:
        return read_pyvideo(content, file_name)
    try:
        book = read_book(io.BytesIO(content), file_name)
    except Refused as refused:
        raise FileRefused(refused.sentence, refused.place) from refused
    options = {"zone": zone} if zone else {}
    return read_spreadsheet(book, mapping, file_name, key, **options)


def detect(source: bytes | Path, file_name: str = "") -> str:
    """SCHEDULE_XML, SCHEDULE_JSON, PYVIDEO or SPREADSHEET; what is none of them is left to the tables to refuse."""
    if isinstance(source, Path) and source.is_dir():
        return PYVIDEO
    content = _content(source)
    start = _plain_start(content)
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    if start.startswith("<"):
        return SCHEDULE_XML
    if start.startswith(("{", "[")):
        return _kind_of_json(content)
    if file_name.lower().endswith((".xml", ".json")):
        raise FileRefused(_("Die Datei ist weder XML noch JSON noch eine Tabelle."))
    return SPREADSHEET


def _content(source: bytes | Path) -> bytes | Path:
    """A folder stays what it is."""
    if isinstance(source, Path):
        if source.is_dir():
            return source
        with source.open("rb") as stream:
            source = stream.read(LARGEST + 1)
    if len(source) > LARGEST:
        raise FileRefused(_("Die Datei ist größer als %(most)s MB.") % {"most": LARGEST // 1_000_000})
    if not source.strip():
        raise FileRefused(_("Die Datei ist leer."))
    return source


def _plain_start(content: bytes) -> str:
    """The first signs, whatever they are coded in."""
    start = content[:_BEGIN].lstrip()
    coding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return start.decode(coding, "replace").lstrip()[:100]


def _kind_of_archive(content: bytes) -> str:
    try:
        with opened(io.BytesIO(content), TABLE_LIMITS) as archive:
            names = list(archive.entries)
    except Refused as refused:
        raise FileRefused(refused.sentence, refused.place) from refused
    if "mimetype" in names or "[Content_Types].xml" in names:
        return SPREADSHEET
    if any(name.lower().endswith(".json") for name in names):
        return PYVIDEO
    words = _("In dem Archiv liegt kein Programm. Erwartet wird ein pyvideo-Ordner; anderes bitte vorher auspacken.")
    raise FileRefused(words)


def _kind_of_json(content: bytes) -> str:
    document = load(content, Notes())
    if not isinstance(document, dict) or isinstance(document.get("records"), list):
        return SPREADSHEET
    if _SCHEDULE_KEYS & document.keys():
        return SCHEDULE_JSON
    if isinstance(document.get("videos"), list):
        raise FileRefused(_("Das ist ein einzelnes Video von pyvideo. Gebraucht wird der ganze Ordner als ZIP."))
    raise FileRefused(_("Das ist kein schedule.json: „schedule“ mit „conference“ und „days“ fehlt."))
