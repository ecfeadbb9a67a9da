import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from conference.tables import Row, TableRefused, read_book
from conference.tables.moments import kind_of
from tests.conference.tables_made import xlsx

AT = "Blatt „Blatt“, "


def _read(content: bytes, name: str = "x.xlsx"):
    return read_book(io.BytesIO(content), name)


def _rows(*arguments, **parts) -> list[Row]:
    return _read(xlsx(*arguments, **parts)).sheets[0].rows


def _refusal(*arguments, **parts) -> str:
    with pytest.raises(TableRefused) as caught:
        _read(xlsx(*arguments, **parts))
    return str(caught.value)


def _written(write) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        write(book, book.add_worksheet("Programm"))
    return target.getvalue()


def test_a_workbook_of_openpyxl_is_read_as_it_was_written():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Über uns"
    sheet.append(["Titel", "Tag", "Zeit", "Dauer", "Zahl", "Ja"])
    sheet.append(["007", dt.date(2020, 10, 28), dt.time(9, 30), dt.timedelta(hours=30, seconds=1), 1.5, True])
    sheet["A5"], sheet["C5"] = "spät", dt.datetime(2020, 3, 1, 23, 59, 59)
    book.create_sheet("Geheim")["B2"] = 7
    book["Geheim"].sheet_state = "veryHidden"
    target = io.BytesIO()
    book.save(target)
    found = _read(target.getvalue())
    assert [(sheet.title, sheet.is_hidden) for sheet in found.sheets] == [("Über uns", False), ("Geheim", True)]
    assert found.sheets[0].rows[1:] == [
        Row(2, ["007", dt.datetime(2020, 10, 28).date(), dt.time(9, 30), dt.timedelta(hours=30, seconds=1), 1.5, True]),
        Row(5, ["spät", None, dt.datetime(2020, 3, 1, 23, 59, 59)]),
    ]
    assert (found.sheets[1].rows, found.warnings) == ([Row(2, [None, 7])], ["Blatt „Geheim“ ist ausgeblendet."])


def test_both_ways_to_count_days():
    cells = '<row><c s="1"><v>59</v></c><c s="1"><v>61</v></c><c s="1"><v>44132.5</v></c></row>'
    assert _rows(cells, formats=["dd.mm.yyyy"])[0].cells == [
        dt.date(1900, 2, 28),
        dt.date(1900, 3, 1),
        dt.datetime(2020, 10, 28, 12),
    ]
    book = '<workbookPr date1904="1"/>'
    assert _rows(cells, formats=["d/m/yy"], book=book)[0].cells[0] == dt.date(1904, 2, 29)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", ""),
        ("0.00", ""),
        ('0 "Stunden"', ""),
        ("[Red]0.0;[Blue]-0", ""),
        ("#,##0.00\\ [$€-407]", ""),
        ("@", ""),
        ("0%", ""),
        ("0.00E+00", ""),
        ("dd.mm.yyyy", "date"),
        ("mmm yy", "date"),
        ("mmmm", "date"),
        ("[$-407]d. mmmm yyyy;@", "date"),
        ("hh:mm", "time"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("yyyy-mm-dd hh:mm:ss", "datetime"),
        ("[h]:mm:ss", "duration"),
        ("[mm]:ss", "duration"),
    ],
)
def test_a_format_tells_what_a_number_means(code, kind):
    assert kind_of(code) == kind


def test_times_durations_and_moments():
    cells = [(1, 0.4375), (2, 1.03125), (2, -0.5), (1, 44132.4375)]
    row = "".join(f'<c s="{style}"><v>{days}</v></c>' for style, days in cells)
    assert _rows(f"<row>{row}</row>", formats=["h:mm", "[h]:mm"])[0].cells == [
        dt.time(10, 30),
        dt.timedelta(hours=24, minutes=45),
        dt.timedelta(hours=-12),
        dt.datetime(2020, 10, 28, 10, 30),
    ]


