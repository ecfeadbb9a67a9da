"""PDF for printing: A4 across, the head on every page, the pages counted."""

import tempfile
from typing import IO

from django.conf import settings
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from conference.exports.extract import Extract
from conference.exports.snapshot import snapshot
from conference.exports.words import words
from conference.exports.writers import sheets
from conference.exports.writers.pdf_text import BOLD, PLAIN, printable, width_of, wrapped
from conference.exports.writers.refusing import TooLong, TooWide
from conference.records import Kind

MOST_ROWS = 5_000
PAGE_WIDTH, PAGE_HEIGHT = landscape(A4)
MARGIN = 12 * mm
TOP, BOTTOM = PAGE_HEIGHT - MARGIN, MARGIN + 6 * mm
ROOM = PAGE_WIDTH - 2 * MARGIN
PADDING = 1 * mm
# A column of text is no narrower.
NARROWEST = 10 * mm
# Up to so many columns in this size.
SIZES = ((6, 8), (10, 7), (99, 6))
# What these columns need, in characters; the others share what is left.
FIXED = {Kind.DATE: 11, Kind.TIME: 7, Kind.DURATION: 9, Kind.NUMBER: 8}
TOTAL = "pages"


def write_pdf(extract: Extract, delimiter: str = "") -> IO[bytes]:
    """The file, open at its start; whoever takes it closes it. Raises ExportRefused."""
    extract = extract.on_paper()
    with translation.override(settings.CONTENT_LANGUAGE), snapshot():
        keys = extract.keys()
        if len(keys) > MOST_ROWS:
            raise TooLong(len(keys), MOST_ROWS)
        columns = _widths(extract)
        target = tempfile.TemporaryFile()  # noqa: SIM115 (handed to the caller, who closes it)
        sheet = _Sheet(target, extract, columns)
        sheet.write_title(extract.notes(len(keys)))
        sheet.write_head()
        values = [(column.value, column.kind) for column in extract.columns]
        for _number, record in sheets.counted(extract, keys):
            sheet.write_row([(words(value(record)), kind) for value, kind in values])
        sheet.close()
    target.seek(0)
    return target


def _widths(extract: Extract) -> list[float]:
    """In points. Numbers and times get what they need, text shares the rest by its kind."""
    kinds = [column.kind for column in extract.columns]
    widths = {place: 2 * PADDING + FIXED[kind] * _size(len(kinds)) * 0.55 for place, kind in _places(kinds, FIXED)}
    shares = {place: sheets.WIDTHS[kind] for place, kind in _places(kinds, sheets.WIDTHS) if place not in widths}
    while shares:
        unit = (ROOM - sum(widths.values())) / sum(shares.values())
        narrow = {place: NARROWEST for place, share in shares.items() if share * unit < NARROWEST}
        if not narrow:
            widths |= {place: share * unit for place, share in shares.items()}
            break
        widths |= narrow
        shares = {place: share for place, share in shares.items() if place not in narrow}
    if sum(widths.values()) > ROOM + 1:
        raise TooWide(len(kinds))
    return [widths[place] for place in range(len(kinds))]


def _places(kinds: list[Kind], among: dict) -> list[tuple[int, Kind]]:
    return [(place, kind) for place, kind in enumerate(kinds) if kind in among]


def _size(columns: int) -> int:
    return next(size for most, size in SIZES if columns <= most)


