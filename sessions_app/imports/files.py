"""A file or folder on its way to a programme; for tables, what their columns mean."""

from dataclasses import dataclass
from pathlib import Path

from conference.models import ColumnMapping
from sessions_app.interchange.programme import Programme
from sessions_app.interchange.schedule_json import read_schedule_json
from sessions_app.interchange.schedule_xml import read_schedule_xml

TABLES = (".csv", ".tsv", ".xlsx", ".ods")


def is_table(name: str) -> bool:
    return name.lower().endswith(TABLES)


def read(path: Path, name: str, mapping=None) -> Programme:
    reader = read_schedule_json if name.endswith(".json") else read_schedule_xml
    return reader(path.read_bytes(), name)


def look(path: Path, name: str):
    read(path, name)


@dataclass
class Table:
    pass


def table(path, name):
    return Table()


def remember(mapping):
    ColumnMapping.objects.update_or_create(signature=mapping.signature)
