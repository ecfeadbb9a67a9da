"""A listing without a database whose cells are what spreadsheets like to misread."""

import dataclasses
import datetime
import decimal

from conference.records import Column, Kind

AWKWARD = [
    "=1+1",
    "'=1+1",
    "+49 561 804",
    "-5 Grad",
    "@SUM(A1)",
    '=HYPERLINK("http://example.org")',
    "1-2",
    "1/2",
    "0042",
    "2020-10-28",
    "28.10.2020",
    "10:30",
    "1,5",
    "1e5",
    "wahr",
    "100 %",
    "#NAME?",
    "'s-Hertogenbosch",
    '„Zitat“, "quer"; mit Zeichen',
    "Zeile 1\nZeile 2\n\nZeile 4",
    "  vorn und hinten  ",
    "zwei  drei   vier",
    "Tab\tin der Mitte",
    "🙂👩‍🔬 Ä ß",
    "שלום עולם",
    "<b>&amp;</b> ]]>",
    "_x000D_",
    "a" * 300,
]


@dataclasses.dataclass
class Title:
    title: str = "Programm"
    name: str = "programm"
    columns: tuple = ()


@dataclasses.dataclass
class Listing:
    """What the writers ask of an extract."""

    columns: tuple[Column, ...]
    rows: list[dict]
    dataset: Title = dataclasses.field(default_factory=Title)
    told: list[int] = dataclasses.field(default_factory=list)

    def headers(self):
        return [column.header for column in self.columns]

    def keys(self):
        return list(range(len(self.rows)))

    def records(self, keys):
        return (self.rows[key] for key in keys)

    def notes(self, count):
        return [("Liste", "Programm"), ("Abgerufen", "22. November 2026, 12:00 Uhr"), ("Zeilen", str(count))]

    def on_paper(self):
        return self

    def progress(self, done):
        self.told.append(done)


def listing(values=AWKWARD) -> Listing:
    """Each value as short and as long text, beside one of every other kind."""
    columns = (
        Column("short", "Kurz"),
        Column("long", "=Lang", Kind.LONG),
        Column("address", "Adresse", Kind.ADDRESS),
        Column("date", "Datum", Kind.DATE),
        Column("time", "Zeit", Kind.TIME),
        Column("duration", "Dauer", Kind.DURATION),
        Column("number", "Nr.", Kind.NUMBER),
    )
    real = {
        "address": "http://example.org/a?b=1&c=2",
        "date": datetime.date(2020, 10, 28),
        "time": datetime.time(9, 30),
        "duration": datetime.timedelta(hours=25, minutes=3, seconds=7),
        "number": decimal.Decimal("1.50"),
    }
    return Listing(columns, [{"short": value, "long": value} | real for value in values])