class _Sheet:
    """Pages filled from the top; `y` is how far down they are."""

    def __init__(self, target, extract: Extract, widths: list[float]):
        self.title = printable(str(extract.dataset.title))
        self.canvas = Canvas(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), lang="de-DE", initialFontName=PLAIN)
        self.canvas.setTitle(f"{extract.dataset.title} – {settings.SITE_NAME}")
        self.canvas.setSubject(str(extract.dataset.title))
        self.canvas.setAuthor(settings.SITE_NAME)
        self.canvas.setCreator(settings.SITE_NAME)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self.widths = widths
        self.size = _size(len(widths))
        self.leading = self.size * 1.25
        self.lefts = [MARGIN + sum(widths[:place]) for place in range(len(widths))]
        self.heads = [
            wrapped(header, width - 2 * PADDING, BOLD, self.size)
            for header, width in zip(extract.headers(), widths, strict=True)
        ]
        self.page, self.y = 1, TOP

    def write_title(self, notes: list[tuple[str, str]]):
        """What this is, where it comes from, when, and what narrowed it."""
        self.y -= 16
        self._text(MARGIN, self.title, BOLD, 16)
        self.y -= 6
        for label, said in notes[1:]:
            for line in wrapped(f"{label}: {said}", ROOM, PLAIN, 9):
                self.y -= 12
                self._text(MARGIN, line, PLAIN, 9)
        self.y -= 8

    def write_head(self):
        height = max(map(len, self.heads)) * self.leading + 2 * PADDING
        self.canvas.setFillGray(0.9)
        self.canvas.rect(MARGIN, self.y - height, ROOM, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        self._lines(self.heads, BOLD)
        self._rule(height)

    def write_row(self, cells: list[tuple[str, Kind]]):
        columns = [
            wrapped(text, width - 2 * PADDING, PLAIN, self.size)
            for (text, _kind), width in zip(cells, self.widths, strict=True)
        ]
        most = max(map(len, columns))
        if self._lines_left() < most <= self._lines_of_a_page():
            self._turn()
        for place, (text, kind) in enumerate(cells):
            if sheets.is_link(text, kind):
                self._link(text, place, len(columns[place]))
        # A row longer than a page goes on overleaf.
        while (room := self._lines_left()) < most:
            self._lines([column[:room] for column in columns], PLAIN)
            columns = [column[room:] for column in columns]
            most -= room
            self._turn()
        self._lines(columns, PLAIN)
        self._rule(most * self.leading + 2 * PADDING)

    def close(self):
        self._foot()
        self.canvas.beginForm(TOTAL)
        self.canvas.setFont(PLAIN, 8)
        self.canvas.drawString(0, 0, str(self.page))
        self.canvas.endForm()
        self.canvas.showPage()
        self.canvas.save()

    def _lines_left(self) -> int:
        return max(0, int((self.y - BOTTOM - 2 * PADDING) / self.leading))

    def _lines_of_a_page(self) -> int:
        head = max(map(len, self.heads)) * self.leading + 2 * PADDING
        return int((TOP - head - BOTTOM - 2 * PADDING) / self.leading)

    def _turn(self):
        self._foot()
        self.canvas.showPage()
        self.page, self.y = self.page + 1, TOP
        self.write_head()

    def _foot(self):
        """The number of all pages is drawn where it is known: once, at the end."""
        self.y = MARGIN
        self._text(MARGIN, printable(f"{self.title} · {settings.SITE_NAME}"), PLAIN, 8)
        number = _("Seite %(page)s von") % {"page": self.page}
        right = PAGE_WIDTH - MARGIN - width_of("0000", PLAIN, 8)
        self._text(right - width_of(f"{number} ", PLAIN, 8), number, PLAIN, 8)
        self.canvas.saveState()
        self.canvas.translate(right, self.y)
        self.canvas.doForm(TOTAL)
        self.canvas.restoreState()

    def _lines(self, columns: list[list[str]], font: str):
        for left, lines in zip(self.lefts, columns, strict=True):
            if any(lines):
                text = self.canvas.beginText(left + PADDING, self.y - PADDING - self.size)
                text.setFont(font, self.size, self.leading)
                for line in lines:
                    text.textLine(line)
                self.canvas.drawText(text)

    def _link(self, address: str, place: int, lines: int):
        left, lowest = self.lefts[place], max(self.y - lines * self.leading - PADDING, BOTTOM)
        # A PDF takes addresses in ASCII alone.
        self.canvas.linkURL(iri_to_uri(address), (left, lowest, left + self.widths[place], self.y), relative=0)

    def _text(self, x: float, text: str, font: str, size: float):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text)

    def _rule(self, height: float):
        """The line below what is `height` high."""
        self.y -= height
        self.canvas.setLineWidth(0.25)
        self.canvas.line(MARGIN, self.y, MARGIN + ROOM, self.y)
