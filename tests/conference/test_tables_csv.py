import csv
import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conference.exports import disarm, rearm
from conference.tables import Row, TableRefused, read_book

BREAKS = "Die Datei sagt nicht, in welcher Zeichenkodierung sie gespeichert ist, oder mischt mehrere. "


def _read(content: bytes | str, name: str = "x.csv"):
    return read_book(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def _cells(content: bytes | str):
    return [row.cells for row in _read(content).sheets[0].rows]


def _refusal(content: bytes | str) -> str:
    with pytest.raises(TableRefused) as caught:
        _read(content)
    return str(caught.value)


def test_rows_count_as_in_a_spreadsheet():
    book = _read('Titel;Ort\r\n\r\n"zwei\nZeilen";x;\r\n;;\r\na;;\r\n')
    assert (book.kind, book.separator, book.sheets[0].title) == ("csv", ";", "")
    assert book.sheets[0].rows == [Row(1, ["Titel", "Ort"]), Row(3, ["zwei\nZeilen", "x"]), Row(5, ["a"])]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_told_by_the_content(separator):
    rows = [["Titel", "Wer, was", "Preis"], ["a; b", "c | d", "1,50"], ["e\tf", 'g "h"', "2,50"]]
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows(rows)
    book = _read(target.getvalue())
    assert (book.separator, [row.cells for row in book.sheets[0].rows]) == (separator, rows)


def test_text_that_has_other_separators_does_not_mislead():
    assert _cells("Titel;Text\na;eins, zwei, drei\nb;vier, fünf\n")[1] == ["a", "eins, zwei, drei"]
    assert _cells("Name, Vorname;Ort;Titel\nA, B;C;D\nE;F;G\n")[0] == ["Name, Vorname", "Ort", "Titel"]


def test_a_title_above_the_table_does_not_mislead():
    book = _read("Programm, vorläufig\nTitel;Ort\na;b, c\n")
    assert [row.cells for row in book.sheets[0].rows] == [["Programm, vorläufig"], ["Titel", "Ort"], ["a", "b, c"]]
    assert book.warnings == ["Zeile 1: Zellen: 1; die meisten Zeilen haben 2."]


def test_one_column_needs_no_separator():
    assert _cells("Titel\neins\nzwei; drei\n") == [["Titel"], ["eins"], ["zwei; drei"]]


def test_the_first_line_may_tell_the_separator():
    book = _read("sep=|\r\na;b|c\r\n")
    assert (book.separator, book.sheets[0].rows) == ("|", [Row(1, ["a;b", "c"])])


def test_cells_stay_text_and_formulas_stay_disarmed():
    assert _cells("'=1+1;007;1,5;TRUE;  x ;2020-10-28\n") == [["'=1+1", "007", "1,5", "TRUE", "  x ", "2020-10-28"]]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_coding_that_is_sure_gives_no_warning(coding):
    book = _read("Größe;„x“;😀\na;b;c\n".encode(coding))
    assert (book.sheets[0].rows[0].cells, book.warnings) == (["Größe", "„x“", "😀"], [])


def test_windows_1252_is_read_with_a_warning_that_shows_what_to_look_at():
    book = _read("Titel;Ort\nStraße;„Köln“ – 5 €\n".encode("cp1252"))
    assert book.sheets[0].rows[1].cells == ["Straße", "„Köln“ – 5 €"]
    assert book.warnings == [
        "Die Datei ist nicht in UTF-8 gespeichert; sie wurde als Windows-1252 gelesen. "
        "Bitte prüfen Sie die Umlaute, zum Beispiel „Straße“ in Zeile 2."
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a;b\n\xc3\xa4;\xe4\n", f"Zeile 2: {BREAKS}Bitte speichern Sie sie als „CSV UTF-8“."),
        (b"a;b\nc;d\nM\x81nchen\n", f"Zeile 3: {BREAKS}Bitte speichern Sie sie als „CSV UTF-8“."),
        (b"\xef\xbb\xbfa\n\xe4\n", f"Zeile 2: {BREAKS}Bitte speichern Sie sie als „CSV UTF-8“."),
        (
            "a;b\nä;c\n".encode("utf-16-le"),
            "Zeile 1: Die Datei enthält Nullbytes und ist kein gewöhnlicher Text. Bitte speichern Sie als „CSV UTF-8“.",
        ),
        (
            b"a;b\nc;\0\n",
            "Zeile 2: Die Datei enthält Nullbytes und ist kein gewöhnlicher Text. Bitte speichern Sie als „CSV UTF-8“.",
        ),
        ("a\n\0".encode("utf-16"), "Zeile 2: Hier steht ein Nullzeichen; das gibt es in Texten nicht."),
        ("a;b\nc".encode("utf-16")[:-1], "Zeile 2: Hier stimmt die Zeichenkodierung nicht (UTF-16)."),
        ("ab".encode("utf-32"), "Die Datei ist in UTF-32 gespeichert. Bitte speichern Sie sie als „CSV UTF-8“."),
        (b"", "Die Datei ist leer."),
        (b" \r\n\r\n", "Die Datei ist leer."),
        (b"\xef\xbb\xbf;;\n;;\n", "Die Datei enthält keine Zeile mit Inhalt."),
    ],
)
def test_what_is_no_text_is_refused_with_the_line(content, told):
    assert _refusal(content) == told


