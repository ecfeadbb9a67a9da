"""Spreadsheets made by hand, sound ones and hostile ones, quick to build and small to keep."""

import io
import zipfile
from collections.abc import Callable

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
DTD = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'


def packed(parts: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def xlsx(
    rows: bytes | str = b"", texts: bytes | str | None = None, formats=(), book="", after="", sheets=("Blatt",), **parts
) -> bytes:
    """A workbook whose first sheet has these rows (XML); style 1 is the first of `formats`."""
    rows, texts = (item.encode() if isinstance(item, str) else item for item in (rows, texts))
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_REL}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    names = "".join(f'<sheet name="{name}" r:id="r{number}"/>' for number, name in enumerate(sheets, start=1))
    codes = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n, _code in enumerate(formats))
    made = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_REL}">{book}<sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{relations}'
        f'<Relationship Id="a" Type="{_REL}/styles" Target="/xl/styles.xml"/>'
        f'<Relationship Id="b" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {_MAIN}><numFmts>{codes}</numFmts><cellXfs><xf numFmtId="0"/>{styles}'
        "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>".encode() + (texts or b"") + b"</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet {_MAIN}><dimension ref="A1:B2"/><sheetData>'.encode()
        + rows
        + f"</sheetData>{after}</worksheet>".encode(),
    }
    made |= {name.replace("__", "/"): content for name, content in parts.items()}
    return packed(made)


def ods(body: bytes | str, styles: str = "", name: str = "Blatt", manifest: str = "<manifest/>") -> bytes:
    """A document whose table has these rows (XML)."""
    spaces = "".join(f' xmlns:{key}="{_ODF}:{key}:1.0"' for key in ("office", "table", "text", "style", "drawing"))
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    start = f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    start += f'<office:spreadsheet><table:table table:name="{name}" table:style-name="t1">'
    end = "</table:table></office:spreadsheet></office:body></office:document-content>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": start.encode() + (body.encode() if isinstance(body, str) else body) + end.encode(),
        }
    )


def _row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


_TEXT = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
_CELL = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
_SHARED = b'<row><c t="s"><v>0</v></c></row>'

