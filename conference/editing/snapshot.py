"""A record with everything in its form, as plain data: what revisions, working copies and merging are made of.

A snapshot is a dict that JSON can hold:

    {"schema": 1, "model": "sessions_app.event", "uuid": "…", "pk": 7,
     "fields": {"title": "Auftakt", "date": "2020-10-28", "theme_id": 3},
     "links": {"materials": [4, 9]},
     "parts": {"questions": [{"uuid": "…", "pk": 12, "fields": …, "links": …, "parts": …}]}}

Fields are column values, links the numbers of many-to-many relations, parts the rows below (`parts` of a model names
them). Rows are known by their UUID; `pk` says which number they had. What belongs to the state of a record and not to
its content (status, moments of creation and change) is not in it.
"""

import datetime
import decimal
import uuid
from collections import defaultdict

from django.apps import apps
from django.core import signing
from django.db import models
from django.utils.duration import duration_iso_string

from conference.models.fields import SortKeyField

SCHEMA = 1
# State and identity: told elsewhere.
NOT_CONTENT = {"id", "uuid", "status", "created_at", "updated_at"}
# No table will ever count so far.
FIRST_UNREAL = 2**62

Snapshot = dict


def take(record) -> Snapshot:
    """The record as it is in the database. One query for it, one a part, and one a many-to-many relation of each."""
    model = type(record)
    [row] = _rows(model, model._base_manager.filter(pk=record.pk))[record.pk]
    return {"schema": SCHEMA, "model": model._meta.label_lower} | row


def take_all(model, numbers) -> dict[int, Snapshot]:
    """Many records of a kind under their numbers, for the queries of one."""
    head = {"schema": SCHEMA, "model": model._meta.label_lower}
    found = _rows(model, model._base_manager.filter(pk__in=list(numbers)))
    return {number: head | row for number, [row] in found.items()}


def blank(model) -> dict:
    """A row of a kind that is in no table yet, with what its columns hold when nothing is said."""
    return {
        "uuid": str(uuid.uuid4()),
        "pk": None,
        "fields": {field.attname: plain(field.get_default()) for field in content_fields(model)},
        "links": {field.name: [] for field in link_fields(model)},
        "parts": {name: [] for name, _part, _key in part_relations(model)},
    }


def content_fields(model) -> list[models.Field]:
    """The columns that are content; not the way to the record it is a part of (`part_of`)."""
    not_content = NOT_CONTENT | {getattr(model, "part_of", "")}
    fields = (field for field in model._meta.concrete_fields if not isinstance(field, SortKeyField))
    return [field for field in fields if field.name not in not_content]


def link_fields(model) -> list[models.ManyToManyField]:
    return list(model._meta.many_to_many)


def part_relations(model) -> list[tuple[str, type[models.Model], str]]:
    """The parts of a model: (name, model of the rows, name of their foreign key)."""
    relations = ((name, model._meta.get_field(name)) for name in getattr(model, "parts", ()))
    return [(name, relation.related_model, relation.field.name) for name, relation in relations]


def _rows(model, queryset, owner: str = "pk") -> dict[int, list[dict]]:
    """The rows of a query with all they hold, under the number of their owner."""
    objects = list(queryset.order_by(*model._meta.ordering or ["pk"], "pk"))
    fields, numbers = content_fields(model), [each.pk for each in objects]
    links = {field.name: _links(field, numbers) for field in link_fields(model)} if objects else {}
    parts = {}
    for name, part, key in part_relations(model) if objects else ():
        found = part._base_manager.filter(**{f"{key}__in": numbers})
        parts[name] = _rows(part, found, part._meta.get_field(key).attname)
    rows = defaultdict(list)
    for each in objects:
        row = {
            "uuid": str(each.uuid),
            "pk": each.pk,
            "fields": {field.attname: plain(field.value_from_object(each)) for field in fields},
            "links": {name: sorted(of_owner[each.pk]) for name, of_owner in links.items()},
            "parts": {name: of_owner[each.pk] for name, of_owner in parts.items()},
        }
        rows[getattr(each, owner)].append(row)
    return rows


def _links(field, numbers) -> dict:
    through = field.remote_field.through
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    found = defaultdict(list)
    for owner, other in through._base_manager.filter(**{f"{here}__in": numbers}).values_list(here, there):
        found[owner].append(other)
    return found


def plain(value):
    """A column's value as JSON knows it; each field's `to_python` reads it back."""
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, models.fields.files.FieldFile):
        return value.name or ""
    return value


