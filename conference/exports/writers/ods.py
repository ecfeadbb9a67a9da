"""ODS in a temporary file: real dates and numbers, text as text, head frozen, filters, a sheet of notes."""

import contextlib
import io
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.sax.saxutils import XMLGenerator

from django.utils import timezone

from conference.exports.extract import Extract
from conference.exports.snapshot import snapshot
from conference.exports.writers import ods_parts, sheets
from conference.exports.writers.ods_cells import CellWriter
from conference.records import Kind

TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(extract: Extract, delimiter: str = "") -> IO[bytes]:
    """The file, open at its start; whoever takes it closes it."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (handed to the caller, who closes it)
    title = sheets.name(extract)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and as it is: so programs tell the format from the first bytes.
        archive.writestr("mimetype", TYPE, zipfile.ZIP_STORED)
        with _document(archive, "content.xml", "office:document-content") as xml:
            _write_content(xml, extract, title)
        for name, root, write in (
            ("styles.xml", "office:document-styles", ods_parts.write_styles),
            ("settings.xml", "office:document-settings", lambda xml: ods_parts.write_settings(xml, title)),
            ("meta.xml", "office:document-meta", lambda xml: ods_parts.write_meta(xml, title, timezone.localtime())),
        ):
            with _document(archive, name, root) as xml:
                write(xml)
        with _part(archive, "META-INF/manifest.xml") as xml:
            ods_parts.write_manifest(xml, TYPE)
    target.seek(0)
    return target


@contextlib.contextmanager
def _part(archive: zipfile.ZipFile, name: str) -> Iterator[ods_parts.Xml]:
    """One file inside, packed while it is written."""
    with archive.open(name, "w") as file, io.TextIOWrapper(file, "utf-8", newline="\n") as text:
        generator = XMLGenerator(text, "utf-8", short_empty_elements=True)
        generator.startDocument()
        yield ods_parts.Xml(generator)
        generator.endDocument()


@contextlib.contextmanager
def _document(archive: zipfile.ZipFile, name: str, root: str) -> Iterator[ods_parts.Xml]:
    with _part(archive, name) as xml, xml.element(root, ods_parts.NAMESPACES | {"office:version": "1.3"}):
        yield xml


def _write_content(xml, extract: Extract, title: str):
    headers = extract.headers()
    widths = [sheets.width(column.kind, header) for column, header in zip(extract.columns, headers, strict=True)]
    ods_parts.write_cell_styles(xml, {*widths, *ods_parts.NOTE_WIDTHS})
    with xml.element("office:body"), xml.element("office:spreadsheet"):
        with snapshot():
            keys = extract.keys()
            with xml.element("table:table", {"table:name": title}):
                kinds = [column.kind for column in extract.columns]
                _write_columns(xml, widths, kinds)
                with xml.element("table:table-header-rows"), xml.element("table:table-row"):
                    for header in headers:
                        CellWriter(xml).text(header, "head")
                count = _write_rows(xml, extract, keys)
        with xml.element("table:table", {"table:name": sheets.NOTES}):
            _write_columns(xml, ods_parts.NOTE_WIDTHS, [Kind.LONG, Kind.LONG])
            _write_notes(xml, sheets.notes(extract, count))
        ods_parts.write_filter(xml, title, (len(headers), count + 1))


def _write_columns(xml, widths, kinds):
    for width, kind in zip(widths, kinds, strict=True):
        style = {"table:style-name": f"width{width}"}
        # What somebody types there later stays the text it is.
        xml.empty("table:table-column", style | {"table:default-cell-style-name": ods_parts.STYLES.get(kind, "text")})


def _write_rows(xml, extract: Extract, keys: list) -> int:
    cells = [(column.value, column.kind) for column in extract.columns]
    write = CellWriter(xml, with_links=len(keys) <= sheets.MOST_LINKS).write
    count = 0
    for number, record in sheets.counted(extract, keys):
        count = number
        with xml.element("table:table-row"):
            for cell, kind in cells:
                write(cell(record), kind)
    return count


def _write_notes(xml, notes: list[tuple[str, str]]):
    cells = CellWriter(xml)
    for label, words in notes:
        with xml.element("table:table-row"):
            cells.text(label, "head")
            cells.text(words)
