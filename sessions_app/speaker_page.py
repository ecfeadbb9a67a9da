"""What the page of a speaker joins: the days they appeared, each with all they did and where they worked then."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from conference.models import Theme
from conference.publishing import PUBLIC
from sessions_app.models import Appearance, Event, Speaker


@dataclass
class Day:
    """One event with everything the person did there."""

    event: Event
    appearances: list[Appearance]

    @property
    def affiliation(self) -> str:
        """The one of that day, where it was the same all day; else each appearance has to name its own."""
        affiliations = {appearance.affiliation for appearance in self.appearances}
        return affiliations.pop() if len(affiliations) == 1 else ""


class SpeakerPage:
    """Each property costs the queries its line names, once, and only when the page asks for it."""

    def __init__(self, speaker: Speaker, viewer=PUBLIC):
        self.speaker = speaker
        self.viewer = viewer

    @cached_property
    def appearances(self) -> list[Appearance]:
        """Three queries."""
        return list(self.speaker.appearances.with_event(self.viewer))

    @cached_property
    def days(self) -> list[Day]:
        days = {}
        for appearance in self.appearances:
            event = appearance.contribution.event
            days.setdefault(event.pk, Day(event, [])).appearances.append(appearance)
        return list(days.values())

    @property
    def theme(self) -> Theme | None:
        """Whose sign the monogram wears: that of the first event with one."""
        return next((day.event.visible_theme for day in self.days if day.event.visible_theme), None)
