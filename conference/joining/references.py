"""Everything that names a record, on whatever floor: what will name the other one, and what would stand there twice."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models

from conference.joining.rows import contents, filling, rules_with
from conference.trash.belonging import chunks, owner_of, relations_to

# Rows that point by this key, by their numbers.
Pointing = tuple[models.ForeignKey, list[int]]


@dataclass(frozen=True)
class Double:
    """Of two rows one is left; `filled` is what it takes over."""

    key: models.ForeignKey
    stays: int
    goes: int
    filled: dict

    @property
    def model(self):
        return self.key.model


@dataclass
class References:
    """`links` are rows of many-to-many tables of other records; the double ones among them just go."""

    moved: list[Pointing] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    links: list[Pointing] = field(default_factory=list)
    double_links: list[Pointing] = field(default_factory=list)

    def touched(self) -> dict[type[models.Model], set[int]]:
        """The records behind all these rows. Some queries for each key."""
        found = defaultdict(set)
        doubles = [(each.key, [each.goes, each.stays]) for each in self.doubles]
        for key, numbers in [*self.moved, *doubles, *self.links, *self.double_links]:
            owner, path = holder_of(key)
            for some in chunks(numbers):
                rows = key.model._base_manager.filter(pk__in=some)
                found[owner].update(rows.values_list(path, flat=True))
        return found


def relation_behind(key: models.ForeignKey) -> models.ManyToManyField:
    """The many-to-many relation whose table this key stands in."""
    fields = key.model._meta.auto_created._meta.many_to_many
    return next(each for each in fields if each.remote_field.through is key.model)


def holder_of(key: models.ForeignKey) -> tuple[type[models.Model], str]:
    """The kind of record that a row with this key belongs to, and the way there."""
    if not key.model._meta.auto_created:
        owner, path = owner_of(key.model)
        return owner, path or "pk"
    relation = relation_behind(key)
    owner, path = owner_of(relation.model)
    here = relation.m2m_field_name()
    return owner, f"{here}__{path}" if path else f"{here}__pk"


def find(stays, goes) -> References:
    """What names `goes`. One or two queries a relation, a few more where rows would be double."""
    found = References()
    for relation in relations_to(type(goes)):
        key = relation.field
        if not key.model._meta.auto_created:
            _sort_rows(found, key, stays.pk, goes.pk)
        elif key.name == relation_behind(key).m2m_reverse_field_name():
            _sort_links(found, key, stays.pk, goes.pk)
    return found


def _sort_links(found: References, key, stays: int, goes: int):
    relation = relation_behind(key)
    other = relation.m2m_column_name()
    rows = key.model._base_manager.order_by("pk")
    taken = set(rows.filter(**{key.attname: stays}).values_list(other, flat=True))
    pairs = list(rows.filter(**{key.attname: goes}).values_list("pk", other))
    for side, numbers in (
        (found.links, [number for number, owner in pairs if owner not in taken]),
        (found.double_links, [number for number, owner in pairs if owner in taken]),
    ):
        if numbers:
            side.append((key, numbers))


def _sort_rows(found: References, key, stays: int, goes: int):
    rows = key.model._base_manager.order_by("pk")
    numbers = list(rows.filter(**{key.attname: goes}).values_list("pk", flat=True))
    doubles: dict[int, int] = {}
    for rule in rules_with(key.model, [key]) if numbers else ():
        rest = [name for name in rule if name != key.attname]
        taken = {place: number for number, place in _places(rows, key, stays, rest)}
        for number, place in _places(rows, key, goes, rest):
            if place in taken and number not in doubles:
                doubles[number] = taken[place]
    if moved := [number for number in numbers if number not in doubles]:
        found.moved.append((key, moved))
    if doubles:
        known = contents(key.model, [*doubles, *doubles.values()])
        for number, kept in doubles.items():
            found.doubles.append(Double(key, kept, number, filling(key.model, known[kept], known[number])))


def _places(rows, key, target: int, names: list[str]):
    """(number, what no other row may say); nothing is like nothing else, so rows without it are left out."""
    said = {f"{name}__isnull": False for name in names}
    rows = rows.filter(**{key.attname: target}, **said).values_list("pk", *names)
    return [(number, tuple(place)) for number, *place in rows]
