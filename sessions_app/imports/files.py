"""A file or folder on its way to a programme; for tables, what their columns mean and what was remembered of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from conference.models import ColumnMapping
from conference.refusing import Refused
from conference.tables import read_book
from sessions_app.interchange import reading
from sessions_app.interchange.programme import FileRefused, Programme
from sessions_app.interchange.spreadsheet import FIELDS, Guess, guess

# In forms, before the number of a column.
COLUMN = "spalte-"


def is_table(path: Path, name: str) -> bool:
    """Raises FileRefused."""
    return reading.detect(path, name) == reading.SPREADSHEET


def read(path: Path, name: str, mapping: Mapping[str, str] | None = None, key: str = "", zone: str = "") -> Programme:
    """Of a table without `mapping`, its columns as they are remembered or guessed. Raises FileRefused."""
    if mapping is None and is_table(path, name):
        mapping = Table.of(path, name).mapping
    return reading.read(path, name, mapping and dict(mapping), key, zone)


@dataclass(frozen=True)
class Column:
    """A column as the page shows it."""

    name: str
    header: str
    chosen: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The columns of a table and what they were last taken for, else what they look like."""

    found: Guess
    mapping: Mapping[str, str]

    @classmethod
    def of(cls, path: Path, name: str) -> "Table":
        """Raises FileRefused. One query."""
        try:
            with path.open("rb") as stream:
                found = guess(read_book(stream, name))
        except FileRefused:
            raise
        except Refused as refused:
            raise FileRefused(refused.sentence, refused.place) from refused
        kept = ColumnMapping.objects.filter(signature=_signature(found)).first()
        known = {header: field for header, field in (kept.mapping if kept else {}).items() if field in FIELDS}
        return cls(found, {header: known.get(header, "") for header in found.mapping} if kept else found.mapping)

    def posted(self, data: Mapping[str, str]) -> dict[str, str]:
        """What somebody chose; what is no field is left out."""
        chosen = {column.header: data.get(column.name, "") for column in self.columns()}
        return {header: field if field in FIELDS else "" for header, field in chosen.items()}

    def columns(self, mapping: Mapping[str, str] | None = None) -> list[Column]:
        chosen = self.mapping if mapping is None else mapping
        return [
            Column(f"{COLUMN}{number}", header, chosen.get(header, ""), self.found.samples.get(header, ()))
            for number, header in enumerate(self.found.headers)
            if header
        ]

    def remember(self, mapping: Mapping[str, str]):
        """For the next table with the same columns."""
        ColumnMapping.objects.update_or_create(signature=_signature(self.found), defaults={"mapping": dict(mapping)})


def _signature(found: Guess) -> str:
    return hashlib.sha256("\n".join(found.headers).encode()).hexdigest()
