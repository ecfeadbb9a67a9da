"""Whether a record could be what a row says, asked before anything is written."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from conference.editing.applying import filled
from conference.editing.snapshot import Snapshot
from conference.roundtrip.editable import Editable
from conference.roundtrip.plan import PlannedRow
from conference.scope import is_own


def check_row(listing: Editable, planned: PlannedRow, user):
    """Refuse a row that would make its record impossible. A query for each value that must be the only one."""
    if listing.part:
        _checked(listing, planned, lambda: _check_part(listing, planned))
        return
    would_be = filled(planned.after)
    would_be.pk, would_be._state.adding = planned.record, False
    columns = planned.after["fields"]
    changed = {name for name, value in columns.items() if value != planned.before["fields"].get(name)}
    _checked(listing, planned, lambda: _check_changed(would_be, changed))
    if not planned.reasons and not is_own(would_be, user):
        planned.refuse(_("So gehörte der Eintrag zu einer Konferenz, an der Sie nicht arbeiten."))


def _check_changed(thing: models.Model, changed: set[str]):
    """What the model says of itself as a whole, and of what is changed whatever asks the database."""
    fields = type(thing)._meta.concrete_fields
    unchanged = {field.name for field in fields if field.attname not in changed}
    thing.clean_fields(exclude={field.name for field in fields if field.is_relation and field.name in unchanged})
    thing.clean()
    thing.validate_unique(exclude=unchanged)
    names = {field.name for field in fields} - unchanged
    for constraint in type(thing)._meta.constraints:
        if names & _names_in(constraint):
            constraint.validate(type(thing), thing)


def _names_in(constraint) -> set[str]:
    """The fields a constraint speaks of."""
    found = set(getattr(constraint, "fields", ()))
    waiting = [constraint.condition] if constraint.condition else []
    while waiting:
        part = waiting.pop()
        if isinstance(part, models.Q):
            waiting += part.children
        elif isinstance(part, models.F):
            found.add(part.name)
        elif isinstance(part, tuple):
            found.add(part[0].split("__")[0])
            waiting.append(part[1])
    return found


def check_new(listing: Editable, planned: PlannedRow, user):
    if listing.part:
        _checked(listing, planned, lambda: _check_part(listing, planned))
        return
    made = filled(planned.after)
    _checked(listing, planned, made.full_clean)
    if not planned.reasons and not is_own(made, user):
        planned.refuse(_("So gehörte der Eintrag zu einer Konferenz, an der Sie nicht arbeiten."))


def _check_part(listing: Editable, planned: PlannedRow):
    """What the row alone can tell: the record it belongs to is not asked."""
    thing = filled(planned.after)
    thing.full_clean(exclude=[listing.model.part_of], validate_unique=False)


def place_last(listing: Editable, row: dict, record: Snapshot | None):
    """A new row stands behind the others of its record, until it says another place."""
    fields = row["fields"]
    if "position" in fields and record:
        rows = record["parts"].get(listing.part, ())
        fields["position"] = max((row["fields"].get("position") or 0 for row in rows), default=-1) + 1


def _checked(listing: Editable, planned: PlannedRow, ask):
    try:
        ask()
    except ValidationError as error:
        headers = {field.key: field.header for field in listing.edited}
        told = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, each in ((name, each) for name, errors in told.items() for each in errors):
            words = _("Dieses Feld darf nicht leer sein.") if each.code == "null" else " ".join(each.messages)
            planned.refuse(words, headers.get(name, ""))
