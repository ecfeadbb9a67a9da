"""What is asked of a recording before it is published: what the board asks of its event. It has no tab of its own."""

from django.utils.translation import gettext_lazy as _

from conference.board.requirement import Checklist
from sessions_app.board.events import REQUIREMENTS
from sessions_app.board.recordings import is_watchable, with_facts
from sessions_app.models import Video

_OF_A_RECORDING = ("event.poster", "event.captions", "event.chapters", "event.license")


def load_videos(videos):
    """Each as if it were all that its event has: one query. Trailers and interviews are asked nothing."""
    loaded = list(with_facts(videos))
    for video in loaded:
        video.conference = video.shown_event.conference
        video.board_watchable = [video] if is_watchable(video) else []
        video.board_own_materials = []
    return loaded


VIDEOS = Checklist(
    name="videos",
    title=_("Videos"),
    model=Video,
    requirements=tuple(requirement for requirement in REQUIREMENTS if requirement.key in _OF_A_RECORDING),
    of_conference=lambda conference: Video.objects.of_conferences([conference]),
    load=load_videos,
)
