"""Pictures in pages: the right size for every screen, without a query."""

from django import template
from django.core.files.storage import default_storage

from conference.images import renditions

register = template.Library()
# What a browser without `srcset` gets, and the size the others reserve.
_FALLBACK_WIDTH = 960


@register.inclusion_tag("components/picture.html", takes_context=True)
def picture(context, image, *, sizes="100vw", ratio="", alt=None, css_class="", eager=False):  # noqa: PLR0913  all but one by name
    """`{% picture event.image sizes="(min-width: 62rem) 40rem, 100vw" ratio="3x2" %}`; nothing without an image.

    `ratio` is one of those in `conference.images.RATIOS`, cut around the focal point, or empty for the whole picture.
    `alt=""` silences a picture whose words stand beside it.
    """
    webp = renditions(image, ratio) if image else []
    if not webp:
        return {"image": None}
    shown = max((size for size in webp if size.width <= _FALLBACK_WIDTH), key=lambda size: size.width, default=webp[0])
    words = ("" if image.is_decorative else image.alt_text) if alt is None else alt
    return {
        "image": image,
        "avif": _srcset(renditions(image, ratio, "avif")) if image.has_avif else "",
        "webp": _srcset(webp),
        "src": default_storage.url(shown.name),
        "width": shown.width,
        "height": shown.height,
        "sizes": sizes,
        "alt": words,
        "css_class": css_class,
        "eager": eager,
        "lang": context.get("content_lang", "") if words else "",
    }


@register.simple_tag
def image_url(image, ratio="", width=1280):
    """The address of one rendition, the largest up to `width`; empty without an image. For Open Graph and JSON-LD."""
    sizes = renditions(image, ratio) if image else []
    fitting = [size for size in sizes if size.width <= width] or sizes[:1]
    return default_storage.url(fitting[-1].name) if fitting else ""


def _srcset(sizes) -> str:
    return ", ".join(f"{default_storage.url(size.name)} {size.width}w" for size in sizes)
