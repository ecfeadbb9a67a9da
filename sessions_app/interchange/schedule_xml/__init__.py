"""schedule.xml, the format of the Pentabarf, frab and pretalx family."""

from sessions_app.interchange.schedule_xml.reading import read_schedule_xml
from sessions_app.interchange.schedule_xml.writing import write_schedule_xml

__all__ = ["read_schedule_xml", "write_schedule_xml"]
