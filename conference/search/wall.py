"""Which things may be found: each kind asks its own `published()`, within what the reader chose.

The database asks this while it searches, so that nothing hidden is counted or takes the place of what may be seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from types import SimpleNamespace

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateField, DurationField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from conference.models import SearchDocument, Theme
from conference.publishing import Publishable, publishable_models
from conference.search.answers import Condition
from conference.search.statements import Statement, as_of_now

# All that is entered is German, unless it has a language of its own.
_OUR_LANGUAGE = "de"
# The filter that asks who speaks, where something is said.
PERSON = "person"
_NOTHING = Condition("FALSE")
_PLACE = ("track_id", "start_ms", "end_ms")


@dataclass(frozen=True)
class Scope:
    """What to search in: published things by the name of their filter, a language, a kind; all of it as a rule."""

    chosen: dict[str, int] = field(default_factory=dict)
    language: str = ""
    kind: type[Publishable] | None = None

    def conditions(self) -> tuple[Condition, Condition]:
        """Of things, and of passages."""
        rules = _rules(tuple(self.chosen.items()), self.language, self.kind)
        of_things, of_passages = (Condition(rule.sql, as_of_now(rule.values)) for rule in rules)
        return of_things, of_passages

    def things(self) -> Condition:
        conditions = [
            _exists(model, self._narrow(model)) for model in publishable_models() if self.kind in (None, model)
        ]
        return _any_of(conditions)

    def passages(self) -> Condition:
        """The language is that of what is said, and so is the person."""
        conditions = []
        for model in publishable_models():
            if model.search_passages is not Publishable.search_passages and self.kind is None:
                of_events = replace(self, chosen={name: self.chosen[name] for name in self.chosen if name != PERSON})
                conditions.append(_exists(model, of_events._of_events(model), *self._said(model)))
        return _any_of(conditions)

    def _narrow(self, model: type[Publishable]) -> QuerySet:
        things = self._of_events(model)
        if self.language and any(each.name == "language" for each in model._meta.fields):
            return things.filter(language=self.language)
        return things if self.language in ("", _OUR_LANGUAGE) else things.none()

    def _of_events(self, model: type[Publishable]) -> QuerySet:
        """Those chosen themselves, those right within, and what hangs on their published events."""
        things = model.objects.published()
        for name, number in self.chosen.items():
            rule = Q(pk=number) if model.search_filter == name else Q(pk__in=())
            if own := _parent_chosen_by(model, name):
                rule |= Q(**{own: number})
            elif model.search_filter != name:
                rule |= _through(model, _events_of(name, number))
            things = things.filter(rule)
        return things

    def _said(self, model: type[Publishable]) -> list[Condition]:
        conditions = []
        if self.language:
            conditions.append(Condition("document.language = %s", (self.language,)))
        if PERSON in self.chosen:
            places = (RawSQL(f"document.{name}", ()) for name in _PLACE)  # noqa: S611  names of ours
            sql, values = model.search_said_by(self.chosen[PERSON], *places).values("pk").query.sql_with_params()
            conditions.append(Condition(f"EXISTS ({sql})", values))
        return conditions


@lru_cache(maxsize=64)
def _rules(chosen, language, kind) -> tuple[Condition, Condition]:
    scope = Scope(dict(chosen), language, kind)
    return scope.things(), scope.passages()


def _event_model() -> type[Publishable]:
    return next(model for model in publishable_models() if "pk" in model.search_events)


def _parent_chosen_by(model: type[Publishable], name: str) -> str:
    """The field that holds what this filter chooses, if there is one."""
    return next(
        (each.name for each in model._meta.fields if getattr(each.related_model, "search_filter", "") == name), ""
    )


def _events_of(name: str, number: int) -> QuerySet:
    """The published events of a conference, of a theme, of a person."""
    events = _event_model().objects.published()
    if own := _parent_chosen_by(events.model, name):
        return events.filter(**{own: number}).values("pk")
    chooser = next(model for model in publishable_models() if model.search_filter == name)
    return events.filter(pk__in=chooser.objects.filter(pk=number).values(*chooser.search_events)).values("pk")


def _through(model: type[Publishable], events: QuerySet) -> Q:
    rule = Q(pk__in=())
    for way, between in model.search_events.items():
        public = {f"{step}__in": _model_at(model, step).objects.published() for step in between}
        found = model._base_manager.filter(**{f"{way}__in": events}, **public)
        rule |= Q(pk__in=found.values("pk"))
    return rule


def _model_at(model, way: str):
    for step in way.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def _exists(model: type[Publishable], things: QuerySet, *more: Condition) -> Condition:
    """A row of the index belongs to one of these things."""
    row = things.order_by().filter(pk=RawSQL("document.object_id", ())).values("pk")
    try:
        sql, values = row.query.sql_with_params()
    except EmptyResultSet:
        return _NOTHING
    # With an offset PostgreSQL asks for the rows it has, instead of reading everything that is public beforehand.
    parts = ["document.kind = %s", *(each.sql for each in more), f"EXISTS ({sql} LIMIT 1 OFFSET 0)"]
    all_values = (model._meta.label_lower, *(value for each in more for value in each.values), *values)
    return Condition(" AND ".join(parts), all_values)


def _any_of(conditions: list[Condition]) -> Condition:
    open_ = [each for each in conditions if each is not _NOTHING]
    if not open_:
        return _NOTHING
    return Condition(
        " OR ".join(f"({each.sql})" for each in open_), tuple(value for each in open_ for value in each.values)
    )


@dataclass(frozen=True)
class Visible:
    """What a hit shows beside its words."""

    model: type[Publishable]
    pk: int
    slug: str
    parent_slug: str | None
    day: date | None
    palette: str
    motif: str
    title: str
    text: str
    event: str
    length: timedelta | None

    @cached_property
    def url(self) -> str:
        """The address needs slugs only, so a stand-in answers without a query."""
        parent = {_parent(self.model): SimpleNamespace(slug=self.parent_slug)} if self.parent_slug else {}
        return self.model.get_absolute_url(SimpleNamespace(slug=self.slug, **parent))


def visible(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Visible]:
    """Those things the public may see now, with what the index says of them. One query; none without a key."""
    numbers: dict[str, set[int]] = {}
    for kind, number in keys:
        numbers.setdefault(kind, set()).add(number)
    models = {model._meta.label_lower: model for model in publishable_models()}
    parts = [
        _statement(models[kind]).for_rows(f"{_id_of(models[kind])} IN ({', '.join(['%s'] * len(found))})", found)
        for kind, found in numbers.items()
        if kind in models
    ]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _values in parts), [each for _sql, of in parts for each in of])
        return {(kind, number): _visible(models[kind], number, *more) for kind, number, *more in cursor.fetchall()}


@cache
def _statement(model: type[Publishable]) -> Statement:
    return Statement.of(_columns(model, model.objects.published()))


def _id_of(model: type[Publishable]) -> str:
    return f'"{model._meta.db_table}"."{model._meta.pk.column}"'


def _visible(model: type[Publishable], number: int, *columns) -> Visible:
    """SQLite has a day as text and a length as microseconds."""
    slug, parent, day, *looks, length = columns
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return Visible(
        model, number, slug, parent, day, *looks, timedelta(microseconds=length) if isinstance(length, int) else length
    )


def _columns(model: type[Publishable], things: QuerySet) -> QuerySet:
    parent, theme = _parent(model), model.search_theme
    if model is Theme:
        palette, motif = F("palette"), F("motif")
    elif theme:
        seen = Theme.objects.published().filter(**{theme: OuterRef("pk")}).in_order()
        palette, motif = Subquery(seen.values("palette")[:1]), Subquery(seen.values("motif")[:1])
    else:
        palette = motif = Value("", CharField())
    document = SearchDocument.objects.filter(kind=model._meta.label_lower, object_id=OuterRef("pk"), part=0)
    has_passages = model.search_passages is not Publishable.search_passages
    return (
        things.order_by()
        .annotate(
            hit_kind=Value(model._meta.label_lower, CharField()),
            hit_parent=F(f"{parent}__slug") if parent else Value("", CharField()),
            hit_day=F(model.search_date) if model.search_date else Cast(Value(None), DateField()),
            hit_palette=palette,
            hit_motif=motif,
            hit_title=Subquery(document.values("title")),
            hit_text=Subquery(document.values("text")),
            hit_event=model.search_event_title if has_passages else Value("", CharField()),
            hit_length=model.search_length if has_passages else Cast(Value(None), DurationField()),
        )
        .values_list(
            "hit_kind",
            "pk",
            "slug",
            "hit_parent",
            "hit_day",
            "hit_palette",
            "hit_motif",
            "hit_title",
            "hit_text",
            "hit_event",
            "hit_length",
        )
    )


def _parent(model: type[Publishable]) -> str:
    """The relation to what it lies directly within, if any."""
    return next((name for name in model.visible_within if "__" not in name), "")
