"""Which of the formats a file is, or a sentence that says why it is none of them."""

from typing import BinaryIO
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from sessions_app.media_probe import mp4, sound, webm
from sessions_app.media_probe.facts import Facts as Probe
from sessions_app.media_probe.facts import Reader, broken, refuse

_HEAD = 64
_SUFFIXES = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
}
_READERS = (
    (mp4.is_mp4, mp4.read),
    (webm.is_webm, webm.read),
    (sound.is_ogg, sound.read_ogg),
    (sound.is_mp3, sound.read_mp3),
)
# What people have instead, by its first bytes.
_OTHERS = (
    (b"RIFF", "AVI, WAV"),
    (b"\x30\x26\xb2\x75", "WMV, WMA"),
    (b"fLaC", "FLAC"),
    (b"\x00\x00\x01\xba", "MPEG"),
    (b"\x00\x00\x01\xb3", "MPEG"),
    (b"FLV\x01", "FLV"),
    (b"PK\x03\x04", "ZIP"),
    (b"%PDF-", "PDF"),
)


def probe(file: BinaryIO, size: int) -> Probe:
    """Told by the content alone. Raises ValidationError. Reads headers only, so a hostile file costs no more."""
    reader = Reader(file, size)
    head = reader.at(0, _HEAD)
    if not head:
        raise refuse(_("Die Datei ist leer."))
    for is_it, read in _READERS:
        if is_it(head):
            try:
                return read(reader)
            except (IndexError, OverflowError) as error:
                raise broken() from error
    kinds = [name for signature, name in _OTHERS if head.startswith(signature)]
    known = _("Angenommen werden MP4, WebM, M4A, MP3 und Ogg; es zählt der Inhalt, nicht die Endung.")
    if kinds:
        raise refuse(_("Dateien dieser Art (%(kind)s) spielen Browser nicht ab.") % {"kind": kinds[0]} + " " + known)
    raise refuse(_("Das ist keine Video- oder Tondatei.") + " " + known)


def type_of_address(url: str) -> str:
    """The type a file elsewhere has by the end of its address; empty where that says nothing."""
    return _SUFFIXES.get(urlsplit(url).path.rpartition(".")[2].lower(), "")