def test_texts_rich_inline_phonetic_and_escaped():
    texts = (
        "<si><r><t>fett </t></r><r><rPr><b/></rPr><t>und mehr</t></r></si>"
        "<si><t>東京</t><rPh><t>トウキョウ</t></rPh></si>"
        '<si><t xml:space="preserve"> a_x000D_\nb_x005F_x000D_ </t></si>'
        "<si><t>_xD83D__xDE00__x0000_</t></si><si><t/></si>"
    )
    shared = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(5))
    inline = '<c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r><rPh><t>z</t></rPh></is></c><c t="str"><v>s</v></c>'
    assert _rows(f"<row>{shared}{inline}</row>", texts)[0].cells == [
        "fett und mehr",
        "東京",
        " a\r\nb_x000D_ ",
        "😀",
        None,
        "xy",
        "s",
    ]


def test_numbers_booleans_and_days_of_other_programs():
    cells = (
        "<c><v>12</v></c><c><v>-1.5E3</v></c><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='d'><v>2020-10-28</v></c>"
    )
    assert _rows(f"<row>{cells}</row>")[0].cells == [12, -1500.0, True, False, dt.date(2020, 10, 28)]


def test_days_and_times_have_no_zone_whatever_a_program_wrote():
    days = ("2020-10-28T10:00:00Z", "2020-10-28T10:00:00.000+01:00", "09:30:00Z")
    cells = "".join(f"<c t='d'><v>{day}</v></c>" for day in days)
    at = dt.datetime(2020, 10, 28, 10)
    assert _rows(f"<row>{cells}</row>")[0].cells == [at, at, dt.time(9, 30)]


def test_gaps_are_filled_and_ends_are_cut():
    rows = '<row r="3"><c r="B3"><v>1</v></c><c r="D3" s="1"/></row><row r="4"><c r="A4"/></row>'
    assert _rows(f'{rows}<row r="1048576"><c><v>2</v></c></row>') == [Row(3, [None, 1]), Row(1_048_576, [2])]


def test_a_formula_gives_its_value():
    cells = '<c><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c><c t="str"><f>A1</f><v>x</v></c>'
    assert _rows(f"<row>{cells}</row>")[0].cells == [2, None, "x"]


@pytest.mark.parametrize(
    "cell", ['<c r="C5"><f>SUM(A1)</f></c>', '<c r="C5"><f>A1</f><v></v></c>', '<c r="C5" t="str"><f/></c>']
)
def test_a_formula_without_value_is_refused_with_its_address(cell):
    assert _refusal(f'<row r="5">{cell}</row>') == (
        f"{AT}C5: Die Formel hat keinen gespeicherten Wert. "
        "Bitte die Datei in der Tabellenkalkulation öffnen und speichern."
    )


def test_a_formula_of_openpyxl_is_refused_with_its_address():
    book = openpyxl.Workbook()
    book.active.append(["a", "=1+1"])
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(TableRefused, match=r"^Blatt „Sheet“, B1: Die Formel hat keinen gespeicherten Wert"):
        _read(target.getvalue())


def test_values_nobody_has_calculated_are_warned_of():
    found = _read(_written(lambda _book, sheet: sheet.write_formula("B2", "=1+1")))
    assert found.sheets[0].rows == [Row(2, [None, 0])]
    assert found.warnings[0].startswith("Blatt „Programm“: Ob die Werte der Formeln stimmen (zuerst B2), ist ungewiss.")


