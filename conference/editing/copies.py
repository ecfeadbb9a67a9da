"""Working copies: a published record is changed beside the live version, which is replaced as a whole."""

import logging

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from conference.editing.applying import apply, check
from conference.editing.merging import Merged, merge
from conference.editing.revisions import keep, keep_found
from conference.editing.snapshot import Snapshot, same, take, take_all
from conference.models import Revision, WorkingCopy
from conference.redirects import remember_slug
from conference.search import update_index

logger = logging.getLogger(__name__)
# Moments belong to the live record: a restored or scheduled version does not bring its own.
MOMENTS = ("published_at", "expires_at")


def needs_copy(record) -> bool:
    """Whether a change goes to a working copy: what is published, now or at a moment, is never changed unseen.

    At most one query.
    """
    return record.is_released or WorkingCopy.objects.of(record).exists()


def copy_of(record) -> WorkingCopy | None:
    """The working copy, if there is one. One query."""
    return WorkingCopy.objects.of(record).first()


def current(record) -> Snapshot:
    """What an editor works on: the working copy, else the record."""
    working_copy = copy_of(record)
    return working_copy.data if working_copy else take(record)


def current_all(model, numbers) -> dict[int, Snapshot]:
    """What an editor works on of many records of a kind, under their numbers, for the queries of one."""
    copied = WorkingCopy.objects.of_kind(model).filter(object_id__in=list(numbers))
    return take_all(model, numbers) | dict(copied.values_list("object_id", "data"))


def store(record, data: Snapshot, user=None, kind: str = Revision.Kind.WORKING_COPY, note: str = "") -> WorkingCopy:
    """Make `data` the working copy of the record, and a revision. Call it with the record locked.

    A moment of publication was given to what stood there before: it goes when somebody changes that who may not
    publish, and the form says so.
    """
    keep_found(record)
    working_copy, _created = WorkingCopy.objects.get_or_create(
        **WorkingCopy.keys(record), defaults={"base": take(record), "data": data, "updated_by": user}
    )
    working_copy.data, working_copy.updated_by, working_copy.problem = data, user, ""
    if working_copy.publish_at and user is not None and not user.has_perm(type(record).permission("publish")):
        working_copy.publish_at = None
        working_copy.problem = _("Nach der Planung ist sie geändert worden; bitte geben Sie sie noch einmal frei.")
    working_copy.save()
    keep(record, kind, user, note, data)
    return working_copy


def discard(record, user=None):
    """Drop the working copy; as a revision it stays."""
    working_copy = copy_of(record)
    if working_copy:
        keep(record, Revision.Kind.DISCARDED, user, data=working_copy.data)
        working_copy.delete()


def pending(working_copy: WorkingCopy) -> Merged:
    """What the record would become: the working copy, and what else changed on the record since it was begun."""
    live = take(working_copy.record)
    return merge(working_copy.base, working_copy.data, live)


@transaction.atomic
def replace(working_copy: WorkingCopy, user=None):
    """Put the working copy in the place of the live version, with everything that follows from it.

    What an import or a run changed on the record meanwhile stays, unless the working copy changed the same: the
    editor has seen it in the form and it is what was reviewed. Raises ValidationError where the result is not valid.
    """
    record = working_copy.model._base_manager.select_for_update(of=("self",)).filter(pk=working_copy.object_id).first()
    # Anew, now that nobody else can store anything there.
    working_copy = WorkingCopy.objects.filter(pk=working_copy.pk).first()
    if record is None or working_copy is None:
        raise ValidationError(_("Die Änderung ist inzwischen veröffentlicht, verworfen oder im Papierkorb."))
    keep_found(record)
    write(record, pending(working_copy).data)
    working_copy.delete()
    fresh = type(record)._base_manager.get(pk=record.pk)
    if obstacles := fresh.publishing_obstacles():
        raise ValidationError(obstacles)
    keep(fresh, Revision.Kind.PUBLISHED, user)
    return fresh


def write(record, data: Snapshot, fields_kept: tuple[str, ...] = ()):
    """The record becomes what `data` says: validated, with its old address leading to the new one, and searchable.

    Raises ValidationError. A record that is published keeps its moment of publication.
    """
    slug = record.slug
    check(data, fields_kept)
    with transaction.atomic():
        written = apply(data, keep=fields_kept)
        remember_slug(written, slug)
        update_index(written)
    return written


def publish_due() -> int:
    """Replace every live version whose moment has come. One query if there is none; returns how many there were.

    One that cannot be published stays as it is and says why: its moment is taken from it, so that it is not tried
    again. Whatever is wrong with it, nobody's request fails of it.
    """
    due = list(WorkingCopy.objects.due().select_related("content_type"))
    for working_copy in due:
        try:
            _publish_one(working_copy)
        except ValidationError as error:
            _give_up(working_copy, " ".join(error.messages))
        except OperationalError:
            # Somebody else holds it; the next request tries again.
            logger.warning("Working copy %s is not published yet", working_copy.pk, exc_info=True)
        except Exception:
            logger.exception("Working copy %s could not be published", working_copy.pk)
            _give_up(working_copy, _("Ein Fehler ist aufgetreten; er steht im Protokoll des Servers."))
    return len(due)


@transaction.atomic
def _publish_one(working_copy: WorkingCopy):
    """The record is locked first, as everywhere; then looked at once more, for another worker may have been faster."""
    held = working_copy.model._base_manager.select_for_update(of=("self",)).filter(pk=working_copy.object_id).first()
    if held is None or WorkingCopy.objects.due().filter(pk=working_copy.pk).exists():
        replace(working_copy, working_copy.updated_by)


def _give_up(working_copy: WorkingCopy, reasons):
    there = WorkingCopy.objects.due().filter(pk=working_copy.pk)
    there.update(publish_at=None, problem=str(reasons))


def next_moment():
    """When the next working copy is due; None if none is scheduled. One query."""
    return (
        WorkingCopy.objects.filter(publish_at__isnull=False)
        .order_by("publish_at")
        .values_list("publish_at", flat=True)
        .first()
    )


def copied_numbers(model) -> set[int]:
    """Which records of a kind have a working copy. One query."""
    return set(WorkingCopy.objects.of_kind(model).values_list("object_id", flat=True))


def is_overtaken(working_copy: WorkingCopy) -> bool:
    """Whether the record itself changed since the working copy was begun."""
    return not same(working_copy.base, take(working_copy.record))
