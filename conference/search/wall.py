"""Which of the things found may be seen: each kind asks its own `published()`, all kinds in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, DateField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from conference.models import Conference, Theme
from conference.publishing import Publishable, publishable_models
from conference.search.backends import Match


@dataclass(frozen=True, slots=True)
class Visible:
    """What a hit shows beside its words."""

    model: type[Publishable]
    pk: int
    slug: str
    parent_slug: str | None
    day: date | None
    palette: str
    motif: str

    @property
    def url(self) -> str:
        """The address needs slugs only, so a stand-in answers without a query."""
        thing = self.model(pk=self.pk, slug=self.slug)
        if self.parent_slug:
            parent = self.model._meta.get_field(_parent(self.model))
            setattr(thing, parent.name, parent.related_model(slug=self.parent_slug))
        return thing.get_absolute_url()


def visible(matches: Iterable[Match], conference: Conference | None = None) -> dict[tuple[str, int], Visible]:
    """Those matches the public may see now, within one conference if asked. One query; none without a match."""
    numbers: dict[str, set[int]] = {}
    for match in matches:
        numbers.setdefault(match.kind, set()).add(match.object_id)
    models = {model._meta.label_lower: model for model in publishable_models()}
    parts = [
        _columns(models[kind], _within(models[kind].objects.published(), conference).filter(pk__in=found))
        for kind, found in numbers.items()
        if kind in models
    ]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True)
    return {(row[0], row[1]): Visible(models[row[0]], row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows}


def _within(things: QuerySet, conference: Conference | None) -> QuerySet:
    """Kinds that belong to no conference have nothing in one."""
    if conference is None:
        return things
    if things.model is Conference:
        return things.filter(pk=conference.pk)
    if hasattr(things, "of_conferences"):
        return things.of_conferences([conference])
    if _parent(things.model) == "conference":
        return things.filter(conference=conference)
    return things.none()


def _columns(model: type[Publishable], things: QuerySet) -> QuerySet:
    parent, theme = _parent(model), model.search_theme
    if model is Theme:
        palette, motif = F("palette"), F("motif")
    elif theme:
        seen = Theme.objects.published().filter(**{theme: OuterRef("pk")}).in_order()
        palette, motif = Subquery(seen.values("palette")[:1]), Subquery(seen.values("motif")[:1])
    else:
        palette = motif = Value("", CharField())
    return (
        things.order_by()
        .annotate(
            hit_kind=Value(model._meta.label_lower, CharField()),
            hit_parent=F(f"{parent}__slug") if parent else Value("", CharField()),
            hit_day=F(model.search_date) if model.search_date else Cast(Value(None), DateField()),
            hit_palette=palette,
            hit_motif=motif,
        )
        .values_list("hit_kind", "pk", "slug", "hit_parent", "hit_day", "hit_palette", "hit_motif")
    )


def _parent(model: type[Publishable]) -> str:
    """The relation to what it lies directly within, if any."""
    return next((name for name in model.visible_within if "__" not in name), "")
