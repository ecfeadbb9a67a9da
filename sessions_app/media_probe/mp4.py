"""MP4 and M4A: boxes within boxes. Only the headers are read, never a picture or a sound."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from sessions_app.media_probe.facts import Facts, Reader, broken, credible_duration, credible_size, refuse

_UNKNOWN = {0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
_QUICKTIME = b"qt  "
_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4A ", b"M4V ", b"dash", b"av01"}


class Box(NamedTuple):
    """`start` and `end` of what is inside."""

    kind: bytes
    start: int
    end: int


class Track(NamedTuple):
    handler: bytes
    width: int
    height: int


def is_mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def read(reader: Reader) -> Facts:
    movie, data_first = None, False
    for box in _boxes(reader, 0, reader.size):
        if box.kind == b"ftyp":
            _check_brands(reader.at(box.start, min(box.end - box.start, 256)))
        data_first = data_first or (box.kind == b"mdat" and movie is None)
        movie = movie or (box if box.kind == b"moov" else None)
    if movie is None:
        raise broken()
    return _facts(reader, movie, data_first)


def _facts(reader: Reader, movie: Box, data_first: bool) -> Facts:
    duration, tracks = None, []
    for box in _boxes(reader, movie.start, movie.end):
        if box.kind == b"mvhd":
            duration = _duration(reader, box)
        elif box.kind == b"trak":
            tracks.append(_track(reader, box))
    handlers = {track.handler for track in tracks}
    pictures = [track for track in tracks if track.handler == b"vide" and track.width]
    if not pictures and b"soun" not in handlers:
        raise refuse(_("In der Datei ist weder Bild noch Ton."))
    late = _(
        "Die Angaben zum Abspielen stehen am Ende der Datei; Browser beginnen deshalb später. "
        "Besser ist eine für das Netz gespeicherte Fassung („faststart“)."
    )
    warnings = (late,) if data_first else ()
    if not pictures:
        return Facts("audio/mp4", "m4a", duration, warnings=warnings)
    width, height = credible_size(pictures[0].width, pictures[0].height)
    return Facts("video/mp4", "mp4", duration, width, height, warnings)


def _check_brands(data: bytes) -> None:
    brands = {data[:4], *(data[at : at + 4] for at in range(8, len(data) - 3, 4))}
    if data[:4] == _QUICKTIME and not brands & _BRANDS:
        raise refuse(
            _("Das ist ein QuickTime-Film (.mov), den viele Browser nicht abspielen. Bitte als MP4 speichern.")
        )


def _boxes(reader: Reader, start: int, end: int) -> Iterator[Box]:
    """Every box between two places. One that reaches over the end says that the file is cut off."""
    while start + 8 <= end:
        head = reader.exactly(start, 8)
        size, kind, body = int.from_bytes(head[:4]), head[4:8], start + 8
        if size == 1:
            size, body = int.from_bytes(reader.exactly(body, 8)), body + 8
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise broken()
        yield Box(kind, body, start + size)
        start += size


def _duration(reader: Reader, box: Box) -> int | None:
    data = reader.at(box.start, min(box.end - box.start, 32))
    if len(data) < 20:
        raise broken()
    long = data[0] == 1
    scale = int.from_bytes(data[20:24] if long else data[12:16])
    ticks = int.from_bytes(data[24:32] if long else data[16:20])
    return None if ticks in _UNKNOWN else credible_duration(ticks, scale)


def _track(reader: Reader, trak: Box) -> Track:
    handler, width, height = b"", 0, 0
    for box in _boxes(reader, trak.start, trak.end):
        if box.kind == b"tkhd":
            width, height = _picture(reader.at(box.start, min(box.end - box.start, 128)))
        elif box.kind == b"mdia":
            kinds = (inner for inner in _boxes(reader, box.start, box.end) if inner.kind == b"hdlr")
            for inner in kinds:
                handler = reader.exactly(inner.start, 12)[8:12]
    return Track(handler, width, height)


def _picture(header: bytes) -> tuple[int, int]:
    """As it is shown: what was filmed upright on a phone is stored lying down, with a turn of 90 degrees."""
    at = 52 if header[:1] == b"\x01" else 40
    if len(header) < at + 44:
        raise broken()
    numbers = [int.from_bytes(header[at + 4 * step : at + 4 * step + 4]) for step in range(11)]
    width, height = numbers[9] >> 16, numbers[10] >> 16
    is_turned = numbers[0] == 0 and numbers[4] == 0 and numbers[1] != 0
    return (height, width) if is_turned else (width, height)
