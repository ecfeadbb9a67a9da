"""The one way an editor's change reaches a record: live where nobody sees it yet, else into the working copy."""

from django.db import transaction

from conference.editing.copies import needs_copy, store, write
from conference.editing.revisions import keep, keep_found
from conference.editing.snapshot import Snapshot
from conference.models import Revision


def locked(record):
    """The record, read anew and held until the transaction ends, so that two savers come one after the other."""
    return type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)


@transaction.atomic
def save_as(record, data: Snapshot, user, kind: str = Revision.Kind.SAVED, note: str = "") -> str:
    """Make the record what `data` says, for `user`, with a revision. Says where it went: "live" or "copy".

    A published record keeps its live version; `data` becomes its working copy. Raises ValidationError, and then
    nothing has changed. The caller has checked the right to change.
    """
    record = locked(record)
    if needs_copy(record):
        store(record, data, user, Revision.Kind.WORKING_COPY if kind == Revision.Kind.SAVED else kind, note)
        return "copy"
    keep_found(record)
    write(record, data)
    keep(record, kind, user, note)
    return "live"
