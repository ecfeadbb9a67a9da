"""Which pictures we accept, where they go, and the renditions the pages show."""

import hashlib
import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

# A picture that unpacks to far more than it weighs is an error, not a remark in the log.
warnings.filterwarnings("error", category=Pillow.DecompressionBombWarning)

WIDTHS = (320, 640, 960, 1280, 1920)
# Cut around the focal point, so that no style sheet has to know it: (width, height, widest rendition).
RATIOS = {"3x2": (3, 2, 1280), "1x1": (1, 1, 640), "16x9": (16, 9, 1280)}
MIN_SIDE = 200
ENCODERS = {"webp": {"quality": 80, "method": 2}, "avif": {"quality": 60, "speed": 8}}
_ORIGINALS = {
    "JPEG": ("jpg", {"quality": 90, "progressive": True}),
    "PNG": ("png", {"compress_level": 6}),
    "WEBP": ("webp", {"quality": 92, "method": 2}),
}
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
_OTHER_FORMATS = re.compile(
    rb"GIF8|BM|II\*\x00|MM\x00\*|\s*(?:<\?xml|<svg|<!DOCTYPE svg)|....ftyp(?:avi|hei|mif)|%!PS|8BPS", re.DOTALL
)


@dataclass(frozen=True)
class AcceptedImage:
    """An upload that has been decoded completely and written anew, without camera data."""

    content: bytes
    extension: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def store_for(self, image) -> None:
        """Write the file and make it the one of `image`, which is not saved. The same picture is stored once."""
        sha256 = self.sha256
        name = f"{folder(sha256)}/original.{self.extension}"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(self.content))
        image.file = name
        image.sha256, image.width, image.height, image.has_avif = sha256, self.width, self.height, False


def folder(sha256: str) -> str:
    return f"bilder/{sha256[:2]}/{sha256}"


def accept_image(upload) -> AcceptedImage:
    """Decode `upload` and write it anew. Raises ValidationError with a sentence for the editor."""
    if upload.size > settings.IMAGE_MAX_BYTES:
        raise ValidationError(
            _("Die Datei ist %(size)s MB groß. Erlaubt sind höchstens %(limit)s MB; bitte verkleinern Sie das Bild."),
            code="too_many_bytes",
            params={"size": _megabytes(upload.size), "limit": _megabytes(settings.IMAGE_MAX_BYTES)},
        )
    upload.seek(0)
    data = upload.read()
    picture = _decoded(data)
    extension, options = _ORIGINALS["JPEG" if picture.info["kind"] == "MPO" else picture.info["kind"]]
    content = io.BytesIO()
    _plain(picture, extension).save(content, **options, format={"jpg": "JPEG"}.get(extension, extension.upper()))
    return AcceptedImage(content.getvalue(), extension, *picture.size)


def _decoded(data: bytes) -> Pillow.Image:
    """The whole picture, upright. `info["kind"]` names the format it came in."""
    try:
        picture = Pillow.open(io.BytesIO(data), formats=list(_ORIGINALS))
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise _too_many_pixels(None) from None
    except _DAMAGED:
        raise _not_accepted(data) from None
    if picture.width * picture.height > settings.IMAGE_MAX_PIXELS:
        raise _too_many_pixels(picture.size)
    if min(picture.size) < MIN_SIDE:
        raise ValidationError(
            _("Das Bild hat nur %(width)s × %(height)s Bildpunkte. Jede Seite braucht mindestens %(limit)s."),
            code="too_small",
            params={"width": picture.width, "height": picture.height, "limit": MIN_SIDE},
        )
    kind = picture.format
    try:
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    except _DAMAGED:
        raise ValidationError(
            _("Das Bild ist beschädigt oder unvollständig. Bitte speichern Sie es neu und laden Sie es wieder hoch."),
            code="damaged",
        ) from None
    upright.info["kind"] = kind
    return upright


def _not_accepted(data: bytes) -> ValidationError:
    if _OTHER_FORMATS.match(data[:64]):
        return ValidationError(
            _("Dieses Bildformat wird nicht angenommen. Bitte speichern Sie das Bild als JPEG, PNG oder WebP."),
            code="format",
        )
    return ValidationError(
        _("Die Datei ist kein Bild, oder sie ist beschädigt. Angenommen werden JPEG, PNG und WebP."), code="no_image"
    )


