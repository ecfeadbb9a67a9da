"""Every address outside this site that the content names, and where: computed when asked, never stored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, F, Field, Model, QuerySet, TextField, URLField, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst

from conference.publishing import Publishable, publishable_models
from conference.richtext import RichTextField

RecordKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A field that may name addresses. `owner` leads to what its thing is part of; empty for a thing of its own.

    `pattern` makes an address of what is no address yet: "https://orcid.org/{}".
    """

    model: type[Model]
    field: Field
    owner: str = ""
    pattern: str = "{}"

    @property
    def owner_model(self) -> type[Model]:
        return self.model._meta.get_field(self.owner).related_model if self.owner else self.model

    @property
    def is_text(self) -> bool:
        return isinstance(self.field, RichTextField)

    @property
    def label(self) -> str:
        """As the form calls it: "Website"; of a part with its kind: "Datei: Adresse der Datei"."""
        name = capfirst(self.field.verbose_name)
        return f"{capfirst(self.model._meta.verbose_name)}: {name}" if self.owner else str(name)

    def addresses(self, value: str) -> Iterable[str]:
        return addresses_in(value) if self.is_text else [self.pattern.format(value.strip())]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands: the field of a thing, and what that thing is part of (or itself again)."""

    source: Source
    pk: int
    owner_pk: int

    @property
    def key(self) -> RecordKey:
        return (self.source.model._meta.label_lower, self.pk)

    @property
    def owner_key(self) -> RecordKey:
        return (self.source.owner_model._meta.label_lower, self.owner_pk)


@cache
def sources() -> tuple[Source, ...]:
    """All fields with addresses of whatever can be published, and of its parts; found by walking the models."""
    found = []
    for model in apps.get_models():
        if issubclass(model, Publishable):
            found += _fields_of(model, "")
        elif within := getattr(model, "visible_within", ()):
            found += _fields_of(model, within[0].partition("__")[0])
    return tuple(found)


def _fields_of(model, owner: str) -> Iterator[Source]:
    patterns = getattr(model, "linked_identifiers", {})
    for field in model._meta.fields:
        if isinstance(field, URLField | RichTextField):
            yield Source(model, field, owner)
        elif field.name in patterns:
            yield Source(model, field, owner, patterns[field.name])


def places(within: Mapping[type[Model], QuerySet] | None = None) -> dict[str, list[Place]]:
    """Each outgoing address with the places where it stands. One query, whatever there is; drafts count.

    `within` narrows to these things, and to parts of them that have no entry of their own; without it, all is read.
    """
    numbered = list(enumerate(sources()))
    rows = [part for number, source in numbered if (part := _rows(number, source, within)) is not None]
    found = defaultdict(list)
    for number, pk, owner_pk, value in rows[0].union(*rows[1:], all=True) if rows else ():
        source = sources()[number]
        for address in source.addresses(value):
            place = Place(source, pk, owner_pk)
            if is_outgoing(address) and place not in found[address]:
                found[address].append(place)
    return {address: where for address, where in found.items() if where}


def _rows(number: int, source: Source, within) -> QuerySet | None:
    things = source.model._base_manager.order_by().exclude(**{source.field.name: ""})
    if within is not None:
        if source.model in within:
            things = things.filter(pk__in=_numbers(within[source.model]))
        elif source.owner and source.owner_model in within:
            things = things.filter(**{f"{source.owner}__in": _numbers(within[source.owner_model])})
        else:
            return None
    if source.is_text:
        things = things.filter(**{f"{source.field.name}__contains": "<a "})
    return things.annotate(
        link_source=Value(number),
        link_owner=F(f"{source.owner}_id" if source.owner else "pk"),
        link_value=Cast(Cast(source.field.name, CharField()), TextField()),
    ).values_list("link_source", "pk", "link_owner", "link_value")


def _numbers(things: QuerySet) -> QuerySet:
    return things.order_by().values("pk")


def is_outgoing(address: str) -> bool:
    """Whether it leads out: something on the web, and not of this site."""
    try:
        parts = urlsplit(address)
        own = parts.hostname == urlsplit(settings.SITE_URL).hostname
    except ValueError:
        # Shown to the editor as one that cannot be asked.
        return True
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not own


def asked_instead(address: str) -> str:
    """Where a provider says whether a recording is still there; "" for what is asked itself. The kind that has
    recordings knows (`Video.asked_instead`), so that no floor has to be named here.
    """
    hooks = (model.asked_instead for model in publishable_models() if hasattr(model, "asked_instead"))
    return next((answer for hook in hooks if (answer := hook(address))), "")


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (address := (dict(attrs).get("href") or "").strip()):
            self.found.append(address)


def addresses_in(text: str) -> list[str]:
    """The addresses a rich text links to, each once, in order."""
    parser = _Links()
    parser.feed(text)
    parser.close()
    return list(dict.fromkeys(parser.found))
