"""How much a table may be. Whatever is beyond is refused in a sentence that names the limit."""

from django.utils.translation import gettext as _

from conference.refusing import counted
from conference.tables.book import Cell, TableRefused

MEGABYTE = 1_000_000
# 20,000 rows with descriptions; five times as much as the largest congress.
LARGEST_FILE = 20 * MEGABYTE
# In memory, a character of JSON takes four bytes as soon as there is one emoji.
LARGEST_JSON = 12 * MEGABYTE
# What the parts of XLSX and ODS may grow to: 300,000 cells with long texts take 40 MB of markup.
LARGEST_UNPACKED = 60 * MEGABYTE
# Each takes time, empty or not.
MOST_ELEMENTS = 1_500_000
MOST_SHEETS = 50
# The preview of an import shows every row, and one person reads it.
MOST_ROWS = 20_000
# The widest listing has 40.
MOST_COLUMNS = 300
# 5,000 contributions with 40 columns have 200,000. Together they take 50 MB of memory.
MOST_CELLS = 300_000
MOST_CHARACTERS = 12_000_000
# What Python's csv takes; four times what Excel does.
LONGEST_CELL = 131_072
# Where spreadsheets end.
LAST_ROW = 1_048_576
# Of one kind; more say nothing new.
MOST_WARNINGS = 10


class Bounds:
    """Counts what has been read of one file."""

    def __init__(self):
        self._rows = self._cells = self._characters = 0

    def take(self, cells: list[Cell], place: str, times: int = 1):
        """`times` rows of these cells have been read at `place`. Raises TableRefused."""
        self._rows += times
        self._cells += times * len(cells)
        self._characters += times * sum(len(cell) for cell in cells if cell.__class__ is str)
        if self._rows > MOST_ROWS:
            raise TableRefused(_("Die Tabelle hat mehr als %(most)s Zeilen.") % {"most": counted(MOST_ROWS)}, place)
        if len(cells) > MOST_COLUMNS:
            raise too_wide(place)
        if self._cells > MOST_CELLS:
            raise TableRefused(_("Die Tabelle hat mehr als %(most)s Zellen.") % {"most": counted(MOST_CELLS)}, place)
        if self._characters > MOST_CHARACTERS:
            raise too_much_text(place)


def too_wide(place: str) -> TableRefused:
    return TableRefused(_("Die Tabelle hat mehr als %(most)s Spalten.") % {"most": MOST_COLUMNS}, place)


def too_long(place: str) -> TableRefused:
    sentence = _("Der Text einer Zelle ist länger als %(most)s Zeichen.") % {"most": counted(LONGEST_CELL)}
    return TableRefused(sentence, place)


def too_much_text(place: str) -> TableRefused:
    sentence = _("Die Texte der Tabelle sind zusammen länger als %(most)s Zeichen.") % {
        "most": counted(MOST_CHARACTERS)
    }
    return TableRefused(sentence, place)


def too_large(most: int) -> TableRefused:
    return TableRefused(_("Die Datei ist größer als %(most)s MB.") % {"most": most // MEGABYTE})


def trimmed(cells: list[Cell]) -> list[Cell]:
    """Without the empty cells at the end; the same list."""
    while cells and cells[-1] is None:
        cells.pop()
    return cells
