"""The editing screens of the programme."""

from sessions_app.admin import contribution, event, speaker, video

__all__ = ["contribution", "event", "speaker", "video"]
