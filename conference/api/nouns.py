"""The nouns of the ground floor, as machines read them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.api.fields import (
    ADDRESS,
    UUID,
    Field,
    FieldsOf,
    Part,
    changed,
    field,
    many,
    one,
    or_null,
    picture,
    terms,
)
from conference.api.references import api_address, page_address
from conference.models import Conference, Image, Material, Organisation, Page, Theme
from conference.structured_data import absolute


def identity(*, has_page: bool = True) -> tuple[Field, ...]:
    """What every record begins with: the mark that never changes, and its addresses."""
    marks = (
        field("uuid", _("Kennung, die sich nie ändert"), UUID, lambda thing: str(thing.uuid)),
        field("url", _("Adresse für Maschinen"), ADDRESS, api_address),
    )
    return (*marks, field("page", _("Seite für Menschen"), ADDRESS, page_address)) if has_page else marks


def materials() -> Field:
    return many("materials", _("Materialien"), lambda thing: thing.visible_materials)


def file_address(name: str = "file") -> Field:
    """Of a file of ours."""

    def read(thing):
        kept = getattr(thing, name)
        return absolute(kept.url) if kept else None

    return field(
        "file_url", _("Adresse der Datei, wenn sie bei uns liegt"), {"type": ["string", "null"], "format": "uri"}, read
    )


def _dump(conference) -> str:
    return absolute(reverse("conference_dump", args=[conference.slug]))


_conference, _theme, _organisation = FieldsOf(Conference), FieldsOf(Theme), FieldsOf(Organisation)
_material, _image, _page = FieldsOf(Material), FieldsOf(Image), FieldsOf(Page)

CONFERENCE = Part(
    "Conference",
    Conference._meta.verbose_name,
    (
        *identity(),
        _conference.words("slug", "herbst-konferenz-2020"),
        _conference.words("title", "Herbst-Konferenz 2020"),
        _conference.text("key_question", "Was macht Kommunen innovativ?"),
        _conference.text("summary"),
        _conference.day("starts_on", always=True),
        _conference.day("ends_on", always=True),
        _conference.words("time_zone", "Europe/Berlin"),
        _conference.code("format"),
        _conference.text("place"),
        _conference.text("programme", "Kommunen innovativ"),
        _conference.number("participants", 800),
        _conference.text("participants_text", "über 800"),
        many("organisers", _("Veranstaltet von"), lambda thing: thing.visible_organisers, "NameReference"),
        one("funder", _("Gefördert von"), lambda thing: thing.visible_funder, "NameReference"),
        _conference.rich("introduction"),
        _conference.rich("closing_statement"),
        picture("image", _("Bild")),
        materials(),
        terms(lambda thing: thing.default_license),
        field("dump_url", _("Alles Öffentliche dieser Konferenz als JSON Lines"), ADDRESS, _dump),
        changed(),
    ),
)

THEME = Part(
    "Theme",
    Theme._meta.verbose_name,
    (
        *identity(),
        _theme.words("slug", "experimente-wagen"),
        _theme.words("title", "Experimente wagen"),
        one("conference", _("Konferenz"), lambda thing: thing.visible_conference),
        _theme.number("position"),
        _theme.text("subtitle"),
        _theme.text("summary"),
        _theme.rich("background"),
        _theme.code("palette"),
        _theme.code("motif"),
        picture("image", _("Bild")),
        materials(),
        changed(),
    ),
)

ORGANISATION = Part(
    "Organisation",
    Organisation._meta.verbose_name,
    (
        *identity(),
        _organisation.words("slug", "landkreis-nienburg-weser"),
        _organisation.words("name", "Landkreis Nienburg/Weser"),
        _organisation.text("short_name"),
        _organisation.code("kind"),
        _organisation.text("summary"),
        _organisation.text("place", "Nienburg/Weser"),
        _organisation.code("federal_state"),
        _organisation.coordinate("latitude", 52.64),
        _organisation.coordinate("longitude", 9.21),
        _organisation.web("website"),
        _organisation.text("remark"),
        changed(),
    ),
)

MATERIAL = Part(
    "Material",
    Material._meta.verbose_name,
    (
        *identity(),
        _material.words("slug", "leitfaden"),
        _material.words("title", "Leitfaden"),
        _material.text("subtitle"),
        _material.text("summary"),
        _material.code("kind"),
        _material.text("kind_text", "Sammelband"),
        _material.number("year", 2020),
        _material.text("authors"),
        _material.text("publisher"),
        _material.text("published_in"),
        _material.text("isbn"),
        _material.code("language"),
        file_address(),
        field("link_url", _("Adresse im Netz"), or_null(ADDRESS), lambda thing: thing.url or None),
        _material.terms(),
        _material.text("remark"),
        changed(),
    ),
)

# Its title is a note of the editors' own.
IMAGE = Part(
    "Image",
    Image._meta.verbose_name,
    (
        *identity(has_page=False),
        file_address(),
        _image.number("width", 1600),
        _image.number("height", 900),
        _image.words("alt_text", "Ein Rathaus"),
        _image.flag("is_decorative"),
        _image.text("caption"),
        _image.text("credit"),
        _image.terms(),
        _image.number("focal_x", 50),
        _image.number("focal_y", 50),
        changed(lambda thing: thing.updated_at),
    ),
)

PAGE = Part(
    "Page",
    Page._meta.verbose_name,
    (
        *identity(),
        _page.words("slug", "impressum"),
        _page.words("title", "Impressum"),
        _page.text("summary"),
        _page.rich("body"),
        changed(),
    ),
)
