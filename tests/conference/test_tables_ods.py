import datetime as dt
import io

import pytest

from conference.tables import Row, TableRefused, read_book
from tests.conference.tables_made import ods

AT = "Blatt „Blatt“, "


def _read(*arguments, **parts):
    return read_book(io.BytesIO(ods(*arguments, **parts)), "x.ods")


def _refusal(*arguments, **parts) -> str:
    with pytest.raises(TableRefused) as caught:
        _read(*arguments, **parts)
    return str(caught.value)


def _cell(inside: str = "", kind: str = "", **values: str) -> str:
    named = "".join(f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in values.items())
    kind = f' office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell{kind}{named}>{inside}</table:table-cell>"


def _row(*cells: str, **values: str) -> str:
    named = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in values.items())
    return f"<table:table-row{named}>{''.join(cells)}</table:table-row>"


def _values(*cells: str):
    return _read(_row(*cells)).sheets[0].rows[0].cells


def test_every_kind_of_value():
    assert _values(
        _cell("<text:p>Titel</text:p>", "string"),
        _cell("<text:p>1,5</text:p>", "float", office__value="1.5"),
        _cell(kind="float", office__value="12"),
        _cell("<text:p>25 %</text:p>", "percentage", office__value="0.25"),
        _cell(kind="currency", office__value="10", office__currency="EUR"),
        _cell("<text:p>28.10.2020</text:p>", "date", office__date_value="2020-10-28"),
        _cell(kind="date", office__date_value="2020-10-28T10:00:00.5"),
        _cell(kind="time", office__time_value="PT09H30M00S"),
        _cell(kind="time", office__time_value="PT30H00M01.25S"),
        _cell(kind="time", office__time_value="-PT1H"),
        _cell(kind="boolean", office__boolean_value="true"),
        _cell(kind="string", office__string_value="verborgen"),
        _cell("<text:p>ohne Art</text:p>"),
    ) == [
        "Titel",
        1.5,
        12,
        0.25,
        10,
        dt.date(2020, 10, 28),
        dt.datetime(2020, 10, 28, 10, 0, 0, 500_000),
        dt.time(9, 30),
        dt.timedelta(hours=30, seconds=1.25),
        dt.timedelta(hours=-1),
        True,
        "verborgen",
        "ohne Art",
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
        ("<text:p>a<text:line-break/>b<text:tab/>c</text:p>", "a\nb\tc"),
        ('<text:p><text:s text:c="3"/>a <text:s/>b</text:p>', "   a  b"),
        ('<text:p>a<text:s text:c="x"/>b</text:p>', "a b"),
        ("<text:p>a <text:span>b</text:span> <text:a>c</text:a></text:p>", "a b c"),
        ("<text:p>a\n    b</text:p>", "a b"),
        ("<text:p>a</text:p><office:annotation><text:p>nicht</text:p></office:annotation>", "a"),
        ("<text:p>a<office:annotation><text:p>nicht</text:p></office:annotation>b</text:p>", "ab"),
        ("<drawing:frame><text:p>nicht</text:p></drawing:frame><text:p>b</text:p>", "b"),
        ("<text:p>東京<text:ruby-text>トウ</text:ruby-text></text:p>", "東京"),
    ],
)
def test_paragraphs_are_lines_and_what_lies_beside_is_left_out(inside, text):
    assert _values(_cell(inside, "string")) == [text]


def test_what_is_repeated_is_there_as_often():
    a = _cell("<text:p>a</text:p>", "string", table__number_columns_repeated="2")
    gap = _cell(table__number_columns_repeated="3")
    end = _cell(table__number_columns_repeated="16379")
    rows = (
        _row(a, gap, _cell(kind="float", office__value="1"), end)
        + _row(end, number_rows_repeated="4")
        + _row(a, number_rows_repeated="2")
        + _row(end, number_rows_repeated="1048569")
    )
    assert _read(rows).sheets[0].rows == [
        Row(1, ["a", "a", None, None, None, 1]),
        Row(6, ["a", "a"]),
        Row(7, ["a", "a"]),
    ]


