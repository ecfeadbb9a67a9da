"""Files for staff: listings as CSV, XLSX and JSON, on a page, in the admin and from the command line."""

from conference.exports.extract import Extract
from conference.exports.formulas import disarm, rearm
from conference.exports.views import DELIMITERS, PERMISSION, download, export_download, export_list
from conference.exports.writers import FORMATS, Format

__all__ = [
    "DELIMITERS",
    "FORMATS",
    "PERMISSION",
    "Extract",
    "Format",
    "disarm",
    "download",
    "export_download",
    "export_list",
    "rearm",
]
