"""A table → Programme, by a mapping of its columns."""

import datetime
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from conference.tables import Book, Row
from sessions_app.interchange import identity, languages, moments
from sessions_app.interchange.frame import Frame, kind_of
from sessions_app.interchange.noting import Notes
from sessions_app.interchange.plain_values import stem
from sessions_app.interchange.programme import FileRefused, Link, Person, Programme, Recording
from sessions_app.interchange.prose import as_html
from sessions_app.interchange.spreadsheet import people
from sessions_app.interchange.spreadsheet.guessing import Guess, guess
from sessions_app.interchange.spreadsheet.values import cell_day, cell_length, cell_text, cell_times, is_end_of_day

FORMAT = "spreadsheet"
_MOMENTS = {"date", "start", "end"}


def read_spreadsheet(
    book: Book, mapping: dict[str, str] | None = None, file_name: str = "", key: str = "", zone: str = moments.HOME
) -> Programme:
    """`mapping` is {header: field}, the guess without one; `key` names the source, else the title above the table or
    the file does. Times are those of `zone`. Raises FileRefused, with the sheet and row."""
    found = guess(book)
    chosen = found.mapping if mapping is None else mapping
    if "title" not in chosen.values():
        raise FileRefused(_("Es ist nicht zu erkennen, in welcher Spalte die Titel stehen."), _row(found.header_row))
    return _Reader(book, found, chosen, key or found.title or stem(file_name), zone).programme()


def _row(number: int) -> str:
    return _("Zeile %(row)s") % {"row": number}


