"""What going in and out leaves behind: sources and what came from them, remembered columns, files in the making."""

from conference.models.exchange.export_job import ExportJob
from conference.models.exchange.harvest import HarvestEntry
from conference.models.exchange.source import ColumnMapping, ImportSource, Origin

__all__ = ["ColumnMapping", "ExportJob", "HarvestEntry", "ImportSource", "Origin"]
