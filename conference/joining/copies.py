"""Working copies that name a record which is now another one: their data is told, too."""

from django.apps import apps

from conference.editing.merging import merge
from conference.editing.snapshot import Snapshot, content_fields, link_fields, model_of, part_relations, take
from conference.joining.rows import filling, rules_with
from conference.models import ChangeRun, WorkingCopy


class Renaming:
    """Makes snapshots name `stays` where they name `goes`, each once. No query."""

    def __init__(self, model, stays: int, goes: int):
        self.model, self.stays, self.goes = model, stays, goes

    def __call__(self, snapshot: Snapshot) -> Snapshot:
        return self._row(snapshot, model_of(snapshot))

    def _keys(self, model) -> list:
        return [key for key in model._meta.concrete_fields if key.many_to_one and key.related_model is self.model]

    def _names_it(self, row: dict, model) -> bool:
        return any(row["fields"].get(key.attname) == self.goes for key in self._keys(model))

    def _row(self, row: dict, model) -> dict:
        fields, links = dict(row["fields"]), dict(row["links"])
        for key in self._keys(model):
            if fields.get(key.attname) == self.goes:
                fields[key.attname] = self.stays
        for relation in link_fields(model):
            if relation.related_model is self.model and self.goes in links.get(relation.name, ()):
                links[relation.name] = sorted({*links[relation.name], self.stays} - {self.goes})
        parts = dict(row["parts"])
        for name, part, _owner in part_relations(model):
            if name in parts:
                parts[name] = self._rows(parts[name], part)
        return row | {"fields": fields, "links": links, "parts": parts}

    def _rows(self, rows: list[dict], model) -> list[dict]:
        """Of rows that would say the same, the one is left that named the one that stays before."""
        first = sorted(rows, key=lambda row: self._names_it(row, model))
        kept = {row["uuid"]: self._row(row, model) for row in first}
        # Rows of one list share the record they are part of; that column is not in a snapshot.
        known = {field.attname for field in content_fields(model)}
        for rule in rules_with(model, self._keys(model)):
            _drop_doubles(kept, [name for name in rule if name in known], model)
        return [kept[row["uuid"]] for row in rows if row["uuid"] in kept]


def _drop_doubles(rows: dict[str, dict], columns: list[str], model):
    seen: dict[tuple, dict] = {}
    for identity, row in list(rows.items()):
        place = tuple(row["fields"].get(name) for name in columns)
        if None in place:
            continue
        if place not in seen:
            seen[place] = row
            continue
        filled = filling(model, seen[place], row)
        seen[place]["fields"].update(filled["fields"])
        seen[place]["links"].update(filled["links"])
        del rows[identity]


def rename_in_copies(stays, goes) -> list[dict]:
    """All working copies but that of `goes`, which lies in the trash with it: [{"pk", "before", "after"}].

    That of `stays` is begun anew from how the record is now, so that it shows what has moved. Reads them all.
    """
    rename, own, changed = Renaming(type(stays), stays.pk, goes.pk), WorkingCopy.keys(stays), []
    copies = WorkingCopy.objects.select_for_update(of=("self",)).select_related("content_type")
    for working_copy in copies.order_by("pk"):
        is_of_kind = working_copy.content_type_id == own["content_type"].pk
        if working_copy.model is None or (is_of_kind and working_copy.object_id == goes.pk):
            continue
        before = {"base": working_copy.base, "data": working_copy.data}
        after = {name: rename(snapshot) for name, snapshot in before.items()}
        if is_of_kind and working_copy.object_id == stays.pk:
            live = take(stays)
            after = {"base": live, "data": rename(merge(after["base"], after["data"], live).data)}
        if after != before:
            WorkingCopy.objects.filter(pk=working_copy.pk).update(**after)
            keys = {"model": working_copy.model._meta.label_lower, "record": working_copy.object_id}
            changed.append(keys | {"pk": working_copy.pk, "before": before, "after": after})
    return changed


def as_of_today(snapshot: Snapshot) -> Snapshot:
    """A snapshot from before two were joined, naming the one that is left. One query, and one for each such pair."""
    joins = ChangeRun.objects.filter(kind=ChangeRun.Kind.MERGE, undone_at__isnull=True).order_by("pk")
    for label, stays, goes in joins.values_list("extra__model", "extra__stays", "extra__goes"):
        model = apps.get_model(label)
        # Somebody may have taken it out of the trash again.
        if not model._base_manager.filter(pk=goes).exists():
            snapshot = Renaming(model, stays, goes)(snapshot)
    return snapshot
