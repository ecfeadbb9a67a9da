"""The four kinds of record on the board of a conference. Those of the floors below are told here which belong to it."""

import dataclasses

from conference.board.themes import THEMES
from projects_app.board import PROJECTS as FIRST_FLOOR_PROJECTS
from projects_app.models import Project
from sessions_app.board.events import EVENTS
from sessions_app.board.speakers import SPEAKERS
from sessions_app.models import Contribution


def presented_at(conference):
    """The projects that a contribution of the conference names."""
    contributions = Contribution.objects.filter(event__conference=conference)
    return Project.objects.filter(pk__in=contributions.order_by().values("projects")).by_acronym()


PROJECTS = dataclasses.replace(FIRST_FLOOR_PROJECTS, of_conference=presented_at)

CHECKLISTS = (EVENTS, THEMES, PROJECTS, SPEAKERS)
