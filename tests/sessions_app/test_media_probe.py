"""What a media file is, by its content: each kind, cut off, hostile, and called something else."""

import io
import random
import struct
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sessions_app.media_probe import probe, type_of_address
from sessions_app.models import MediaFile
from tests import make


def looked_into(data):
    return probe(io.BytesIO(data), len(data))


def refused(data):
    with pytest.raises(ValidationError) as error:
        looked_into(data)
    return error.value.messages[0]


# ── Small files, made by hand ────────────────────────────────────────────────────────────────
def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


UPRIGHT = (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
TURNED = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)


def track(handler, width=0, height=0, matrix=UPRIGHT):
    header = bytes(40) + struct.pack(">9i2I", *matrix, width << 16, height << 16)
    return box(b"trak", box(b"tkhd", header), box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))


def mp4(*tracks, brand=b"isom", seconds=90, first=b""):
    header = bytes(12) + struct.pack(">2I", 1000, seconds * 1000) + bytes(80)
    return box(b"ftyp", brand, bytes(4), brand) + first + box(b"moov", box(b"mvhd", header), *tracks) + box(b"mdat")


def element(kind, *parts):
    body = b"".join(parts)
    return bytes.fromhex(kind) + struct.pack(">Q", len(body) | 1 << 56) + body


def webm(doc_type=b"webm", duration=8340.0, picture=(640, 360), segment=None):
    sizes = element("e0", element("b0", struct.pack(">H", picture[0])), element("ba", struct.pack(">H", picture[1])))
    body = element("1549a966", element("2ad7b1", b"\x0f\x42\x40"), element("4489", struct.pack(">d", duration)))
    body += element("1654ae6b", element("ae", element("83", b"\x01"), sizes)) + element("1f43b675", b"pictures")
    head = element("1a45dfa3", element("4282", doc_type))
    return head + (segment or element("18538067", body))


def mp3(frames=100, tag=b""):
    """64 kbit/s at 44,100 Hz: 208 bytes for 1152 samples."""
    return tag + (b"\xff\xfb\x50\x00" + bytes(204)) * frames


def ogg(codec=b"OpusHead\x01\x02\x00\x00", position=48_000 * 7):
    page = b"OggS\x00\x02" + bytes(8) + b"abcd" + bytes(8) + b"\x01\x13"
    return page + codec.ljust(64, b"\0") + b"OggS\x00\x04" + struct.pack("<q", position) + b"abcd" + bytes(8) + b"\0"


GOOD = {
    "MP4": (mp4(track(b"soun"), track(b"vide", 1280, 720)), ("video/mp4", "mp4", 90_000, 1280, 720)),
    "MP4, upright": (mp4(track(b"vide", 1280, 720, TURNED)), ("video/mp4", "mp4", 90_000, 720, 1280)),
    "M4A": (mp4(track(b"soun"), brand=b"M4A "), ("audio/mp4", "m4a", 90_000, None, None)),
    "length unknown": (mp4(track(b"vide", 8, 8), seconds=0), ("video/mp4", "mp4", None, 8, 8)),
    "WebM": (webm(), ("video/webm", "webm", 8340, 640, 360)),
    "WebM, absurd length": (webm(duration=float("nan")), ("video/webm", "webm", None, 640, 360)),
    "MP3": (mp3(), ("audio/mpeg", "mp3", 2600, None, None)),
    "MP3 with a tag": (
        mp3(tag=b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128)),
        ("audio/mpeg", "mp3", 2600, None, None),
    ),
    "Ogg": (ogg(), ("audio/ogg", "ogg", 7000, None, None)),
    "Vorbis": (
        ogg(b"\x01vorbis" + bytes(5) + struct.pack("<I", 48_000)),
        ("audio/ogg", "ogg", 7000, None, None),
    ),
}


@pytest.mark.parametrize("data,facts", GOOD.values(), ids=GOOD)
def test_a_file_says_what_it_is(data, facts):
    found = looked_into(data)
    assert (found.media_type, found.suffix, found.duration_ms, found.width, found.height) == facts


def test_the_samples_say_how_long_they_are():
    for suffix, media_type, size in (("mp4", "video/mp4", (960, 540)), ("m4a", "audio/mp4", (None, None))):
        found = looked_into(make.recording(suffix).read())
        assert (found.media_type, found.duration_ms, (found.width, found.height)) == (media_type, 69_900, size)


def test_a_film_whose_head_stands_at_its_end_is_taken_with_a_warning():
    assert looked_into(mp4(track(b"vide", 8, 8))).warnings == ()
    (warning,) = looked_into(mp4(track(b"vide", 8, 8), first=box(b"mdat", bytes(99)))).warnings
    assert "faststart" in warning


