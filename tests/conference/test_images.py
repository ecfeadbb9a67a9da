"""Pictures: what comes in, what is refused and why, and what is made of them."""

import io
import struct
import types
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.template import Context, Template
from PIL import Image as Pillow

from conference.images import RATIOS, accept_image, crop_box, make_renditions, renditions
from conference.models import Image


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def encoded(size=(800, 600), kind="JPEG", mode="RGB", **options):
    content = io.BytesIO()
    Pillow.radial_gradient("L").resize(size).convert(mode).save(content, format=kind, **options)
    return content.getvalue()


def upload(data, name="bild.jpg"):
    return ContentFile(data, name=name)


def stored(size=(800, 600), **fields):
    image = Image(title="Rathaus", **{"alt_text": "" if fields.get("is_decorative") else "Ein Rathaus"} | fields)
    accept_image(upload(encoded(size))).store_for(image)
    make_renditions(image)
    image.save()
    return image


def png_of(width, height):
    """A PNG that says it is huge and weighs nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_accept_image_decides_by_content_not_by_name(kind, extension):
    accepted = accept_image(upload(encoded(kind=kind), "irgendwas.gif"))
    assert (accepted.extension, accepted.width, accepted.height) == (extension, 800, 600)


def test_accept_image_turns_upright_and_drops_camera_data():
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    accepted = accept_image(upload(encoded(exif=exif, comment=b"GPS 52.5")))
    assert (accepted.width, accepted.height) == (600, 800)
    again = Pillow.open(io.BytesIO(accepted.content))
    assert not again.getexif()
    assert b"Kamera" not in accepted.content
    assert b"GPS" not in accepted.content


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "RGBA", "LA", "I;16"])
def test_accept_image_takes_every_colour_mode(mode):
    kind = "JPEG" if mode in {"L", "CMYK"} else "PNG"
    accepted = accept_image(upload(encoded(mode=mode, kind=kind)))
    assert Pillow.open(io.BytesIO(accepted.content)).mode in {"RGB", "RGBA"}


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"Das ist kein Bild.", "no_image", "ist kein Bild"),
        (b"", "no_image", "ist kein Bild"),
        (encoded()[:3000], "damaged", "beschädigt oder unvollständig"),
        (encoded(kind="GIF", mode="L"), "format", "JPEG, PNG oder WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "format", "JPEG, PNG oder WebP"),
        (encoded((100, 600)), "too_small", "nur 100 × 600 Bildpunkte. Jede Seite braucht mindestens 200"),
        (png_of(10000, 6000), "too_many_pixels", "60,0 Megapixel (10000 × 6000 Bildpunkte). Erlaubt sind höchstens 50"),
        (png_of(40000, 40000), "too_many_pixels", "höchstens 50 Megapixel"),
    ],
)
def test_accept_image_refuses_with_a_sentence(data, code, words):
    with pytest.raises(ValidationError) as refused:
        accept_image(upload(data))
    assert refused.value.code == code
    assert words in refused.value.messages[0]


def test_accept_image_refuses_too_many_bytes(settings):
    settings.IMAGE_MAX_BYTES = 1024 * 1024
    with pytest.raises(ValidationError, match=r"1,5 MB groß\. Erlaubt sind höchstens 1 MB"):
        accept_image(upload(b"\xff\xd8\xff" + bytes(1536 * 1024 - 3)))


@pytest.mark.django_db
def test_renditions_are_never_larger_than_the_picture():
    image = stored((800, 600))
    assert [(r.width, r.height) for r in renditions(image)] == [(320, 240), (640, 480), (800, 600)]
    assert [(r.width, r.height) for r in renditions(image, "1x1")] == [(320, 320), (600, 600)]
    for ratio in ("", *RATIOS):
        for rendition in renditions(image, ratio):
            with default_storage.open(rendition.name) as file:
                picture = Pillow.open(file)
                assert (picture.format, picture.size) == ("WEBP", (rendition.width, rendition.height))
    assert make_renditions(image) == 0


@pytest.mark.django_db
def test_the_same_picture_is_stored_once():
    assert stored().file.name == stored().file.name
    assert Image.objects.first().file.name.startswith("bilder/")


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        ((50, 50), (100, 0, 400, 300)),
        ((0, 0), (0, 0, 300, 300)),
        ((100, 100), (200, 0, 500, 300)),
        ((40, 9), (50, 0, 350, 300)),
    ],
)
def test_crop_box_keeps_the_focal_point_inside(focus, box):
    image = types.SimpleNamespace(width=500, height=300, focal_x=focus[0], focal_y=focus[1])
    assert crop_box(image, "1x1") == box


@pytest.mark.django_db
def test_make_renditions_command_adds_avif_and_does_nothing_twice(capsys):
    image = stored((400, 300))
    call_command("make_renditions")
    image.refresh_from_db()
    assert image.has_avif
    assert default_storage.exists(renditions(image, "3x2", "avif")[0].name)
    call_command("make_renditions")
    assert capsys.readouterr().out.endswith("0 Dateien für 0 Bilder erzeugt.\n")


def shown(image, **options):
    options = " ".join(f"{key}={value!r}" for key, value in options.items())
    template = Template(f"{{% load image_tags %}}{{% picture image {options} %}}")
    return template.render(Context({"image": image})).strip()


@pytest.mark.django_db
def test_picture_has_sizes_and_words_without_a_query(django_assert_num_queries):
    image = stored((800, 600))
    with django_assert_num_queries(0):
        html = shown(image, sizes="50vw", ratio="3x2")
    assert 'width="800" height="533" alt="Ein Rathaus" loading="lazy"' in html
    assert 'sizes="50vw"' in html
    assert "image/avif" not in html
    image.has_avif = True
    assert 'type="image/avif"' in shown(image)


@pytest.mark.django_db
def test_picture_says_nothing_when_decorative_or_missing():
    image = stored((400, 300), is_decorative=True)
    image.alt_text = "Nicht vorlesen"
    assert 'alt=""' in shown(image)
    assert shown(None) == ""
