"""The history of a record, newest first: its revisions, and what the log knows beyond them."""

import datetime
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.editing.showing import Summaries
from conference.models import Revision

PER_PAGE = 25
# An entry in the log within so many seconds of a revision of the same person says the same.
_SECONDS = 5
# What the public reads is replaced, or the working copy is gone: the next one begins anew.
_ENDS_A_COPY = frozenset(Revision.Kind) - {Revision.Kind.FOUND, Revision.Kind.RUN, Revision.Kind.RETURNED}


@dataclass
class Entry:
    """A row of the list. Without `number` it is from the log, and there is nothing to go back to."""

    number: int | None
    label: str
    who: str
    person: str
    at: datetime.datetime
    note: str = ""
    is_live: bool = True
    summary: str = ""
    is_first: bool = False

    @property
    def ago(self) -> str:
        return ago(self.at)


def ago(moment: datetime.datetime) -> str:
    """„vor 3 Minuten“; "" where the date alone says it better."""
    minutes = int((timezone.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("gerade eben")
    if minutes < 60:
        return ngettext("vor %d Minute", "vor %d Minuten", minutes) % minutes
    if minutes < 60 * 24:
        return ngettext("vor %d Stunde", "vor %d Stunden", minutes // 60) % (minutes // 60)
    days = (timezone.localdate() - timezone.localdate(moment)).days
    return ngettext("gestern", "vor %d Tagen", days).replace("%d", str(days)) if days <= 30 else ""


class History:
    """Two queries for all revisions without their data and for the log; a page costs those of its summaries."""

    def __init__(self, record, viewer):
        self.record, self.viewer = record, viewer

    @cached_property
    def rows(self) -> list:
        """All revisions, oldest first, without what they hold."""
        columns = ("number", "kind", "is_live", "created_at", "user_id", "user_name", "note")
        return list(Revision.objects.of(self.record).order_by("number").values_list(*columns, named=True))

    @cached_property
    def previous(self) -> dict[int, int | None]:
        """The revision each is compared with.

        A live one with the live one before; one of a working copy with the one of that copy before, or with the live
        one the copy was begun from. A copy that was discarded is compared with what stays.
        """
        found, live, working_copy = {}, None, None
        for row in self.rows:
            is_discarded = row.kind == Revision.Kind.DISCARDED
            found[row.number] = live if row.is_live or is_discarded else working_copy or live
            if row.is_live:
                live = row.number
                working_copy = None if row.kind in _ENDS_A_COPY else working_copy
            else:
                working_copy = None if is_discarded else row.number
        return found

    @cached_property
    def entries(self) -> list[Entry]:
        kinds = dict(Revision.Kind.choices)
        revisions = [
            Entry(
                row.number,
                str(kinds.get(row.kind, row.kind)),
                row.user_name or _("Import oder Befehl"),
                _person(row.user_id, row.user_name),
                row.created_at,
                row.note,
                row.is_live,
                is_first=self.previous[row.number] is None,
            )
            for row in self.rows
        ]
        return sorted([*revisions, *self._logged()], key=lambda entry: (entry.at, entry.number or 0), reverse=True)

    def _logged(self) -> list[Entry]:
        """What was done before there were revisions, or without one."""
        told = {
            (row.user_id, int(row.created_at.timestamp()) + second)
            for row in self.rows
            for second in range(-_SECONDS, _SECONDS + 1)
        }
        content_type = ContentType.objects.get_for_model(self.record)
        log = LogEntry.objects.filter(content_type=content_type, object_id=str(self.record.pk)).select_related("user")
        return [
            Entry(None, entry.get_change_message(), _name(entry.user), _person(entry.user_id, ""), entry.action_time)
            for entry in log
            if (entry.user_id, int(entry.action_time.timestamp())) not in told
        ]

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Who is in it: [(key, name)], by name; each is called as in the newest entry."""
        names = {entry.person: entry.who for entry in reversed(self.entries)}
        return sorted(names.items(), key=lambda item: item[1].casefold())

    def neighbours(self, number: int) -> tuple[int | None, int | None]:
        """The revision before one and the one after it, by number."""
        numbers = [row.number for row in self.rows]
        before = next((each for each in reversed(numbers) if each < number), None)
        return before, next((each for each in numbers if each > number), None)

    def page(self, number, person: str = ""):
        """A page of entries with their summaries. One query for what the revisions hold, one a kind of neighbour."""
        entries = [entry for entry in self.entries if not person or entry.person == person]
        page = Paginator(entries, PER_PAGE).get_page(number)
        self._summarise([entry for entry in page if entry.number])
        return page

    def _summarise(self, entries: list[Entry]):
        oldest_first = [entry for entry in reversed(entries) if not entry.is_first]
        numbers = {entry.number for entry in oldest_first} | {self.previous[entry.number] for entry in oldest_first}
        held = self.held(numbers)
        pairs = [(held[self.previous[entry.number]], held[entry.number]) for entry in oldest_first]
        for entry, words in zip(oldest_first, Summaries(pairs, self.viewer), strict=True):
            entry.summary = words

    def held(self, numbers) -> dict[int, dict]:
        """What revisions hold, by their number."""
        return dict(Revision.objects.of(self.record).filter(number__in=numbers).values_list("number", "data"))


def _person(number: int | None, name: str) -> str:
    return str(number) if number else f"-{name}"


def _name(user) -> str:
    return user.get_full_name() or user.get_username()
