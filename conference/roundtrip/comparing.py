"""A file beside what is there: for each row what would change, what is new, what is refused and why."""

import copy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from conference.editing.applying import filled
from conference.editing.merging import merge
from conference.editing.showing import ViewersReader
from conference.roundtrip.checking import check_new, check_row, place_last
from conference.roundtrip.editable import Editable, chunks
from conference.roundtrip.fields import EditField
from conference.roundtrip.known import Known
from conference.roundtrip.names import CellRefused, Names
from conference.roundtrip.plan import CHANGED, NEW, REFUSED, Plan, PlannedRow, place_of
from conference.roundtrip.reading import GivenRow, Table, is_nothing, read_table
from conference.roundtrip.sorting import Sorting
from conference.roundtrip.standing import bases, has_moved, is_mark
from conference.roundtrip.texts import key
from conference.tables import TableRefused, read_book

CHUNK = 500
# Each costs some queries when it is applied, and a database like SQLite lets nobody else save in the meantime; and
# nobody looks through more.
MOST = 500
# After so many refused rows the file is another one than was meant.
MOST_REFUSED = 200
# So many rows are named in a warning.
NAMED = 10


def compare(table: Table, listing: Editable, user) -> Plan:
    """What the rows would do, for `user`. Writes nothing; a fixed number of queries for some hundred rows that are as
    they were, and a few for each that is not.
    """
    with translation.override(settings.CONTENT_LANGUAGE):
        _check_number([row for row in table.rows if not row.identity])
        comparing = _Comparing(listing, user)
        for rows in chunks(table.rows, CHUNK):
            if not comparing.take(rows):
                break
        return comparing.plan(table)


def plan_of(path: Path, file_name: str, listing: Editable, listings: Iterable[Editable], user) -> Plan:
    """What an uploaded file would do. Raises TableRefused."""
    with translation.override(settings.CONTENT_LANGUAGE):
        table = read_table(read_book(path, file_name), listing, listings)
    return compare(table, listing, user)


