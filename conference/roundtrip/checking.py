"""Whether a record could be what a row says, asked before anything is written."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from conference.editing.applying import check, filled
from conference.editing.snapshot import Snapshot
from conference.roundtrip.editable import Editable
from conference.roundtrip.plan import PlannedRow
from conference.scope import is_own


def check_row(listing: Editable, planned: PlannedRow, record: Snapshot, user):
    """Refuse a row that would make its record impossible."""
    if listing.part:
        _checked(listing, planned, lambda: _check_part(listing, planned))
        return
    would_be = _checked(
        listing, planned, lambda: check(listing.with_rows(record, {planned.before["uuid"]: planned.after}))
    )
    if would_be is not None and not is_own(would_be, user):
        planned.refuse(_("So gehörte der Eintrag zu einer Konferenz, an der Sie nicht arbeiten."))


def check_new(listing: Editable, planned: PlannedRow, record: Snapshot | None, user):
    if listing.part:
        _place_last(listing, planned, record)
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


def _place_last(listing: Editable, planned: PlannedRow, record: Snapshot | None):
    """A new row without a place of its own stands behind the others."""
    fields = planned.after["fields"]
    if "position" in fields and not fields["position"] and record:
        rows = record["parts"].get(listing.part, ())
        fields["position"] = max((row["fields"].get("position") or 0 for row in rows), default=-1) + 1


def _checked(listing: Editable, planned: PlannedRow, ask):
    try:
        return ask()
    except ValidationError as error:
        headers = {field.key: field.header for field in listing.edited}
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, sentences in told.items():
            for sentence in sentences:
                planned.refuse(sentence, headers.get(name, ""))
    return None