def test_a_broken_character_at_the_edge_of_a_piece_is_found():
    assert _refusal(b"\xef\xbb\xbf" + b"x" * 999_996 + b"\xc3" + b"x\n").startswith("Zeile 1: Die Datei sagt nicht")
    assert _cells(b"a;b\n" * 3 + b"x" * 100_000 + b"\xc3\xa4")[3][0].endswith("ä")


@pytest.mark.parametrize("told", ["", "sep=;\n"])
def test_a_quotation_mark_that_is_not_closed_names_the_line_it_began_in(told):
    line = 4 if not told else 5
    sentence = "In dieser Zeile beginnt ein Anführungszeichen, das nicht geschlossen wird."
    assert _refusal(told + 'a;"b\nc"\nd;e\nf;"g\nh;i\n') == f"Zeile {line}: {sentence}"


def test_a_single_quotation_mark_inside_a_text_names_the_line():
    sentence = "In dieser Zeile steht ein Anführungszeichen falsch: Innerhalb eines Textes muss es doppelt stehen."
    assert _refusal('a;b\n"Der "Titel" hier";c\n') == f"Zeile 2: {sentence}"


def test_rows_of_other_length_are_told():
    assert _read("a;b;c\n1;2\n1;2;3\n1;2;3;4\n").warnings == [
        "Zeile 2: Zellen: 2; die meisten Zeilen haben 3.",
        "Zeile 4: Zellen: 4; die meisten Zeilen haben 3.",
    ]
    many = _read("a;b\n" * 40 + "1\n" * 30).warnings
    assert (len(many), many[-1]) == (11, "Weitere Zeilen, die nicht so lang sind wie die meisten: 20")


def test_a_name_that_contradicts_the_content_is_a_warning():
    assert _read("a;b\n", "liste.xlsx").warnings == ["Die Datei heißt „liste.xlsx“, ist ihrem Inhalt nach aber CSV."]


def test_the_limit_of_a_cell_is_the_one_of_csv():
    assert len(_cells(f"{'x' * 131_072};b\n")[0][0]) == 131_072
    assert _refusal(f"a;b\n{'x' * 131_073};c\n").startswith(
        "Zeile 2: In dieser Zeile ist eine Zelle länger als 131.072"
    )


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "'s", '"', '"a";b', "a\r\nb", "\n", "😀", "שלום", "007", "1-2", " x ", "sep=;", "\u2028", "\x85", "\x1c"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from([";", ","]))
def test_what_csv_writes_comes_back(rows, separator):
    width = max(map(len, rows))
    rows = [["Kopf"] * width, *([*row, *[""] * (width - len(row))] for row in rows)]
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows([[disarm(cell) for cell in row] for row in rows])
    book = _read(("\ufeff" + target.getvalue()).encode())
    back = {row.number: [rearm(cell) if cell else "" for cell in row.cells] for row in book.sheets[0].rows}
    padded = [[*back.get(number, []), *itertools.repeat("", width)][:width] for number in range(1, len(rows) + 1)]
    assert (book.separator, padded, book.warnings) == (separator, rows, [])
