"""A collection: which rows, what each says, by what it can be narrowed; and one page of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.api import parameters
from conference.api.fields import Part
from conference.api.parameters import Parameter, Refused
from conference.api.references import Json

PER_PAGE, MOST = 50, 100
FIELDS, PAGE, SIZE = "fields", "page", "per_page"


@dataclass(frozen=True)
class Collection:
    """Everything public of one noun. `load(rows)` fetches what its record reads, in a fixed number of queries."""

    name: str
    title: Any
    summary: Any
    noun: Part
    # All public rows, in an order that does not change between two pages.
    rows: Callable[[], QuerySet]
    load: Callable[[QuerySet], QuerySet] = lambda rows: rows
    filters: tuple[Parameter, ...] = ()
    # The filter that takes conferences, for the dump; a conference narrows itself.
    of_conferences: Callable[[QuerySet, QuerySet], QuerySet] | None = None
    most: int = MOST

    @cached_property
    def fields(self) -> Parameter:
        return parameters.names(FIELDS, gettext_lazy("Nur diese Felder, mit Komma getrennt"), self.noun.names())

    @cached_property
    def paging(self) -> tuple[Parameter, ...]:
        return (
            parameters.number(PAGE, gettext_lazy("Die wievielte Seite"), 1, parameters.LAST_PAGE),
            parameters.number(SIZE, gettext_lazy("Einträge je Seite"), min(PER_PAGE, self.most), self.most),
        )

    @property
    def of_list(self) -> tuple[Parameter, ...]:
        """Everything a list can be asked."""
        return (*self.filters, *self.paging, self.fields)

    @property
    def of_one(self) -> tuple[Parameter, ...]:
        return (self.fields,)


def asked(query: QueryDict, known: tuple[Parameter, ...]) -> dict[str, Any]:
    """The values by name. Raises Refused with a sentence: nothing is ignored, nothing guessed."""
    by_name = {parameter.name: parameter for parameter in known}
    values = {}
    for name, texts in query.lists():
        if name not in by_name:
            shown = name[:40].replace("\x00", "\ufffd")
            raise Refused(_("Einen Parameter „%(name)s“ gibt es hier nicht.") % {"name": shown}, shown, by_name)
        if len(texts) > 1:
            raise Refused(_("„%(name)s“ steht mehr als einmal in der Adresse.") % {"name": name}, name)
        values[name] = by_name[name].value(texts[0])
    return values


def narrowed(rows: QuerySet, filters: tuple[Parameter, ...], values: dict[str, Any]) -> QuerySet:
    for parameter in filters:
        if parameter.name in values:
            rows = parameter.narrow(rows, values[parameter.name])
    return rows


@dataclass(frozen=True)
class Page:
    """One page of a collection: two queries and what `load` needs, however many rows there are."""

    collection: Collection
    values: dict[str, Any]
    rows: QuerySet

    @property
    def number(self) -> int:
        return self.values.get(PAGE, 1)

    @property
    def size(self) -> int:
        return self.values.get(SIZE, self.collection.paging[1].schema["default"])

    @cached_property
    def total(self) -> int:
        return self.rows.order_by().count()

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def neighbours(self) -> dict[str, int]:
        """Which pages lie around this one. Behind the last, the way back leads to it."""
        before = {"previous": min(self.number - 1, self.last)} if self.number > 1 else {}
        after = {"next": self.number + 1} if self.number < self.last else {}
        return {"first": 1, **before, **after, "last": self.last}

    def records(self) -> list[Json]:
        start = (self.number - 1) * self.size
        if start >= self.total:
            return []
        loaded = self.collection.load(self.rows)[start : start + self.size]
        return [self.collection.noun.record(thing, self.values.get(FIELDS, ())) for thing in loaded]


def since(rows: QuerySet, moment, owner: str = "") -> QuerySet:
    """What the public saw changed since then: by a change, or by a publication after it, its own or that of what it
    stands in. `owner`: whose clock. `rows` are public.
    """
    rule = Q(**{f"{owner}updated_at__gte": moment})
    for step in dict.fromkeys((owner, *(f"{whole}__" for whole in rows.model.visible_within))):
        rule |= Q(**{f"{step}published_at__gte": moment})
    return rows.filter(rule)


def updated_since(narrow=since) -> Parameter:
    return parameters.moment("updated_since", gettext_lazy("Geändert seit diesem Zeitpunkt"), narrow)
