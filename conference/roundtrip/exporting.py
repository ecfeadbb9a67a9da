"""A listing on its way out to be edited, for the writers of `conference.exports`."""

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from conference.editing.copies import current_all
from conference.exports import Extract
from conference.exports.writers import LONGEST
from conference.models import Conference
from conference.records import Column, Dataset, Record
from conference.roundtrip.editable import HEADERS, KEY, STAND, Editable, chunks
from conference.roundtrip.fields import TOO_LONG, TableField
from conference.roundtrip.names import Names
from conference.roundtrip.standing import mark, newest_numbers

CHUNK = 500


@dataclasses.dataclass
class EditExtract(Extract):
    """`listing` for `viewer`, in the form one of the writers asks for."""

    listing: Editable | None = None
    file_format: str = "csv"

    @classmethod
    def of(cls, listing: Editable, viewer: Any, conference: Conference | None, file_format: str) -> "EditExtract":
        asked = conference if listing.of_conference else None
        return cls(_dataset(listing), viewer, asked, listing=listing, file_format=file_format)

    @cached_property
    def names(self) -> Names:
        return Names(self.viewer)

    @cached_property
    def columns(self) -> list[Column]:
        first = [Column(key, header, cell=itemgetter(key)) for key, header in HEADERS.items()]
        return [*first, *(Column(f.key, f.header, f.kind, itemgetter(f.key)) for f in self.listing.shown)]

    @property
    def offered_columns(self) -> list[Column]:
        return self.columns

    def plain(self, record: Record) -> Record:
        return record

    def file_name(self, suffix: str) -> str:
        return f"{self.listing.name}-bearbeiten-{self.moment:%Y-%m-%d}.{suffix}"

    def rows(self):
        return self.listing.records(self.viewer, self.conference)

    def keys(self, most: int | None = None) -> list[int]:
        return list(dict.fromkeys(self.rows().values_list("pk", flat=True)))[:most]

    def records(self, keys: list[int]) -> Iterator[Record]:
        """Each row by its columns, in a fixed number of queries a chunk."""
        for chunk in chunks(keys, CHUNK):
            with translation.override(settings.CONTENT_LANGUAGE):
                records = list(self._records(chunk))
            yield from records

    def _records(self, keys: list[int]) -> Iterator[Record]:
        now, numbers = current_all(self.listing.noun, keys), newest_numbers(self.listing.noun, keys)
        for number in keys:
            for row in self.listing.rows_of(now[number]) if number in now else ():
                head = {KEY: row["uuid"], STAND: mark(self.listing, row, numbers.get(number, 0))}
                fields = ((field, self.listing.source(field, row, now[number])) for field in self.listing.shown)
                yield head | {field.key: self._said(field, source) for field, source in fields}

    def _said(self, field: TableField, source: dict):
        """JSON can hold everything; CSV goes through spreadsheets, too, which cut what is too long."""
        value = field.of(source)
        if self.file_format == "json":
            return field.plain(value, self.names)
        value = field.cell(value, self.names)
        return TOO_LONG if isinstance(value, str) and _length(value) > LONGEST else value

    def notes(self, count: int) -> list[tuple[str, str]]:
        with translation.override(settings.CONTENT_LANGUAGE):
            told = [each for each in super().notes(count) if each[0] != _("Zeilen")]
            return [*told, *self._advice()]

    @staticmethod
    def _advice() -> list[tuple[str, str]]:
        return [
            (_("Zum Bearbeiten"), _("Diese Datei kann bearbeitet und in der Redaktion wieder eingelesen werden.")),
            (
                _("Kennung, Stand"),
                _("Bitte nicht ändern: Daran wird jede Zeile erkannt. Bei neuen Zeilen bleiben sie leer."),
            ),
            (_("Fehlende Zeilen"), _("Was hier fehlt, wird nicht gelöscht; fehlende Spalten bleiben, wie sie sind.")),
            (_("Mehrere in einer Zelle"), _("Getrennt durch „; “. Ein Semikolon im Namen selbst steht als „\\;“.")),
            (_("Zu lange Texte"), _("Wo „%(mark)s“ steht, bleibt der Text unverändert.") % {"mark": TOO_LONG}),
        ]


def _length(text: str) -> int:
    """In the units spreadsheets count in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _dataset(listing: Editable) -> Dataset:
    """What the writers ask of a listing beside its columns and rows."""
    return Dataset(
        name=listing.name,
        title=listing.title,
        summary="",
        noun=listing.noun,
        columns=(),
        rows=listing.records,
        of_conference=lambda rows, conference, viewer: rows,
        load=lambda rows, viewer, known: rows,
        record=lambda thing: {},
    )
