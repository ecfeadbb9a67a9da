import datetime
import errno
import io
import tempfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.escape import unescape

from conference.exports import FORMATS
from conference.exports.writers import LONGEST
from conference.records import Column, Kind
from tests.conference.awkward import AWKWARD, Listing, listing

pytestmark = pytest.mark.django_db


def sheet(extract):
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(extract, "").read())).worksheets[0]


def test_text_in_an_xlsx_stays_the_text_it_is():
    cells = [row[:2] for row in sheet(listing()).iter_rows(min_row=2)]
    assert [[unescape(cell.value) for cell in row] for row in cells] == [[value, value] for value in AWKWARD]
    assert {cell.data_type for row in cells for cell in row} == {"s"}
    assert {cell.number_format for row in cells for cell in row[:1]} == {"@"}


def test_an_xlsx_has_real_dates_times_durations_and_numbers():
    cells = next(sheet(listing(["x"])).iter_rows(min_row=2))[3:]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (datetime.datetime(2020, 10, 28), "dd.mm.yyyy"),
        (datetime.time(9, 30), "hh:mm"),
        (datetime.timedelta(hours=25, minutes=3, seconds=7), "[h]:mm:ss"),
        (1.5, "General"),
    ]


def test_an_xlsx_holds_no_sign_that_xml_has_not():
    found = sheet(Listing((Column("text", "Text"),), [{"text": "a\x01b\x0bc\ufffe\ud800"}]))
    assert unescape(found["A2"].value) == "a\x01b\x0bc\ufffd\ufffd"
    address = Listing((Column("url", "Adresse", Kind.ADDRESS),), [{"url": "https://example.org/\ufffe"}])
    assert sheet(address)["A2"].value == "https://example.org/\ufffd"


def test_a_sheet_has_no_sign_in_its_name_that_is_forbidden_there():
    extract = listing(["x"])
    extract.dataset.title = "Bilder: Rechte [alle] '20/21'" + "x" * 40
    assert sheet(extract).title == "Bilder  Rechte  alle   20 21 xx"[:31]


def test_an_xlsx_links_addresses_but_no_scripts():
    addresses = ["https://example.org/?a=1&b=2", "javascript:alert(1)", "file:///etc/passwd", "https://x/" + "a" * 3000]
    found = sheet(Listing((Column("address", "Adresse", Kind.ADDRESS),), [{"address": each} for each in addresses]))
    cells = [found.cell(number, 1) for number in range(2, 6)]
    assert [cell.value for cell in cells] == addresses
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == [addresses[0], None, None, None]


def test_a_cell_is_as_long_as_spreadsheets_count():
    found = sheet(Listing((Column("text", "Text", Kind.LONG),), [{"text": "🙂" * LONGEST}]))["A2"].value
    assert found == "🙂" * (LONGEST // 2) + "…"


def test_a_full_disk_is_told_as_such_and_nothing_stays_on_it(monkeypatch, tmp_path):
    def full(book):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", full)
    with pytest.raises(OSError, match="No space left"):
        FORMATS["xlsx"].write(listing(), "")
    assert list(tmp_path.iterdir()) == []
