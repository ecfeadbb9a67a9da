"""ZIP archives from strangers: nothing leaves its folder, and nothing grows beyond what was allowed."""

import contextlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from conference.refusing import Refused, counted

MEGABYTE = 1_000_000
PIECE = 65_536
# What the directory of an archive says of an entry begins with this.
SIGNATURE = b"PK\x01\x02"
# Text shrinks to a tenth. Only for what is large: a short file of blanks may shrink as it likes.
HIGHEST_RATIO = 200
LARGE = MEGABYTE
LONGEST_NAME = 250
ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ", b"Rar!")
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f\x7f]")


class ZipRefused(Refused):
    """The place is the name of the entry, or empty."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The default is for folders of small files: the largest category of pyvideo has 500 talks in 3 MB."""

    packed: int = 20 * MEGABYTE
    entries: int = 5_000
    unpacked: int = 50 * MEGABYTE
    one_unpacked: int = 5 * MEGABYTE
    ratio: int = HIGHEST_RATIO


class Archive:
    """The entries, checked by what the directory says; reading them counts what really comes out."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits):
        self._archive, self._limits = archive, limits
        self._left = limits.unpacked
        self.entries = {info.filename: info for info in archive.infolist() if not info.is_dir()}

    def __contains__(self, name: str):
        return name in self.entries

    @contextlib.contextmanager
    def opened(self, name: str) -> Iterator["Counting"]:
        """The entry as a stream that refuses to give more than is allowed."""
        with _named(name):
            stream = self._archive.open(self.entries[name])
        with stream:
            yield Counting(stream, self, name)

    def read(self, name: str) -> bytes:
        with self.opened(name) as stream:
            pieces = list(iter(lambda: stream.read(PIECE), b""))
        return b"".join(pieces)

    def start(self, name: str) -> bytes:
        """The first megabyte at most."""
        with self.opened(name) as stream:
            return stream.read(MEGABYTE)

    def count(self, name: str, size: int, given: int):
        """Take `size` bytes from what is left; `given` came from this entry before."""
        self._left -= size
        if given + size > self._limits.one_unpacked:
            raise ZipRefused(_is_too_large(self._limits.one_unpacked), name)
        if self._left < 0:
            raise ZipRefused(_grows_too_large(self._limits.unpacked), name)


class Counting:
    """A stream out of an archive."""

    def __init__(self, stream, archive: Archive, name: str):
        self._stream, self._archive, self._name, self._given = stream, archive, name, 0

    def read(self, size: int = PIECE) -> bytes:
        with _named(self._name):
            piece = self._stream.read(size)
        self._archive.count(self._name, len(piece), self._given)
        self._given += len(piece)
        return piece


@contextlib.contextmanager
def opened(source: BinaryIO | Path, limits: Limits | None = None) -> Iterator[Archive]:
    """The archive, once its directory has been checked. Raises ZipRefused. `source` is left open."""
    limits = limits or Limits()
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        _check_size(stream, limits)
        with _named(""):
            archive = stack.enter_context(zipfile.ZipFile(stream))
        _check_entries(archive.infolist(), limits)
        yield Archive(archive, limits)


def read_files(source: BinaryIO | Path, limits: Limits | None = None) -> Iterator[tuple[str, bytes]]:
    """Name ("ordner/videos/x.json") and content of every file, in the archive's order; folders are left out.

    Everything the directory tells is checked before the first file is given, and the sizes again while they are
    inflated. Raises ZipRefused. `source` is left open.
    """
    with opened(source, limits) as archive:
        for name in archive.entries:
            content = archive.read(name)
            if content.startswith(ARCHIVES):
                raise ZipRefused(_("In dem Archiv steckt ein weiteres Archiv. Bitte packen Sie es vorher aus."), name)
            yield name, content


def _check_size(stream: BinaryIO, limits: Limits):
    """Before `zipfile` sees it, which keeps the whole directory."""
    stream.seek(0)
    size = entries = 0
    end = b""
    while piece := stream.read(PIECE):
        size += len(piece)
        entries += (end + piece).count(SIGNATURE)
        end = piece[-len(SIGNATURE) + 1 :]
        if size > limits.packed:
            raise ZipRefused(_is_too_large(limits.packed))
    if not size:
        raise ZipRefused(_("Die Datei ist leer."))
    if entries > limits.entries:
        raise ZipRefused(_("Das Archiv hat mehr als %(most)s Einträge.") % {"most": counted(limits.entries)})
    stream.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits):
    seen = set()
    for info in entries:
        if _OUTSIDE.search(info.orig_filename) or len(info.orig_filename) > LONGEST_NAME:
            sentence = _("Dieser Name führt aus dem Ordner heraus oder ist kein erlaubter Name.")
            raise ZipRefused(sentence, _printable(info.orig_filename))
        if sentence := _what_is_wrong(info, limits):
            raise ZipRefused(sentence, info.filename)
        if info.filename.rstrip("/").casefold() in seen:
            raise ZipRefused(_("Diesen Namen gibt es in dem Archiv zweimal."), info.filename)
        seen.add(info.filename.rstrip("/").casefold())
    if sum(info.file_size for info in entries) > limits.unpacked:
        raise ZipRefused(_grows_too_large(limits.unpacked))
    _check_places(entries)


def _what_is_wrong(info: zipfile.ZipInfo, limits: Limits) -> str:
    if info.flag_bits & 0x1:
        return _("Der Eintrag ist mit einem Passwort verschlüsselt. Bitte packen Sie das Archiv ohne Passwort.")
    if info.create_system == 3 and stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return _("Der Eintrag ist eine Verknüpfung und keine Datei.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("Der Eintrag ist auf eine Art gepackt, die nicht gelesen wird. Bitte packen Sie ein gewöhnliches ZIP.")
    if info.file_size > limits.one_unpacked:
        return _is_too_large(limits.one_unpacked)
    if info.file_size > LARGE and info.file_size > limits.ratio * max(1, info.compress_size):
        return _("Der Eintrag wächst beim Auspacken auf mehr als das %(most)s-Fache.") % {"most": limits.ratio}
    return ""


def _check_places(entries: list[zipfile.ZipInfo]):
    """No two entries share bytes: so a small file pretends to hold a large one many times."""
    end = 0
    for info in sorted(entries, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise ZipRefused(_("Zwei Einträge des Archivs liegen übereinander."), info.filename)
        end = info.header_offset + zipfile.sizeFileHeader + len(info.orig_filename) + info.compress_size


@contextlib.contextmanager
def _named(name: str):
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, ValueError) as error:
        raise ZipRefused(_("Das Archiv ist beschädigt oder unvollständig."), name) from error


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name)[:LONGEST_NAME]


def _is_too_large(most: int) -> str:
    return _("Die Datei ist größer als %(most)s MB.") % {"most": counted(most // MEGABYTE)}


def _grows_too_large(most: int) -> str:
    return _("Ausgepackt ist das Archiv größer als %(most)s MB.") % {"most": counted(most // MEGABYTE)}
