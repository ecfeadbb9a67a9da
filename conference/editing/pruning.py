"""Old revisions go: the newest of each record stay, and what the public reads."""

import datetime
from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from conference.models import Revision

_AT_ONCE = 500


def prune(days: int, keep: int, *, dry_run: bool = False) -> int:
    """Delete revisions older than so many days, but the newest `keep` of each record; says how many.

    The newest that was live and the newest that was published stay however old they are.
    """
    numbers = list(_outlived(timezone.now() - datetime.timedelta(days=days), max(keep, 1)))
    for start in range(0, 0 if dry_run else len(numbers), _AT_ONCE):
        Revision.objects.filter(pk__in=numbers[start : start + _AT_ONCE]).delete()
    return len(numbers)


def _outlived(moment: datetime.datetime, keep: int) -> Iterator[int]:
    columns = ("content_type_id", "object_id", "pk", "created_at", "is_live", "kind")
    rows = Revision.objects.order_by("content_type_id", "object_id", "-number").values_list(*columns, named=True)
    for _record, of_record in groupby(rows.iterator(), key=lambda row: (row.content_type_id, row.object_id)):
        wanted = {"live", Revision.Kind.PUBLISHED}
        for place, row in enumerate(of_record):
            told = {row.kind, "live"} if row.is_live else {row.kind}
            is_needed = bool(told & wanted)
            wanted -= told
            if place >= keep and row.created_at < moment and not is_needed:
                yield row.pk