class _Reader:
    def __init__(self, book: Book, found: Guess, mapping: dict[str, str], key: str, zone: str):
        self.book, self.found, self.key, self.zone = book, found, key, zone
        self.frame = Frame(notes=Notes(book.warnings))
        self.frame.set_zone(zone)
        self.columns: dict[str, list[int]] = {}
        for column, header in enumerate(found.headers):
            self.columns.setdefault(mapping.get(header, "") if header else "", []).append(column)
        self.day: datetime.date | None = None

    def programme(self) -> Programme:
        sheet = self.book.sheets[self.found.sheet]
        for other in self.book.sheets:
            if other is not sheet and other.rows and not other.is_hidden:
                self.frame.notes.say(_("Das Blatt „%(title)s“ wurde nicht gelesen.") % {"title": other.title[:60]})
        drafts = (draft for row in sheet.rows if row.number > self.found.header_row for draft in self._drafts(row))
        talks = identity.settle(drafts, self.key, self.frame.notes)
        if not talks:
            raise FileRefused(
                _("Unter den Namen der Spalten steht kein einziger Beitrag."), _row(self.found.header_row)
            )
        dates = [talk.day for talk in talks if talk.day]
        names = dict.fromkeys(talk.room for talk in talks if talk.room)
        return Programme(
            file_format=FORMAT,
            key=self.key,
            title=self.found.title or self.key,
            talks=talks,
            starts_on=min(dates, default=None),
            ends_on=max(dates, default=None),
            time_zone=self.zone,
            rooms=tuple({"name": name} for name in names),
            warnings=self.frame.notes.all(),
        )

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────
    def _drafts(self, row: Row) -> Iterator[dict]:
        """One, or none for a heading: a row that holds a day alone says so for those below."""
        place = _row(row.number)
        if self._is_header_again(row):
            return
        self._turn_day(row, place)
        title = " ".join(self._text(row, "title").split())
        filled = [cell for cell in row.cells if cell_text(cell)]
        if not title or (len(filled) == 1 and cell_day(filled[0], self._year()) is not None):
            if filled and not self._is_only_day(row):
                self.frame.notes.say(_("Ohne Titel; die Zeile wurde ausgelassen."), place)
            return
        yield self._draft(row, title, place)

    def _is_header_again(self, row: Row) -> bool:
        texts = [cell_text(cell) for cell in row.cells]
        named = [(text, header) for text, header in zip(texts, self.found.headers, strict=False) if text and header]
        return len(named) > 1 and all(text == header for text, header in named)

    def _is_only_day(self, row: Row) -> bool:
        return all(cell_day(cell, self._year()) for cell in row.cells if cell_text(cell))

    def _turn_day(self, row: Row, place: str):
        given = [cell for cell in self._cells(row, "date") if cell_text(cell)]
        # "9-10 Uhr" is no day in October.
        given += [cell for cell in self._cells(row, "start") if re.search(r"\d{4}", cell_text(cell))]
        filled = [cell for cell in row.cells if cell_text(cell)]
        if len(filled) == 1 and not self._text(row, "date"):
            given = filled
        day = next((day for cell in given if (day := cell_day(cell, self._year()))), None)
        if day is None and self._text(row, "date"):
            words = _("Das Datum „%(text)s“ ist nicht zu verstehen.")
            self.frame.notes.say(words % {"text": self._text(row, "date")[:40]}, place)
        self.day = day or self.day

    def _year(self) -> int | None:
        return self.day.year if self.day else None

    def _draft(self, row: Row, title: str, place: str) -> dict:
        start, duration = self._when(row, place)
        addresses = self._addresses(row, "url", place)
        url = [href for href in addresses if not kind_of(href)]
        recordings = [href for href in addresses if kind_of(href)] + self._addresses(row, "recording_url", place)
        return {
            "guid": self._text(row, "guid"),
            "title": title,
            "number": self._text(row, "number"),
            "code": self._text(row, "code"),
            "slug": self._text(row, "slug"),
            "subtitle": " ".join(self._text(row, "subtitle").split()),
            "kind": self._text(row, "kind"),
            "day": self.day,
            "start": start,
            "duration": duration,
            "room": self._text(row, "room"),
            "track": self._text(row, "track"),
            "language": languages.two_letters(self._text(row, "language")),
            "abstract": as_html(self._text(row, "abstract")),
            "description": as_html(self._text(row, "description")),
            "url": url[0] if url else "",
            "license": self._text(row, "license"),
            "people": self.frame.people(self._people(row), place),
            "links": (
                *(Link(href=href) for href in url[1:]),
                *(Link(href=href, kind="slides", is_file=True) for href in self._addresses(row, "slides", place)),
            ),
            "recordings": tuple(Recording(url=href, kind=kind_of(href)) for href in recordings),
            "tags": self._tags(row),
            "place": place,
            "extra": self._beyond(row),
        }

    # ── Cells ────────────────────────────────────────────────────────────────────────────────
    def _cells(self, row: Row, name: str) -> list:
        cells = [row.cells[column] for column in self.columns.get(name, ()) if column < len(row.cells)]
        return [self._on_our_clock(cell) for cell in cells] if name in _MOMENTS else cells

    def _on_our_clock(self, cell):
        """What other systems export, "2024-11-17T13:00:00Z", as the table would have it: without a zone."""
        moment = moments.read_moment(cell) if isinstance(cell, str) and len(cell) < 40 else None
        if moment is None or moment.tzinfo is None:
            return moment or cell
        return moment.astimezone(self.frame.zone or moments.zone_named(moments.HOME)).replace(tzinfo=None)

    def _text(self, row: Row, name: str) -> str:
        return next((text for cell in self._cells(row, name) if (text := cell_text(cell))), "")

    def _when(self, row: Row, place: str) -> tuple[datetime.datetime | None, datetime.timedelta | None]:
        begin = end = None
        for cell in self._cells(row, "start"):
            begin, end = cell_times(cell)
            if begin is None and cell_text(cell):
                words = _("Die Zeit „%(text)s“ ist nicht zu verstehen.")
                self.frame.notes.say(words % {"text": cell_text(cell)[:40]}, place)
        if begin is None and not self._text(row, "start"):
            dates = (cell for cell in self._cells(row, "date") if isinstance(cell, datetime.datetime))
            begin = next((cell.time() for cell in dates if cell.time() != datetime.time()), None)
        for cell in self._cells(row, "end"):
            end = cell_times(cell)[0] or end
        duration = next((length for cell in self._cells(row, "duration") if (length := cell_length(cell))), None)
        if begin is None or self.day is None:
            return None, duration
        late = begin == datetime.time() and any(map(is_end_of_day, self._cells(row, "start")))
        day = self.day + datetime.timedelta(days=1) if late else self.day
        start = self.frame.aware(datetime.datetime.combine(day, begin), place)
        return start, duration or _between(begin, end)

    def _people(self, row: Row) -> list[Person]:
        found = [person for cell in self._cells(row, "speakers") for person in people.many_people(cell_text(cell))]
        self.frame.spend(4 * len(found), _row(row.number))
        found += [person for cell in self._cells(row, "speaker") for person in people.one_person(cell_text(cell))]
        for name in ("affiliation", "role"):
            found = _with(found, name, [cell_text(cell) for cell in self._cells(row, name) if cell_text(cell)])
        return found

    def _addresses(self, row: Row, name: str, place: str) -> list[str]:
        found = []
        for text in " ".join(map(cell_text, self._cells(row, name))).split():
            href = self.frame.address(f"https://{text}" if text.lower().startswith("www.") else text, place)
            if href.lower().startswith(("http://", "https://")):
                found.append(href)
        return found

    def _tags(self, row: Row) -> tuple[str, ...]:
        words = ";".join(map(cell_text, self._cells(row, "tags"))).replace(",", ";").split(";")
        return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))

    def _beyond(self, row: Row) -> dict:
        named = (
            (self.found.headers[column], column) for column in self.columns.get("", ()) if self.found.headers[column]
        )
        given = {header: cell_text(row.cells[column]) for header, column in named if column < len(row.cells)}
        if self.day is None:
            # "Freitag": it says something, if not to us.
            columns = self.columns.get("date", []) + self.columns.get("start", [])
            named = ((self.found.headers[column], column) for column in columns)
            given |= {header: cell_text(row.cells[column]) for header, column in named if column < len(row.cells)}
        kept = {header: text for header, text in given.items() if text}
        return {"columns": kept} if kept else {}


def _between(begin: datetime.time, end: datetime.time | None) -> datetime.timedelta | None:
    """Over midnight, if it ends before it began."""
    if end is None or end == begin:
        return None
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return datetime.timedelta(minutes=minutes % (24 * 60))


def _with(found: list[Person], name: str, given: list[str]) -> list[Person]:
    """One for all, or one for each in the same order; anything else belongs to nobody for sure."""
    if len(given) == 1 and len(found) > 1:
        given = [text.strip() for text in given[0].split(";")]
    if not given or (len(given) != len(found) and len(found) != 1):
        return found
    texts = given if len(given) == len(found) else ["; ".join(given)]
    return [
        person
        if getattr(person, name)
        else Person(**{field: getattr(person, field) for field in person.__dataclass_fields__} | {name: text})
        for person, text in zip(found, texts, strict=True)
    ]
