"""An uploaded file as lines of text: its size, its encoding and its signs are judged before anybody reads it."""

import re
from typing import BinaryIO, NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sessions_app.transcripts import markup
from sessions_app.transcripts.limits import Limits
from sessions_app.transcripts.problems import Problems

BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# UTF-8 read as Windows-1252 and saved again: "für" becomes "fÃ¼r".
_TWICE_ENCODED = re.compile("Ã[¤¶¼Ÿ„–œ]")


class TextFile(NamedTuple):
    """Lines without their ends, and what is needed to write them back as they were."""

    lines: list[str]
    newline: str
    has_bom: bool


def read_text(source: bytes | BinaryIO, limits: Limits, problems: Problems) -> TextFile:
    """Raises TranscriptError. Never holds more of the file than is allowed, and a byte."""
    data = _read_bytes(source, limits.max_bytes, problems)
    has_bom = data.startswith(BOM)
    text = _decode(data.removeprefix(BOM), problems)
    newline = _newline(text)
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if unified.count("\n") > limits.max_lines:
        sentence = _("Die Datei hat mehr als %(count)d Zeilen, also auch zu viele Textstellen.")
        problems.fatal(limits.max_lines + 1, sentence % {"count": limits.max_lines})
    lines = unified.split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > limits.max_line:
            sentence = _("Die Zeile hat mehr als %(count)d Zeichen. Ist das die richtige Datei?")
            problems.error(number, sentence % {"count": limits.max_line})
    problems.raise_errors()
    if twice := _TWICE_ENCODED.search(text):
        sentence = _("Die Umlaute sehen falsch aus („%(sample)s“). Bitte prüfen Sie, wie die Datei gespeichert wurde.")
        problems.warn(_line_of(text, twice.start()), sentence % {"sample": twice.group()})
    return TextFile(lines, newline, has_bom)


def is_blank(line: str) -> bool:
    """Spaces and tabs count as nothing; a no-break space is a line somebody wanted."""
    return not line.strip(" \t")


def _read_bytes(source: bytes | BinaryIO, max_bytes: int, problems: Problems) -> bytes:
    size = len(source) if isinstance(source, bytes) else getattr(source, "size", None)
    data = source if isinstance(source, bytes) else b""
    if not isinstance(source, bytes) and (size is None or size <= max_bytes):
        data = source.read(max_bytes + 1)
        size = len(data)
    if size > max_bytes:
        sentence = _("Die Datei ist größer als %(limit)s. Eine Textspur von mehreren Stunden ist viel kleiner.")
        problems.fatal(None, sentence % {"limit": filesizeformat(max_bytes)})
    if not data.removeprefix(BOM).strip():
        problems.fatal(None, _("Die Datei ist leer."))
    return data


def _decode(data: bytes, problems: Problems) -> str:
    if data.startswith(_UTF16):
        problems.fatal(1, _("Die Datei ist in UTF-16 gespeichert. Bitte speichern Sie sie als UTF-8."))
    if (zero := data.find(b"\0")) >= 0:
        sentence = _("Die Zeile enthält ein Nullzeichen (NUL). Das ist keine Textdatei, oder sie ist beschädigt.")
        problems.fatal(_line_of(data, zero), sentence)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        sentence = _(
            "Die Zeile ist nicht in UTF-8, vermutlich in Windows-1252. Bitte speichern Sie die Datei als UTF-8."
        )
        problems.fatal(_line_of(data, error.start), sentence)
    if control := markup.CONTROL.search(text):
        sentence = _("Die Zeile enthält ein Steuerzeichen (U+%(code)s). Bitte löschen Sie es.")
        problems.fatal(_line_of(text, control.start()), sentence % {"code": f"{ord(control.group()):04X}"})
    return text


def _line_of(data: bytes | str, offset: int) -> int:
    """Counts as lines end, be it with CRLF, LF or CR alone."""
    lf, cr, crlf = (b"\n", b"\r", b"\r\n") if isinstance(data, bytes) else ("\n", "\r", "\r\n")
    before = data[:offset]
    return before.count(lf) + before.count(cr) - before.count(crlf) + 1


def _newline(text: str) -> str:
    """The line end of the whole file; LF if it has several."""
    crlf = text.count("\r\n")
    if crlf and crlf == text.count("\n") == text.count("\r"):
        return "\r\n"
    return "\r" if "\r" in text and "\n" not in text else "\n"
