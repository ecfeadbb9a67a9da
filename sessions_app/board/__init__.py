"""What is asked of events and speakers, and the board of a whole conference."""

from sessions_app.board.checklists import CHECKLISTS
from sessions_app.board.events import EVENTS
from sessions_app.board.speakers import SPEAKERS
from sessions_app.board.videos import VIDEOS

__all__ = ["CHECKLISTS", "EVENTS", "SPEAKERS", "VIDEOS"]
