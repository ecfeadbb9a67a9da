import datetime
import decimal
import re

import pytest
from reportlab.pdfgen.textobject import PDFTextObject

from conference.exports import FORMATS
from conference.exports.words import words
from conference.exports.writers import ExportRefused, pdf
from conference.exports.writers.pdf_text import BOLD, PLAIN, printable, width_of, wrapped
from conference.records import Column, Kind
from tests.conference.awkward import Listing, listing

pytestmark = pytest.mark.django_db
TEXT = Column("text", "Text", Kind.LONG)


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """Every piece of text that is put on paper, in order."""
    pieces, put = [], PDFTextObject.textLine

    def noting(self, text=""):
        pieces.append(text)
        return put(self, text)

    monkeypatch.setattr(PDFTextObject, "textLine", noting)
    return pieces


def written(extract) -> bytes:
    with FORMATS["pdf"].write(extract, "") as file:
        return file.read()


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", data))


def texts(*values) -> Listing:
    return Listing((TEXT,), [{"text": value} for value in values])


def test_a_pdf_is_german_titled_across_and_carries_its_font():
    data = written(listing(["x"]))
    assert data.startswith(b"%PDF-")
    assert b"/Lang (de-DE)" in data
    assert b"/DisplayDocTitle true" in data
    assert b"/Title (\\376\\377\\000P\\000r" in data or b"/Title (Programm" in data
    assert b"/MediaBox [ 0 0 841.8898 595.2756 ]" in data
    assert data.count(b"/FontFile2") == 2
    assert b"Helvetica" not in data
    assert b"/URI (http://example.org/a?b=1&c=2)" in data


def test_a_link_with_umlauts_leads_there():
    data = written(Listing((Column("url", "Adresse", Kind.ADDRESS),), [{"url": "https://müller.de/Größe?a=1&b=🙂#x"}]))
    assert b"/URI (https://m%C3%BCller.de/Gr%C3%B6%C3%9Fe?a=1&b=%F0%9F%99%82#x)" in data


def test_every_page_has_the_head_and_its_number(drawn):
    data = written(texts(*(f"Beitrag {number}" for number in range(120))))
    count = pages(data)
    assert count > 2
    assert drawn.count("Text") == count
    assert [piece for piece in drawn if piece.startswith("Seite")] == [f"Seite {n + 1} von" for n in range(count)]
    assert drawn[-1] == str(count)
    assert [piece for piece in drawn if piece.startswith("Beitrag")] == [f"Beitrag {number}" for number in range(120)]


def test_the_first_page_says_what_this_is_and_from_when(drawn):
    written(texts("x"))
    assert drawn[:3] == ["Programm", "Abgerufen: 22. November 2026, 12:00 Uhr", "Zeilen: 1"]


def test_a_row_longer_than_a_page_goes_on_overleaf(drawn):
    lines = [f"Zeile {number}" for number in range(150)]
    data = written(texts("davor", "\n".join(lines), "danach"))
    assert pages(data) >= 3
    kept = [piece for piece in drawn if piece in {*lines, "davor", "danach"}]
    assert kept == ["davor", *lines, "danach"]


def test_a_pdf_without_rows_is_a_page_with_its_head(drawn):
    assert pages(written(texts())) == 1
    assert "Text" in drawn


def test_what_is_too_long_is_refused_with_a_sentence():
    rows = [{"text": "x"}] * (pdf.MOST_ROWS + 1)
    with pytest.raises(ExportRefused, match=r"^Ein PDF fasst höchstens 5\.000 Zeilen, diese Liste hat 5\.001\. Bitte"):
        written(Listing((TEXT,), rows))


def test_what_is_too_wide_is_refused_with_a_sentence():
    columns = tuple(Column("text", f"Spalte {number}") for number in range(40))
    with pytest.raises(ExportRefused, match=r"^40 Spalten passen nicht auf eine Seite\. Bitte"):
        written(Listing(columns, []))


@pytest.mark.parametrize("count", [1, 5, 12, 21])
def test_the_columns_fill_the_page(count):
    columns = tuple(Column("text", "Text", kind) for kind in [*Kind] * 3)[:count]
    columns = (*columns, TEXT)
    widths = pdf._widths(Listing(columns, []))
    assert sum(widths) == pytest.approx(pdf.ROOM)
    assert min(widths) >= min(pdf.NARROWEST, 6 * pdf.FIXED[Kind.TIME] * 0.55)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź, Ελλάδα, Київ – „ß“ €", "Łódź, Ελλάδα, Київ – „ß“ €"),
        ("🙂 שלום", "□ □□□□"),
        ("A\u0308rger", "Ärger"),
        ("Sil\u00adbe\u200b", "Silbe"),
        ("a\tb\u00a0 c\r\nd", "a b c\nd"),
        ("a\x01b", "a□b"),
    ],
)
def test_signs_the_font_lacks_are_boxes(text, expected):
    assert printable(text) == expected


def test_lines_are_no_wider_than_their_column():
    text = "Donaudampfschifffahrtsgesellschaftskapitän und http://example.org/" + "a" * 80 + " mit Ende"
    for font in (PLAIN, BOLD):
        lines = wrapped(text, 60, font, 8)
        assert max(width_of(line, font, 8) for line in lines) <= 60
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert lines[-1].endswith("Ende")
    assert wrapped("", 60, PLAIN, 8) == [""]


def test_values_are_written_as_german_readers_write_them():
    values = [
        datetime.date(2020, 10, 28),
        datetime.time(9, 30),
        datetime.timedelta(hours=25, seconds=7),
        decimal.Decimal("52.5"),
        12,
        None,
        "x",
    ]
    assert [words(value) for value in values] == ["28.10.2020", "09:30", "25:00:07", "52,5", "12", "", "x"]
