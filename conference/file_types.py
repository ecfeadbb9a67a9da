"""Which files editors may offer, told by what is in them, and as what they are sent."""

import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# Sent as. What is not named here is never sent.
CONTENT_TYPES = {
    "avif": "image/avif",
    "csv": "text/csv; charset=utf-8",
    "docx": f"{_OOXML}wordprocessingml.document",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": f"{_ODF}presentation",
    "ods": f"{_ODF}spreadsheet",
    "odt": f"{_ODF}text",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{_OOXML}presentationml.presentation",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webm": "video/webm",
    "webp": "image/webp",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "zip": "application/zip",
}
_SHOWN_IN_PLACE = ("image/", "video/", "audio/", "text/vtt", "application/pdf")
_OOXML_FOLDERS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
_TEXT_SAMPLE = 64 * 1024


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def content_type(name: str) -> str | None:
    return CONTENT_TYPES.get(suffix(name))


def is_shown_in_place(name: str) -> bool:
    """Whether a browser may open it; all else is saved to disk."""
    return (content_type(name) or "").startswith(_SHOWN_IN_PLACE)


def _starts_with(*signatures: bytes) -> Callable:
    def check(file, _extension):
        return file.read(16).startswith(signatures)

    return check


def _is_webp(file, _extension):
    head = file.read(16)
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP"


def _is_text(file, _extension):
    sample = file.read(_TEXT_SAMPLE)
    return bool(sample) and b"\x00" not in sample and not sample.lstrip().lower().startswith((b"<", b"%pdf-"))


def _is_zip(file, _extension):
    return zipfile.is_zipfile(file)


def _is_office(file, extension):
    names = _names_in(file)
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return (
        "[Content_Types].xml" in names
        and any(n.startswith(_OOXML_FOLDERS[extension]) for n in names)
        and not has_macros
    )


def _is_odf(file, extension):
    if "mimetype" not in _names_in(file):
        return False
    file.seek(0)
    with zipfile.ZipFile(file) as archive, archive.open("mimetype") as entry:
        return entry.read(100).decode("ascii", "replace").strip() == CONTENT_TYPES[extension]


def _names_in(file) -> list[str]:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


_MATERIAL_CHECKS = {
    "pdf": _starts_with(b"%PDF-"),
    "docx": _is_office,
    "pptx": _is_office,
    "xlsx": _is_office,
    "odt": _is_odf,
    "odp": _is_odf,
    "ods": _is_odf,
    "jpg": _starts_with(b"\xff\xd8\xff"),
    "jpeg": _starts_with(b"\xff\xd8\xff"),
    "png": _starts_with(b"\x89PNG\r\n\x1a\n"),
    "webp": _is_webp,
    "zip": _is_zip,
    "txt": _is_text,
    "csv": _is_text,
}


def check_material(file) -> None:
    """Raise ValidationError unless the file is of a kind we offer and its content agrees with its name."""
    if getattr(file, "_committed", False):
        return  # Stored before, and checked then.
    extension = suffix(file.name)
    if extension not in _MATERIAL_CHECKS:
        raise ValidationError(
            _("Dateien dieser Art („.%(suffix)s“) werden nicht angenommen. Möglich sind: %(known)s."),
            code="file_type",
            params={"suffix": extension, "known": ", ".join(_MATERIAL_CHECKS)},
        )
    if file.size > settings.MATERIAL_MAX_BYTES:
        raise ValidationError(
            _("Die Datei ist %(size)s MB groß. Erlaubt sind höchstens %(limit)s MB."),
            code="too_many_bytes",
            params={"size": _megabytes(file.size), "limit": _megabytes(settings.MATERIAL_MAX_BYTES)},
        )
    file.seek(0)
    agrees = _MATERIAL_CHECKS[extension](file, extension)
    file.seek(0)
    if not agrees:
        raise ValidationError(
            _(
                "Der Inhalt der Datei passt nicht zu ihrer Endung „.%(suffix)s“, oder sie enthält Makros. "
                "Bitte speichern Sie sie im richtigen Format neu."
            ),
            code="file_content",
            params={"suffix": extension},
        )


def _megabytes(size: int) -> str:
    return number_format(size / 1024 / 1024, 1 if size % (1024 * 1024) else 0, use_l10n=True)
