"""What is here already: the contents of the conference and what came from this source earlier."""

import hashlib
import uuid
from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType

from conference.editing.snapshot import Snapshot, take_all
from conference.models import ChangeRun, Conference, ImportSource, Organisation, Origin, Revision, WorkingCopy
from sessions_app.models import Contribution, Event, Speaker

TALK = Contribution._meta.label_lower
EVENT = Event._meta.label_lower
LONGEST = 300


@dataclass
class Present:
    """A record as an editor works on it: its working copy where there is one."""

    record: object
    now: Snapshot
    has_copy: bool

    @property
    def uuid(self) -> str:
        return self.now["uuid"]


@dataclass
class Row:
    """A contribution in its event."""

    event: Present
    row: dict

    @property
    def uuid(self) -> str:
        return self.row["uuid"]


class Known:
    """A fixed number of queries, whatever is there."""

    def __init__(self, source: ImportSource | None, conference: Conference | None):
        self.source = source
        self._origins = {(each.kind, each.guid): each for each in source.origins.order_by("pk")} if source else {}
        numbers = Event._base_manager.filter(conference=conference).values_list("pk", flat=True) if conference else []
        self.events = {each.uuid: each for each in present(Event, list(numbers))}
        self.rows = {
            row["uuid"]: Row(event, row)
            for event in self.events.values()
            for row in event.now["parts"]["contributions"]
        }
        self._joined = self._joined_people()
        self._elsewhere = self._other_sources(conference)
        self._undone = self._undone_runs()

    def origin(self, kind: str, guid: str) -> Origin | None:
        return self._origins.get((kind, key_of(guid)))

    def origins(self, kind: str) -> list[Origin]:
        return [each for (its_kind, _guid), each in self._origins.items() if its_kind == kind]

    def origin_of(self, kind: str, record: str) -> Origin | None:
        """What this source called a record first."""
        return next((each for each in self.origins(kind) if str(each.record) == record), None)

    def base(self, origin: Origin | None) -> dict | None:
        """What was last read; where that reading was taken back, what was read before it."""
        if origin is None:
            return None
        data = origin.data
        return data.get("before") if data.get("run") in self._undone else data.get("read")

    def elsewhere(self, identity: str) -> Origin | None:
        """What another source of the same conference says of a contribution, of several the one read last."""
        return self._elsewhere.get(identity)

    def _other_sources(self, conference) -> dict[str, Origin]:
        if conference is None:
            return {}
        origins = Origin.objects.filter(source__conference=conference, kind=TALK)
        return {str(each.record): each for each in origins.exclude(source=self.source).order_by("source__updated_at")}

    @cached_property
    def organisation_names(self) -> dict[int, str]:
        """Of those for which somebody appears here, in the order of names. One query, when first asked."""
        parts = (part for row in self.rows.values() for part in row.row["parts"]["appearances"])
        numbers = {number for part in parts for number in part["links"]["organisations"]}
        found = Organisation._base_manager.filter(pk__in=numbers).order_by("sort_name", "pk")
        return dict(found.values_list("pk", "name"))

    def joined(self, identity: str) -> str:
        """Who somebody is now that was made one with another."""
        seen = set()
        while identity in self._joined and identity not in seen:
            seen.add(identity)
            identity = self._joined[identity]
        return identity

    def _undone_runs(self) -> set[str]:
        runs = {each.data.get("run") for each in [*self._origins.values(), *self._elsewhere.values()]} - {None, ""}
        undone = ChangeRun.objects.filter(uuid__in=runs, undone_at__isnull=False) if runs else ChangeRun.objects.none()
        return {str(each) for each in undone.values_list("uuid", flat=True)}

    def _joined_people(self) -> dict[str, str]:
        """{who went: who stays}, for those that came from here and are gone."""
        kind = Speaker._meta.label_lower
        records = {str(each.record) for each in self.origins(kind)}
        there = {str(each) for each in Speaker._base_manager.filter(uuid__in=records).values_list("uuid", flat=True)}
        if not records - there:
            return {}
        joins = ChangeRun.objects.filter(kind=ChangeRun.Kind.MERGE, undone_at=None, extra__model=kind)
        pairs = list(joins.order_by("pk").values_list("extra__goes", "extra__stays"))
        numbers = {number for pair in pairs for number in pair}
        revisions = Revision.objects.filter(
            content_type=ContentType.objects.get_for_model(Speaker), object_id__in=numbers
        )
        identities = dict(revisions.order_by("pk").values_list("object_id", "data__uuid"))
        return {identities[goes]: identities.get(stays, "") for goes, stays in pairs if goes in identities}


def present(model, numbers: list[int]) -> list[Present]:
    """These records as an editor works on them. The queries of one, and one for the working copies."""
    if not numbers:
        return []
    copies = dict(WorkingCopy.objects.of_kind(model).filter(object_id__in=numbers).values_list("object_id", "data"))
    taken = take_all(model, numbers)
    records = model._base_manager.in_bulk(numbers)
    return [
        Present(records[number], copies.get(number, taken[number]), number in copies)
        for number in sorted(numbers)
        if number in taken
    ]


def key_of(guid: str) -> str:
    """A guid as origins hold it; a very long one by its digest."""
    return guid if len(guid) <= LONGEST else f"sha256:{hashlib.sha256(guid.encode()).hexdigest()}"


def free_uuid(guid: str, taken: set[str]) -> str:
    """The identity from the file, where it is one and nobody has it: it stays the same on the way out again."""
    try:
        identity = str(uuid.UUID(guid))
    except ValueError:
        return str(uuid.uuid4())
    if identity in taken:
        return str(uuid.uuid4())
    taken.add(identity)
    return identity
