"""Rows as plain data and back, column by column: nothing is computed anew on the way, not even "last changed"."""

from django.apps import apps
from django.db import connections, models, router
from django.db.models.constants import OnConflict
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery

from conference.editing.snapshot import plain
from conference.trash.belonging import chunks

Table = dict


def read(model, numbers) -> Table:
    """{"model": "sessions_app.event", "fields": [column, …], "rows": [[value, …], …]}, in order of their numbers."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = [
        [plain(value) for value in row]
        for some in chunks(sorted(numbers))
        for row in model._base_manager.filter(pk__in=some).order_by("pk").values_list(*names)
    ]
    return {"model": model._meta.label_lower, "fields": names, "rows": rows}


def build(table: Table) -> list[models.Model]:
    """The rows as objects that are in no table yet. Columns that have gone since are left out, new ones are empty."""
    model = apps.get_model(table["model"])
    known = {field.attname: field for field in model._meta.concrete_fields}
    places = [(name, known[name], place) for place, name in enumerate(table["fields"]) if name in known]
    return [model(**{name: field.to_python(row[place]) for name, field, place in places}) for row in table["rows"]]


def insert(rows: list[models.Model], *, ignore_conflicts: bool = False):
    """Write rows with the numbers and moments they have. `bulk_create` would set "last changed" anew."""
    if not rows:
        return
    model = type(rows[0])
    using = router.db_for_write(model)
    fields = model._meta.concrete_fields
    size = max(connections[using].ops.bulk_batch_size(fields, rows), 1)
    on_conflict = OnConflict.IGNORE if ignore_conflicts else None
    for start in range(0, len(rows), size):
        query = InsertQuery(model, on_conflict=on_conflict)
        query.insert_values(fields, rows[start : start + size], raw=True)
        query.get_compiler(using).execute_sql()


def delete(model, numbers):
    """Only these rows. Who points at them has been looked after before."""
    DeleteQuery(model).delete_batch(list(numbers), router.db_for_write(model))


def label(row) -> str:
    """A name for a row that is in no table: `__str__` might ask for what is not there."""
    names = ("title", "acronym", "name", "text", "family_name", "uuid")
    return next((str(row.__dict__[name]) for name in names if row.__dict__.get(name)), str(row.pk))
