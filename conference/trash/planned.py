"""Changes that were planned for a moment wait while their record is in the trash: nobody has to look at them there."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils.dateparse import parse_datetime

from conference.models.editing import WorkingCopy
from conference.trash.belonging import Belongings, chunks


def suspend(found: Belongings) -> list[tuple[int, str]]:
    """Take their moments from the working copies of what goes: (number of the copy, moment)."""
    suspended = []
    kinds = ContentType.objects.get_for_models(*found.members)
    planned = WorkingCopy.objects.filter(publish_at__isnull=False)
    if not planned.exists():
        return suspended
    for model, numbers in found.members.items():
        for some in chunks(numbers):
            copies = planned.filter(content_type=kinds[model], object_id__in=some)
            suspended += [(number, moment.isoformat()) for number, moment in copies.values_list("pk", "publish_at")]
    WorkingCopy.objects.filter(pk__in=[number for number, _moment in suspended]).update(publish_at=None)
    return suspended


def resume(suspended: Iterable[tuple[int, str]]):
    """Give them back; one that has passed meanwhile is due now."""
    for number, moment in suspended:
        WorkingCopy.objects.filter(pk=number, publish_at__isnull=True).update(publish_at=parse_datetime(moment))
