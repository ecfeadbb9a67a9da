"""Which records the rows of a file are, and why some of them are none that can be changed here."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from conference.editing.copies import current_all
from conference.editing.snapshot import Snapshot
from conference.models import TrashedRecord, WorkingCopy
from conference.publishing import publishable_models
from conference.roundtrip.editable import Editable

# Looking into the trash takes its time: of so many unknown marks each is looked for.
MOST_IN_TRASH = 20


class Known:
    """The records behind some marks of rows. A fixed number of queries, and some more where a mark is unknown."""

    def __init__(self, listing: Editable, user, identities: Iterable[str]):
        self.listing, self.user = listing, user
        self.wanted = {identity for identity in identities if is_mark(identity)}
        # {mark of a row: number of its record}, in the tables and in working copies.
        self.records = self._in_tables()
        if listing.part and self.wanted - self.records.keys():
            self.records |= self._in_copies(self.wanted - self.records.keys())
        theirs = listing.records(user).order_by().filter(pk__in=set(self.records.values()))
        self.own = set(theirs.values_list("pk", flat=True))
        self.now: dict[int, Snapshot] = current_all(listing.noun, self.own)
        self.rows = {row["uuid"]: row for data in self.now.values() for row in listing.rows_of(data)}
        self._reasons = self._why(self.wanted - self.records.keys())

    @staticmethod
    def of_record(listing: Editable, user, number: int) -> Snapshot | None:
        """How a record is that a new row names; None if it is not this editor's. A few queries."""
        if not listing.records(user).order_by().filter(pk=number).exists():
            return None
        return current_all(listing.noun, [number]).get(number)

    def _in_tables(self) -> dict[str, int]:
        owner = f"{self.listing.model.part_of}_id" if self.listing.part else "pk"
        found = self.listing.model._base_manager.filter(uuid__in=self.wanted).values_list("uuid", owner)
        return {str(identity): number for identity, number in found}

    def _in_copies(self, wanted: set[str]) -> dict[str, int]:
        """Rows of a part that are in no table yet."""
        found = {}
        copies = WorkingCopy.objects.of_kind(self.listing.noun).values_list("object_id", "data")
        for number, data in copies.iterator(chunk_size=50):
            found |= {row["uuid"]: number for row in self.listing.rows_of(data) if row["uuid"] in wanted}
        return found

    def reason(self, identity: str) -> str:
        """Why a row with this mark cannot be changed here; "" if it can."""
        if not is_mark(identity):
            return _("„%(mark)s“ ist keine Kennung.") % {"mark": identity[:60]}
        if identity in self._reasons:
            return self._reasons[identity]
        if self.records[identity] not in self.own:
            return _("Das gehört zu einer Konferenz, an der Sie nicht arbeiten, oder ist nicht für Sie zu sehen.")
        if identity not in self.rows:
            return _("In der Arbeitskopie ist dieser Eintrag entfernt.")
        return ""

    def _why(self, unknown: set[str]) -> dict[str, str]:
        reasons = {}
        parts = {model for each in publishable_models() for model in _parts(each)}
        for model in [*publishable_models(), *sorted(parts, key=str)] if unknown else ():
            if model is not self.listing.model:
                found = model._base_manager.filter(uuid__in=unknown).values_list("uuid", flat=True)
                words = _("Diese Kennung gehört zu etwas anderem (%(noun)s).") % {"noun": model._meta.verbose_name}
                reasons |= {str(identity): words for identity in found}
        for identity in unknown - reasons.keys():
            is_trashed = (
                len(unknown) <= MOST_IN_TRASH and TrashedRecord.objects.filter(data__icontains=identity).exists()
            )
            reasons[identity] = (
                _("Der Eintrag liegt im Papierkorb. Holen Sie ihn zuerst zurück.")
                if is_trashed
                else _("Diese Kennung gibt es nicht. Für einen neuen Eintrag bleibt das Feld leer.")
            )
        return reasons


def _parts(model) -> list:
    return [model._meta.get_field(name).related_model for name in model.parts]


def is_mark(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
