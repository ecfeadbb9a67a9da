"""Things as plain data: what a noun says about itself, written down once for every list and exchange format."""

import dataclasses
import datetime
import enum
import operator
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Image, Material, Organisation
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
    # Stands on paper too, where there is room for some only.
    is_printed: bool = True

    @property
    def value(self) -> Callable[[Record], Any]:
        """What stands in the cell: text, a number, a date, a time, a duration, or None."""
        if self.cell:
            return self.cell
        key = self.key
        if self.kind is Kind.LIST:
            return lambda record: "; ".join(record[key])
        return operator.itemgetter(key)


@dataclasses.dataclass(frozen=True)
class Dataset:
    """A listing: which rows, what stands beside them, and the plain record each becomes."""

    # As in addresses, file names and commands.
    name: str
    title: str
    summary: str
    # Who may view this noun's drafts may have them in the listing.
    noun: type[Publishable] | type[Image]
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
    # Rows that are read at once; fewer where each brings many neighbours along.
    chunk: int = 1_000

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
    Column("address", _("Adresse"), Kind.ADDRESS, is_printed=False),
    Column("uuid", _("Kennung"), is_printed=False),
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
        Column("latitude", _("Breitengrad"), Kind.NUMBER, is_printed=False),
        Column("longitude", _("Längengrad"), Kind.NUMBER, is_printed=False),
        Column("website", _("Website"), Kind.ADDRESS),
        Column("summary", _("Kurzfassung"), Kind.LONG, is_printed=False),
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
        Column("subtitle", _("Untertitel"), Kind.LONG, is_printed=False),
        Column("kind", _("Art")),
        Column("authors", _("Verfasst von"), Kind.LONG),
        Column("publisher", _("Herausgegeben von / Verlag")),
        Column("published_in", _("Erschienen in"), is_printed=False),
        Column("year", _("Jahr"), Kind.NUMBER),
        Column("isbn", _("ISBN"), is_printed=False),
        Column("language", _("Sprache")),
        Column("license", _("Lizenz")),
        Column("url", _("Datei oder Adresse im Netz"), Kind.ADDRESS),
        Column("summary", _("Kurzfassung"), Kind.LONG, is_printed=False),
        *IDENTITY,
    ),
    rows=lambda viewer: Material.objects.visible_to(viewer).by_title(),
    of_conference=lambda rows, conference, viewer: rows.filter(conferences=conference),
    load=lambda rows, viewer, known: rows,
    record=material_record,
)


# ── Pictures: a register of rights ───────────────────────────────────────────────────────────────
def image_record(image: Image) -> Record:
    """Needs what `images_with_uses` loads."""
    return {
        "title": image.title,
        "alt_text": image.alt_text,
        "decorative": str(_("ja") if image.is_decorative else _("nein")),
        "caption": image.caption,
        "credit": image.credit,
        "license": str(image.get_license_display()),
        "missing": [str(words) for words in _missing(image)],
        "uses": [_use_record(thing) for thing in image.visible_uses],
        "width": image.width,
        "height": image.height,
        "address": absolute(image.file.url) if image.file else "",
        "uuid": str(image.uuid),
        "status": str(_("öffentlich") if image.is_shown else _("nicht öffentlich")),
    }


def _missing(image: Image) -> list[str]:
    checks = {_("Alternativtext"): image.is_described, _("Nachweis"): image.credit, _("Lizenz"): image.license}
    return [words for words, is_there in checks.items() if not is_there]


def _use_record(thing: Publishable) -> Record:
    return {"kind": str(capfirst(thing._meta.verbose_name)), "title": str(thing), "uuid": str(thing.uuid)}


def _uses_in_words(record: Record) -> str:
    """ "Veranstaltung: Auftakt; Mitwirkende: …" """
    return "; ".join(f"{each['kind']}: {each['title']}" for each in record["uses"])


def images_with_uses(images: QuerySet, viewer, known: dict) -> list[Image]:
    """Each with the things it stands on, as far as `viewer` may see them: a query for each kind of thing."""
    loaded = list(images)
    keys = [image.pk for image in loaded]
    shown = set(Image.objects.published().filter(pk__in=keys).values_list("pk", flat=True))
    uses = defaultdict(list)
    for relation in Image._meta.related_objects:
        if issubclass(relation.related_model, Publishable):
            things = relation.related_model.objects.visible_to(viewer).filter(**{f"{relation.field.name}__in": keys})
            for thing in things.order_by("pk"):
                uses[getattr(thing, relation.field.attname)].append(thing)
    for image in loaded:
        image.visible_uses, image.is_shown = uses[image.pk], image.pk in shown
    return loaded


IMAGES = Dataset(
    name="bilder",
    title=_("Bilder"),
    summary=_("Nachweis der Bildrechte: Alternativtext, Bildnachweis, Lizenz und wo das Bild steht."),
    noun=Image,
    columns=(
        # Nobody but the editors reads it.
        Column("title", _("Bezeichnung"), Kind.LONG, is_internal=True),
        Column("alt_text", _("Alternativtext"), Kind.LONG),
        Column("decorative", _("Nur Schmuck"), is_printed=False),
        Column("caption", _("Bildunterschrift"), Kind.LONG),
        Column("credit", _("Bildnachweis"), Kind.LONG),
        Column("license", _("Lizenz")),
        Column("missing", _("Es fehlt"), Kind.LIST),
        Column("uses", _("Steht bei"), Kind.LONG, cell=_uses_in_words),
        Column("width", _("Breite"), Kind.NUMBER, is_printed=False),
        Column("height", _("Höhe"), Kind.NUMBER, is_printed=False),
        *IDENTITY,
    ),
    rows=lambda viewer: Image.objects.visible_to(viewer).order_by("-created_at", "-pk"),
    of_conference=lambda rows, conference, viewer: rows.filter(pk=conference.image_id),
    load=images_with_uses,
    record=image_record,
)
