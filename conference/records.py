"""Things as plain data: what a noun says about itself, written down once for every list and exchange format."""

import dataclasses
import datetime
import enum
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Material, Organisation
from conference.publishing import Publishable, may_preview

Record = dict[str, Any]


class Kind(enum.Enum):
    """What a column holds."""

    TEXT = "text"
    LONG = "long"
    LIST = "list"
    ADDRESS = "address"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    NUMBER = "number"


@dataclasses.dataclass(frozen=True)
class Column:
    """One column of a listing: the record's `key`, or what `cell` makes of the record."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    cell: Callable[[Record], Any] | None = None
    # Only for readers who may see drafts.
    is_internal: bool = False

    @property
    def value(self) -> Callable[[Record], Any]:
        """What stands in the cell: text, a number, a date, a time, a duration, or None."""
        if self.cell:
            return self.cell
        key = self.key
        if self.kind is Kind.LIST:
            return lambda record: "; ".join(record[key])
        return lambda record: record[key]


@dataclasses.dataclass(frozen=True)
class Dataset:
    """A listing: which rows, what stands beside them, and the plain record each becomes."""

    # As in addresses, file names and commands.
    name: str
    title: str
    summary: str
    # Who may view this noun's drafts may have them in the listing.
    noun: type[Publishable]
    columns: tuple[Column, ...]
    # All rows `viewer` may see, in order.
    rows: Callable[[Any], QuerySet]
    # Those of one conference, as far as `viewer` may know that they are.
    of_conference: Callable[[QuerySet, Conference, Any], QuerySet]
    # Some of the rows, each with `pk` and its neighbours narrowed to `viewer`, in a fixed number of queries. The dict
    # lives as long as the listing: what was read for some rows need not be read again for others.
    load: Callable[[QuerySet, Any, dict], Iterable]
    # One loaded row as plain data. Runs no query.
    record: Callable[[Any], Record]
    # For rows that no table holds: the records themselves, of one conference or of all. Only for those who may see
    # drafts; the three above are not asked then.
    compute: Callable[[Any, Conference | None], list[Record]] | None = None

    def may_see_drafts(self, viewer) -> bool:
        return may_preview(viewer, self.noun)

    def is_offered(self, viewer) -> bool:
        return self.compute is None or self.may_see_drafts(viewer)

    def columns_for(self, viewer) -> list[Column]:
        return [column for column in self.columns if not column.is_internal or self.may_see_drafts(viewer)]


def absolute(path: str) -> str:
    """An address of ours with scheme and host; an address elsewhere, or none, stays as it is."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def partial_date(text: str) -> datetime.date | str:
    """A day as a date; a year or a month stays the text it is (`2017`, `2017-03`)."""
    return datetime.date.fromisoformat(text) if len(text) == 10 else text


def identity(thing: Publishable) -> Record:
    """What every record ends with: the mark that never changes, the address, and the state in words."""
    return {
        "uuid": str(thing.uuid),
        "address": absolute(thing.get_absolute_url()),
        "status": str(thing.state_label),
    }


IDENTITY = (
    Column("address", _("Adresse"), Kind.ADDRESS),
    Column("uuid", _("Kennung")),
    Column("status", _("Status"), is_internal=True),
)


def organisation_record(organisation: Organisation) -> Record:
    return {
        "name": organisation.name,
        "short_name": organisation.short_name,
        "kind": str(organisation.get_kind_display()),
        "place": organisation.place,
        "federal_state": str(organisation.get_federal_state_display()),
        "latitude": organisation.latitude,
        "longitude": organisation.longitude,
        "website": organisation.website,
        "summary": organisation.summary,
        **identity(organisation),
    }


def material_record(material: Material) -> Record:
    return {
        "title": material.title,
        "subtitle": material.subtitle,
        "kind": str(material.kind_label),
        "authors": material.authors,
        "publisher": material.publisher,
        "published_in": material.published_in,
        "year": material.year,
        "isbn": material.isbn,
        "language": str(material.get_language_display()),
        "license": str(material.get_license_display()),
        "url": absolute(material.address),
        "summary": material.summary,
        **identity(material),
    }


ORGANISATIONS = Dataset(
    name="einrichtungen",
    title=_("Einrichtungen"),
    summary=_("Kommunen, Forschung, Ministerien und andere, mit Ort und Koordinaten."),
    noun=Organisation,
    columns=(
        Column("name", _("Name"), Kind.LONG),
        Column("short_name", _("Kurzname")),
        Column("kind", _("Art")),
        Column("place", _("Ort")),
        Column("federal_state", _("Bundesland")),
        Column("latitude", _("Breitengrad"), Kind.NUMBER),
        Column("longitude", _("Längengrad"), Kind.NUMBER),
        Column("website", _("Website"), Kind.ADDRESS),
        Column("summary", _("Kurzfassung"), Kind.LONG),
        *IDENTITY,
    ),
    rows=lambda viewer: Organisation.objects.visible_to(viewer).by_name(),
    of_conference=lambda rows, conference, viewer: rows.filter(
        pk__in=[*conference.organisers.values_list("pk", flat=True), conference.funder_id]
    ),
    load=lambda rows, viewer, known: rows,
    record=organisation_record,
)

MATERIALS = Dataset(
    name="materialien",
    title=_("Materialien"),
    summary=_("Veröffentlichungen, Präsentationen und Werkzeuge mit Nachweis und Lizenz."),
    noun=Material,
    columns=(
        Column("title", _("Titel"), Kind.LONG),
        Column("subtitle", _("Untertitel"), Kind.LONG),
        Column("kind", _("Art")),
        Column("authors", _("Verfasst von"), Kind.LONG),
        Column("publisher", _("Herausgegeben von / Verlag")),
        Column("published_in", _("Erschienen in")),
        Column("year", _("Jahr"), Kind.NUMBER),
        Column("isbn", _("ISBN")),
        Column("language", _("Sprache")),
        Column("license", _("Lizenz")),
        Column("url", _("Datei oder Adresse im Netz"), Kind.ADDRESS),
        Column("summary", _("Kurzfassung"), Kind.LONG),
        *IDENTITY,
    ),
    rows=lambda viewer: Material.objects.visible_to(viewer).by_title(),
    of_conference=lambda rows, conference, viewer: rows.filter(conferences=conference),
    load=lambda rows, viewer, known: rows,
    record=material_record,
)
