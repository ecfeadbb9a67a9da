"""What goes along when a record goes, what lets go of it, and what stands in the way.

Along go the rows that live and die with a record (CASCADE), and those behind a protected relation that its model names
in `trash_with`: a conference takes its events. Many-to-many links are cut and kept, in both directions, as are optional
references that may be emptied (SET_NULL). Every other reference from outside stops the deletion.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models

AT_ONCE = 500


@dataclass(frozen=True)
class Pointing:
    """Rows outside that point inside: (number of the row, number it points at)."""

    field: models.ForeignKey
    pairs: list[tuple[int, int]]

    @property
    def model(self) -> type[models.Model]:
        return self.field.model


@dataclass
class Belongings:
    """The numbers of all rows that go, those named first that others belong to."""

    members: dict[type[models.Model], list[int]] = field(default_factory=dict)
    links: dict[type[models.Model], list[int]] = field(default_factory=dict)
    released: list[Pointing] = field(default_factory=list)
    blockers: list[Pointing] = field(default_factory=list)

    def owners(self) -> dict[type[models.Model], set[int]]:
        """Whose rows go while they stay: an event that loses a contribution. A query a kind of row."""
        found: dict[type[models.Model], set[int]] = {}
        for model, numbers in self.members.items():
            owner, path = owner_of(model)
            if path:
                rows = (
                    model._base_manager.filter(pk__in=some).values_list(path, flat=True) for some in chunks(numbers)
                )
                gone = set(self.members.get(owner, ()))
                found.setdefault(owner, set()).update({number for some in rows for number in some} - gone - {None})
        return found


def goes_to_trash(model) -> bool:
    """Content does; accounts and the like are deleted for good."""
    return hasattr(model, "visible_within") or hasattr(model, "trash_with")


def owner_of(model) -> tuple[type[models.Model], str]:
    """The kind of record a row is a part of, and the way there: for a sentence (Video, "track__video")."""
    steps = []
    while name := getattr(model, "part_of", ""):
        steps.append(name)
        model = model._meta.get_field(name).related_model
    return model, "__".join(steps)


def chunks(numbers) -> Iterator[list]:
    numbers = list(numbers)
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def relations_to(model) -> list[models.ManyToOneRel]:
    """Every foreign key to this model, those of many-to-many tables among them."""
    relations = model._meta.get_fields(include_hidden=True)
    return [each for each in relations if each.auto_created and not each.concrete and not each.many_to_many]


def gather(records, *, lock: bool = False) -> Belongings:
    """Everything these records of one kind take along. A query for every relation of each kind met.

    `lock` keeps others from adding to it until the transaction ends.
    """
    found, outside = Belongings(), []
    seen: dict[type[models.Model], set[int]] = {}
    waiting = deque([(type(records[0]), [record.pk for record in records])]) if records else deque()
    while waiting:
        model, numbers = waiting.popleft()
        new = [number for number in dict.fromkeys(numbers) if number not in seen.setdefault(model, set())]
        if not new:
            continue
        seen[model].update(new)
        found.members.setdefault(model, []).extend(new)
        if lock:
            _lock(model, new)
        for relation in relations_to(model):
            if relation.related_model._meta.auto_created:
                rows = found.links.setdefault(relation.related_model, [])
                rows += [number for number, _target in _pointing(relation, new)]
            elif _is_child(relation):
                waiting.append((relation.related_model, [number for number, _target in _pointing(relation, new)]))
            else:
                outside.append((relation, new))
    found.links = {model: list(dict.fromkeys(numbers)) for model, numbers in found.links.items() if numbers}
    _sort_out(found, outside, seen)
    return found


def _is_child(relation) -> bool:
    named = getattr(relation.model, "trash_with", ())
    return relation.on_delete is models.CASCADE or relation.get_accessor_name() in named


def _sort_out(found: Belongings, outside, seen):
    for relation, numbers in outside:
        inside = seen.get(relation.related_model, ())
        pairs = [pair for pair in _pointing(relation, numbers) if pair[0] not in inside]
        if pairs:
            side = found.released if relation.on_delete is models.SET_NULL else found.blockers
            side.append(Pointing(relation.field, pairs))


def _pointing(relation, numbers) -> list[tuple[int, int]]:
    rows = relation.related_model._base_manager.order_by("pk")
    name = relation.field.attname
    return [
        pair
        for some in chunks(numbers)
        for pair in rows.filter(**{f"{relation.field.name}__in": some}).values_list("pk", name)
    ]


def _lock(model, numbers):
    for some in chunks(numbers):
        list(model._base_manager.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
