"""What a search can be narrowed to, as far as the public may know it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from conference.listing import PAGE
from conference.models import FormerSlug, SearchDocument, SearchTerm
from conference.publishing import Publishable, publishable_models

# Of these every published one is offered; of others only the one that is chosen is known.
OFFERED = ("konferenz", "thema")
_MOST_SHORT_STEMS = 20


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool
    # The query string of the search with it, on its first page.
    query: str


@dataclass(frozen=True)
class Filter:
    """One question: `?name=`, with what can be chosen, and the query string of the search without it."""

    name: str
    options: tuple[Option, ...]
    open_query: str

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


class Chooser:
    """Reads what a search is narrowed to, and on the way the stems shorter than the word being typed. One query."""

    def __init__(self, parameters: QueryDict, prefix: str):
        models = {model.search_filter: model for model in publishable_models() if model.search_filter}
        wanted = {name: parameters.get(name, "") for name in models}
        rows = list(_rows(models, wanted, prefix))
        # „Entwicklun“ shall find Entwicklung, whose stem is shorter than what was typed.
        self.short_stems = tuple(stem for name, _number, stem, _label in rows if not name)[:_MOST_SHORT_STEMS]
        self.filters: dict[str, Filter] = {}
        # Numbers by the name of the filter; a draft's slug is as unknown as any other.
        self.chosen: dict[str, int] = {}
        for name in models:
            own = [row for row in rows if row[0] == name]
            asked = parameters
            if name not in OFFERED and own:
                # The one that is called so now, else the one that was.
                own = [next((row for row in own if row[2] == wanted[name]), own[0])]
                asked, wanted[name] = _asked_as(parameters, name, own[0][2]), own[0][2]
            options = tuple(option(asked, name, slug, label or slug) for _n, _p, slug, label in own)
            if options and (len(options) > 1 or name not in OFFERED):
                self.filters[name] = Filter(name, options, query_with(parameters, name, ""))
                chosen = next((number for _name, number, slug, _label in own if slug == wanted[name]), None)
                self.chosen |= {} if chosen is None else {name: chosen}


def option(parameters: QueryDict, name: str, value: str, label: str) -> Option:
    return Option(value, label, parameters.get(name) == value, query_with(parameters, name, value))


def _asked_as(parameters: QueryDict, name: str, slug: str) -> QueryDict:
    """The same question by the name something has today."""
    if parameters.get(name) == slug:
        return parameters
    asked = parameters.copy()
    asked[name] = slug
    return asked


def query_with(parameters: QueryDict, name: str, value: str) -> str:
    """The same search with another answer to one question, from its first page."""
    query = parameters.copy()
    query.pop(PAGE, None)
    query.pop(name, None)
    if value:
        query[name] = value
    return f"?{query.urlencode()}"


def _rows(models: Mapping[str, type[Publishable]], wanted: Mapping[str, str], prefix: str) -> Iterable[tuple]:
    parts = []
    for name, model in models.items():
        things = model.objects.published()
        if name in OFFERED:
            parts.append(_columns(name, things))
        elif wanted[name]:
            former = FormerSlug.objects.filter(
                content_type__app_label=model._meta.app_label,
                content_type__model=model._meta.model_name,
                slug=wanted[name],
            )
            known = Q(slug=wanted[name]) | Q(pk__in=former.values("object_id"))
            parts.append(_columns(name, things.filter(known)))
    if prefix:
        stems = SearchTerm.objects.completing(prefix).order_by()
        label, number = Value("", TextField()), Cast(Value(0), BigIntegerField())
        parts.append(stems.values_list(Value("", CharField()), number, F("stem"), label))
    return sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[3] or row[2])


def _columns(name: str, things: QuerySet) -> QuerySet:
    document = SearchDocument.objects.filter(kind=things.model._meta.label_lower, object_id=OuterRef("pk"), part=0)
    label = Subquery(document.values("title"))
    return things.order_by().values_list(Value(name, CharField()), Cast("pk", BigIntegerField()), F("slug"), label)
