"""The formats: CSV and JSON leave as they are made; XLSX, ODS and PDF are temporary files."""

import dataclasses
from collections.abc import Callable, Iterable

from conference.exports.extract import Extract
from conference.exports.writers.csv import write_csv
from conference.exports.writers.json import write_json
from conference.exports.writers.ods import TYPE as ODS
from conference.exports.writers.ods import write_ods
from conference.exports.writers.pdf import write_pdf
from conference.exports.writers.refusing import ExportRefused, TooLong, TooWide
from conference.exports.writers.sheets import LONGEST
from conference.exports.writers.xlsx import write_xlsx

__all__ = ["FORMATS", "LONGEST", "ExportRefused", "Format", "TooLong", "TooWide"]


@dataclasses.dataclass(frozen=True)
class Format:
    """`write(extract, delimiter)` gives the file piece by piece; only CSV has a delimiter."""

    content_type: str
    write: Callable[[Extract, str], Iterable[bytes]]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", write_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "ods": Format(ODS, write_ods),
    "pdf": Format("application/pdf", write_pdf),
    "json": Format("application/json", write_json),
}
