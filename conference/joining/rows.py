"""Two rows that would say the same once their records are one: what the one that is left takes over."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from conference.editing.snapshot import content_fields, link_fields, plain

EMPTY = (None, "", [])


def contents(model, numbers: Iterable[int]) -> dict[int, dict]:
    """Rows as snapshots without parts, by number. One query, and one for each many-to-many relation."""
    numbers = list(numbers)
    rows = model._base_manager.in_bulk(numbers) if numbers else {}
    links = {field.name: _linked(field, numbers) for field in link_fields(model)} if rows else {}
    return {
        number: {
            "model": model._meta.label_lower,
            "fields": {field.attname: plain(field.value_from_object(row)) for field in content_fields(model)},
            "links": {name: sorted(of_row[number]) for name, of_row in links.items()},
            "parts": {},
        }
        for number, row in rows.items()
    }


def _linked(field, numbers) -> dict[int, list[int]]:
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    found = defaultdict(list)
    rows = field.remote_field.through._base_manager.filter(**{f"{here}__in": numbers})
    for row, other in rows.values_list(here, there):
        found[row].append(other)
    return found


def rules_with(model, keys: Iterable[models.ForeignKey]) -> list[list[str]]:
    """The columns, one of these keys among them, that no two rows may share."""
    names = {key.name for key in keys}
    rules = [rule.fields for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    found = [list(rule) for rule in rules if names & set(rule)] + [[key.name] for key in keys if key.unique]
    return [[model._meta.get_field(name).attname for name in rule] for rule in found]


def own_fields(model) -> list[models.Field]:
    """What a row says itself, beside whom it joins and where it stands."""
    return [field for field in content_fields(model) if not field.is_relation and field.name != "position"]


def filling(model, kept: dict, double: dict) -> dict:
    """What `kept` lacks and `double` says: {"fields": …, "links": …}.

    A mark (a yes or no) belongs to the words beside it: it comes along only if the row has no words of its own.
    """
    said = [field for field in own_fields(model) if not isinstance(field, models.BooleanField)]
    lacks = [field.attname for field in said if kept["fields"][field.attname] in EMPTY]
    fields = {name: double["fields"][name] for name in lacks if double["fields"][name] not in EMPTY}
    links = {name: list(numbers) for name, numbers in double["links"].items() if numbers and not kept["links"][name]}
    if len(lacks) == len(said) and not any(kept["links"].values()):
        marks = [field.attname for field in own_fields(model) if isinstance(field, models.BooleanField)]
        fields |= {name: double["fields"][name] for name in marks if double["fields"][name] != kept["fields"][name]}
    return {"fields": fields, "links": links}
