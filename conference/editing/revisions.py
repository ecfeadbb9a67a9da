"""The history of a record: a revision for each save, and the way back to any of them."""

from django.db.models import Max

from conference.editing.merging import is_row
from conference.editing.snapshot import Snapshot, flatten, rebuild, same, take
from conference.models import Revision

NAME_LENGTH = 160


def keep(record, kind: str, user=None, note: str = "", data: Snapshot | None = None) -> Revision:
    """Store how the record is as its newest revision; with `data`, how its working copy is.

    Call it in the transaction of the change.
    """
    is_live = data is None
    last = Revision.objects.of(record).aggregate(last=Max("number"))["last"] or 0
    is_known = user is not None and user.is_authenticated
    return Revision.objects.create(
        **Revision.keys(record),
        number=last + 1,
        kind=kind,
        user=user if is_known else None,
        user_name=(user.get_full_name() or user.get_username())[:NAME_LENGTH] if is_known else "",
        note=note,
        data=data or take(record),
        is_live=is_live,
    )


def keep_found(record):
    """Before a change: how the record is, if no revision says so. Imports and commands leave none behind."""
    data = take(record)
    last = Revision.objects.of(record).filter(is_live=True).order_by("-number").first()
    if last is None or not same(last.data, data):
        keep(record, Revision.Kind.FOUND)


def with_value(current: Snapshot, source: Snapshot, path: str) -> Snapshot:
    """`current` with what stands at `path` as it was in `source`: a field, or a whole row with all it holds.

    Raises KeyError where the row that holds the field is not in `current`.
    """
    now, then = flatten(current), flatten(source)
    if is_row(path):
        now = {key: value for key, value in now.items() if key != path and not key.startswith(f"{path}/")}
        now |= {key: value for key, value in then.items() if key == path or key.startswith(f"{path}/")}
    else:
        holder = path.rpartition("/")[0]
        if (holder and holder not in now) or path not in then:
            raise KeyError(path)
        now[path] = then[path]
    return rebuild(now, current, source)
