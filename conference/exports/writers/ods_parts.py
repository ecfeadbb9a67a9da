"""What an ODS file has beside its rows: styles, settings, the list of its parts."""

import contextlib
import datetime
from collections.abc import Iterable, Iterator

from xlsxwriter.utility import xl_col_to_name

from conference.records import Kind

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = {
    "xmlns:office": f"{_OASIS}:office:1.0",
    "xmlns:table": f"{_OASIS}:table:1.0",
    "xmlns:text": f"{_OASIS}:text:1.0",
    "xmlns:style": f"{_OASIS}:style:1.0",
    "xmlns:number": f"{_OASIS}:datastyle:1.0",
    "xmlns:fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "xmlns:config": f"{_OASIS}:config:1.0",
    "xmlns:meta": f"{_OASIS}:meta:1.0",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}
STYLES = {Kind.DATE: "date", Kind.TIME: "time", Kind.DURATION: "duration", Kind.NUMBER: "Default"}
NOTE_WIDTHS = (24, 90)
# A character of ten points, in centimetres.
CHARACTER = 0.19
# How values look: the style's element, then its pieces.
_LOOKS = {
    "date": (
        "number:date-style",
        {},
        [
            ("number:day", {"number:style": "long"}),
            ("number:text", "."),
            ("number:month", {"number:style": "long"}),
            ("number:text", "."),
            ("number:year", {"number:style": "long"}),
        ],
    ),
    "time": (
        "number:time-style",
        {},
        [
            ("number:hours", {"number:style": "long"}),
            ("number:text", ":"),
            ("number:minutes", {"number:style": "long"}),
        ],
    ),
    "duration": (
        "number:time-style",
        {"number:truncate-on-overflow": "false"},
        [
            ("number:hours", {}),
            ("number:text", ":"),
            ("number:minutes", {"number:style": "long"}),
            ("number:text", ":"),
            ("number:seconds", {"number:style": "long"}),
        ],
    ),
    "text": ("number:text-style", {}, [("number:text-content", {})]),
}


class Xml:
    """Elements as blocks. Names and attributes are ours; text is written as text by the generator."""

    def __init__(self, generator):
        self.generator = generator
        self.characters = generator.characters

    @contextlib.contextmanager
    def element(self, name: str, attributes: dict | None = None) -> Iterator[None]:
        self.generator.startElement(name, attributes or {})
        yield
        self.generator.endElement(name)

    def empty(self, name: str, attributes: dict | None = None):
        self.generator.startElement(name, attributes or {})
        self.generator.endElement(name)

    def said(self, name: str, text: str, attributes: dict | None = None):
        with self.element(name, attributes):
            self.characters(text)


def write_cell_styles(xml: Xml, widths: Iterable[int]):
    with xml.element("office:automatic-styles"):
        for width in sorted(widths):
            with xml.element("style:style", {"style:name": f"width{width}", "style:family": "table-column"}):
                xml.empty("style:table-column-properties", {"style:column-width": f"{width * CHARACTER:.2f}cm"})
        for name, (look, attributes, pieces) in _LOOKS.items():
            with xml.element(look, {"style:name": f"look-{name}", **attributes}):
                for piece, told in pieces:
                    xml.said(piece, told) if isinstance(told, str) else xml.empty(piece, told)
        for name in _LOOKS:
            with xml.element("style:style", _cell(name) | {"style:data-style-name": f"look-{name}"}):
                xml.empty("style:table-cell-properties", {"style:text-align-source": "fix"})
                xml.empty("style:paragraph-properties", {"fo:text-align": "start"})
        with xml.element("style:style", _cell("head")):
            xml.empty("style:table-cell-properties", {"fo:border-bottom": "0.75pt solid #000000"})
            xml.empty("style:text-properties", {"fo:font-weight": "bold"})


def _cell(name: str) -> dict:
    return {"style:name": name, "style:family": "table-cell", "style:parent-style-name": "Default"}


def write_styles(xml: Xml):
    with xml.element("office:styles"):
        with xml.element("style:default-style", {"style:family": "table-cell"}):
            xml.empty("style:text-properties", {"fo:language": "de", "fo:country": "DE", "fo:font-size": "10pt"})
        xml.empty("style:style", {"style:name": "Default", "style:family": "table-cell"})


def write_filter(xml: Xml, sheet: str, size: tuple[int, int]):
    """Buttons at the head. `size` as columns and rows."""
    columns, rows = size
    corners = f"'{sheet}'.A1:'{sheet}'.{xl_col_to_name(columns - 1)}{rows}"
    # By this name the filter belongs to the sheet alone.
    names = {
        "table:name": "__Anonymous_Sheet_DB__0",
        "table:target-range-address": corners,
        "table:display-filter-buttons": "true",
    }
    with xml.element("table:database-ranges"):
        xml.empty("table:database-range", names)


def write_settings(xml: Xml, sheet: str):
    """The head stays while the rows move."""
    frozen = {
        "HorizontalSplitMode": ("short", "0"),
        "VerticalSplitMode": ("short", "2"),
        "VerticalSplitPosition": ("int", "1"),
        "ActiveSplitRange": ("short", "2"),
        "PositionTop": ("int", "0"),
        "PositionBottom": ("int", "1"),
    }
    with contextlib.ExitStack() as inside:
        for name, attributes in (
            ("office:settings", {}),
            ("config:config-item-set", {"config:name": "ooo:view-settings"}),
            ("config:config-item-map-indexed", {"config:name": "Views"}),
            ("config:config-item-map-entry", {}),
        ):
            inside.enter_context(xml.element(name, attributes))
        xml.said("config:config-item", "view1", {"config:name": "ViewId", "config:type": "string"})
        tables = xml.element("config:config-item-map-named", {"config:name": "Tables"})
        with tables, xml.element("config:config-item-map-entry", {"config:name": sheet}):
            for name, (kind, value) in frozen.items():
                xml.said("config:config-item", value, {"config:name": name, "config:type": kind})
        xml.said("config:config-item", sheet, {"config:name": "ActiveTable", "config:type": "string"})


def write_meta(xml: Xml, title: str, moment: datetime.datetime):
    with xml.element("office:meta"):
        xml.said("dc:title", title)
        xml.said("dc:language", "de-DE")
        xml.said("meta:creation-date", moment.isoformat(timespec="seconds"))


def write_manifest(xml: Xml, media_type: str):
    namespace = {"xmlns:manifest": f"{_OASIS}:manifest:1.0", "manifest:version": "1.3"}
    parts = {"/": media_type} | dict.fromkeys(("content.xml", "styles.xml", "settings.xml", "meta.xml"), "text/xml")
    with xml.element("manifest:manifest", namespace):
        for path, kind in parts.items():
            xml.empty("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
