"""The listings of the ground floor that can be edited; the second floor adds what belongs to a conference."""

from conference.models import Conference, Material, Organisation, Page, Theme
from conference.roundtrip.editable import Editable
from conference.roundtrip.fields import edit_fields

EDIT_CONFERENCES = Editable(
    name="konferenzen",
    title=Conference._meta.verbose_name_plural,
    noun=Conference,
    fields=edit_fields(
        Conference,
        "title",
        "key_question",
        "slug",
        "summary",
        "starts_on",
        "ends_on",
        "time_zone",
        "format",
        "place",
        "organisers",
        "funder",
        "programme",
        "participants",
        "participants_text",
        "introduction",
        "closing_statement",
        "image",
        "default_license",
        "materials",
    ),
    ordered=lambda rows: rows.latest_first(),
    of_conference=lambda rows, conference, viewer: rows.filter(pk=conference.pk),
)

EDIT_THEMES = Editable(
    name="kernbotschaften",
    title=Theme._meta.verbose_name_plural,
    noun=Theme,
    fields=edit_fields(
        Theme,
        "conference",
        "position",
        "title",
        "subtitle",
        "slug",
        "summary",
        "background",
        "palette",
        "motif",
        "image",
        "materials",
    ),
    ordered=lambda rows: rows.by_conference(),
    of_conference=lambda rows, conference, viewer: rows.of_conferences([conference]),
)

EDIT_ORGANISATIONS = Editable(
    name="einrichtungen",
    title=Organisation._meta.verbose_name_plural,
    noun=Organisation,
    fields=edit_fields(
        Organisation,
        "name",
        "short_name",
        "slug",
        "other_names",
        "kind",
        "place",
        "federal_state",
        "latitude",
        "longitude",
        "website",
        "summary",
        "remark",
    ),
    ordered=lambda rows: rows.by_name(),
)

EDIT_MATERIALS = Editable(
    name="materialien",
    title=Material._meta.verbose_name_plural,
    noun=Material,
    fields=edit_fields(
        Material,
        "title",
        "subtitle",
        "slug",
        "kind",
        "kind_text",
        "authors",
        "publisher",
        "published_in",
        "year",
        "isbn",
        "language",
        "license",
        "url",
        "summary",
        "remark",
    ),
    ordered=lambda rows: rows.by_title(),
)

EDIT_PAGES = Editable(
    name="seiten",
    title=Page._meta.verbose_name_plural,
    noun=Page,
    fields=edit_fields(Page, "title", "slug", "position", "is_in_footer", "summary", "body"),
    ordered=lambda rows: rows.order_by("position", "sort_title", "pk"),
)