def test_hidden_rows_and_merged_cells_are_told():
    def write(_book, sheet):
        sheet.merge_range("A1:C1", "Programm")
        sheet.write("A2", "x")
        sheet.set_row(1, None, None, {"hidden": True})

    assert _read(_written(write)).warnings == [
        "Blatt „Programm“: Ausgeblendete Zeilen werden mitgelesen (1).",
        "Blatt „Programm“: Zellen sind verbunden (zuerst A1:C1); ihr Inhalt steht nur in der ersten.",
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('<row r="2"><c r="AB2" t="e"><v>#REF!</v></c></row>', f"{AT}AB2: Die Zelle enthält den Fehler #REF!."),
        ('<row><c t="s"><v>9</v></c></row>', f"{AT}A1: Der Wert dieser Zelle ist beschädigt („9“)."),
        ('<row><c t="s"><v>-1</v></c></row>', f"{AT}A1: Der Wert dieser Zelle ist beschädigt („-1“)."),
        ("<row><c><v>1_000</v></c></row>", f"{AT}A1: Der Wert dieser Zelle ist beschädigt („1_000“)."),
        ("<row><c><v>1e999</v></c></row>", f"{AT}A1: Der Wert dieser Zelle ist beschädigt („1e999“)."),
        ('<row><c t="d"><v>gestern</v></c></row>', f"{AT}A1: Der Wert dieser Zelle ist beschädigt („gestern“)."),
        (
            '<row><c s="1"><v>99999999</v></c></row>',
            f"{AT}A1: Die Zahl 99999999 ist kein Datum, sieht aber nach ihrem Format wie eines aus.",
        ),
        (
            '<row><c s="1"><v>-3</v></c></row>',
            f"{AT}A1: Die Zahl -3 ist kein Datum, sieht aber nach ihrem Format wie eines aus.",
        ),
        ('<row r="2"/><row r="2"/>', "Blatt „Blatt“: Die Nummern der Zeilen stimmen nicht (hinter Zeile 2)."),
        ('<row r="9999999"/>', "Blatt „Blatt“: Die Nummern der Zeilen stimmen nicht (hinter Zeile 0)."),
        (
            '<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
            f"{AT}A1: Die Zellen dieser Zeile stehen nicht in ihrer Reihenfolge.",
        ),
        ('<row><c r="XFD1"><v>1</v></c></row>', f"{AT}XFD1: Die Tabelle hat mehr als 300 Spalten."),
        ("", "Die Datei enthält keine Zeile mit Inhalt."),
        ("<row>", "xl/worksheets/sheet1.xml, Zeile 1: "),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(rows, told):
    assert _refusal(rows, formats=["dd.mm.yyyy"]).startswith(told)


def test_parts_that_are_missing_are_told():
    assert _refusal("", sheets=("Blatt", "Fehlt")) == "Blatt „Fehlt“: Das Blatt fehlt in der Datei."
    assert _refusal("", sheets=[f"B{number}" for number in range(51)]) == "Die Datei hat mehr als 50 Blätter."


def test_what_this_program_exports_it_reads():
    """The same words, whatever they are: formulas, quotes, blanks, control characters."""
    words = ["=1+1", "'x", ' "a" ', "a\r\nb", "\x01\x1f", "_x000D_", "😀", "שלום", "007", "1-2", "x" * 32_767]

    def write(_book, sheet):
        for row, word in enumerate(words):
            sheet.write_string(row, 0, word)

    assert [row.cells for row in _read(_written(write)).sheets[0].rows] == [[word] for word in words]


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=20))
def test_any_text_comes_back(words):
    def write(_book, sheet):
        for row, word in enumerate(words):
            sheet.write_string(row, 0, word)

    assert [row.cells for row in _read(_written(write)).sheets[0].rows] == [[word] for word in words]


def test_a_file_on_disk_and_an_upload_are_read_too(tmp_path):
    content = xlsx("<row><c><v>1</v></c></row>")
    path = tmp_path / "kept"
    path.write_bytes(content)
    upload = SimpleUploadedFile("x.xlsx", content)
    assert read_book(path, "x.xlsx").sheets[0].rows == [Row(1, [1])]
    assert read_book(upload, upload.name).sheets[0].rows == [Row(1, [1])]
    assert not upload.closed
