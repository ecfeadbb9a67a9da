"""One door for all tables: the kind is told by the content."""

import codecs
import re
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from conference.tables.book import Book, TableRefused
from conference.tables.csv_reading import read_csv
from conference.tables.json_reading import read_json
from conference.tables.limits import LARGEST_FILE, too_large
from conference.tables.ods_reading import read_ods
from conference.tables.parts import LIMITS
from conference.tables.xlsx_reading import read_xlsx
from conference.xml_reading import XmlRefused
from conference.zip_reading import Archive, ZipRefused, opened

# How files begin that are no tables, or none of ours.
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|html|table|meta)", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_SUFFIXES = {"csv": (".csv", ".txt", ".tsv", ".tab"), "xlsx": (".xlsx", ".xlsm", ".xltx"), "ods": (".ods", ".ots")}


def read_book(source: BinaryIO | Path, file_name: str) -> Book:
    """Read a table that somebody uploaded. Raises TableRefused.

    The kind is told by the content; a name that contradicts it is a warning. CSV comes as text throughout: dates and
    numbers are for the caller to understand, and formulas for the caller to rearm (`conference.exports.rearm`).
    XLSX and ODS give real dates, times, durations, numbers and booleans; a formula gives the value it was saved with.
    JSON gives one sheet whose first row are the keys; values in it stay lists and dicts. `source` is left open.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return read_book(stream, file_name)
    try:
        book = _read(source, file_name.lower())
    except (XmlRefused, ZipRefused) as refused:
        raise TableRefused(refused.sentence, refused.place) from refused
    if book.kind != "json" and not any(sheet.rows for sheet in book.sheets):
        raise TableRefused(_("Die Datei enthält keine Zeile mit Inhalt."))
    if not file_name.lower().endswith(_SUFFIXES.get(book.kind, ".json")):
        sentence = _("Die Datei heißt „%(name)s“, ist ihrem Inhalt nach aber %(kind)s.")
        book.warnings.insert(0, sentence % {"name": file_name[:100], "kind": book.kind.upper()})
    return book


def _read(source: BinaryIO, file_name: str) -> Book:
    source.seek(0)
    start = source.read(4096)
    source.seek(0)
    if start.startswith(_ZIP):
        with opened(source, LIMITS) as archive:
            return _read_package(archive)
    content = source.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise too_large(LARGEST_FILE)
    if sentence := _why_not(content):
        raise TableRefused(sentence)
    is_json = file_name.endswith(".json") or _JSON.match(start.removeprefix(codecs.BOM_UTF8))
    return read_json(content) if is_json else read_csv(content)


def _read_package(archive: Archive) -> Book:
    kind = archive.start("mimetype") if "mimetype" in archive else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return read_ods(archive)
    if "[Content_Types].xml" in archive and any(name.startswith(("xl/", "/xl/")) for name in archive.entries):
        return read_xlsx(archive)
    if kind or "[Content_Types].xml" in archive:
        raise TableRefused(_("Das ist ein Dokument, aber keine Tabelle (XLSX oder ODS)."))
    raise TableRefused(_("Das ist ein ZIP-Archiv, aber keine Tabelle (XLSX oder ODS)."))


def _why_not(content: bytes) -> str:
    if not content.strip():
        return _("Die Datei ist leer.")
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _("Die Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort.")
        return _("Das ist eine Datei eines alten Office-Programms (XLS). Bitte speichern Sie sie als XLSX oder ODS.")
    if content.startswith(_OTHERS):
        return _("Das ist keine Tabelle. Gelesen werden CSV, XLSX, ODS und JSON.")
    if _MARKUP.match(content.removeprefix(codecs.BOM_UTF8)):
        return _("Das ist eine XML- oder HTML-Datei. Bitte speichern Sie sie als XLSX, ODS oder CSV.")
    return ""