BAD = {
    "empty": (b"", "Die Datei ist leer"),
    "a page": (b"<html><script>alert(1)</script>", "Das ist keine Video- oder Tondatei"),
    "QuickTime": (mp4(track(b"vide", 8, 8), brand=b"qt  "), "QuickTime"),
    "a picture": (box(b"ftyp", b"heic", bytes(4)) + box(b"moov"), "weder Bild noch Ton"),
    "without a head": (box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", bytes(99)), "beschädigt"),
    "cut off": (mp4(track(b"vide", 8, 8)) + struct.pack(">I4s", 10_000, b"mdat"), "beschädigt"),
    "box without size": (box(b"ftyp", b"isom", bytes(4)) + struct.pack(">I4s", 3, b"moov"), "beschädigt"),
    "Matroska": (webm(doc_type=b"matroska"), "Matroska"),
    "WebM cut off": (webm()[:-30], "beschädigt"),
    "WebM without tracks": (webm(segment=element("18538067", element("1549a966"))), "beschädigt"),
    "WAV": (b"RIFF\x00\x00\x00\x00WAVE", "(AVI, WAV)"),
    "a PDF": (b"%PDF-1.7", "(PDF)"),
    "Theora": (ogg(b"\x80theora"), "Opus oder Vorbis"),
    "one frame by chance": (b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(900), "beschädigt"),
}


@pytest.mark.parametrize("data,words", BAD.values(), ids=BAD)
def test_what_no_browser_plays_ends_in_a_sentence(data, words):
    assert words in refused(data)


def test_a_hostile_file_costs_little():
    """A million boxes, boxes within boxes, a claim of exabytes, noise."""
    start = time.monotonic()
    assert "beschädigt" in refused(box(b"ftyp", b"isom", bytes(4)) + box(b"free") * 1_000_000)
    nested = box(b"moov")
    for _ in range(2000):
        nested = box(b"trak", nested)
    refused(box(b"ftyp", b"isom", bytes(4)) + box(b"moov", nested))
    refused(box(b"ftyp", b"isom", bytes(4)) + struct.pack(">I4sQ", 1, b"moov", 2**62))
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("name", ["MP4", "WebM", "MP3", "Ogg", "Vorbis"])
def test_a_damaged_file_is_taken_or_refused_never_more(name):
    pick, data = random.Random(3), GOOD[name][0]
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(pick.randint(1, 8)):
            damaged[pick.randrange(len(damaged))] = pick.randrange(256)
        try:
            looked_into(bytes(damaged[: pick.randrange(1, len(damaged) + 1)]))
        except ValidationError as error:
            assert error.messages


@pytest.mark.parametrize(
    "url,media_type",
    [
        ("https://example.org/a.mp4?x=1#t", "video/mp4"),
        ("https://example.org/A.WEBM", "video/webm"),
        ("https://example.org/a.opus", "audio/ogg"),
        ("https://example.org/watch", ""),
    ],
)
def test_the_end_of_an_address_tells_its_type(url, media_type):
    assert type_of_address(url) == media_type


# ── In the model ─────────────────────────────────────────────────────────────────────────────
def media_file(file, **fields):
    return make.media_file(file=file, media_type="", **fields)


@pytest.mark.django_db
def test_a_media_file_is_what_is_in_it_and_is_called_so():
    made = media_file(make.recording(name="Auftakt (final).exe"))
    assert (made.media_type, made.width, made.height) == ("video/mp4", 960, 540)
    assert (made.duration.total_seconds(), made.size) == (69.9, made.file.size)
    assert made.file.name.endswith(".mp4") and made.file.name.startswith(f"videos/{made.video.uuid}/")
    made.full_clean()


@pytest.mark.django_db
def test_a_media_file_refuses_what_is_no_film(settings):
    for name, data in (("a.mp4", b"<script>"), ("b.mp4", b"%PDF-1.7")):
        with pytest.raises(ValidationError) as error:
            media_file(SimpleUploadedFile(name, data))
        assert list(error.value.error_dict) == ["file"]
    with pytest.raises(ValidationError, match="Tondatei"):
        media_file(make.recording(), role=MediaFile.Role.AUDIO)
    settings.MEDIA_FILE_MAX_BYTES = 1000
    with pytest.raises(ValidationError, match="Erlaubt sind höchstens 1000"):
        media_file(make.recording())
    assert not MediaFile.objects.exists()


@pytest.mark.django_db
def test_a_file_elsewhere_says_its_type_by_its_address_or_an_editor_does():
    assert make.media_file(url="https://example.org/a.webm", media_type="").media_type == "video/webm"
    with pytest.raises(ValidationError, match="Dateityp"):
        make.media_file(url="https://example.org/a", media_type="")
