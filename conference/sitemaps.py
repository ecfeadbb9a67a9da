"""What search engines may know: every public page in both languages, and where they need not look."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from django.conf import settings
from django.db.models import TextField
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from conference.publishing import publishable_models

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
ElementTree.register_namespace("", _SITEMAP)
ElementTree.register_namespace("xhtml", _XHTML)

CLOSED = ("/admin/", "/exporte/")
# The names of their addresses; the second is drawn on an upper floor.
SITEMAPS = ("sitemap", "video_sitemap")


@dataclass(frozen=True)
class Entry:
    """One page: its addresses by language, and when it last changed."""

    addresses: dict[str, str]
    changed_at: datetime.datetime | None = None


@require_safe
@conditional_page
def sitemap(request):
    """One query for each kind of thing, however many there are."""
    root = ElementTree.Element(f"{{{_SITEMAP}}}urlset")
    for entry in _entries():
        for code in entry.addresses:
            _add_page(root, entry, code)
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/xml")


@require_safe
@conditional_page
def robots(request):
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        *(f"Sitemap: {settings.SITE_URL}{reverse(name)}" for name in SITEMAPS),
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _entries() -> Iterator[Entry]:
    yield Entry(_in_each_language(lambda: reverse("home")))
    for model in publishable_models():
        things = list(_light(model))
        if list_name := _list_name(model):
            latest = max((thing.changed_at for thing in things), default=None)
            yield Entry(_in_each_language(lambda name=list_name: reverse(name)), latest)
        for thing in things:
            addresses = _in_each_language(thing.get_absolute_url)
            if "#" not in addresses[settings.LANGUAGE_CODE]:
                yield Entry(addresses, thing.changed_at)


def _light(model):
    """The public things of a kind with what their address is made of, without their long texts."""
    things = model.objects.published()
    texts = [field.name for field in model._meta.fields if isinstance(field, TextField)]
    if model.visible_within:
        things = things.select_related(*model.visible_within)
    return things.defer(*texts)


def _list_name(model) -> str:
    """The name of the list of a kind of thing; empty where there is none."""
    name = f"{model._meta.model_name}_list"
    try:
        reverse(name)
    except NoReverseMatch:
        return ""
    return name


def _in_each_language(address) -> dict[str, str]:
    addresses = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            addresses[code] = f"{settings.SITE_URL}{address()}"
    return addresses


def _add_page(root, entry: Entry, code: str):
    page = ElementTree.SubElement(root, f"{{{_SITEMAP}}}url")
    ElementTree.SubElement(page, f"{{{_SITEMAP}}}loc").text = entry.addresses[code]
    if entry.changed_at:
        moment = entry.changed_at.astimezone(datetime.UTC).isoformat(timespec="seconds")
        ElementTree.SubElement(page, f"{{{_SITEMAP}}}lastmod").text = moment
    for language, address in [*entry.addresses.items(), ("x-default", entry.addresses[settings.LANGUAGE_CODE])]:
        attributes = {"rel": "alternate", "hreflang": language, "href": address}
        ElementTree.SubElement(page, f"{{{_XHTML}}}link", attributes)
