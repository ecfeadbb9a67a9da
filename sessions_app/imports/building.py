"""New records from snapshots, many at once: a few queries for each kind of row, however many there are."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator

from conference.editing.snapshot import Snapshot, content_fields, link_fields, model_of, part_relations
from conference.search import add_to_index

AT_ONCE = 500


class Builder:
    """Makes records and remembers their numbers, so that those that follow can point to them.

    A number below zero in a snapshot stands for a record that is made in the same go; `numbers` leads from it to the
    real one.
    """

    def __init__(self):
        self.numbers: dict[tuple[type[models.Model], int], int] = {}

    def real(self, model: type[models.Model], number: int | None) -> int | None:
        return self.numbers[model, number] if number is not None and number < 0 else number

    def make(self, snapshots: list[Snapshot]) -> list[models.Model]:
        """All of one kind. Raises ValidationError with what is wrong and with which. Call it in a transaction."""
        if not snapshots:
            return []
        model = model_of(snapshots[0])
        made = self._insert(model, snapshots, {})
        for record, snapshot in zip(made, snapshots, strict=True):
            if snapshot["pk"] is not None:
                self.numbers[model, snapshot["pk"]] = record.pk
        indexed = model._base_manager.filter(pk__in=[each.pk for each in made]).order_by("pk")
        add_to_index(list(indexed.prefetch_related(*model.search_relations)))
        return made

    def _insert(self, model, rows: list[dict], owner: dict) -> list[models.Model]:
        """`owner` gives each row, by its place, the record it is a part of."""
        things = [self._thing(model, row, owner.get(position)) for position, row in enumerate(rows)]
        model._base_manager.bulk_create(things, batch_size=AT_ONCE)
        self._link(model, things, rows)
        for name, part, _key in part_relations(model):
            parts, owners = [], {}
            for thing, row in zip(things, rows, strict=True):
                for each in row["parts"][name]:
                    owners[len(parts)] = thing
                    parts.append(each)
            if parts:
                self._insert(part, parts, owners)
        return things

    def _thing(self, model, row: dict, owner) -> models.Model:
        thing = model(uuid=row["uuid"])
        if owner is not None:
            setattr(thing, model.part_of, owner)
        relations = []
        for field in content_fields(model):
            value = row["fields"].get(field.attname)
            if isinstance(field, models.ForeignKey):
                relations.append(field.name)
                value = self.real(field.related_model, value)
            elif value is not None and not isinstance(field, models.FileField):
                value = field.to_python(value)
            setattr(thing, field.attname, value)
        try:
            thing.clean_fields(exclude={*relations, getattr(model, "part_of", "")})
        except ValidationError as error:
            words = {"noun": model._meta.verbose_name, "name": Truncator(str(thing)).chars(80)}
            raise ValidationError(f"{words['noun']} „{words['name']}“: {' '.join(error.messages)}") from error
        return thing

    def _link(self, model, things, rows):
        for field in link_fields(model):
            through = field.remote_field.through
            here, there = field.m2m_column_name(), field.m2m_reverse_name()
            links = [
                through(**{here: thing.pk, there: self.real(field.related_model, number)})
                for thing, row in zip(things, rows, strict=True)
                for number in row["links"].get(field.name, ())
            ]
            if links:
                through._base_manager.bulk_create(links, batch_size=AT_ONCE)

    def resolved(self, snapshot: Snapshot) -> Snapshot:
        """The same with the numbers of records that have been made."""
        return snapshot | self._row(model_of(snapshot), snapshot)

    def _row(self, model, row: dict) -> dict:
        keys = {f.attname: f.related_model for f in content_fields(model) if isinstance(f, models.ForeignKey)}
        fields = {
            name: self.real(keys[name], value) if name in keys else value for name, value in row["fields"].items()
        }
        targets = {field.name: field.related_model for field in link_fields(model)}
        links = {
            name: sorted(self.real(targets[name], number) for number in numbers)
            for name, numbers in row["links"].items()
        }
        kinds = {name: part for name, part, _key in part_relations(model)}
        parts = {name: [self._row(kinds[name], each) for each in rows] for name, rows in row["parts"].items()}
        number = row["pk"] if row["pk"] is None or row["pk"] > 0 else None
        return row | {"pk": number, "fields": fields, "links": links, "parts": parts}
