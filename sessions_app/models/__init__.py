"""The programme, which presents the projects, and its recordings with every sentence."""

from sessions_app.models.chapter import Chapter
from sessions_app.models.contribution import Appearance, Contribution
from sessions_app.models.event import Event
from sessions_app.models.guiding_question import GuidingQuestion
from sessions_app.models.media_file import MediaFile
from sessions_app.models.speaker import Involvement, Speaker
from sessions_app.models.text_track import Cue, TextTrack
from sessions_app.models.video import Video

__all__ = [
    "Appearance",
    "Chapter",
    "Contribution",
    "Cue",
    "Event",
    "GuidingQuestion",
    "Involvement",
    "MediaFile",
    "Speaker",
    "TextTrack",
    "Video",
]
