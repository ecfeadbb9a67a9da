"""What the page of a video joins: its event, who is in it, and the other recordings of that day."""

from django.utils.functional import cached_property

from conference.models import Theme
from conference.publishing import PUBLIC
from sessions_app.models import Appearance, Event, Video


class VideoPage:
    """Each property costs the queries its line names, once, and only when the page asks for it."""

    def __init__(self, video: Video, viewer=PUBLIC):
        self.video = video
        self.viewer = viewer

    @property
    def event(self) -> Event:
        """Named in `visible_within`: who may see the video may see it."""
        return self.video.shown_event

    @property
    def theme(self) -> Theme | None:
        return self.event.visible_theme

    @cached_property
    def people(self) -> list[Appearance]:
        """Everybody in the contribution, or in the whole event, once, with the affiliation of that day. Two queries."""
        appearances = Appearance.objects.with_relations(self.viewer).select_related("contribution")
        if self.video.contribution_id:
            appearances = appearances.filter(contribution=self.video.contribution_id)
        else:
            appearances = appearances.filter(contribution__event=self.event)
        first = {}
        for appearance in appearances.order_by("contribution__position", "position", "pk"):
            first.setdefault(appearance.speaker_id, appearance)
        return list(first.values())

    @cached_property
    def others(self) -> list[Video]:
        """The other recordings of the same event. One query."""
        videos = Video.objects.visible_to(self.viewer).of_events([self.event]).with_poster().by_title()
        return list(videos.exclude(pk=self.video.pk))
