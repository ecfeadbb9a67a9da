"""WebM: EBML elements, of which only the description of the tracks and the length are read."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from sessions_app.media_probe.facts import Facts, Reader, broken, credible_duration, credible_size, refuse

_EBML, _DOC_TYPE, _SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
_INFO, _SCALE, _DURATION = 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _ENTRY, _TRACK_TYPE, _VIDEO, _WIDTH, _HEIGHT = 0x1654AE6B, 0xAE, 0x83, 0xE0, 0xB0, 0xBA
_CLUSTER = 0x1F43B675
_NANOSECONDS = 1_000_000_000


class Element(NamedTuple):
    kind: int
    start: int
    end: int


def is_webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3")


def read(reader: Reader) -> Facts:
    info = tracks = None
    for element in _elements(reader, 0, reader.size):
        if element.kind == _EBML:
            _check_kind(reader, element)
        elif element.kind == _SEGMENT:
            info, tracks = _head_of(reader, element)
            break
    if tracks is None:
        raise broken()
    width = height = None
    for entry in _elements(reader, tracks.start, tracks.end):
        if entry.kind == _ENTRY and not width:
            width, height = _picture(reader, entry)
    return Facts("video/webm", "webm", _duration(reader, info) if info else None, width, height)


def _check_kind(reader: Reader, header: Element) -> None:
    kind = b""
    for element in _elements(reader, header.start, header.end):
        if element.kind == _DOC_TYPE:
            kind = reader.at(element.start, min(element.end - element.start, 32)).rstrip(b"\0")
    if kind != b"webm":
        raise refuse(
            _("Das ist eine Matroska-Datei (.mkv), die Browser nicht abspielen. Bitte als WebM oder MP4 speichern.")
        )


def _head_of(reader: Reader, segment: Element) -> tuple[Element | None, Element | None]:
    """What stands before the first pictures and sounds; players need both there, too."""
    info = tracks = None
    for element in _elements(reader, segment.start, segment.end):
        info = element if element.kind == _INFO else info
        tracks = element if element.kind == _TRACKS else tracks
        if element.kind == _CLUSTER or (info and tracks):
            break
    return info, tracks


def _elements(reader: Reader, start: int, end: int) -> Iterator[Element]:
    """One of unknown length, as live recordings have it, reaches to the end."""
    while start < end:
        head = reader.at(start, 12)
        kind, used = _number(head, keep_marker=True)
        size, more = _number(head[used:], keep_marker=False)
        body = start + used + more
        stop = end if size == (1 << 7 * more) - 1 else body + size
        if stop > end:
            raise broken()
        yield Element(kind, body, stop)
        start = stop


def _number(data: bytes, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length, and how many bytes it took."""
    length = 9 - data[0].bit_length() if data else 9
    if length > 8 or len(data) < length:
        raise broken()
    number = int.from_bytes(data[:length])
    return (number if keep_marker else number & ~(1 << 7 * length), length)


def _duration(reader: Reader, info: Element) -> int | None:
    scale, length = 1_000_000, 0.0
    for element in _elements(reader, info.start, info.end):
        data = reader.at(element.start, min(element.end - element.start, 8))
        if element.kind == _SCALE:
            scale = int.from_bytes(data)
        elif element.kind == _DURATION and len(data) in {4, 8}:
            (length,) = struct.unpack(">f" if len(data) == 4 else ">d", data)
    return credible_duration(length * scale, _NANOSECONDS)


def _picture(reader: Reader, entry: Element) -> tuple[int | None, int | None]:
    for element in _elements(reader, entry.start, entry.end):
        if element.kind == _VIDEO:
            found = {
                inner.kind: int.from_bytes(reader.at(inner.start, min(inner.end - inner.start, 8)))
                for inner in _elements(reader, element.start, element.end)
                if inner.kind in {_WIDTH, _HEIGHT}
            }
            return credible_size(found.get(_WIDTH, 0), found.get(_HEIGHT, 0))
    return None, None
