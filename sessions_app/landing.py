"""What the landing page of a conference joins: its events, themes, voices, projects."""

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.functional import cached_property

from conference.models import Organisation, Theme
from conference.publishing import PUBLIC
from projects_app.models import Project
from sessions_app.models import Appearance, Contribution, Event

VOICES = 9
PROJECTS = 6
# Who has most to say comes first; who hosts an event, last.
_WEIGHT = {
    kind: weight
    for weight, kinds in enumerate(
        (
            (Contribution.Kind.KEYNOTE,),
            (Contribution.Kind.REFLECTION, Contribution.Kind.TALK, Contribution.Kind.PANEL),
            (Contribution.Kind.DISCUSSION, Contribution.Kind.INTRODUCTION, Contribution.Kind.SUMMARY),
        )
    )
    for kind in kinds
}


class Landing:
    """Each property costs the queries its line names, once, and only when the page asks for it."""

    def __init__(self, conference, viewer=PUBLIC):
        self.conference = conference
        self.viewer = viewer

    @cached_property
    def events(self) -> list[Event]:
        """Two queries."""
        return list(self.conference.events.visible_to(self.viewer).for_cards(self.viewer).chronological())

    @cached_property
    def opening(self) -> Event | None:
        return next((event for event in self.events if event.kind == Event.Kind.OPENING), None)

    @cached_property
    def themes(self) -> list[Theme]:
        """One query."""
        return list(self.conference.themes.visible_to(self.viewer).in_order())

    @cached_property
    def voices(self) -> list[Appearance]:
        """A few people, each once and every event with its turn, with their affiliation of that day. Two queries."""
        events = {event.pk: event for event in self.events}
        appearances = (
            Appearance.objects.visible_to(self.viewer)
            .filter(contribution__event__in=events)
            .select_related("speaker__portrait", "contribution")
            .order_by("contribution__event__date", "contribution__position", "position", "pk")
        )
        turns = {}
        for appearance in appearances:
            turns.setdefault(appearance.contribution.event_id, []).append(appearance)
        chosen = _in_turn([sorted(turn, key=_weight) for turn in turns.values()])
        prefetch_related_objects(
            chosen,
            Prefetch(
                "organisations", Organisation.objects.visible_to(self.viewer).by_name(), to_attr="visible_organisations"
            ),
        )
        for appearance in chosen:
            appearance.visible_theme = events[appearance.contribution.event_id].visible_theme
        return chosen

    @cached_property
    def projects(self) -> list[Project]:
        """Those presented at an event or belonging to a theme this viewer may see. Three queries."""
        belongs = Q(contributions__event__in=self.events) | Q(themes__in=self.themes)
        projects = Project.objects.visible_to(self.viewer).filter(belongs)
        return list(projects.distinct().for_cards(self.viewer).by_acronym())

    @property
    def selected_projects(self) -> list[Project]:
        """A few for the landing page: one for each theme first."""
        by_theme = {}
        for project in self.projects:
            for theme in project.visible_themes:
                by_theme.setdefault(theme.pk, project)
        first = list(dict.fromkeys([*by_theme.values(), *self.projects]))[:PROJECTS]
        return [project for project in self.projects if project in first]

    @property
    def federal_states(self) -> set[str]:
        return {code for project in self.projects for code in project.federal_states}

    @property
    def has_videos(self) -> bool:
        return any(event.has_video for event in self.events)


def _weight(appearance) -> int:
    return _WEIGHT.get(appearance.contribution.kind, len(_WEIGHT))


def _in_turn(turns: list[list[Appearance]]) -> list[Appearance]:
    """One of each event, then the next of each, nobody twice; back in the order of the events."""
    chosen, seen = [], set()
    for round_ in range(VOICES):
        for number, turn in enumerate(turns):
            if round_ < len(turn) and turn[round_].speaker_id not in seen and len(chosen) < VOICES:
                seen.add(turn[round_].speaker_id)
                chosen.append((number, turn[round_]))
    return [appearance for _number, appearance in sorted(chosen, key=lambda pair: pair[0])]