def model_of(snapshot: Snapshot) -> type[models.Model]:
    return apps.get_model(snapshot["model"])


def unreal_number(identity: str) -> int:
    """The number of a row that is in no table yet: out of reach of real ones, and always the same for its UUID."""
    return FIRST_UNREAL + uuid.UUID(identity).int % FIRST_UNREAL


# ── Flat: every value under its path ─────────────────────────────────────────────────────────
# "title" · "materials" · "questions/<uuid>" (the row is there) · "questions/<uuid>/text"
Flat = dict[str, object]
HERE = "·"


def flatten(snapshot: Snapshot) -> Flat:
    """Each value under its path; a row that is there has its own path. Numbers of rows do not count."""
    flat: Flat = {}
    _flatten(snapshot, "", flat)
    return flat


def _flatten(row: dict, prefix: str, flat: Flat):
    for name, value in row["fields"].items():
        flat[prefix + name] = value
    for name, numbers in row["links"].items():
        flat[prefix + name] = tuple(numbers)
    for name, rows in row["parts"].items():
        for part in rows:
            path = f"{prefix}{name}/{part['uuid']}"
            flat[path] = HERE
            _flatten(part, f"{path}/", flat)


def numbered_as(snapshot: Snapshot, known: Snapshot) -> Snapshot:
    """The snapshot, with the numbers of those rows alone that `known` has too: others are in no table yet."""
    there = {path for path, value in flatten(known).items() if value == HERE}

    def walk(row: dict, prefix: str) -> dict:
        parts = {}
        for name, rows in row["parts"].items():
            parts[name] = [walk(part, f"{prefix}{name}/{part['uuid']}/") for part in rows]
        is_known = not prefix or prefix[:-1] in there
        return row | {"pk": row["pk"] if is_known else None, "parts": parts}

    return walk(snapshot, "")


def placed(row: dict, numbers: dict[str, int]) -> dict:
    """The same with the numbers the rows have in the tables, as `apply` says them."""
    parts = {name: [placed(part, numbers) for part in rows] for name, rows in row["parts"].items()}
    return row | {"pk": numbers[row["uuid"]], "parts": parts}


def same(one: Snapshot, other: Snapshot) -> bool:
    return flatten(one) == flatten(other)


def rebuild(flat: Flat, *sources: Snapshot) -> Snapshot:
    """The snapshot of these values. Rows keep the order and numbers they have in `sources`, the first that knows."""
    rows: dict[str, dict] = {}
    for source in sources:
        _collect(source, "", rows)
    head = {key: sources[0][key] for key in ("schema", "model")}
    return head | _rebuilt("", rows[""], flat, rows, _children(flat))


def _collect(row: dict, path: str, rows: dict[str, dict]):
    rows.setdefault(path, row)
    known = rows[path]
    for name, parts in row["parts"].items():
        known["parts"].setdefault(name, [])
        for part in parts:
            _collect(part, f"{path}/{name}/{part['uuid']}".lstrip("/"), rows)


def _children(flat: Flat) -> dict[tuple[str, str], list[str]]:
    children = defaultdict(list)
    for path, value in flat.items():
        if value == HERE and path.count("/") % 2:
            owner, name, identity = f"/{path}".rsplit("/", 2)
            children[owner.strip("/"), name].append(identity)
    return children


def _rebuilt(path: str, known: dict, flat: Flat, rows: dict, children) -> dict:
    prefix = f"{path}/" if path else ""
    parts = {}
    for name in known["parts"]:
        paths = [f"{prefix}{name}/{identity}" for identity in children[path, name]]
        parts[name] = [_rebuilt(each, rows[each], flat, rows, children) for each in paths]
        parts[name].sort(key=lambda row: (row["fields"].get("position") or 0, row["pk"] or FIRST_UNREAL))
    return {
        "uuid": known["uuid"],
        "pk": known["pk"],
        "fields": {name: flat[prefix + name] for name in known["fields"] if prefix + name in flat},
        "links": {name: list(flat[prefix + name]) for name in known["links"] if prefix + name in flat},
        "parts": parts,
    }


# ── For the way through a form ───────────────────────────────────────────────────────────────
SALT = "conference.editing.snapshot"


def packed(snapshot: Snapshot) -> str:
    """Signed: what comes back is what was shown, and nothing is unpacked that is not ours."""
    return signing.Signer(salt=SALT).sign_object(snapshot, compress=True)


def unpacked(text: str) -> Snapshot:
    """Raises BadSignature."""
    return signing.Signer(salt=SALT).unsign_object(text)