def _too_many_pixels(size: tuple[int, int] | None) -> ValidationError:
    params = {"limit": _megapixels(settings.IMAGE_MAX_PIXELS, 0)}
    if size is None:
        return ValidationError(
            _("Das Bild hat zu viele Bildpunkte. Erlaubt sind höchstens %(limit)s Megapixel; bitte verkleinern."),
            code="too_many_pixels",
            params=params,
        )
    params |= {
        "width": size[0],
        "height": size[1],
        "pixels": _megapixels(size[0] * size[1], 1),
    }
    return ValidationError(
        _(
            "Das Bild hat %(pixels)s Megapixel (%(width)s × %(height)s Bildpunkte). "
            "Erlaubt sind höchstens %(limit)s; bitte verkleinern Sie es."
        ),
        code="too_many_pixels",
        params=params,
    )


def _megabytes(size: int) -> str:
    return number_format(size / 1024 / 1024, 1 if size % (1024 * 1024) else 0, use_l10n=True)


def _megapixels(count: int, decimals: int) -> str:
    return number_format(count / 1_000_000, decimals, use_l10n=True)


def _plain(picture: Pillow.Image, extension: str) -> Pillow.Image:
    """In sRGB and in the mode the format can hold; nothing of `info` but the pixels goes along."""
    if profile := picture.info.get("icc_profile"):
        picture = _in_srgb(picture, profile)
    transparent = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    if extension == "jpg" or not transparent:
        plain = picture if picture.mode == "RGB" else picture.convert("RGB")
    else:
        plain = picture.convert("RGBA")
    plain = plain.copy()
    plain.info = {}
    return plain


def _in_srgb(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    mode = "RGBA" if "A" in picture.mode else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # A profile nobody can read: the numbers are taken as they are.


# ── Renditions ───────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Rendition:
    """One size of a picture, `ratio` empty for the whole of it."""

    name: str
    width: int
    height: int
    ratio: str = ""


def renditions(image, ratio: str = "", extension: str = "webp") -> list[Rendition]:
    """The sizes of `image` from small to large, never larger than it is. Computed, no query, no look at the disk."""
    if not (image.sha256 and image.width and image.height):
        return []
    width, height, widest, prefix = image.width, image.height, WIDTHS[-1], ""
    if ratio:
        across, down, widest = RATIOS[ratio]
        left, top, right, bottom = crop_box(image, ratio)
        width, height = right - left, bottom - top
        prefix = f"{ratio}-{image.focal_x}-{image.focal_y}-"
    widths = [step for step in WIDTHS if step <= min(width, widest)]
    if width < widest and width not in widths:
        widths.append(width)
    return [
        Rendition(
            f"{folder(image.sha256)}/{prefix}{step}.{extension}",
            step,
            max(1, round(step * down / across) if ratio else round(step * height / width)),
            ratio,
        )
        for step in widths
    ]


def crop_box(image, ratio: str) -> tuple[int, int, int, int]:
    """The largest part in this ratio with the focal point as near its middle as the edges allow."""
    across, down, _widest = RATIOS[ratio]
    width = min(image.width, image.height * across // down)
    height = min(image.height, max(1, image.width * down // across))
    left = min(max(0, round(image.width * image.focal_x / 100 - width / 2)), image.width - width)
    top = min(max(0, round(image.height * image.focal_y / 100 - height / 2)), image.height - height)
    return left, top, left + width, top + height


def make_renditions(image, extensions: Iterable[str] = ("webp",), *, anew: bool = False) -> int:
    """Write the missing renditions of `image` (all, if `anew`); the number written. Takes seconds for a large one."""
    wanted = [
        (extension, rendition)
        for extension in extensions
        for ratio in ("", *RATIOS)
        for rendition in renditions(image, ratio, extension)
        if anew or not default_storage.exists(rendition.name)
    ]
    if not wanted:
        return 0
    with default_storage.open(image.file.name) as file:
        original = Pillow.open(file, formats=list(_ORIGINALS))
        original.load()
    sources = {ratio: original.crop(crop_box(image, ratio)) if ratio else original for ratio in ("", *RATIOS)}
    # Each size from the next larger one: a fifth of the work, and no eye sees the difference.
    for extension, rendition in sorted(wanted, key=lambda pair: -pair[1].width):
        size = (rendition.width, rendition.height)
        small = sources[rendition.ratio].resize(size, Pillow.Resampling.LANCZOS, reducing_gap=3.0)
        sources[rendition.ratio] = small
        _write(small, rendition.name, extension)
    return len(wanted)


def make_all_renditions(image, *, anew: bool = False) -> int:
    """Every format of one saved `image`, and the note on it that AVIF is there. Many seconds for a large one."""
    written = make_renditions(image, ENCODERS, anew=anew)
    if not image.has_avif:
        image.has_avif = True
        image.save(update_fields=["has_avif"])
    return written


def _write(picture: Pillow.Image, name: str, extension: str) -> None:
    content = io.BytesIO()
    picture.save(content, format=extension.upper(), **ENCODERS[extension])
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content.getvalue()))
