"""Make the database as a snapshot says: the record, its links and its rows."""

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from conference.editing.snapshot import (
    Snapshot,
    content_fields,
    link_fields,
    model_of,
    part_relations,
    plain,
    take,
    unreal_number,
)


def create(snapshot: Snapshot):
    """A new draft of what the snapshot says, with its UUIDs; call it in a transaction. Raises ValidationError."""
    record = filled(snapshot)
    record.full_clean()
    writing = _Writing(unreal=False)
    with transaction.atomic():
        writing.write(record, snapshot | {"fields": {}})
    return type(record)._base_manager.get(pk=record.pk)


def filled(snapshot: Snapshot):
    """Something new with the columns of the snapshot, in memory alone. No query."""
    thing = model_of(snapshot)(uuid=snapshot["uuid"])
    _fill(thing, snapshot["fields"])
    return thing


def apply(snapshot: Snapshot, *, unreal: bool = False, keep: tuple[str, ...] = ()):
    """Write the snapshot over the record it was taken of, and return the record.

    Rows that are not in it are deleted, rows the tables lack are created: with numbers of the database's own, or with
    `unreal` with the number they had in the snapshot, else an unreal one, so that a form can name them in a
    rehearsal. `keep` names fields of the record that stay. The record must exist unless `unreal`. `record.numbers`
    says which row of the snapshot has another number now, `record.placed` the number of every row. Call it in a
    transaction; a query for each changed row. Links to things that are gone are left out; raises ValidationError where
    a row cannot do without one, and where the database refuses.
    """
    model = model_of(snapshot)
    record = model._base_manager.filter(uuid=snapshot["uuid"]).first()
    if record is None:
        if not unreal:
            raise model.DoesNotExist
        record = model(uuid=snapshot["uuid"], pk=unreal_number(snapshot["uuid"]))
    writing = _Writing(unreal, {} if record._state.adding else take(record))
    fields = {name: value for name, value in snapshot["fields"].items() if name not in keep}
    try:
        with transaction.atomic():
            writing.write(record, snapshot | {"fields": fields})
    except (IntegrityError, DataError) as error:
        words = _("Zwei Zeilen schließen einander aus, oder ein Wert, den es nur einmal geben darf, ist vergeben.")
        raise ValidationError(words) from error
    fresh = model._base_manager.get(pk=record.pk)
    fresh.numbers, fresh.placed = writing.numbers, writing.placed
    return fresh


def check(snapshot: Snapshot, keep: tuple[str, ...] = ()):
    """Raise ValidationError where the record itself could not be what the snapshot says. Its rows are not asked."""
    record = model_of(snapshot)._base_manager.get(uuid=snapshot["uuid"])
    _fill(record, {name: value for name, value in snapshot["fields"].items() if name not in keep})
    _check_relations(record)
    record.full_clean()