def test_rows_repeated_have_cells_of_their_own():
    rows = _read(_row(_cell("<text:p>a</text:p>"), number_rows_repeated="2")).sheets[0].rows
    assert rows[0].cells is not rows[1].cells


def test_covered_cells_keep_their_place_and_merging_is_told():
    merged = _cell("<text:p>a</text:p>", table__number_columns_spanned="2")
    book = _read(_row(merged, "<table:covered-table-cell/>", _cell("<text:p>c</text:p>")))
    assert book.sheets[0].rows[0].cells == ["a", None, "c"]
    assert book.warnings == ["Blatt „Blatt“: Zellen sind verbunden (zuerst A1); ihr Inhalt steht nur in der ersten."]


def test_rows_in_groups_and_headers_count_on():
    first, second = _row(_cell("<text:p>a</text:p>")), _row(_cell("<text:p>b</text:p>"))
    head = f"<table:table-header-rows>{first}</table:table-header-rows>"
    assert [
        row.number for row in _read(f"{head}<table:table-row-group>{second}</table:table-row-group>").sheets[0].rows
    ] == [1, 2]


def test_hidden_sheets_and_rows_are_told():
    hidden = '<style:style style:name="t1"><style:table-properties table:display="false"/></style:style>'
    book = _read(_row(_cell("<text:p>a</text:p>"), visibility="filter", number_rows_repeated="3"), styles=hidden)
    assert book.sheets[0].is_hidden
    assert book.warnings == [
        "Blatt „Blatt“ ist ausgeblendet.",
        "Blatt „Blatt“: Ausgeblendete Zeilen werden mitgelesen (3).",
    ]


def test_a_formula_gives_its_value():
    formula = "of:=[.A1]"
    assert _values(
        _cell("<text:p>2</text:p>", "float", table__formula=formula, office__value="2"),
        _cell("<text:p/>", "string", table__formula=formula, office__string_value=""),
        _cell("<text:p>x</text:p>", "string", table__formula=formula),
    ) == [2, None, "x"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            _cell(table__formula="of:=1+1"),
            f"{AT}A1: Die Formel hat keinen gespeicherten Wert. "
            "Bitte die Datei in der Tabellenkalkulation öffnen und speichern.",
        ),
        (
            _cell("<text:p>#REF!</text:p>", "string", calcext__value_type="error"),
            f"{AT}A1: Die Zelle enthält den Fehler #REF!.",
        ),
        (_cell(kind="float", office__value="viel"), f"{AT}A1: Der Wert dieser Zelle ist beschädigt („viel“)."),
        (_cell(kind="float"), f"{AT}A1: Der Wert dieser Zelle ist beschädigt („“)."),
        (
            _cell(kind="date", office__date_value="2020-13-01"),
            f"{AT}A1: Der Wert dieser Zelle ist beschädigt („2020-13-01“).",
        ),
        (_cell(kind="time", office__time_value="10:00"), f"{AT}A1: Der Wert dieser Zelle ist beschädigt („10:00“)."),
        (_cell(table__number_columns_repeated="-1"), f"{AT}A1: Der Wert dieser Zelle ist beschädigt („-1“)."),
        (_cell(_cell("x")), f"{AT}A1: Eine Zelle steht, wo keine stehen darf."),
        (_cell("<table:table/>"), f"{AT}A1: In einer Zelle steckt eine weitere Tabelle."),
        (
            "<b>",
            "content.xml, Zeile 1: Hier endet ein Element, das nicht begonnen wurde, oder ein begonnenes endet nicht.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(cell, told):
    assert _refusal(_row(cell)) == told


def test_a_password_is_told():
    sentence = "Die Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort."
    assert _refusal(b"\x01\x02", manifest="<manifest><encryption-data/></manifest>") == sentence
