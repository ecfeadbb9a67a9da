"""Into the trash: the rows leave their tables, and with them the search and every list."""

from django.db import transaction

from conference.models.editing import TrashedRecord
from conference.publishing import Publishable
from conference.scope import paths_of
from conference.search import remove_from_index, update_index
from conference.trash import columns
from conference.trash.belonging import Belongings, Pointing, chunks, gather
from conference.trash.planned import suspend
from conference.trash.words import counted

SCHEMA = 1


class TrashRefused(Exception):
    """Something outside still needs the record."""

    def __init__(self, record, found: Belongings):
        super().__init__(str(record))
        self.record, self.found = record, found


def trash(record, user=None) -> TrashedRecord:
    """Move a record with everything under it to the trash. Raises TrashRefused, or DoesNotExist if it has gone."""
    return _trash([record], user)[0]


def trash_all(queryset, user=None) -> list[TrashedRecord]:
    """All of them or none, an entry each; what went along with an earlier one has none of its own."""
    return _trash(list(queryset), user)


@transaction.atomic
def _trash(records, user) -> list[TrashedRecord]:
    entries, gone, owners = [], set(), {}
    for record in records:
        if record.pk in gone:
            continue
        type(record)._base_manager.select_for_update().get(pk=record.pk)
        found = gather([record], lock=True)
        if found.blockers:
            raise TrashRefused(record, found)
        entries.append(_keep(record, user, found))
        gone.update(found.members[type(record)])
        for model, numbers in found.owners().items():
            owners.setdefault(model, set()).update(numbers)
        _remove(found)
    index(owners)
    return entries


def _keep(record, user, found: Belongings) -> TrashedRecord:
    return TrashedRecord.objects.create(
        **TrashedRecord.keys(record),
        title=str(record)[:300],
        deleted_by=user if user and user.pk else None,
        data={
            "schema": SCHEMA,
            "tables": [columns.read(model, numbers) for model, numbers in found.members.items()],
            "links": [columns.read(model, numbers) for model, numbers in found.links.items()],
            "released": [_released(pointing) for pointing in found.released],
            "planned": suspend(found),
        },
        numbers={model._meta.label_lower: sorted(numbers) for model, numbers in found.members.items()},
        counts=counted(found),
        conferences=conferences_of(record),
    )


def _released(pointing: Pointing) -> dict:
    return {"model": pointing.model._meta.label_lower, "field": pointing.field.name, "pairs": pointing.pairs}


def conferences_of(record) -> str:
    """The numbers of the conferences a record belongs to, as `|3|7|`; empty if to none."""
    paths = paths_of(type(record))
    rows = type(record)._base_manager.filter(pk=record.pk).values_list(*paths) if paths else ()
    numbers = sorted({number for row in rows for number in row} - {None})
    return f"|{'|'.join(map(str, numbers))}|" if numbers else ""


def _remove(found: Belongings):
    for model, numbers in found.members.items():
        if issubclass(model, Publishable):
            for number in numbers:
                remove_from_index(model(pk=number))
    for pointing in found.released:
        for some in chunks(number for number, _target in pointing.pairs):
            pointing.model._base_manager.filter(pk__in=some).update(**{pointing.field.name: None})
    for model, numbers in [*found.links.items(), *reversed(found.members.items())]:
        columns.delete(model, numbers)


def index(numbers_by_model):
    """Tell the search what these records say now."""
    for model, numbers in numbers_by_model.items():
        if issubclass(model, Publishable):
            for some in chunks(numbers):
                update_index(*model.objects.filter(pk__in=some).prefetch_related(*model.search_relations))
