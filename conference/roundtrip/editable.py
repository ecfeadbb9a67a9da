"""A listing that can be edited: which rows, which columns, and where they are kept."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from conference.editing.snapshot import SCHEMA, Snapshot, blank
from conference.models import Conference
from conference.publishing import Publishable
from conference.roundtrip.fields import EditField, OwnerField, TableField
from conference.scope import is_limited, paths_of, scoped

KEY, STAND = "kennung", "stand"
HEADERS = {KEY: _("Kennung"), STAND: _("Stand")}


@dataclasses.dataclass(frozen=True)
class Editable:
    """Its rows are records of `noun`, or with `part` the rows of that part of them."""

    # As in addresses, file names and commands.
    name: str
    title: Any
    noun: type[Publishable]
    fields: tuple[TableField, ...]
    # The records in the order of the listing.
    ordered: Callable[[QuerySet], QuerySet]
    # Those of one conference, as far as `viewer` may know that they are; None where they belong to none.
    of_conference: Callable[[QuerySet, Conference, Any], QuerySet] | None = None
    part: str = ""
    # For rows of a part: the column that says which record a new one belongs to.
    owner: OwnerField | None = None

    @cached_property
    def model(self) -> type[models.Model]:
        """What a row is."""
        return self.noun._meta.get_field(self.part).related_model if self.part else self.noun

    @cached_property
    def edited(self) -> tuple[EditField, ...]:
        """The columns that are taken back."""
        return tuple(field for field in self.fields if not field.is_fixed)

    @property
    def shown(self) -> tuple[TableField, ...]:
        return ((self.owner,) if self.owner else ()) + self.fields

    def source(self, field: TableField, row: dict, record: Snapshot) -> dict:
        """Where a column of a row is read: the column of its owner in the record."""
        return record if field is self.owner else row

    # ── Who may ──────────────────────────────────────────────────────────────────────────────
    def may_edit(self, user) -> bool:
        return self._may(user, "view") and self._may(user, "change")

    def may_add(self, user) -> bool:
        """An editor of some conferences adds no conference: it would not be theirs."""
        may_add = not is_limited(user) or bool(self.part) or "pk" not in (paths_of(self.noun) or ())
        return may_add and self.may_edit(user) and self._may(user, "add")

    def _may(self, user, deed: str) -> bool:
        """Of a part, the record it belongs to is changed, whatever is done with its rows."""
        if is_limited(user) and paths_of(self.noun) is None:
            return False
        needed = {self.noun.permission("change" if self.part and deed == "add" else deed)}
        needed.add(f"{self.model._meta.app_label}.{deed}_{self.model._meta.model_name}")
        return bool(user.is_active and user.is_staff and user.has_perms(needed))

    def records(self, user, conference: Conference | None = None) -> QuerySet:
        """The records this editor works on, drafts too, in order."""
        found = scoped(self.noun.objects.visible_to(user), user)
        if conference and self.of_conference:
            found = self.of_conference(found, conference, user)
        return self.ordered(found)

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────
    def rows_of(self, snapshot: Snapshot) -> Iterable[dict]:
        """The rows of a record, each a snapshot of its own."""
        if not self.part:
            return [snapshot]
        head = {"schema": SCHEMA, "model": self.model._meta.label_lower}
        return [head | row for row in snapshot["parts"].get(self.part, ())]

    def with_rows(self, snapshot: Snapshot, rows: dict[str, dict], new: Iterable[dict] = ()) -> Snapshot:
        """The record with these of its rows as they are to be, by their mark, and new ones behind."""
        if not self.part:
            return rows[snapshot["uuid"]]
        there = snapshot["parts"].get(self.part, [])
        wanted = [rows.get(row["uuid"], row) for row in (*there, *new)]
        return snapshot | {"parts": snapshot["parts"] | {self.part: [_bare(row) for row in wanted]}}

    def blank(self) -> dict:
        return {"schema": SCHEMA, "model": self.model._meta.label_lower} | blank(self.model)


def _bare(row: dict) -> dict:
    return {name: value for name, value in row.items() if name not in ("schema", "model")}


def chunks(things: list, size: int) -> Iterator[list]:
    for start in range(0, len(things), size):
        yield things[start : start + size]
