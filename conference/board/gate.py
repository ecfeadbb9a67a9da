"""The gate: nothing is published without what the operator requires, unless somebody says why."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from conference.board.matrix import Matrix, examine, in_force
from conference.board.requirement import Checklist
from conference.models import GateOverride
from conference.publishing import Publishable

_SHOWN = 50


class GateClosed(ValidationError):
    """Something required is missing: its sentences, and at the end what can be done."""


def overrides_of(matrix: Matrix) -> list[tuple[Publishable, GateOverride]]:
    """Which of these records went out nevertheless, the newest first. One query."""
    records = {row.record.pk: row.record for row in matrix.rows}
    kept = GateOverride.objects.of_kind(matrix.checklist.model).filter(object_id__in=list(records))
    return [(records[override.object_id], override) for override in kept.select_related("user")[:_SHOWN]]


def lacks(checklist: Checklist | None, record: Publishable) -> list[str]:
    """The sentences of what is required and missing, as the database has it. A query if nothing is required."""
    if checklist is None:
        return []
    required = tuple(requirement for requirement in in_force(checklist) if requirement.is_required)
    if not required:
        return []
    matrix = examine(checklist, checklist.model.objects.filter(pk=record.pk), required)
    return [lack.sentence for cell in matrix.missing for lack in cell.lacks]


def check_gate(checklist: Checklist | None, record: Publishable, user, reason: str = "") -> GateOverride | None:
    """Raises GateClosed with what is missing. A reason of somebody who may publish opens the gate and is kept.

    To be called inside the transaction that publishes, so that both are kept or neither.
    """
    missing = lacks(checklist, record)
    if not missing:
        return None
    reason = reason.strip()
    if not reason or not checklist.may_publish(user):
        hint = _(
            "Das verlangt die Tafel vor der Veröffentlichung. Wer veröffentlichen darf, kann es begründet übergehen."
        )
        raise GateClosed([*missing, hint])
    return GateOverride.objects.create(**GateOverride.keys(record), user=user, reason=reason[:1000], lacks=missing)