# What the file is → (how it is made, its name, a piece of what the editor reads).
HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "300,000 rows": (
        lambda: xlsx(_CELL * 300_000),
        "a.xlsx",
        "Blatt „Blatt“, Zeile 20001: Die Tabelle hat mehr als 20.000",
    ),
    "a million columns": (
        lambda: xlsx(b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>"),
        "a.xlsx",
        "Blatt „Blatt“, KO1: Die Tabelle hat mehr als 300 Spalten.",
    ),
    "a column beyond the last": (
        lambda: xlsx('<row><c r="ZZZZ1"><v>1</v></c></row>'),
        "a.xlsx",
        "Blatt „Blatt“, Zeile 1: Die Adresse einer Zelle stimmt nicht („ZZZZ1“).",
    ),
    "millions of empty cells": (
        lambda: xlsx((b"<row>" + b"<c/>" * 1_000 + b"</row>") * 2_000),
        "a.xlsx",
        "mehr als 1.500.000 Elemente",
    ),
    "wide and long": (
        lambda: xlsx((b"<row>" + b"<c><v>1</v></c>" * 200 + b"</row>") * 2_000),
        "a.xlsx",
        "Blatt „Blatt“, Zeile 1501: Die Tabelle hat mehr als 300.000 Zellen.",
    ),
    "one endless text": (
        lambda: xlsx(b'<row><c t="inlineStr"><is><t>' + b"x" * 40_000_000 + b"</t></is></c></row>"),
        "a.xlsx",
        "Blatt „Blatt“, A1: Der Text einer Zelle ist länger als 131.072 Zeichen.",
    ),
    "texts that fill the memory": (
        lambda: xlsx(_SHARED, ("<si><t>" + "x" * 120_000 + "😀</t></si>").encode() * 200),
        "a.xlsx",
        "zusammen länger als 12.000.000 Zeichen",
    ),
    "one text a thousand times": (
        lambda: xlsx(_SHARED * 1_000, b"<si><t>" + b"x" * 100_000 + b"</t></si>"),
        "a.xlsx",
        "Blatt „Blatt“, Zeile 121: Die Texte der Tabelle sind zusammen länger als",
    ),
    "a part that grows": (
        lambda: xlsx(b" " * 61_000_000),
        "a.xlsx",
        "xl/worksheets/sheet1.xml: Die Datei ist größer als 60 MB.",
    ),
    "parts that grow together": (
        lambda: xlsx(_CELL, **{f"xl__media__{number}.bin": b" " * 9_000_000 for number in range(8)}),
        "a.xlsx",
        "Ausgepackt ist das Archiv größer als 60 MB.",
    ),
    "a DTD": (
        lambda: xlsx(_CELL, **{"xl__worksheets__sheet1.xml": b'<?xml version="1.0"?>\n' + DTD + b"<worksheet/>"}),
        "a.xlsx",
        "xl/worksheets/sheet1.xml, Zeile 2: Die Datei enthält eine DTD",
    ),
    "a DTD in the texts": (
        lambda: xlsx(_SHARED, **{"xl__sharedStrings.xml": DTD + b"<sst><si><t>&c;</t></si></sst>"}),
        "a.xlsx",
        "xl/sharedStrings.xml, Zeile 1: Die Datei enthält eine DTD",
    ),
    "elements in elements": (
        lambda: xlsx(b"<row>" * 1_000_000),
        "a.xlsx",
        "Elemente sind tiefer als 100 Ebenen verschachtelt.",
    ),
    "a million names": (
        lambda: xlsx(b"".join(b"<a%d/>" % number for number in range(500_000))),
        "a.xlsx",
        "xl/worksheets/sheet1.xml, Zeile 1: Die Datei benutzt mehr als 5.000 verschiedene Namen",
    ),
    "a million prefixes": (
        lambda: xlsx(b"".join(b'<c xmlns:a%d="x"/>' % number for number in range(300_000))),
        "a.xlsx",
        "xl/worksheets/sheet1.xml, Zeile 1: Die Datei benutzt mehr als 5.000 verschiedene Namen",
    ),
    "a name that leads elsewhere": (
        lambda: xlsx(_CELL, **{"..__x": b"1"}),
        "a.xlsx",
        "../x: Dieser Name führt aus dem",
    ),
    "rows repeated": (
        lambda: ods(_row(_TEXT.format("")).replace("-row>", '-row table:number-rows-repeated="1000000">', 1)),
        "a.ods",
        "Blatt „Blatt“, Zeile 1: Die Tabelle hat mehr als 20.000 Zeilen.",
    ),
    "cells repeated": (
        lambda: ods(_row(_TEXT.format(' table:number-columns-repeated="16384"'))),
        "a.ods",
        "Blatt „Blatt“, A1: Die Tabelle hat mehr als 300 Spalten.",
    ),
    "a billion blanks": (
        lambda: ods(_row('<table:table-cell><text:p><text:s text:c="999999999"/></text:p></table:table-cell>')),
        "a.ods",
        "Blatt „Blatt“, A1: Der Text einer Zelle ist länger als",
    ),
    "a DTD in ODS": (
        lambda: packed(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": DTD + b"<a>&c;</a>"}
        ),
        "a.ods",
        "content.xml, Zeile 1: Die Datei enthält eine DTD",
    ),
    "20 MB of separators": (
        lambda: b";" * 20_000_000,
        "a.csv",
        "Zeile 1: Diese Zeile ist länger als 1.000.000 Zeichen.",
    ),
    "short cells side by side": (
        lambda: b"a\xc3\xa4;" * 330_000,
        "a.csv",
        "Zeile 1: Die Tabelle hat mehr als 300 Spalten.",
    ),
    "20 MB of empty lines": (lambda: b"a;b\n" + b"\n" * 19_000_000, "a.csv", "mehr als 1.048.576 Zeilen"),
    "20 MB of emoji": (
        lambda: ("😀" * 40 + "\n").encode() * 120_000,
        "a.csv",
        "Zeile 20001: Die Tabelle hat mehr als 20.000",
    ),
    "long texts with emoji": (
        lambda: ("x" * 100_000 + "😀\n").encode() * 190,
        "a.csv",
        "Zeile 120: Die Texte der Tabelle sind zusammen länger als 12.000.000 Zeichen.",
    ),
    "an open quotation mark": (
        lambda: b'Titel;Ort\na;b\nc;"d\n' + b"e;f\n" * 1_000_000,
        "a.csv",
        "Zeile 3: In dieser Zeile ist eine Zelle länger als 131.072 Zeichen. Vielleicht fehlt ein Anführungszeichen.",
    ),
    "depth 100,000": (
        lambda: b"\n" + b"[" * 100_000,
        "a.json",
        "Zeile 2: Listen und Objekte sind tiefer als 50 Ebenen",
    ),
    "millions of values": (
        lambda: b"[" + b"{}," * 3_900_000,
        "a.json",
        "Zeile 1: Die Datei hat mehr als 500.000 Werte.",
    ),
}
