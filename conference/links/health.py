"""For the board: which things name addresses that are dead."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from conference.links.collecting import RecordKey, places, sources
from conference.models import OutgoingLink

# More numbers than this would make the question longer than the answer.
_MOST = 500


def dead_links_of(records: Iterable[Model]) -> dict[RecordKey, list[OutgoingLink]]:
    """The dead addresses of each record, by `(record._meta.label_lower, record.pk)`; those without any are left out.

    What stands in its parts counts: the files of a video, and the contributions of an event, which may be asked for
    on their own, too. Only addresses that were gone on several days are dead; drafts are read as well. Two queries,
    however many records; one if no address is dead at all.
    """
    dead = {link.url: link for link in OutgoingLink.objects.filter(health=OutgoingLink.Health.DEAD)}
    numbers = defaultdict(set)
    for record in records:
        numbers[record._meta.label_lower].add(record.pk)
    if not dead or not numbers:
        return {}
    found = defaultdict(list)
    for address, where in places(_narrowed(numbers)).items():
        for key in dict.fromkeys(key for place in where for key in (place.owner_key, place.key)):
            if address in dead and key[1] in numbers.get(key[0], ()):
                found[key].append(dead[address])
    return dict(found)


def _narrowed(numbers):
    """Few things are looked up; many, or parts beside what they are part of, are found among all."""
    if any(source.owner and source.model._meta.label_lower in numbers for source in sources()):
        return None
    if max(map(len, numbers.values())) > _MOST:
        return None
    owners = {source.owner_model for source in sources()}
    return {
        model: model._base_manager.filter(pk__in=numbers[model._meta.label_lower])
        for model in owners
        if model._meta.label_lower in numbers
    }
