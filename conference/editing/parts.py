"""Which record a row belongs to, also a row that is in a working copy alone."""

from conference.editing.snapshot import part_relations, unreal_number
from conference.models import WorkingCopy


def record_of(row):
    """The record at the top: of an appearance its event. A query a step where it is not loaded."""
    while owner := getattr(row, "part_of", ""):
        row = getattr(row, owner)
    return row


def record_model(model):
    while owner := getattr(model, "part_of", ""):
        model = model._meta.get_field(owner).related_model
    return model


def record_of_number(model, number):
    """The record of the row with this number, real or of a working copy; None if there is none."""
    try:
        number = int(number)
    except ValueError:
        return None
    row = model._base_manager.filter(pk=number).first()
    if row:
        return record_of(row)
    top = record_model(model)
    for working_copy in WorkingCopy.objects.of_kind(top).iterator():
        if any(number in (unreal_number(row["uuid"]), row["pk"]) for row in _rows(top, working_copy.data, model)):
            return working_copy.record
    return None


def _rows(model, data: dict, wanted):
    """Every row of a kind in a snapshot, at any depth."""
    for name, part, _owner in part_relations(model):
        for row in data["parts"].get(name, ()):
            if part is wanted:
                yield row
            yield from _rows(part, row, wanted)
