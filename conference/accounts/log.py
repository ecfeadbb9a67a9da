"""Who did what: what was done to contents and what happened to accounts, as one list, the newest first."""

import dataclasses
import datetime
import json
from collections.abc import Iterator
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.models import AccountEvent
from conference.records import Column, Kind, Record

CONTENT, ACCOUNT = "content", "account"
DEEDS = {str(ADDITION): _("Angelegt"), str(CHANGE): _("Geändert"), str(DELETION): _("Gelöscht")}
KINDS = [*DEEDS.items(), *AccountEvent.Kind.choices]
COLUMNS = (
    Column("date", _("Datum"), Kind.DATE),
    Column("time", _("Uhrzeit"), Kind.TIME),
    Column("who", _("Wer")),
    Column("kind", _("Art")),
    Column("subject", _("Woran"), Kind.LONG),
    Column("text", _("Was"), Kind.LONG),
)
CHUNK = 500


@dataclasses.dataclass(frozen=True)
class Choice:
    """What the log is narrowed to; nothing means all. A day counts from midnight here."""

    person: Any = None
    kind: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    text: str = ""

    def rows(self) -> QuerySet:
        """(source, key, moment), both sources in one query, to be counted and sliced."""
        content, account = LogEntry.objects.all(), AccountEvent.objects.all()
        if self.kind:
            content = content.filter(action_flag=self.kind) if self.kind in DEEDS else content.none()
            account = account.none() if self.kind in DEEDS else account.filter(kind=self.kind)
        if self.person:
            content = content.filter(user=self.person)
            account = account.filter(Q(user=self.person) | Q(subject=self.person.get_username()))
        if self.text:
            # Django's own messages are JSON, in which an umlaut is a number.
            in_message = Q(change_message__icontains=json.dumps(self.text)[1:-1])
            content = content.filter(self._found("object_repr", "change_message", "user__username") | in_message)
            account = account.filter(self._found("subject", "text", "user__username"))
        both = self._keyed(content, CONTENT, "action_time").union(self._keyed(account, ACCOUNT, "at"), all=True)
        return both.order_by("-moment", "-number")

    def _found(self, *fields: str) -> Q:
        rule = Q()
        for field in fields:
            rule |= Q(**{f"{field}__icontains": self.text})
        return rule

    def _keyed(self, rows: QuerySet, source: str, moment: str) -> QuerySet:
        if self.first:
            rows = rows.filter(**{f"{moment}__gte": _midnight(self.first)})
        if self.last:
            rows = rows.filter(**{f"{moment}__lt": _midnight(self.last + datetime.timedelta(days=1))})
        keyed = rows.order_by().annotate(source=Value(source), number=F("pk"), moment=F(moment))
        return keyed.values_list("source", "number", "moment")


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def entries(rows: list[tuple[str, int, datetime.datetime]]) -> list[Record]:
    """These rows as plain data, in their order. Three queries at most."""
    numbers = {source: [row[1] for row in rows if row[0] == source] for source in (CONTENT, ACCOUNT)}
    done = LogEntry.objects.filter(pk__in=numbers[CONTENT]).select_related("user", "content_type")
    happened = AccountEvent.objects.filter(pk__in=numbers[ACCOUNT]).select_related("user")
    found = {(CONTENT, entry.pk): _content_record(entry) for entry in done}
    found |= {(ACCOUNT, event.pk): _account_record(event) for event in happened}
    return [found[source, number] | _when(moment) for source, number, moment in rows if (source, number) in found]


def _when(moment) -> Record:
    local = timezone.localtime(moment)
    return {"moment": moment, "date": local.date(), "time": local.time().replace(microsecond=0)}


def _name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else "–"


def _content_record(entry: LogEntry) -> Record:
    model = entry.content_type and entry.content_type.model_class()
    noun = capfirst(model._meta.verbose_name) if model else ""
    return {
        "who": _name(entry.user),
        "kind": str(DEEDS.get(str(entry.action_flag), "")),
        "subject": f"{noun} „{entry.object_repr}“".strip(),
        "text": entry.get_change_message(),
    }


def _account_record(event: AccountEvent) -> Record:
    return {
        "who": _name(event.user),
        "kind": event.get_kind_display(),
        "subject": event.subject,
        "text": event.text,
    }


@dataclasses.dataclass(frozen=True)
class Listing:
    name: str
    title: str
    columns: tuple[Column, ...]


@dataclasses.dataclass
class LogExtract:
    """What `conference.exports` writes to a file: an extract of the log, as far as it was asked for."""

    choice: Choice
    remarks: list[tuple[str, str]]
    dataset: Listing = Listing("protokoll", _("Protokoll"), COLUMNS)
    columns: tuple[Column, ...] = COLUMNS

    def file_name(self, suffix: str) -> str:
        return f"{self.dataset.name}-{timezone.localdate():%Y-%m-%d}.{suffix}"

    def headers(self) -> list[str]:
        return [str(column.header) for column in self.columns]

    def keys(self) -> list[tuple]:
        return list(self.choice.rows())

    def records(self, keys: list[tuple]) -> Iterator[Record]:
        for chunk in _chunks(keys):
            for record in entries(chunk):
                yield {key: value for key, value in record.items() if key != "moment"}

    def on_paper(self) -> "LogExtract":
        return self

    def progress(self, done: int):
        """Nobody waits for it."""

    def notes(self, count: int) -> list[tuple[str, str]]:
        return [(str(_("Liste")), str(self.dataset.title)), *self.remarks, (str(_("Zeilen")), str(count))]


def _chunks(keys: list[tuple]) -> Iterator[list[tuple]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
