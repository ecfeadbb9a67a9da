"""Keeps up to date what harvesters may be told: what is public, when that last changed, what has gone.

The public view of each thing is compared with the checksum of the last time. What changed, came or went is stamped
with the moment somebody noticed, so that nobody who asked before has missed it. A draft that was never public has no
entry; an entry knows no title, and stays when its thing is purged.
"""

import datetime
import hashlib
import json
import time
from collections.abc import Iterator
from typing import NamedTuple

from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone

from conference.models import Conference
from conference.models.exchange.harvest import HarvestEntry
from sessions_app.models import Video
from sessions_app.scholarly.datacite_json import attributes
from sessions_app.scholarly.loading import catalogued_conferences, catalogued_videos, load_conferences, load_videos
from sessions_app.scholarly.of_conference import conference_record
from sessions_app.scholarly.of_video import video_record
from sessions_app.scholarly.record import Record

# How long nobody looks again: a harvest has many pages. Where looking takes long, it takes a twentieth of the time.
PAUSE_SECONDS = 20
SHARE = 20
# For which nobody else begins while one looks; no longer, should that one have died.
LOOKING_SECONDS = 900
BATCH = 200
_LOOKED = "oai-looked"


class Catalogue(NamedTuple):
    """One kind of thing that is harvested: which are public, how they are loaded, how one becomes a record."""

    model: type[models.Model]
    public: callable
    load: callable
    record: callable

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower


CATALOGUES = (
    Catalogue(Conference, catalogued_conferences, load_conferences, conference_record),
    Catalogue(Video, catalogued_videos, load_videos, video_record),
)


class Seen(NamedTuple):
    kind: str
    sets: str
    digest: str


def bring_up_to_date():
    """At most once in `PAUSE_SECONDS`. Thirteen queries for every two hundred things, one short transaction."""
    if cache.add(_LOOKED, 1, LOOKING_SECONDS):
        begun = time.monotonic()
        try:
            write_down(dict(_seen_now()))
        finally:
            cache.set(_LOOKED, 1, max(PAUSE_SECONDS, SHARE * (time.monotonic() - begun)))


def records_of(entries: list[HarvestEntry]) -> dict:
    """The records of those that are public at this moment, by UUID. Eighteen queries at most."""
    found = {}
    for catalogue in CATALOGUES:
        if uuids := [entry.uuid for entry in entries if entry.kind == catalogue.kind and not entry.is_deleted]:
            for thing in catalogue.load(catalogue.public().filter(uuid__in=uuids)):
                found[thing.uuid] = catalogue.record(thing)
    return found


def _seen_now() -> Iterator[tuple]:
    for catalogue in CATALOGUES:
        keys = list(catalogue.public().order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(keys), BATCH):
            for thing in catalogue.load(catalogue.public().filter(pk__in=keys[first : first + BATCH])):
                record = catalogue.record(thing)
                yield thing.uuid, Seen(catalogue.kind, _joined(record.sets), digest(record))


def digest(record: Record) -> str:
    told = json.dumps([attributes(record), list(record.sets)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _joined(sets) -> str:
    return f",{','.join(sets)}," if sets else ""


def write_down(seen: dict):
    """All or nothing. Two who do it at once agree: what the first has written is no news to the second."""
    with transaction.atomic():
        now = timezone.now().replace(microsecond=0)
        known = {entry.uuid: entry for entry in HarvestEntry.objects.all()}
        new = [_entry(uuid, each, now) for uuid, each in seen.items() if uuid not in known]
        HarvestEntry.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
        news = [entry.pk for entry in known.values() if _takes_in(entry, seen.get(entry.uuid), now)]
        locked = HarvestEntry.objects.filter(pk__in=news).order_by("pk").select_for_update()
        changed = [entry for entry in locked if _takes_in(entry, seen.get(entry.uuid), now)]
        fields = ["kind", "sets", "digest", "is_deleted", "datestamp"]
        HarvestEntry.objects.bulk_update(changed, fields, batch_size=BATCH)


def _entry(uuid, seen: Seen, now: datetime.datetime) -> HarvestEntry:
    return HarvestEntry(uuid=uuid, kind=seen.kind, sets=seen.sets, digest=seen.digest, datestamp=now)


def _takes_in(entry: HarvestEntry, seen: Seen | None, now: datetime.datetime) -> bool:
    """Whether it is told otherwise from now on. What has gone keeps its sets: who harvests one shall learn of it."""
    if seen is None:
        if entry.is_deleted:
            return False
        entry.is_deleted, entry.digest = True, ""
    elif not entry.is_deleted and (entry.digest, entry.sets) == (seen.digest, seen.sets):
        return False
    else:
        entry.kind, entry.sets, entry.digest = seen
        entry.is_deleted = False
    entry.datestamp = now
    return True
