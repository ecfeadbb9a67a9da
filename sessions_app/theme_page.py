"""What the page of a theme joins: its events, people, projects, videos, materials, and the other themes."""

from django.db.models import Q
from django.utils.functional import cached_property

from conference.models import Material, Theme
from conference.publishing import PUBLIC
from projects_app.models import Project
from sessions_app.models import Appearance, Event, Video


class ThemePage:
    """Each property costs the queries its line names, once, and only when the page asks for it."""

    def __init__(self, theme: Theme, viewer=PUBLIC):
        self.theme = theme
        self.viewer = viewer

    @cached_property
    def events(self) -> list[Event]:
        """One query: their theme is this one."""
        events = self.theme.events.visible_to(self.viewer).select_related("conference", "image").with_state()
        return [self._themed(event) for event in events.chronological()]

    @cached_property
    def projects(self) -> list[Project]:
        """One query."""
        return list(self.theme.projects.visible_to(self.viewer).by_acronym())

    @cached_property
    def videos(self) -> list[Video]:
        """One query."""
        videos = Video.objects.visible_to(self.viewer).on_themes([self.theme])
        return list(videos.with_poster().with_badges().newest_first())

    @cached_property
    def materials(self) -> list[Material]:
        """Its own, those of its events and of its projects. One query."""
        belongs = Q(themes=self.theme) | Q(events__in=self.events) | Q(projects__in=self.projects)
        return list(Material.objects.visible_to(self.viewer).filter(belongs).distinct().by_title())

    @cached_property
    def people(self) -> list[Appearance]:
        """Everybody once, with the role and affiliation of their first appearance. Two queries."""
        appearances = (
            Appearance.objects.filter(contribution__event__in=self.events)
            .with_relations(self.viewer)
            .select_related("contribution")
            .order_by("contribution__event__date", "contribution__position", "position", "pk")
        )
        first = {}
        for appearance in appearances:
            first.setdefault(appearance.speaker_id, appearance)
        return list(first.values())

    @cached_property
    def siblings(self) -> list[Theme]:
        """All themes of the same conference, this one among them. One query."""
        return list(Theme.objects.visible_to(self.viewer).beside(self.theme).in_order())

    @property
    def number(self) -> int:
        return next((place for place, theme in enumerate(self.siblings, 1) if theme == self.theme), 0)

    def _themed(self, event: Event) -> Event:
        event.visible_theme = self.theme
        return event
