import io
import zipfile

import pytest

from conference.tables import TableRefused, read_book
from tests.conference.tables_made import ods, packed, xlsx

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def _refusal(content: bytes, name: str) -> str:
    with pytest.raises(TableRefused) as caught:
        read_book(io.BytesIO(content), name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (
            OLD,
            "x.xls",
            "Das ist eine Datei eines alten Office-Programms (XLS). Bitte speichern Sie sie als XLSX oder ODS.",
        ),
        (
            OLD + "EncryptedPackage".encode("utf-16-le"),
            "x.xlsx",
            "Die Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort.",
        ),
        (b"%PDF-1.7\n", "x.csv", "Das ist keine Tabelle. Gelesen werden CSV, XLSX, ODS und JSON."),
        (
            b"<html><table><tr><td>1</td></tr></table></html>",
            "x.xls",
            "Das ist eine XML- oder HTML-Datei. Bitte speichern Sie sie als XLSX, ODS oder CSV.",
        ),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>',
            "x.xml",
            "Das ist eine XML- oder HTML-Datei. Bitte speichern Sie sie als XLSX, ODS oder CSV.",
        ),
        (packed({"a/b.json": "{}"}), "x.zip", "Das ist ein ZIP-Archiv, aber keine Tabelle (XLSX oder ODS)."),
        (
            packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}),
            "x.docx",
            "Das ist ein Dokument, aber keine Tabelle (XLSX oder ODS).",
        ),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "x.odt",
            "Das ist ein Dokument, aber keine Tabelle (XLSX oder ODS).",
        ),
        (
            packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}),
            "x.xlsb",
            "Das ist keine XLSX-Datei: Ihr fehlt die Arbeitsmappe.",
        ),
        (b"PK\x03\x04 and no more", "x.xlsx", "Das Archiv ist beschädigt oder unvollständig."),
        (b"", "x.xlsx", "Die Datei ist leer."),
        (b"x" * 20_000_001, "x.csv", "Die Datei ist größer als 20 MB."),
    ],
)
def test_what_is_no_table_is_told_what_it_is(content, name, told):
    assert _refusal(content, name) == told


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_truncated_spreadsheet_is_refused(make, cut):
    content = make("<row><c><v>1</v></c></row>")
    assert _refusal(content[: int(len(content) * cut)], "x") == "Das Archiv ist beschädigt oder unvollständig."


@pytest.mark.parametrize("position", range(0, 1_200, 40))
def test_a_flipped_byte_ends_in_a_sentence_or_in_a_table(position):
    rows = "".join(f"<row><c><v>{number}</v></c><c t='inlineStr'><is><t>x</t></is></c></row>" for number in range(200))
    content = bytearray(xlsx(rows))
    content[position % len(content)] ^= 0x55
    try:
        assert read_book(io.BytesIO(content), "x.xlsx").sheets
    except TableRefused as refused:
        assert refused.sentence


def test_a_locked_entry_is_told():
    content = bytearray(xlsx("<row/>"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
    content[first.header_offset + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert _refusal(bytes(content), "x.xlsx").startswith("[Content_Types].xml: Der Eintrag ist mit einem Passwort")
