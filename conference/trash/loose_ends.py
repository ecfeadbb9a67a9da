"""Links between what comes back and what is still in the trash: each waits with the one that comes back last."""

from collections import defaultdict

from django.apps import apps

from conference.models.editing import TrashedRecord
from conference.trash import columns
from conference.trash.belonging import chunks


class LooseEnds:
    """The links of one entry: tied where both ends are there, handed on to the entry that holds the other end."""

    def __init__(self, entry: TrashedRecord):
        self.entry = entry
        self._held = None
        self._let_go = []

    def holder(self, model, number) -> TrashedRecord | None:
        """The other entry a row lies in. One query for all of them."""
        if self._held is None:
            others = TrashedRecord.objects.exclude(pk=self.entry.pk).only("pk", "numbers").order_by("pk")
            self._held = {
                (name, each): entry.pk
                for entry in others.iterator(chunk_size=50)
                for name, numbers in entry.numbers.items()
                for each in numbers
            }
        held = self._held.get((model._meta.label_lower, number))
        return TrashedRecord.objects.defer("data").get(pk=held) if held else None

    def let_go(self, key, rows, target: int):
        """An optional reference whose target is not there: emptied, and remembered while the target may come back."""
        for row in rows:
            setattr(row, key.attname, None)
        pairs = [[row.pk, target] for row in rows]
        self._let_go.append({"model": key.model._meta.label_lower, "field": key.name, "pairs": pairs})

    def tie(self, data: dict):
        """To be called when the rows are written."""
        for table in data["links"]:
            self._tie_links(table)
        for released in [*data["released"], *self._let_go]:
            self._point_again(released)

    def _tie_links(self, table):
        rows = columns.build(table)
        if not rows:
            return
        keys = [field for field in rows[0]._meta.concrete_fields if field.many_to_one]
        there = {key: _present(key.related_model, {getattr(row, key.attname) for row in rows}) for key in keys}
        whole = []
        for place, row in enumerate(rows):
            absent = [key for key in keys if getattr(row, key.attname) not in there[key]]
            if not absent:
                whole.append(row)
            elif holder := self.holder(absent[0].related_model, getattr(row, absent[0].attname)):
                _hand_on(holder, "links", table | {"rows": [table["rows"][place]]})
        columns.insert(whole, ignore_conflicts=True)

    def _point_again(self, released):
        model = apps.get_model(released["model"])
        key = model._meta.get_field(released["field"])
        here = _present(model, {number for number, _target in released["pairs"]})
        there = _present(key.related_model, {target for _number, target in released["pairs"]})
        again = defaultdict(list)
        for number, target in released["pairs"]:
            if number in here and target in there:
                again[target].append(number)
                continue
            absent = (model, number) if number not in here else (key.related_model, target)
            if holder := self.holder(*absent):
                _hand_on(holder, "released", released | {"pairs": [[number, target]]})
        for target, numbers in again.items():
            for some in chunks(numbers):
                empty = model._base_manager.filter(pk__in=some, **{f"{key.name}__isnull": True})
                empty.update(**{key.attname: target})


def _present(model, numbers) -> set:
    found = (model._base_manager.filter(pk__in=some).values_list("pk", flat=True) for some in chunks(numbers))
    return {number for some in found for number in some}


def _hand_on(holder: TrashedRecord, part: str, piece: dict):
    holder = TrashedRecord.objects.select_for_update().get(pk=holder.pk)
    holder.data[part].append(piece)
    holder.save(update_fields=["data"])
