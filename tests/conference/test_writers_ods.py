import datetime
import io
import zipfile
from xml.etree import ElementTree

import pytest

from conference.exports import FORMATS
from conference.records import Column, Kind
from tests.conference.awkward import AWKWARD, Listing, listing

pytestmark = pytest.mark.django_db
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def name(short: str) -> str:
    prefix, tag = short.split(":")
    return f"{{{OASIS}:{prefix}:1.0}}{tag}"


def written(extract) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(FORMATS["ods"].write(extract, "").read()))


def part(archive, path) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(path))


def said(cell) -> str:
    """As the standard reads it, a paragraph a line; a tab is kept as LibreOffice keeps it."""
    lines = []
    for paragraph in cell.iter(name("text:p")):
        pieces = [paragraph.text or ""]
        for child in paragraph:
            blanks = " " * int(child.get(name("text:c"), 0))
            pieces += [blanks, child.text or "", child.tail or ""]
        lines.append("".join(pieces))
    return "\n".join(lines)


def rows(archive, sheet=0) -> list[list]:
    table = part(archive, "content.xml").findall(f".//{name('table:table')}")[sheet]
    return [row.findall(name("table:table-cell")) for row in table.iter(name("table:table-row"))]


def test_an_ods_tells_what_it_is_from_the_first_bytes():
    archive = written(listing())
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype").decode() == FORMATS["ods"].content_type
    entries = part(archive, "META-INF/manifest.xml").iter(f"{{{OASIS}:manifest:1.0}}file-entry")
    paths = {entry.get(f"{{{OASIS}:manifest:1.0}}full-path") for entry in entries}
    assert paths == {"/", *archive.namelist()} - {"mimetype", "META-INF/manifest.xml"}
    assert archive.testzip() is None


def test_text_in_an_ods_stays_the_text_it_is():
    found = rows(written(listing()))[1:]
    assert [[said(cell) for cell in row[:2]] for row in found] == [[value, value] for value in AWKWARD]
    assert {cell.get(name("office:value-type")) for row in found for cell in row[:3]} == {"string"}


def test_an_ods_has_real_dates_times_durations_and_numbers():
    cells = rows(written(listing(["x"])))[1][3:]
    told = [(cell.get(name("office:value-type")), cell.get(name("table:style-name"))) for cell in cells]
    values = [
        cell.get(name(f"office:{kind}"))
        for cell, kind in zip(cells, ("date-value", "time-value", "time-value", "value"), strict=True)
    ]
    assert told == [("date", "date"), ("time", "time"), ("time", "duration"), ("float", None)]
    assert values == ["2020-10-28", "PT09H30M00S", "PT25H03M07S", "1.50"]


def test_an_ods_holds_what_xml_cannot_and_what_is_too_old():
    columns = (Column("text", "Text"), Column("date", "Datum", Kind.DATE))
    old, none = datetime.date(1899, 5, 1), None
    extract = Listing(columns, [{"text": "a\x01b\x0bc\ufffe\ud800", "date": old}, {"text": "x\r\ny", "date": none}])
    found = rows(written(extract))[1:]
    assert [[said(cell) for cell in row] for row in found] == [
        ["a\ufffdb\ufffdc\ufffd\ufffd", "1899-05-01"],
        ["x\ny", ""],
    ]


def test_an_ods_links_addresses_but_no_scripts():
    columns = (Column("address", "Adresse", Kind.ADDRESS),)
    addresses = ["https://example.org/?a=1&b=„2“", "javascript:alert(1)", "/lokal"]
    found = rows(written(Listing(columns, [{"address": address} for address in addresses])))[1:]
    links = [[link.get("{http://www.w3.org/1999/xlink}href") for link in row[0].iter(name("text:a"))] for row in found]
    assert links == [addresses[:1], [], []]
    assert [said(row[0]) for row in found] == addresses


def test_the_head_of_an_ods_stays_and_filters():
    archive = written(listing())
    settings = part(archive, "settings.xml")
    items = {item.get(name("config:name")): item.text for item in settings.iter(name("config:config-item"))}
    assert (items["VerticalSplitMode"], items["VerticalSplitPosition"], items["PositionBottom"]) == ("2", "1", "1")
    (entry,) = [
        each.get(name("config:name"))
        for each in settings.iter(name("config:config-item-map-entry"))
        if each.get(name("config:name"))
    ]
    assert entry == "Programm"
    (found,) = part(archive, "content.xml").iter(name("table:database-range"))
    assert found.get(name("table:target-range-address")) == f"'Programm'.A1:'Programm'.G{len(AWKWARD) + 1}"
    assert found.get(name("table:display-filter-buttons")) == "true"
    widths = [
        each.get(name("style:column-width"))
        for each in part(archive, "content.xml").iter(name("style:table-column-properties"))
    ]
    assert len(widths) == len(set(widths)) >= 5


def test_an_ods_has_a_sheet_of_notes():
    told = {said(row[0]): said(row[1]) for row in rows(written(listing()), sheet=1)}
    assert (told["Liste"], told["Zeilen"]) == ("Programm", str(len(AWKWARD)))
    assert "„…“" in told["Lange Texte"]


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_who_waits_for_a_sheet_is_told_how_far_it_is(file_format):
    extract = Listing((Column("number", "Nr.", Kind.NUMBER),), [{"number": number} for number in range(1200)])
    FORMATS[file_format].write(extract, "").close()
    assert extract.told == [500, 1000]
