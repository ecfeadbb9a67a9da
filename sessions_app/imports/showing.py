"""A plan for the eye: what would become of each record, field by field, and who is who."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.editing.showing import Shown, ViewersReader, calmed, folded, narrowed
from conference.editing.snapshot import blank
from conference.editing.words import Reader, differences
from sessions_app.imports.plan import Change, Plan
from sessions_app.imports.settling import Clash
from sessions_app.models import Contribution

SHOWN_TITLES = 200


@dataclass(frozen=True)
class ShownChange:
    """`differences` for `admin/editing/differences.html`."""

    record: object
    differences: list[Shown]
    is_copy: bool


@dataclass(frozen=True)
class ShownClash:
    """What both sides changed: it stays as the editors have it."""

    title: str
    label: str
    here: str
    there: str


class _PlanReader(ViewersReader):
    """Knows those by name that are still to be made."""

    def __init__(self, *snapshots, viewer, names: dict):
        self.new_names = names
        super().__init__(*snapshots, viewer=viewer)

    def _names(self):
        found = super()._names()
        for (model, number), name in self.new_names.items():
            found.setdefault(model, {})[number] = name
        return found


def shown_changes(plan: Plan, viewer) -> list[ShownChange]:
    """A few queries for each kind of record."""
    by_kind: dict[str, list[tuple[Change, dict, dict]]] = {}
    for change in plan.real_changes:
        sides = narrowed(change.present.now, change.after)
        by_kind.setdefault(change.after["model"], []).append((change, *sides))
    found = []
    for pairs in by_kind.values():
        snapshots = [side for _change, *sides in pairs for side in sides]
        reader = _PlanReader(*snapshots, viewer=viewer, names=plan.names)
        found += [_shown(change, before, after, reader) for change, before, after in pairs]
    return found


def _shown(change: Change, before: dict, after: dict, reader: Reader) -> ShownChange:
    record = change.present.record
    lines = [Shown(each, folded(calmed(each.pieces))) for each in differences(before, after, reader)]
    return ShownChange(record, lines, change.present.has_copy or record.is_released)


def shown_clashes(plan: Plan) -> list[ShownClash]:
    """Of talks, and of the records around them. A query for each kind of record they point to."""
    found = [(item.row or item.event, item.values["title"], clash) for item, clash in plan.clashes]
    for change in plan.changes.values():
        found += [(change.present, str(change.present.record), clash) for clash in change.clashes]
    names = _names([(_model(where), clash) for where, _title, clash in found])
    return [_clash(_model(where), title, clash, names) for where, title, clash in found]


def _model(where) -> type:
    return type(where.record) if hasattr(where, "record") else Contribution


def _clash(model, title: str, clash: Clash, names: dict) -> ShownClash:
    reader = Reader(blank(model) | {"model": model._meta.label_lower})
    column = _column(model, clash)
    label = capfirst(str(column.verbose_name)) if column else _("Personen")
    if column is not None and column.is_relation:
        reader.names.setdefault(column.related_model, {}).update(names[column.related_model])
    here, there = (reader.value(clash.name, value) for value in (clash.here, clash.there))
    return ShownClash(title, label, here, there)


def _column(model, clash: Clash):
    return {field.attname: field for field in model._meta.concrete_fields}.get(clash.name)


def _names(clashes: list[tuple[type, Clash]]) -> dict[type, dict]:
    """Of those that clashes point to, by their model."""
    numbers: dict[type, set] = {}
    for model, clash in clashes:
        column = _column(model, clash)
        if column is not None and column.is_relation:
            numbers.setdefault(column.related_model, set()).update({clash.here, clash.there} - {None})
    return {
        model: {each.pk: str(each) for each in model._base_manager.filter(pk__in=some)}
        for model, some in numbers.items()
    }
