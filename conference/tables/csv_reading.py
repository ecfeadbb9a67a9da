"""CSV from strangers: coding and separator are told by the content."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from conference.refusing import at_line, counted
from conference.tables.book import Book, Cell, Row, Sheet, TableRefused
from conference.tables.coding import coding_of
from conference.tables.limits import LARGEST_FILE, LAST_ROW, MOST_WARNINGS, Bounds, too_large, trimmed

SEPARATORS = ";,\t|"
# What is looked at to find the separator, in lines and in characters.
SAMPLE = 50
SAMPLE_LENGTH = 200_000
# The longest line of text: a row of long descriptions.
LONGEST_LINE = 1_000_000


def read_csv(content: bytes) -> Book:
    if len(content) > LARGEST_FILE:
        raise too_large(LARGEST_FILE)
    warnings: list[str] = []
    coding = coding_of(content, warnings)
    told = _told_separator(_lines(content, coding))
    separator = told or _likely_separator(*_sample(_lines(content, coding)))
    rows = _rows(_lines(content, coding), separator, warnings, skipped=len(told))
    return Book("csv", [Sheet("", rows)], separator=separator, warnings=warnings)


def _lines(content: bytes, coding: str) -> Iterator[str]:
    """With their ends, as `csv` wants them."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=coding, newline="")
    for number in itertools.count(1):
        line = text.readline(LONGEST_LINE + 1)
        if not line:
            return
        if len(line) > LONGEST_LINE or "\0" in line:
            raise _odd_line(line, number)
        yield line


def _odd_line(line: str, number: int) -> TableRefused:
    if "\0" in line:
        return TableRefused(_("Hier steht ein Nullzeichen; das gibt es in Texten nicht."), at_line(number))
    sentence = _("Diese Zeile ist länger als %(most)s Zeichen.") % {"most": counted(LONGEST_LINE)}
    return TableRefused(sentence, at_line(number))


def _told_separator(lines: Iterator[str]) -> str:
    """What Excel writes and reads in the first line: "sep=;"."""
    first = next(lines, "").rstrip("\r\n")
    return first[4] if len(first) == 5 and first[:4].lower() == "sep=" and first[4] in SEPARATORS else ""


def _sample(lines: Iterator[str]) -> tuple[list[str], bool]:
    """The first lines, and whether these are all there are."""
    sample, left = [], SAMPLE_LENGTH
    for line in lines:
        if len(sample) == SAMPLE or len(line) > left:
            return [*sample, line[:left]], False
        sample.append(line)
        left -= len(line)
    return sample, True


def _likely_separator(sample: list[str], is_whole: bool) -> str:
    """The one by which the most rows are equally wide; of equals the one that gives more columns.

    Where none gives two columns there is one, and a separator that does not occur leaves it whole.
    """
    fitness = {separator: _fitness(_widths(sample, separator, is_whole)) for separator in SEPARATORS}
    best = max(SEPARATORS, key=fitness.get)
    if fitness[best][1] > 1:
        return best
    return next((separator for separator in SEPARATORS if not any(separator in line for line in sample)), best)


def _fitness(widths: list[int]) -> tuple[float, int]:
    if not widths:
        return 0, 0
    width, count = Counter(widths).most_common(1)[0]
    return (count / len(widths), width) if width > 1 else (0, 0)


def _widths(sample: list[str], separator: str, is_whole: bool) -> list[int]:
    try:
        records = list(csv.reader(sample, delimiter=separator))
    except csv.Error:
        return []
    certain = records if is_whole or len(records) == 1 else records[:-1]
    return [len(record) for record in certain if record]


def _rows(lines: Iterator[str], separator: str, warnings: list[str], skipped: int) -> list[Row]:
    reader = csv.reader(itertools.islice(lines, skipped, None), delimiter=separator, strict=True)
    rows, bounds, widths = [], Bounds(), {}
    for number, record in enumerate(_records(reader, skipped), start=1):
        if number > LAST_ROW:
            raise TableRefused(_("Die Datei hat mehr als %(most)s Zeilen.") % {"most": counted(LAST_ROW)})
        cells: list[Cell] = trimmed([text or None for text in record])
        if not cells:
            continue
        widths[number] = len(record)
        bounds.take(cells, at_line(number))
        rows.append(Row(number, cells))
    warnings += _ragged(widths)
    return rows


def _records(reader, skipped: int) -> Iterator[list[str]]:
    """What `csv` reads; an error names the line in which the row began."""
    while True:
        begun = skipped + reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise TableRefused(_why(str(error)), at_line(begun)) from error
        if record is None:
            return
        yield record


def _why(message: str) -> str:
    if "field larger" in message:
        sentence = _("In dieser Zeile ist eine Zelle länger als %(most)s Zeichen.") % {
            "most": counted(csv.field_size_limit())
        }
        guess = _("Vielleicht fehlt ein Anführungszeichen.")
        return f"{sentence} {guess}"
    if "end of data" in message:
        return _("In dieser Zeile beginnt ein Anführungszeichen, das nicht geschlossen wird.")
    return _("In dieser Zeile steht ein Anführungszeichen falsch: Innerhalb eines Textes muss es doppelt stehen.")


def _ragged(widths: dict[int, int]) -> list[str]:
    if len(set(widths.values())) < 2:
        return []
    width = Counter(widths.values()).most_common(1)[0][0]
    odd = [(number, found) for number, found in widths.items() if found != width]
    sentence = _("Zeile %(number)s: Zellen: %(found)s; die meisten Zeilen haben %(width)s.")
    told = [sentence % {"number": number, "found": found, "width": width} for number, found in odd[:MOST_WARNINGS]]
    if more := len(odd) - len(told):
        told.append(_("Weitere Zeilen, die nicht so lang sind wie die meisten: %(count)s") % {"count": counted(more)})
    return told
