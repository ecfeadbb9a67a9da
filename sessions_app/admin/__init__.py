"""The editing screens of the programme."""

from sessions_app.admin import contribution, cue, event, speaker, video

__all__ = ["contribution", "cue", "event", "speaker", "video"]
