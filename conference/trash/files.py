"""Uploaded files of what is gone for good: deleted where nothing names them any more."""

import json

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from conference.images import folder

_EDITING = "conference.models.editing"
_PICTURES = "bilder/"


def files_of(tables: list[dict]) -> set[str]:
    """What rows in the trash have on the disk: a file by its name, a picture by its folder with all its sizes."""
    names = set()
    for table in tables:
        model = apps.get_model(table["model"])
        for field in model._meta.fields:
            if isinstance(field, models.FileField) and field.attname in table["fields"]:
                rows = [dict(zip(table["fields"], row, strict=True)) for row in table["rows"]]
                names |= {folder(row["sha256"]) if row.get("sha256") else row[field.attname] for row in rows}
    return names - {""}


def discard(names):
    """Delete those that no record, no revision, no working copy and nothing else in the trash names."""
    for name in sorted(names):
        if not _is_named(name):
            _delete(name)


def _is_named(name: str) -> bool:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                if model._base_manager.filter(**{f"{field.name}__startswith": name}).exists():
                    return True
            elif _is_kept_text(field) and _stands_in(model, field.name, name):
                return True
    return False


def _is_kept_text(field) -> bool:
    return isinstance(field, models.JSONField) and field.model.__module__.startswith(_EDITING)


def _stands_in(model, column: str, name: str) -> bool:
    """Whether it stands somewhere in a JSON column; SQLite keeps letters beyond ASCII escaped."""
    escaped = json.dumps(name)[1:-1]
    rows = model._base_manager.annotate(words=Cast(column, TextField()))
    return rows.filter(Q(words__contains=name) | Q(words__contains=escaped)).exists()


def _delete(name: str):
    if name.startswith(_PICTURES) and default_storage.exists(name):
        for file in default_storage.listdir(name)[1]:
            default_storage.delete(f"{name}/{file}")
    default_storage.delete(name)
