"""Files for staff: listings in every format, on a page, in the admin and from the command line."""

from conference.exports.access import PERMISSION, for_exporters
from conference.exports.choosing import DELIMITERS
from conference.exports.delivery import deliver, download
from conference.exports.extract import Extract
from conference.exports.formulas import disarm, rearm
from conference.exports.views import export_detail, export_download, export_list
from conference.exports.waiting import export_job, export_job_file
from conference.exports.writers import FORMATS, ExportRefused, Format

__all__ = [
    "DELIMITERS",
    "FORMATS",
    "PERMISSION",
    "ExportRefused",
    "Extract",
    "Format",
    "deliver",
    "disarm",
    "download",
    "export_detail",
    "export_download",
    "export_job",
    "export_job_file",
    "export_list",
    "for_exporters",
    "rearm",
]
