"""What somebody asked for: a listing, narrowed, through their eyes."""

import dataclasses
import datetime
import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conference.models import Conference
from conference.publishing import PUBLIC
from conference.records import Column, Dataset, Record

# The first rows leave soon, the others at the best price: `Dataset.chunk`.
FIRST_CHUNK = 100


@dataclasses.dataclass
class Extract:
    """`viewer` is whose eyes: PUBLIC takes published rows only. `chosen` are rows of the same model, in their order:
    a query, or their keys.
    """

    dataset: Dataset
    viewer: Any = PUBLIC
    conference: Conference | None = None
    chosen: QuerySet | list[int] | None = None
    # What else narrowed the rows, in words: [(label, words)].
    remarks: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    moment: datetime.datetime = dataclasses.field(default_factory=timezone.localtime)
    # Keys of columns in the order they were chosen; those that are not there are passed over. None left: all of them.
    chosen_columns: Sequence[str] = ()
    # Somebody who wants to know how many rows are written.
    on_progress: Callable[[int], None] | None = None

    def progress(self, done: int):
        """For writers: so many rows are written."""
        if self.on_progress:
            self.on_progress(done)

    @cached_property
    def columns(self) -> list[Column]:
        offered = {column.key: column for column in self.offered_columns}
        return [offered[key] for key in dict.fromkeys(self.chosen_columns) if key in offered] or self.offered_columns

    @cached_property
    def offered_columns(self) -> list[Column]:
        return self.dataset.columns_for(self.viewer)

    def on_paper(self) -> "Extract":
        """For a file with room for some columns: what was chosen, or else what is meant to be printed."""
        if self._narrowed_columns:
            return self
        return dataclasses.replace(self, chosen_columns=[each.key for each in self.columns if each.is_printed])

    @cached_property
    def _narrowed_columns(self) -> list[Column]:
        """Those that were chosen; none if all of them are there as they come."""
        return [] if self.columns == self.offered_columns else self.columns

    def plain(self, record: Record) -> Record:
        """What leaves as plain data: the whole record, or the columns that were chosen, in their order."""
        if self._narrowed_columns:
            return {
                column.key: record[column.key] if column.key in record else column.value(record)
                for column in self._narrowed_columns
            }
        return {key: value for key, value in record.items() if key not in self._hidden}

    @cached_property
    def _hidden(self) -> set[str]:
        return {column.key for column in self.dataset.columns} - {column.key for column in self.offered_columns}

    @property
    def shows_drafts(self) -> bool:
        return self.dataset.may_see_drafts(self.viewer)

    def file_name(self, suffix: str) -> str:
        return f"{self.dataset.name}-{self.moment:%Y-%m-%d}.{suffix}"

    def rows(self) -> QuerySet:
        rows = self.dataset.rows(self.viewer)
        if self.conference:
            rows = self.dataset.of_conference(rows, self.conference, self.viewer)
        return rows

    def keys(self, most: int | None = None) -> list[int]:
        """Which rows, in order, all or the first: one query. Rows that `viewer` may not see fall out later, in
        `records`.
        """
        if self.dataset.compute:
            return list(range(len(self._computed)))[:most]
        rows = self.rows() if self.chosen is None else self.chosen
        found = rows if isinstance(rows, list) else rows.values_list("pk", flat=True)
        return list(dict.fromkeys(found[:most]))

    def count(self) -> int:
        """How many rows there are: one query."""
        if self.dataset.compute:
            return len(self._computed)
        rows = self.rows() if self.chosen is None else self.chosen
        return len(rows) if isinstance(rows, list) else rows.order_by().values("pk").distinct().count()

    def records(self, keys: list[int]) -> Iterator[Record]:
        """The rows as plain data, in German whatever language is active, in a fixed number of queries a chunk."""
        known, done = {}, 0
        for chunk in _chunks(keys, self.dataset.chunk):
            with translation.override(settings.CONTENT_LANGUAGE):
                records = self._chunk(chunk, known)
            yield from records
            done += len(chunk)
            self.progress(done)

    @cached_property
    def _computed(self) -> list[Record]:
        with translation.override(settings.CONTENT_LANGUAGE):
            return self.dataset.compute(self.viewer, self.conference)

    def _chunk(self, keys: list[int], known: dict) -> list[Record]:
        if self.dataset.compute:
            return [self._computed[key] for key in keys]
        visible = self.rows().order_by().filter(pk__in=keys)
        loaded = {thing.pk: thing for thing in self.dataset.load(visible, self.viewer, known)}
        return [self.dataset.record(loaded[key]) for key in keys if key in loaded]

    def headers(self) -> list[str]:
        with translation.override(settings.CONTENT_LANGUAGE):
            return [str(column.header) for column in self.columns]

    def notes(self, count: int) -> list[tuple[str, str]]:
        """Where the rows come from, when, and what narrowed them: [(label, words)]."""
        with translation.override(settings.CONTENT_LANGUAGE):
            moment, clock = date_format(self.moment, "j. F Y, G:i"), _("Uhr")
            state = _("auch Unveröffentlichtes") if self.shows_drafts else _("nur Veröffentlichtes")
            return [
                (_("Liste"), str(self.dataset.title)),
                (_("Quelle"), f"{settings.SITE_NAME}, {settings.SITE_URL}/"),
                (_("Abgerufen"), f"{moment} {clock}"),
                *self._conference_note(),
                (_("Status"), state),
                *((str(label), str(words)) for label, words in self.remarks),
                *self._columns_note(),
                (_("Zeilen"), str(count)),
            ]

    def _columns_note(self) -> list[tuple[str, str]]:
        if not self._narrowed_columns:
            return []
        return [
            (
                _("Spalten"),
                _("%(chosen)s von %(all)s") % {"chosen": len(self.columns), "all": len(self.offered_columns)},
            )
        ]

    def _conference_note(self) -> list[tuple[str, str]]:
        """Rows chosen in the admin come with filters of their own."""
        if self.chosen is not None:
            return []
        return [(_("Konferenz"), self.conference.title if self.conference else _("alle"))]


def _chunks(keys: list[int], size: int) -> Iterator[list[int]]:
    yield keys[:FIRST_CHUNK]
    rest = itertools.islice(keys, FIRST_CHUNK, None)
    while chunk := list(itertools.islice(rest, size)):
        yield chunk
