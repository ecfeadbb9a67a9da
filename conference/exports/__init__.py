"""Files for staff."""

from conference.exports.views import export_download, export_list

__all__ = ["export_download", "export_list"]
