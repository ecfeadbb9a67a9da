"""What the page of an organisation joins: its projects, its people, and who stood for it on which day."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import cached_property

from conference.models import Conference, Organisation
from conference.publishing import PUBLIC
from projects_app.models import Project
from sessions_app.models import Appearance, Event, Speaker


@dataclass
class Day:
    """One event, and those who stood for the organisation there."""

    event: Event
    appearances: list[Appearance]


class OrganisationPage:
    """Each property costs the queries its line names, once, and only when the page asks for it."""

    def __init__(self, organisation: Organisation, viewer=PUBLIC):
        self.organisation = organisation
        self.viewer = viewer

    @cached_property
    def projects(self) -> list[Project]:
        """Two queries: with their themes, each with the `partner_role` of the organisation."""
        projects = Project.objects.visible_to(self.viewer).of_organisation(self.organisation)
        return list(projects.light().with_themes(self.viewer).by_acronym())

    @cached_property
    def people(self) -> list[Speaker]:
        """Who is known to belong to it. One query."""
        speakers = self.organisation.speakers.visible_to(self.viewer)
        return list(speakers.light().select_related("portrait").by_name())

    @cached_property
    def days(self) -> list[Day]:
        """Three queries."""
        days = {}
        for appearance in self.organisation.appearances.with_event(self.viewer).select_related("speaker"):
            event = appearance.contribution.event
            days.setdefault(event.pk, Day(event, [])).appearances.append(appearance)
        return list(days.values())

    @cached_property
    def conferences(self) -> list[Conference]:
        """Those it organised or funded. One query."""
        ours = Q(organisers=self.organisation) | Q(funder=self.organisation)
        return list(Conference.objects.visible_to(self.viewer).filter(ours).distinct().latest_first())
