"""The programme as plain data, and the listings staff may take away."""

from sessions_app.records.contribution import PROGRAMME, contribution_record
from sessions_app.records.event import EVENTS, event_record
from sessions_app.records.listings import IMAGES, LISTINGS, MATERIALS, ORGANISATIONS, PROJECTS
from sessions_app.records.speaker import SPEAKERS, speaker_record
from sessions_app.records.video import VIDEOS, video_record

__all__ = [
    "EVENTS",
    "IMAGES",
    "LISTINGS",
    "MATERIALS",
    "ORGANISATIONS",
    "PROGRAMME",
    "PROJECTS",
    "SPEAKERS",
    "VIDEOS",
    "contribution_record",
    "event_record",
    "speaker_record",
    "video_record",
]
