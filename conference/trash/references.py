"""Where a record is still referred to, as far as this editor may know."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.publishing import Publishable
from conference.trash.belonging import Belongings, gather
from conference.trash.words import Group, counted, grouped, noun

SHOWN = 40


@dataclass(frozen=True)
class Place:
    """A record that refers to it, through what, and the way to its form."""

    name: str
    through: str
    url: str


@dataclass
class Places:
    """Those the editor may see by name, and how many there are besides."""

    shown: list[Place] = field(default_factory=list)
    more: int = 0
    hidden: int = 0

    def __bool__(self):
        return bool(self.shown or self.more or self.hidden)


@dataclass
class Survey:
    """What is to be said before something is thrown away."""

    records: list
    goes: list[Group]
    lets_go: Places
    in_way: Places
    # Kinds of things that would go along and that this editor may not delete.
    lacking: list[str]
    # Which of the records this editor may not delete, or not here.
    refused: list[str]

    @property
    def is_stopped(self) -> bool:
        return bool(self.in_way or self.lacking or self.refused)

    @property
    def is_public(self) -> bool:
        return any(isinstance(record, Publishable) and record.is_shown_as_public for record in self.records)


def survey(records: list, request, site) -> Survey:
    found = gather(records)
    model = type(records[0]) if records else None
    blocking = [(each.field, [number for number, _target in each.pairs]) for each in found.blockers]
    leaving = [(each.field, [number for number, _target in each.pairs]) for each in found.released]
    return Survey(
        records,
        grouped(counted(found), model, own=len({record.pk for record in records})),
        _places([*_linking(found), *leaving], request, site),
        _places(blocking, request, site),
        _lacking(found, request, site),
        [str(each) for each in records if not site.get_model_admin(model).has_delete_permission(request, each)],
    )


def _lacking(found: Belongings, request, site) -> list[str]:
    kinds = [model for model in found.members if site.is_registered(model)]
    return [noun(model, 2) for model in kinds if not site.get_model_admin(model).has_delete_permission(request)]


def _linking(found: Belongings):
    """Many-to-many relations of records outside that name what goes; its own relations are part of itself."""
    for through, numbers in found.links.items():
        source = through._meta.auto_created
        relation = next(each for each in source._meta.many_to_many if each.remote_field.through is through)
        column = relation.m2m_column_name()
        rows = through._base_manager.filter(pk__in=numbers).values_list(column, flat=True)
        gone = set(found.members.get(source, ()))
        if outside := [number for number in dict.fromkeys(rows) if number not in gone]:
            yield relation, outside


def _places(pointing: Iterable[tuple], request, site) -> Places:
    """The records behind these rows (field, numbers): the form a row is edited in is where somebody can act."""
    places, seen = Places(), set()
    for relation, numbers in pointing:
        model, path = _form_of(relation.model, site)
        if model is None:
            continue
        through = capfirst(relation.verbose_name) if model is relation.model else noun(relation.model)
        rows = relation.model._base_manager.filter(pk__in=numbers).values_list(path or "pk", flat=True)
        records = _seen_by(request, site.get_model_admin(model), dict.fromkeys(rows))
        for number in dict.fromkeys(rows):
            if number not in records:
                places.hidden += 1
            elif len(places.shown) == SHOWN:
                places.more += 1
            elif (model, number, through) not in seen:
                seen.add((model, number, through))
                places.shown.append(Place(_name(records[number]), through, _address(records[number], site)))
    return places


def _form_of(model, site):
    steps = []
    while model and not site.is_registered(model):
        name = getattr(model, "part_of", "")
        steps.append(name)
        model = model._meta.get_field(name).related_model if name else None
    return model, "__".join(steps)


def _seen_by(request, model_admin, numbers) -> dict:
    if not model_admin.has_view_permission(request):
        return {}
    rows = model_admin.get_queryset(request).filter(pk__in=list(numbers))
    owner = getattr(model_admin.model, "part_of", "")
    return {row.pk: row for row in (rows.select_related(owner) if owner else rows)}


def _name(record) -> str:
    words = {"noun": noun(type(record)), "name": str(record)}
    if owner := getattr(record, "part_of", ""):
        return _("%(noun)s „%(name)s“ in „%(owner)s“") % (words | {"owner": getattr(record, owner)})
    return _("%(noun)s „%(name)s“") % words


def _address(record, site) -> str:
    meta = record._meta
    return reverse(f"{site.name}:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
