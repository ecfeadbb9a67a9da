"""What goes into the trash or lies in it, in words."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from conference.editing.snapshot import content_fields
from conference.models.editing import TrashedRecord
from conference.publishing import Publishable
from conference.richtext import RichTextField, plain_text
from conference.trash import columns
from conference.trash.belonging import Belongings, relations_to

NAMES_KEPT = 12


@dataclass(frozen=True)
class Group:
    """So many of a kind, some of them by name."""

    count: int
    noun: str
    names: tuple = ()

    @property
    def more(self) -> int:
        return self.count - len(self.names) if self.names else 0


def noun(model, count: int = 1) -> str:
    return capfirst(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def counted(found: Belongings) -> list[dict]:
    """How many rows of each kind, and the first names. Rows nothing hangs on (sentences, places) go without."""
    return [
        {"model": model._meta.label_lower, "count": len(numbers), "names": _names(model, numbers[:NAMES_KEPT])}
        for model, numbers in found.members.items()
    ]


def _names(model, numbers) -> list[str]:
    if not relations_to(model):
        return []
    owner = [model.part_of] if hasattr(model, "part_of") else []
    keys = [key.name for key in model._meta.concrete_fields if key.many_to_one and not key.null]
    rows = model._base_manager.select_related(*owner, *keys) if owner or keys else model._base_manager
    names = [str(each) for each in rows.filter(pk__in=numbers).order_by("pk")]
    # "Untertitel Deutsch" seven times says nothing.
    return names if 2 * len(set(names)) > len(names) else []


def grouped(counts: list[dict], model, own: int = 1) -> list[Group]:
    """What goes along, the `own` records of this `model` left out that come first."""
    found = []
    for line in counts:
        kind = apps.get_model(line["model"])
        skipped = own if kind is model else 0
        if count := line["count"] - skipped:
            found.append(Group(count, noun(kind, count), tuple(line["names"][skipped:])))
    return found


def groups(entry: TrashedRecord) -> list[Group]:
    return grouped(entry.counts, entry.model)


def in_short(entry: TrashedRecord) -> str:
    """One line: "6 Veranstaltungen, 18 Beiträge, 7 Kernbotschaften, 4 weitere Arten"."""
    found = groups(entry)
    parts = [f"{group.count} {group.noun}" for group in found[:3]]
    if more := len(found[3:]):
        parts.append(ngettext("%d weitere Art", "%d weitere Arten", more) % more)
    return ", ".join(parts)


def kept_record(entry: TrashedRecord):
    """The record as it lies there, without its rows; it is in no table."""
    table = next(table for table in entry.data["tables"] if table["model"] == entry.model._meta.label_lower)
    return next(row for row in columns.build(table) if row.pk == entry.object_id)


def contents(entry: TrashedRecord) -> list[tuple[str, str]]:
    """What the record itself says: (name of the field, words), empty fields and relations left out."""
    record = kept_record(entry)
    fields = [field for field in content_fields(type(record)) if not field.many_to_one and field.editable]
    lines = [(capfirst(field.verbose_name), _in_words(record, field)) for field in fields]
    if isinstance(record, Publishable):
        lines.append((capfirst(record._meta.get_field("status").verbose_name), str(record.state_label)))
    return [(name, words) for name, words in lines if words]


def _in_words(record, field) -> str:
    value = field.value_from_object(record)
    if value in (None, "", False, []):
        return ""
    if isinstance(field, RichTextField):
        return plain_text(value)
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(value, datetime.datetime):
        value = localtime(value)
    return strip_tags(", ".join(value) if isinstance(value, list) else str(localize(value)))
