"""A plan carried out: all of it or nothing, as one run that can be taken back."""

import copy
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conference.editing.copies import current_all
from conference.editing.snapshot import same
from conference.models import ChangeRun
from conference.roundtrip.editable import chunks
from conference.roundtrip.plan import Plan
from conference.runs.running import change_and_add

CHUNK = 500
LONGEST_NAME = 120


class Overtaken(Exception):
    """Somebody has changed one of the records since the plan was made."""


@transaction.atomic
def apply_plan(plan: Plan, user, file_name: str) -> ChangeRun:
    """Do what the plan says. Raises Overtaken, or RunRefused with a sentence for each record that cannot be so."""
    if not plan.can_apply:
        raise ValidationError(_("Solange Zeilen abgelehnt sind, wird nichts übernommen."))
    held = _hold(plan)
    title = _("%(listing)s aus „%(file)s“") % {"listing": plan.listing.title, "file": file_name[:LONGEST_NAME]}
    rows = _by_record(plan)
    changes = [
        (held[number], plan.listing.with_rows(copy.deepcopy(data), *rows[number])) for number, data in plan.now.items()
    ]
    new = [] if plan.listing.part else [row.after for row in plan.new]
    return change_and_add(title, user, changes, new)


def _hold(plan: Plan) -> dict:
    """The records, so that nobody else changes them before the end."""
    held, model = {}, plan.listing.noun
    for numbers in chunks(sorted(plan.now), CHUNK):
        found = model._base_manager.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
        held |= {record.pk: record for record in found}
        now = current_all(model, numbers)
        if any(number not in now or not same(now[number], plan.now[number]) for number in numbers):
            raise Overtaken
    return held


def _by_record(plan: Plan) -> dict[int, tuple[dict, list]]:
    """What the file says of each record: its rows by their mark, and its new ones."""
    found: dict[int, tuple[dict, list]] = defaultdict(lambda: ({}, []))
    for row in plan.changed:
        found[row.record][0][row.before["uuid"]] = row.after
    for row in plan.new if plan.listing.part else ():
        found[row.record][1].append(row.after)
    return found
