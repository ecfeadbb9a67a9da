"""Out of the trash: the same rows with the same numbers, and every link whose other end is there."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from conference.models.editing import TrashedRecord
from conference.publishing import Publishable
from conference.trash import columns
from conference.trash.belonging import chunks, owner_of
from conference.trash.clashes import give_way
from conference.trash.keeping import index
from conference.trash.loose_ends import LooseEnds
from conference.trash.planned import resume

Rows = dict[type[models.Model], dict[int, models.Model]]


class RestoreRefused(Exception):
    """Why it cannot come back as things are, in sentences, and what would have to be restored before."""

    def __init__(self, sentences=(), needs=()):
        super().__init__(" ".join(map(str, sentences)))
        self.sentences, self.needs = list(sentences), list(needs)


@dataclass
class Restored:
    record: models.Model
    # What is not quite as it was, in sentences.
    remarks: list[str] = field(default_factory=list)


def restore(entry: TrashedRecord) -> Restored:
    """Put back what the entry holds, links included. Raises RestoreRefused, or DoesNotExist if it was restored."""
    return restore_all([entry])[0]


@transaction.atomic
def restore_all(entries) -> list[Restored]:
    """All of them or none, what was deleted last first."""
    changed = defaultdict(set)
    restored = [_restore(entry, changed) for entry in sorted(entries, key=lambda entry: entry.pk, reverse=True)]
    index(changed)
    return restored


def _restore(entry: TrashedRecord, to_index) -> Restored:
    entry = TrashedRecord.objects.select_for_update().get(pk=entry.pk)
    rows: Rows = {}
    for table in entry.data["tables"]:
        built = columns.build(table)
        rows[type(built[0])] = {row.pk: row for row in built}
    ends = LooseEnds(entry)
    remarks = _check_parents(rows, ends)
    sentences, changed = give_way(rows)
    if sentences:
        raise RestoreRefused(sentences)
    _write(rows)
    number = entry.object_id
    entry.delete()
    ends.tie(entry.data)
    resume(entry.data["planned"])
    _note(rows, to_index)
    return Restored(entry.model._base_manager.get(pk=number), [*remarks, *changed])


def _check_parents(rows: Rows, ends: LooseEnds) -> list[str]:
    """What these rows point at must be there. Raises RestoreRefused with what has to come back first."""
    sentences, needs, remarks = [], {}, []
    for model, members in rows.items():
        for key in (each for each in model._meta.concrete_fields if each.many_to_one):
            for target, pointing in _missing(key, members, rows).items():
                if key.remote_field.on_delete is models.SET_NULL:
                    ends.let_go(key, pointing, target)
                elif holder := ends.holder(key.related_model, target):
                    needs[holder.pk] = holder
                elif key.null:
                    remarks += [_gone(key, row) for row in pointing]
                    for row in pointing:
                        setattr(row, key.attname, None)
                else:
                    sentences.append(
                        _("%(gone)s Deshalb lässt es sich nicht mehr wiederherstellen.")
                        % {"gone": _gone(key, pointing[0])}
                    )
    if needs or sentences:
        raise RestoreRefused(sentences, needs.values())
    return remarks


def _missing(key, members, rows: Rows) -> dict[int, list]:
    """The rows whose target is neither here nor in the database, by its number. What is there cannot go meanwhile."""
    pointing = defaultdict(list)
    for row in members.values():
        target = getattr(row, key.attname)
        if target is not None and target not in rows.get(key.related_model, ()):
            pointing[target].append(row)
    present = key.related_model._base_manager.select_for_update(no_key=True).order_by("pk")
    for some in chunks(sorted(pointing)):
        for number in present.filter(pk__in=some).values_list("pk", flat=True):
            del pointing[number]
    return pointing


def _gone(key, row) -> str:
    words = {"field": key.verbose_name, "noun": row._meta.verbose_name, "name": columns.label(row)}
    return _("„%(field)s“ von %(noun)s „%(name)s“ ist endgültig gelöscht.") % words


def _write(rows: Rows):
    try:
        with transaction.atomic():
            for members in rows.values():
                columns.insert(list(members.values()))
    except IntegrityError as error:
        raise RestoreRefused(
            [_("Die Datenbank nimmt den Inhalt nicht mehr an, weil inzwischen etwas anderes an seiner Stelle steht.")]
        ) from error


def _note(rows: Rows, found):
    """What the search is to be told."""
    for model, members in rows.items():
        if issubclass(model, Publishable):
            found[model].update(members)
        owner, path = owner_of(model)
        if path:
            for some in chunks(members):
                found[owner].update(model._base_manager.filter(pk__in=some).values_list(path, flat=True))
