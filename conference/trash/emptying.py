"""For good: what lay in the trash long enough, with what was still kept of it."""

import datetime
from collections.abc import Iterator
from functools import partial

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from conference.models import FormerSlug
from conference.models.editing import TrashedRecord
from conference.models.editing.of_record import OfRecord
from conference.trash.belonging import chunks
from conference.trash.files import discard, files_of


def empty_trash(days: int, *, dry_run: bool = False) -> Iterator[TrashedRecord]:
    """What went, one after the other, each in a transaction of its own; never more than one is in memory."""
    limit = timezone.now() - datetime.timedelta(days=days)
    old = TrashedRecord.objects.filter(deleted_at__lt=limit).order_by("deleted_at", "pk")
    for number in list(old.values_list("pk", flat=True)):
        entry = TrashedRecord.objects.select_related("content_type").defer("data").filter(pk=number).first()
        if entry:
            if not dry_run:
                purge(entry)
            yield entry


@transaction.atomic
def purge(entry: TrashedRecord):
    """Remove an entry with its revisions, comments, former addresses and whatever else is kept of its rows.

    Its files go when the transaction has ended well. Does nothing if somebody was faster.
    """
    held = TrashedRecord.objects.select_for_update().filter(pk=entry.pk).first()
    if held is None:
        return
    kinds = [model for model in apps.get_models() if issubclass(model, OfRecord) and model is not TrashedRecord]
    for name, numbers in held.numbers.items():
        content_type = ContentType.objects.get_by_natural_key(*name.split("."))
        for kind in [*kinds, FormerSlug]:
            for some in chunks(numbers):
                kind._base_manager.filter(content_type=content_type, object_id__in=some).delete()
    names = files_of(held.data["tables"])
    held.delete()
    transaction.on_commit(partial(discard, names))
