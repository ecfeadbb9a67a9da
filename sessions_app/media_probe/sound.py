"""MP3 and Ogg: how long they are, from the first and the last of their many small parts."""

from django.utils.translation import gettext as _

from sessions_app.media_probe.facts import Facts, Reader, broken, credible_duration, refuse

_KBITS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_RATES = (44100, 48000, 32000, 0)
_SEARCHED = 64 * 1024
_OGG_HEADER = 27


# ── MP3 ──────────────────────────────────────────────────────────────────────────────────────
def is_mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (head[:1] == b"\xff" and _frame(head[:4]) is not None)


def read_mp3(reader: Reader) -> Facts:
    start = _behind_tag(reader)
    data = reader.at(start, _SEARCHED)
    for at in range(len(data) - 4):
        frame = _frame(data[at : at + 4]) if data[at] == 0xFF else None
        if frame and _is_followed(reader, start + at + frame[0]):
            return Facts("audio/mpeg", "mp3", _mp3_duration(data[at : at + 200], frame, reader.size - start - at))
    raise broken()


def _behind_tag(reader: Reader) -> int:
    head = reader.at(0, 10)
    if not head.startswith(b"ID3") or len(head) < 10:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | (byte & 0x7F)
    return 10 + size


def _frame(head: bytes) -> tuple[int, int, int, int] | None:
    """Bytes, samples, samples in a second and bits in a second of a frame of layer III; None if it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version = head[1] >> 3 & 3
    rate, kbits = _RATES[head[2] >> 2 & 3], _KBITS[1 if version == 3 else 2][head[2] >> 4]
    if version == 1 or not rate or not kbits:
        return None
    rate >>= {3: 0, 2: 1, 0: 2}[version]
    samples = 1152 if version == 3 else 576
    return samples // 8 * kbits * 1000 // rate + (head[2] >> 1 & 1), samples, rate, kbits * 1000


def _is_followed(reader: Reader, offset: int) -> bool:
    """By another frame, or by the end: a single one may be chance."""
    return offset >= reader.size or _frame(reader.at(offset, 4)) is not None


def _mp3_duration(data: bytes, frame: tuple[int, int, int, int], size: int) -> int | None:
    _length, samples, rate, bits = frame
    for mark, at in ((b"Xing", 8), (b"Info", 8), (b"VBRI", 14)):
        found = data.find(mark)
        if found >= 0 and (mark == b"VBRI" or (data[found + 7 : found + 8] and data[found + 7] & 1)):
            return credible_duration(int.from_bytes(data[found + at : found + at + 4]) * samples, rate)
    return credible_duration(size * 8, bits)


# ── Ogg ──────────────────────────────────────────────────────────────────────────────────────
def is_ogg(head: bytes) -> bool:
    return head.startswith(b"OggS")


def read_ogg(reader: Reader) -> Facts:
    page = reader.at(0, 512)
    if len(page) < _OGG_HEADER:
        raise broken()
    codec = page[_OGG_HEADER + page[26] :]
    if codec.startswith(b"OpusHead"):
        rate, skipped = 48_000, int.from_bytes(codec[10:12], "little")
    elif codec.startswith(b"\x01vorbis"):
        rate, skipped = int.from_bytes(codec[12:16], "little"), 0
    else:
        raise refuse(_("In der Ogg-Datei ist kein Ton in Opus oder Vorbis. Bitte in einem der beiden speichern."))
    last = _last_position(reader, page[14:18])
    return Facts("audio/ogg", "ogg", credible_duration(last - skipped, rate))


def _last_position(reader: Reader, serial: bytes) -> int:
    start = max(0, reader.size - _SEARCHED)
    data = reader.at(start, _SEARCHED)
    at = len(data)
    while (at := data.rfind(b"OggS", 0, at)) >= 0:
        page = data[at : at + 18]
        if page[14:18] == serial and page[6:14] != b"\xff" * 8:
            return int.from_bytes(page[6:14], "little")
    return 0
