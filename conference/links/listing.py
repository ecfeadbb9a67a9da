"""The list of links as one editor may see it: each with its finding, and where it stands in the forms."""

from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import reverse

from conference.links.checking import is_checkable
from conference.links.collecting import Place, RecordKey, places
from conference.models import OutgoingLink, SearchDocument
from conference.scope import scoped

Health = OutgoingLink.Health
# The worst first, as it is worked off.
ORDER = (Health.DEAD, Health.DOUBTFUL, Health.MOVED, Health.REFUSED, Health.UNKNOWN, Health.ALIVE)
# Status is a shape, a colour and a word (static/css/admin.css).
SHAPES = {Health.DEAD: "no", Health.ALIVE: "ok"}


@dataclass(frozen=True, slots=True)
class Use:
    """Where an address stands, for the editor: the thing, the field, and the way to this very field."""

    name: str
    field: str
    url: str


@dataclass(slots=True)
class Row:
    """An address. `link` has no number yet where nobody ever tried it."""

    link: OutgoingLink
    places: list[Place]
    uses: tuple[Use, ...] = ()

    @property
    def shape(self) -> str:
        return SHAPES.get(self.link.health, "mid")


def within(site, request, action: str) -> dict[type[Model], QuerySet]:
    """The kinds on whose forms somebody has this right ("view", "change"), each narrowed to what is theirs."""
    return {
        model: scoped(model_admin.get_queryset(request), request.user)
        for model, model_admin in site._registry.items()
        if getattr(model_admin, f"has_{action}_permission")(request)
    }


def rows_for(site, request) -> list[Row]:
    """All they may see, the worst first. Two queries, and those of their rights."""
    known = {link.url: link for link in OutgoingLink.objects.order_by()}
    rows = [
        Row(known.get(address) or _untried(address), where)
        for address, where in places(within(site, request, "view")).items()
    ]
    return sorted(rows, key=lambda row: (ORDER.index(row.link.health), row.link.url))


def row_for(site, request, link: OutgoingLink) -> Row | None:
    """One address with its uses; None where they may not see any of its places."""
    where = places(within(site, request, "view")).get(link.url)
    return explained(site, [Row(link, where)])[0] if where else None


def counts(rows: list[Row]) -> Counter:
    return Counter(row.link.health for row in rows)


def explained(site, rows: list[Row]) -> list[Row]:
    """With the names of the things and the ways to their fields. A query; one more for parts with a form."""
    names = _names({_form_key(site, place) for row in rows for place in row.places})
    for row in rows:
        row.uses = tuple(_use(site, place, names) for place in row.places)
    return rows


def _untried(address: str) -> OutgoingLink:
    return OutgoingLink(url=address, health=Health.UNKNOWN if is_checkable(address) else Health.REFUSED)


def _form_key(site, place: Place) -> RecordKey:
    """Whose form shows the field: its own, or that of what it is part of."""
    return place.key if place.source.model in site._registry else place.owner_key


def _use(site, place: Place, names: dict[RecordKey, str]) -> Use:
    key = _form_key(site, place)
    own_form = key == place.key
    model = place.source.model if own_form else place.source.owner_model
    form = reverse(f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_change", args=[key[1]])
    if own_form:
        anchor = f"id_{place.source.field.name}"
    else:
        relation = place.source.model._meta.get_field(place.source.owner).remote_field
        anchor = f"{relation.get_accessor_name()}-group"
    return Use(names.get(key, ""), place.source.label, f"{form}#{anchor}")


def _names(keys: set[RecordKey]) -> dict[RecordKey, str]:
    """As the search knows them, which asks for all kinds at once; what it does not know says its name itself."""
    documents = SearchDocument.objects.filter(
        part=0, kind__in={kind for kind, _number in keys}, object_id__in={number for _kind, number in keys}
    )
    names = {(kind, number): title for kind, number, title in documents.values_list("kind", "object_id", "title")}
    return names | _own_names(keys - names.keys())


def _own_names(keys: set[RecordKey]) -> dict[RecordKey, str]:
    names = {}
    for kind in {kind for kind, _number in keys}:
        things = apps.get_model(kind)._base_manager.in_bulk([number for other, number in keys if other == kind])
        names |= {(kind, number): str(thing) for number, thing in things.items()}
    return names
