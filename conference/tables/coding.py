"""In which coding a text file is written: told, found, or guessed with a warning."""

import codecs
import re

from django.utils.translation import gettext as _

from conference.refusing import at_line
from conference.tables.book import TableRefused

PIECE = 1_000_000
# What UTF-8 looks like: umlauts, accents, quotation marks and dashes.
_UTF_8_INSIDE = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x90-\xbf]")
# Bytes that Windows-1252 has no character for.
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_WORD = re.compile(rb"[^\s;,|\"]{0,20}[\x80-\xff][^\s;,|\"]{0,20}")


def coding_of(content: bytes, warnings: list[str]) -> str:
    """The name of the coding; `warnings` is told of a guess. Raises TableRefused if none fits."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise TableRefused(_("Die Datei ist in UTF-32 gespeichert. Bitte speichern Sie sie als „CSV UTF-8“."))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(content, "utf-16")
    if (position := content.find(b"\0")) >= 0:
        sentence = _("Die Datei enthält Nullbytes und ist kein gewöhnlicher Text. Bitte speichern Sie als „CSV UTF-8“.")
        raise TableRefused(sentence, _line(content, position))
    broken = _first_error(content, "utf-8")
    if broken is None:
        return "utf-8-sig"
    if content.startswith(codecs.BOM_UTF8) or _UTF_8_INSIDE.search(content) or _NOT_WINDOWS.search(content):
        sentence = _("Die Datei sagt nicht, in welcher Zeichenkodierung sie gespeichert ist, oder mischt mehrere.")
        advice = _("Bitte speichern Sie sie als „CSV UTF-8“.")
        raise TableRefused(f"{sentence} {advice}", _line(content, broken))
    word = _WORD.search(content)
    sentence = _(
        "Die Datei ist nicht in UTF-8 gespeichert; sie wurde als Windows-1252 gelesen. "
        "Bitte prüfen Sie die Umlaute, zum Beispiel „%(word)s“ in Zeile %(line)s."
    )
    line = content.count(b"\n", 0, word.start()) + 1
    warnings.append(sentence % {"word": word[0].decode("cp1252"), "line": line})
    return "cp1252"


def _checked(content: bytes, coding: str) -> str:
    broken = _first_error(content, coding)
    if broken is not None:
        line = at_line(content[:broken].decode(coding, "ignore").count("\n") + 1)
        raise TableRefused(_("Hier stimmt die Zeichenkodierung nicht (%(coding)s).") % {"coding": coding.upper()}, line)
    return coding


def _first_error(content: bytes, coding: str) -> int | None:
    """Where decoding fails, if it does; piece by piece, since text takes up to four times the memory."""
    decoder = codecs.getincrementaldecoder(coding)()
    view, kept = memoryview(content), 0
    for start in range(0, len(content) + 1, PIECE):
        piece = view[start : start + PIECE]
        try:
            decoder.decode(piece, final=start + PIECE > len(content))
        except UnicodeDecodeError as error:
            return start - kept + error.start
        kept = len(decoder.getstate()[0])
    return None


def _line(content: bytes, position: int) -> str:
    return at_line(content.count(b"\n", 0, position) + 1)
