"""Carry out a run, and take it back."""

from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.editing.applying import create, filled
from conference.editing.copies import copy_of, current, discard
from conference.editing.merging import merge
from conference.editing.revisions import keep
from conference.editing.saving import locked, save_as
from conference.editing.snapshot import Snapshot, same, take
from conference.models import ChangeRun, Revision
from conference.publishing import Publishable
from conference.search import update_index
from conference.trash import TrashRefused, trash
from conference.trash.belonging import gather


class RunRefused(ValidationError):
    """Nothing was changed: why, record by record."""


@transaction.atomic
def change(title: str, user, changes: Iterable[tuple[object, Snapshot]], kind: str = ChangeRun.Kind.BULK) -> ChangeRun:
    """Make each record what its snapshot says, all or none, and keep how they were.

    What is published gets a working copy. Raises RunRefused with a sentence for each record that cannot be so.
    """
    kept = _changed(title, user, changes, problems := [])
    if problems:
        raise RunRefused(problems)
    return ChangeRun.objects.create(kind=kind, title=title[:300], user=user, changes=kept)


@transaction.atomic
def change_and_add(title: str, user, changes: Iterable[tuple[object, Snapshot]], new: Iterable[Snapshot]) -> ChangeRun:
    """An import: records as their snapshots say, and new ones as drafts, all or none. Raises RunRefused."""
    kept = _changed(title, user, changes, problems := [])
    for snapshot in new:
        try:
            # What the database refuses must not spoil the transaction.
            with transaction.atomic():
                made = create(snapshot)
                kept.append(_noted(made, user, title))
        except (ValidationError, IntegrityError, DataError) as error:
            words = getattr(error, "messages", [_("Das lässt sich so nicht anlegen.")])
            problems.append(f"„{filled(snapshot)}“: {' '.join(words)}")
            continue
        update_index(made)
    if problems:
        raise RunRefused(problems)
    return ChangeRun.objects.create(kind=ChangeRun.Kind.IMPORT, title=title[:300], user=user, changes=kept)


def _changed(title: str, user, changes, problems: list[str]) -> list[dict]:
    kept = []
    for record, after in changes:
        held = locked(record)
        before = current(held)
        if same(before, after):
            continue
        try:
            where = save_as(held, after, user, Revision.Kind.RUN, title[:400])
        except ValidationError as error:
            problems.append(f"„{record}“: {' '.join(error.messages)}")
            continue
        entry = {"model": record._meta.label_lower, "pk": record.pk, "title": str(record)[:300]}
        kept.append(entry | {"before": before, "after": current(held), "where": where})
    return kept


def note_created(title: str, user, records: Iterable, kind: str = ChangeRun.Kind.COPY) -> ChangeRun:
    """Keep that these records were made in one go, each with its first revision. Call it in their transaction."""
    kept = [_noted(record, user, title) for record in records]
    return ChangeRun.objects.create(kind=kind, title=title[:300], user=user, changes=kept)


def _noted(record, user, title: str) -> dict:
    keep(record, Revision.Kind.CREATED, user, title[:400])
    entry = {"model": record._meta.label_lower, "pk": record.pk, "title": str(record)[:300]}
    return entry | {"before": None, "after": take(record), "where": "live"}


@transaction.atomic
def undo(run: ChangeRun, user):
    """Take the run back, all or nothing. What was changed since elsewhere in the records stays.

    Raises RunRefused where somebody has since changed the same, or where a new record is needed by another.
    """
    run = ChangeRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.undone_at:
        raise RunRefused([_("Dieser Lauf ist schon zurückgenommen.")])
    problems = []
    for entry in reversed(run.changes):
        model = apps.get_model(entry["model"])
        record = model._base_manager.filter(pk=entry["pk"]).first()
        if record is None:
            if entry["before"] is not None:
                problems.append(_("„%s“ ist nicht mehr da.") % entry["title"])
            continue
        try:
            if entry["before"] is None:
                _take_away(record, entry, user)
            else:
                _take_back(record, entry, user, run.title)
        except (ValidationError, TrashRefused) as error:
            problems.append(f"„{record}“: {' '.join(getattr(error, 'messages', [str(error)]))}")
    if problems:
        raise RunRefused(problems)
    run.undone_at, run.undone_by = timezone.now(), user
    run.save()


def _take_back(record, entry: dict, user, title: str):
    held = locked(record)
    merged = merge(entry["after"], entry["before"], current(held))
    if merged.conflicts:
        raise ValidationError(_("Dieselbe Angabe ist seither von Hand geändert worden."))
    save_as(held, merged.data, user, Revision.Kind.RUN, (_("Zurückgenommen: %s") % title)[:400])
    if copy_of(held) and same(current(held), take(held)):
        discard(held, user)


def _take_away(record, entry: dict, user):
    """What is public goes only with the right to it, and what others have put under it since does not go along."""
    held = locked(record)
    if not same(entry["after"], current(held)):
        raise ValidationError(_("Daran ist seither gearbeitet worden."))
    if held.is_released and not user.has_perm(type(held).permission("publish")):
        raise ValidationError(_("Das ist inzwischen veröffentlicht."))
    members = {model: numbers for model, numbers in gather([held]).members.items() if issubclass(model, Publishable)}
    if members != {type(held): [held.pk]}:
        raise ValidationError(_("Dazu gehört inzwischen anderes, das nicht aus diesem Lauf ist."))
    trash(held, user)