class _Comparing:
    def __init__(self, listing: Editable, user):
        self.listing, self.user, self.names = listing, user, Names(user)
        self.rows: list[PlannedRow] = []
        self.same_count = 0
        self.now: dict[int, Any] = {}
        self.sorting = Sorting()
        # Where each mark stood first.
        self.seen: dict[str, int] = {}
        self.touched: dict[str, list[int]] = {}
        self.refused, self.warnings = 0, []
        # Rows without a „Stand“ that can be read.
        self.unmarked: list[int] = []

    def plan(self, table: Table) -> Plan:
        told = [
            _("Die Spalte „%(name)s“ wird nur gezeigt; was darin geändert wurde, bleibt ohne Wirkung (Zeile %(rows)s).")
            % {"name": name, "rows": _numbers(numbers)}
            for name, numbers in self.touched.items()
        ]
        if self.unmarked and table.has_stand:
            sentence = _("Ohne „Stand“ ist nicht zu erkennen, was inzwischen andere geändert haben (Zeile %(rows)s).")
            told.append(sentence % {"rows": _numbers(self.unmarked)})
        warnings = [*table.warnings, *told, *self.warnings]
        return Plan(self.listing, self.rows, self.same_count, warnings, self.sorting.columns(), self.now)

    def take(self, rows: list[GivenRow]) -> bool:
        """Says whether it makes sense to go on. Raises TableRefused for more than can be looked through."""
        known = Known(self.listing, self.user, [row.identity.lower() for row in rows if row.identity])
        moved = {
            (known.records[identity], identity): row.stand
            for row in rows
            if (identity := row.identity.lower()) in known.rows
            and is_mark(row.stand)
            and has_moved(self.listing, known.rows[identity], row.stand)
        }
        then = bases(self.listing, moved) if moved else {}
        for row in rows:
            planned = self._new(row) if not row.identity else self._known(row, known, moved, then)
            if planned is None:
                self.same_count += 1
            elif not self._note(planned):
                return False
        return True

    def _note(self, planned: PlannedRow) -> bool:
        self.rows.append(planned)
        self.refused += planned.kind == REFUSED
        _check_number([row for row in self.rows if row.kind != REFUSED] if len(self.rows) > MOST else [])
        if self.refused < MOST_REFUSED:
            return True
        words = {"count": self.refused, "number": planned.number}
        sentence = _("Nach %(count)d abgelehnten Zeilen ist ab Zeile %(number)d nicht weiter gelesen worden.")
        self.warnings.append(sentence % words)
        return False

    # ── Rows that are there ──────────────────────────────────────────────────────────────────
    def _known(self, row: GivenRow, known: Known, moved: dict, then: dict) -> PlannedRow | None:
        planned, identity = PlannedRow(row.number, CHANGED), row.identity.lower()
        if identity in self.seen:
            words = {"number": self.seen[identity]}
            planned.refuse(_("Diese Kennung steht schon in Zeile %(number)d.") % words, _("Kennung"))
            return planned
        self.seen[identity] = row.number
        if reason := known.reason(identity):
            planned.refuse(reason, _("Kennung"))
            return planned
        now, record = known.rows[identity], known.records[identity]
        place = record, identity
        base = then.get(place) if place in moved else now
        planned.record, planned.before, planned.title = record, now, title_of(now)
        self._note_fixed(row, planned, known.now[record], now)
        if not is_mark(row.stand):
            self.unmarked.append(row.number)
        mine = self._mine(row, base or now, planned)
        if planned.reasons:
            return planned
        if base is None and _differs(self.listing, now, mine):
            planned.refuse(
                _(
                    "Der „Stand“ passt nicht zum Eintrag: Er ist geändert worden, und wie er damals war, ist nicht "
                    "mehr aufgehoben; oder die Zeilen sind verrutscht. Bitte laden Sie die Liste neu herunter."
                ),
                _("Stand"),
            )
            return planned
        planned.after = mine if base is None or base is now else self._merged(base, mine, now, planned)
        return self._checked(planned, known.now[record])

    def _checked(self, planned: PlannedRow, record: dict) -> PlannedRow | None:
        if not planned.reasons and not _differs(self.listing, planned.before, planned.after):
            return None
        if not planned.reasons:
            # As it was when the first of its rows was compared: apply asks whether it still is.
            self.now.setdefault(planned.record, record)
            check_row(self.listing, planned, self.user)
        return planned

    def _mine(self, row: GivenRow, base: dict, planned: PlannedRow) -> dict:
        """The row as the file says, begun from what it was."""
        mine = copy.deepcopy(base)
        for field in self.listing.edited:
            if field not in row.cells:
                continue
            value = field.of(base)
            try:
                wanted = self._taken(field, row.cells[field], value)
            except CellRefused as refused:
                planned.refuse(refused, field.header)
                continue
            self.sorting.note(field, value, wanted)
            if not field.same(wanted, value):
                field.put(mine, wanted)
        return mine

    def _taken(self, field: EditField, given: Any, value: Any) -> Any:
        """Raises CellRefused."""
        wanted = field.taken(given, value, self.names)
        if not field.may_put(self.user, value, wanted):
            raise CellRefused(_("Dazu fehlt Ihnen das Recht."))
        return wanted

    def _merged(self, base: dict, mine: dict, now: dict, planned: PlannedRow) -> dict:
        """With what others have changed since; what both did is refused."""
        for field in self.listing.edited:
            field.recognise(mine, base, now)
        merged = merge(base, mine, now)
        reader = ViewersReader(base, mine, now, viewer=self.user) if merged.conflicts else None
        for conflict in merged.conflicts:
            words = {
                "now": reader.value(conflict.path, conflict.theirs) or _("nichts"),
                "file": reader.value(conflict.path, conflict.mine) or _("nichts"),
            }
            sentence = _(
                "Inzwischen geändert: Es steht dort „%(now)s“, in der Datei „%(file)s“. Bitte laden Sie die "
                "Liste neu herunter oder übernehmen Sie, was dort steht."
            )
            planned.refuse(sentence % words, reader.place(conflict.path))
        if not merged.conflicts and _differs(self.listing, base, now):
            planned.notes.append(_("Inzwischen hat jemand anderes an diesem Eintrag etwas geändert; das bleibt."))
        return {name: now[name] for name in ("schema", "model")} | merged.data

    def _note_fixed(self, row: GivenRow, planned: PlannedRow, record: dict, now: dict):
        """Columns that are shown only: a row cannot move to another owner, and all else is told of."""
        for field, given in row.cells.items():
            if not field.is_fixed:
                continue
            value = field.of(self.listing.source(field, now, record))
            if not field.was_touched(given, value, self.names):
                continue
            if field is self.listing.owner and field.names_another(given, value, self.names):
                planned.refuse(_("Ein vorhandener Eintrag lässt sich hier nicht verschieben."), field.header)
            else:
                self.touched.setdefault(str(field.header), []).append(row.number)

    # ── New rows ─────────────────────────────────────────────────────────────────────────────
    def _new(self, row: GivenRow) -> PlannedRow | None:
        planned = PlannedRow(row.number, NEW)
        if all(is_nothing(given) for field, given in row.cells.items() if not field.is_fixed):
            planned.refuse(_("Die Zeile hat keine Kennung und sonst keinen Inhalt."))
            return planned
        if not self.listing.may_add(self.user):
            planned.refuse(_("Sie dürfen hier nichts Neues anlegen."), _("Kennung"))
            return planned
        record = self._owner(row, planned)
        after = self.listing.blank()
        place_last(self.listing, after, record)
        for field in self.listing.edited:
            if not is_nothing(row.cells.get(field)):
                self._fill(after, field, row.cells[field], planned)
        planned.after, planned.title = after, title_of(after)
        if not planned.reasons:
            check_new(self.listing, planned, self.user)
            self._note_namesake(planned, record)
        return planned

    def _note_namesake(self, planned: PlannedRow, record: dict | None):
        """Whoever brings the same file a second time brings its new rows again."""
        if record is None:
            is_there = self.names.of(self.listing.noun).has(str(filled(planned.after)))
        else:
            is_there = any(key(title_of(row)) == key(planned.title) for row in self.listing.rows_of(record))
        if is_there:
            sentence = _(
                "„%(title)s“ gibt es hier schon. Kommt der Eintrag aus dieser Datei, entfernen Sie bitte die Zeile."
            )
            planned.notes.append(sentence % {"title": planned.title})

    def _owner(self, row: GivenRow, planned: PlannedRow) -> dict | None:
        owner = self.listing.owner
        if owner is None:
            return None
        try:
            planned.record = owner.chosen(row.cells.get(owner), self.names)
        except CellRefused as refused:
            planned.refuse(refused, owner.header)
            return None
        if planned.record not in self.now:
            known = Known.of_record(self.listing, self.user, planned.record)
            if known is None:
                planned.refuse(_("Daran arbeiten Sie nicht."), owner.header)
                return None
            self.now[planned.record] = known
        return self.now[planned.record]

    def _fill(self, after: dict, field: EditField, given: Any, planned: PlannedRow):
        try:
            field.put(after, self._taken(field, given, field.of(after)))
        except CellRefused as refused:
            planned.refuse(refused, field.header)


def _check_number(rows: list):
    if len(rows) > MOST:
        sentence = _("Die Datei ändert mehr als %(most)d Einträge. Bitte teilen Sie sie auf.")
        raise TableRefused(sentence % {"most": MOST}, place_of(rows[MOST].number))


def _numbers(numbers: list[int]) -> str:
    more = len(numbers) - NAMED
    named = ", ".join(map(str, numbers[:NAMED]))
    return named if more <= 0 else _("%(names)s und %(more)d weitere") % {"names": named, "more": more}


def _differs(listing: Editable, one: dict, other: dict) -> bool:
    return any(not field.same(field.of(one), field.of(other)) for field in listing.edited)


def title_of(row: dict) -> str:
    """What a row is called."""
    fields = row["fields"]
    names = (fields.get(name) for name in ("title", "acronym", "name"))
    person = " ".join(filter(None, (fields.get("given_name"), fields.get("family_name"))))
    if "acronym" in fields:
        return fields["acronym"]
    return next((name for name in names if name), person)
