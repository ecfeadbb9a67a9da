"""schedule.json, the other face of schedule.xml: c3voc's schema 1, pretalx, frab, and what looks like them."""

from sessions_app.interchange.schedule_json.reading import read_schedule_json
from sessions_app.interchange.schedule_json.writing import write_schedule_json

__all__ = ["read_schedule_json", "write_schedule_json"]
