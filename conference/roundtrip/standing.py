"""What a row was when it went out: a short mark in its column „Stand“, and the way back to it in the history."""

import hashlib
import json
import re
from collections.abc import Iterable

from django.db.models import Max

from conference.editing.snapshot import Snapshot
from conference.joining.copies import as_of_today
from conference.models import Revision
from conference.roundtrip.editable import Editable

_MARK = re.compile(r"r(\d{1,9})-([0-9a-f]{12})")


def fingerprint(listing: Editable, row: dict) -> str:
    """Of what the listing shows of a row, whatever it is called there."""
    held = [(field.key, _content(field.of(row))) for field in listing.edited]
    return hashlib.sha256(json.dumps(held, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:12]


def _content(value):
    """Without the numbers of rows, which mean nothing."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{"uuid": row["uuid"], "fields": row["fields"]} for row in value]
    return value


def mark(listing: Editable, row: dict, number: int) -> str:
    """`number` is that of the record's newest revision."""
    return f"r{number}-{fingerprint(listing, row)}"


def newest_numbers(model, records: Iterable[int]) -> dict[int, int]:
    """The number of the newest revision of each record. One query."""
    found = Revision.objects.of_kind(model).filter(object_id__in=list(records)).order_by()
    return dict(found.values_list("object_id").annotate(newest=Max("number")))


def is_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None


def has_moved(listing: Editable, row: dict, text: str) -> bool:
    """Whether the row is another than the mark says."""
    return _MARK.fullmatch(text)[2] != fingerprint(listing, row)


def bases(listing: Editable, wanted: dict[tuple[int, str], str]) -> dict[tuple[int, str], dict]:
    """How rows were: {(number of the record, mark of the row): its „Stand“} → the row, where the history has it.

    One query, and for each that is found one that looks for joined records.
    """
    found: dict[tuple[int, str], dict] = {}
    revisions = Revision.objects.of_kind(listing.noun).filter(object_id__in={record for record, _row in wanted})
    since = min((int(_MARK.fullmatch(text)[1]) for text in wanted.values()), default=0)
    held = revisions.filter(number__gte=since).order_by("object_id", "number").values_list("object_id", "data")
    for record, data in held.iterator(chunk_size=50):
        for row in listing.rows_of(_complete(data)):
            place = record, row["uuid"]
            if place in wanted and place not in found and not has_moved(listing, row, wanted[place]):
                found[place] = next(each for each in listing.rows_of(as_of_today(data)) if each["uuid"] == row["uuid"])
    return found


def _complete(data: Snapshot) -> Snapshot:
    """A snapshot from before an upgrade may lack what is read here."""
    return {"fields": {}, "links": {}, "parts": {}} | data