class _Writing:
    def __init__(self, unreal: bool, now: Snapshot | None = None):
        self.unreal = unreal
        self.numbers: dict[int, int] = {}
        # The number each row has in the tables.
        self.placed: dict[str, int] = {}
        # Every row as it is: what need not change is not even read again.
        self.now: dict[str, dict] = {}
        if now:
            self._learn(now)

    def _learn(self, row: dict):
        self.now[row["uuid"]] = row
        for rows in row["parts"].values():
            for part in rows:
                self._learn(part)

    def _is_as_now(self, row: dict) -> bool:
        now = self.now.get(row["uuid"])
        return now is not None and _content(row) == _content(now)

    def _note_numbers(self, row: dict):
        number = self.placed[row["uuid"]] = self.now[row["uuid"]]["pk"]
        if row["pk"] not in (None, number):
            self.numbers[row["pk"]] = number
        for rows in row["parts"].values():
            for part in rows:
                self._note_numbers(part)

    def write(self, thing: models.Model, row: dict):
        is_new = thing._state.adding
        if _fill(thing, row["fields"]) or thing._state.adding:
            _check_relations(thing, self.now.get(row["uuid"], {}).get("fields", {}))
            thing.save(force_insert=thing._state.adding)
        self.placed[row["uuid"]] = thing.pk
        if row["pk"] is not None and row["pk"] != thing.pk:
            self.numbers[row["pk"]] = thing.pk
        nothing = {"links": {}, "parts": {}}
        now = nothing if is_new else self.now.get(row["uuid"], nothing)
        links = {name: numbers for name, numbers in row["links"].items() if sorted(numbers) != now["links"].get(name)}
        self._links(thing, links)
        for name, part, owner in part_relations(type(thing)):
            if name in row["parts"]:
                self._part(thing, part, owner, (row["parts"][name], now["parts"].get(name, ())))

    def _part(self, thing, part, owner: str, rows: tuple):
        """The rows of one part as they shall be, and as they are."""
        wanted, now = rows
        same = {row["uuid"] for row in wanted if self._is_as_now(row)}
        for row in wanted:
            if row["uuid"] in same:
                self._note_numbers(row)
        if len(same) < len(wanted) or {row["uuid"] for row in now} != same:
            self._rows(thing, part, owner, [row for row in wanted if row["uuid"] not in same], same)

    def _links(self, thing, links: dict):
        for field in link_fields(type(thing)):
            if field.name in links:
                wanted = field.related_model._base_manager.filter(pk__in=links[field.name])
                getattr(thing, field.name).set(wanted.values_list("pk", flat=True))

    def _rows(self, owner_thing, part, owner: str, rows: list[dict], same: set[str]):
        there = {str(each.uuid): each for each in part._base_manager.filter(**{owner: owner_thing})}
        wanted = {row["uuid"] for row in rows}
        for identity, thing in there.items():
            if identity not in wanted and identity not in same:
                thing.delete()
        changed = [row for row in rows if row["uuid"] not in there or _differs(there[row["uuid"]], row["fields"])]
        if _is_crowded(part) and not part_relations(part):
            # Two rows that swap a value that must be unique would be in each other's way.
            numbers = {row["uuid"]: there[row["uuid"]].pk for row in changed if row["uuid"] in there}
            for identity in numbers:
                there.pop(identity).delete()
            for row in changed:
                self._insert(owner_thing, part, owner, row, numbers.get(row["uuid"]))
            rest = [row for row in rows if row["uuid"] in there]
        else:
            rest = rows
        for row in rest:
            if thing := there.get(row["uuid"]):
                self.write(thing, row)
            else:
                self._insert(owner_thing, part, owner, row)

    def _insert(self, owner_thing, part, owner: str, row: dict, number: int | None = None):
        thing = part(uuid=row["uuid"], **{owner: owner_thing})
        thing.pk = number or (self._free_number(part, row) if self.unreal else None)
        self.write(thing, row)

    @staticmethod
    def _free_number(part, row: dict) -> int:
        number = row["pk"]
        is_free = number is not None and not part._base_manager.filter(pk=number).exists()
        return number if is_free else unreal_number(row["uuid"])


def _content(row: dict) -> tuple:
    """What a row holds, whatever number it has and in whatever order its own rows stand."""
    links = {name: sorted(numbers) for name, numbers in row["links"].items()}
    parts = {name: {part["uuid"]: _content(part) for part in rows} for name, rows in row["parts"].items()}
    return row["fields"], links, parts


def _is_crowded(model) -> bool:
    """Whether the database refuses two rows that are alike in something."""
    return any(isinstance(each, models.UniqueConstraint) for each in model._meta.constraints)


def _differs(thing, fields: dict) -> bool:
    return any(plain(f.value_from_object(thing)) != fields[f.attname] for f in _given(type(thing), fields))


def _given(model, fields: dict) -> list[models.Field]:
    """Those of the snapshot that the model still has: a snapshot may be older than the last upgrade."""
    return [field for field in content_fields(model) if field.attname in fields]


def _fill(thing, fields: dict) -> bool:
    """Set the values; says whether anything is different."""
    is_changed = False
    for field in _given(type(thing), fields):
        value = fields[field.attname]
        if plain(field.value_from_object(thing)) != value:
            is_changed = True
        if isinstance(field, models.FileField | models.ForeignKey) or value is None:
            setattr(thing, field.attname, value)
        else:
            try:
                setattr(thing, field.attname, field.to_python(value))
            except ValidationError:
                # The field has become another since: what it holds now stays.
                continue
    return is_changed


def _check_relations(thing, known: dict | None = None):
    """What a column points to may be gone since: an optional relation is emptied, a needed one is said."""
    for field in type(thing)._meta.concrete_fields:
        number = getattr(thing, field.attname)
        if known and known.get(field.attname) == number:
            continue
        if not isinstance(field, models.ForeignKey) or number is None or field.name == getattr(thing, "part_of", ""):
            continue
        if field.related_model._base_manager.filter(pk=number).exists():
            continue
        if not field.null:
            words = {"noun": thing._meta.verbose_name, "field": field.verbose_name}
            raise ValidationError(
                _("%(noun)s: Was in „%(field)s“ stand, ist nicht mehr da. Vielleicht liegt es im Papierkorb."),
                params=words,
            )
        setattr(thing, field.attname, None)
