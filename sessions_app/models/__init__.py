"""The programme, which presents the projects."""

from sessions_app.models.contribution import Appearance, Contribution
from sessions_app.models.event import Event, GuidingQuestion
from sessions_app.models.speaker import Involvement, Speaker
from sessions_app.models.video import Video

__all__ = ["Appearance", "Contribution", "Event", "GuidingQuestion", "Involvement", "Speaker", "Video"]
