"""The cells of an ODS file: each value as what it is, text with every blank and line break."""

import datetime
import re
from typing import Any

from conference.exports.writers import sheets
from conference.records import Kind

# What XML cannot hold: control characters, halves of pairs, and two that are no characters.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INSTEAD = "\ufffd"
# What a reader would run together: several blanks, those at either end. A tab stays as it is: LibreOffice 7 drops
# the element for it.
_BLANKS = re.compile(r"(^ +| +$| {2,})")
_LINE_END = re.compile(r"\r\n?|\n")


def speakable(text: str) -> str:
    return _UNSPEAKABLE.sub(_INSTEAD, text)


class CellWriter:
    def __init__(self, xml, with_links: bool = False):
        self.xml = xml
        self.with_links = with_links

    def write(self, value: Any, kind: Kind):
        if value is None or value == "":
            self.xml.empty("table:table-cell")
        elif isinstance(value, str):
            self.text(value, address=value if self.with_links and sheets.is_link(value, kind) else "")
        elif isinstance(value, datetime.date) and value < sheets.FIRST_DAY:
            self.text(value.isoformat())
        elif isinstance(value, datetime.date):
            self._typed("date", "date-value", value.isoformat(), "date")
        elif isinstance(value, datetime.time):
            self._typed("time", "time-value", f"PT{value:%HH%MM%SS}", "time")
        elif isinstance(value, datetime.timedelta):
            self._typed("time", "time-value", _period(value), "duration")
        else:
            self._typed("float", "value", str(value))

    def text(self, text: str, style: str = "", address: str = ""):
        """One paragraph a line."""
        attributes = {"office:value-type": "string"} | ({"table:style-name": style} if style else {})
        with self.xml.element("table:table-cell", attributes):
            for line in _LINE_END.split(speakable(sheets.fitting(text))):
                with self.xml.element("text:p"):
                    if address:
                        with self.xml.element("text:a", {"xlink:type": "simple", "xlink:href": speakable(address)}):
                            self._line(line)
                    else:
                        self._line(line)

    def _typed(self, kind: str, attribute: str, value: str, style: str = ""):
        attributes = {"office:value-type": kind, f"office:{attribute}": value}
        if style:
            attributes["table:style-name"] = style
        with self.xml.element("table:table-cell", attributes), self.xml.element("text:p"):
            self.xml.characters(value)

    def _line(self, line: str):
        if "  " not in line and line == line.strip(" "):
            self.xml.characters(line)
            return
        for place, piece in enumerate(_BLANKS.split(line)):
            if place % 2 == 0:
                self.xml.characters(piece)
            else:
                self.xml.empty("text:s", {"text:c": str(len(piece))})


def _period(duration: datetime.timedelta) -> str:
    """As XML Schema writes it, in hours whatever their number."""
    seconds = int(duration.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}PT{seconds // 3600:02}H{seconds // 60 % 60:02}M{seconds % 60:02}S"
