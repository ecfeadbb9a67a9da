"""Records against requirements: a cell for each, told from what is there and from what the operator wants."""

import dataclasses
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.board.requirement import Checklist, Lack, Requirement, State, form_of
from conference.models import Conference, Gap, RequirementSetting
from conference.publishing import Publishable
from conference.scope import scoped


@dataclass(frozen=True)
class Cell:
    """One requirement for one record. `gap` is what somebody noted about it, if anybody did."""

    record: Publishable
    requirement: Requirement
    state: State
    lacks: list[Lack]
    gap: Gap | None = None

    @property
    def is_missing(self) -> bool:
        return self.state is State.INCOMPLETE

    @property
    def owner(self):
        return self.gap.owner if self.gap else None

    @property
    def due_on(self):
        return self.gap.due_on if self.gap else None

    @property
    def is_overdue(self) -> bool:
        return self.is_missing and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def mark(self) -> str:
        """The shape: "ok", "na" (not needed), "mid" (somebody cares) or "no"."""
        if not self.is_missing:
            return "ok" if self.state is State.COMPLETE else "na"
        return "mid" if self.owner and not self.is_overdue else "no"

    @property
    def words(self) -> str:
        if not self.is_missing:
            return _("vollständig") if self.state is State.COMPLETE else _("nicht nötig")
        return _("überfällig") if self.is_overdue else _("in Arbeit") if self.owner else _("fehlt")

    @property
    def sentence(self) -> str:
        return " ".join(lack.sentence for lack in self.lacks)


def share(cells: list[Cell]) -> int:
    """How much of what is needed is there, by weight, in per cent; 100 only if nothing is missing."""
    needed = [cell for cell in cells if cell.state is not State.NOT_NEEDED]
    total = sum(cell.requirement.weight for cell in needed)
    done = sum(cell.requirement.weight for cell in needed if not cell.is_missing)
    if total:
        return min(done * 100 // total, 99 if any(cell.is_missing for cell in needed) else 100)
    return 99 if any(cell.is_missing for cell in needed) else 100


@dataclass(frozen=True)
class Row:
    record: Publishable
    cells: list[Cell]
    note: str
    palette: str

    @property
    def url(self) -> str:
        return form_of(self.record)

    @cached_property
    def share(self) -> int:
        return share(self.cells)

    @cached_property
    def missing(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_missing]

    @property
    def next_due(self):
        return min((cell.due_on for cell in self.missing if cell.due_on), default=None)


@dataclass(frozen=True)
class Matrix:
    checklist: Checklist
    requirements: tuple[Requirement, ...]
    rows: list[Row]

    @property
    def share(self) -> int:
        return share([cell for row in self.rows for cell in row.cells])

    @property
    def missing(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.missing]


def conferences_for(user) -> QuerySet:
    """Whose boards `user` may see, the one of the start page first."""
    return scoped(Conference.objects.visible_to(user), user).featured_first()


def in_force(checklist: Checklist) -> tuple[Requirement, ...]:
    """The requirements as the operator weighs them, without those switched off. One query."""
    keys = [requirement.key for requirement in checklist.requirements]
    settings = RequirementSetting.objects.in_bulk(keys, field_name="key")
    return tuple(
        weighed(requirement, settings.get(requirement.key))
        for requirement in checklist.requirements
        if requirement.key not in settings or not settings[requirement.key].is_off
    )


def weighed(requirement: Requirement, setting: RequirementSetting | None) -> Requirement:
    if setting is None:
        return requirement
    return dataclasses.replace(requirement, weight=setting.weight, is_required=setting.is_required)


def examine(checklist: Checklist, records: QuerySet, requirements: tuple[Requirement, ...] | None = None) -> Matrix:
    """A row for each record, in a fixed number of queries: two, and what the checklist loads with."""
    if requirements is None:
        requirements = in_force(checklist)
    loaded = list(checklist.load(records))
    keys = [record.pk for record in loaded]
    noted = {
        (gap.object_id, gap.requirement): gap
        for gap in Gap.objects.of_kind(checklist.model).filter(object_id__in=keys).select_related("owner")
    }
    rows = [
        Row(
            record,
            [_cell(record, requirement, noted.get((record.pk, requirement.key))) for requirement in requirements],
            checklist.note(record),
            checklist.palette(record),
        )
        for record in loaded
    ]
    return Matrix(checklist, requirements, rows)


def _cell(record, requirement: Requirement, gap: Gap | None) -> Cell:
    state, lacks = requirement.judge(record)
    if gap and gap.is_not_needed and state is State.INCOMPLETE:
        return Cell(record, requirement, State.NOT_NEEDED, [], gap)
    return Cell(record, requirement, state, lacks, gap)
