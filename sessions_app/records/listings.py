"""The listings staff may take away. Those of the floors below are told here what belongs to a conference."""

import dataclasses

from django.db.models import Q

from conference import records as ground_floor
from conference.models import Conference, Theme
from projects_app import records as first_floor
from projects_app.models import Partnership, Project
from sessions_app.models import Appearance, Contribution, Event, Speaker
from sessions_app.records.contribution import PROGRAMME
from sessions_app.records.event import EVENTS
from sessions_app.records.speaker import SPEAKERS
from sessions_app.records.video import VIDEOS


def _contributions(conference: Conference, viewer):
    return Contribution.objects.visible_to(viewer).filter(event__conference=conference)


def _themes(conference: Conference, viewer):
    return Theme.objects.visible_to(viewer).of_conferences([conference])


def _projects_of(rows, conference: Conference, viewer):
    """On one of its themes, or presented in it."""
    return rows.filter(
        Q(pk__in=Project.objects.filter(themes__in=_themes(conference, viewer)).values("pk"))
        | Q(pk__in=Project.objects.filter(contributions__in=_contributions(conference, viewer)).values("pk"))
    )


def _organisations_of(rows, conference: Conference, viewer):
    """Organiser, funder, where somebody came from, or partner in one of its projects."""
    speakers = Speaker.objects.visible_to(viewer)
    appearances = Appearance.objects.filter(contribution__in=_contributions(conference, viewer), speaker__in=speakers)
    projects = _projects_of(Project.objects.visible_to(viewer), conference, viewer)
    partners = Partnership.objects.filter(project__in=projects, organisation__isnull=False)
    return rows.filter(
        Q(pk__in=Conference.objects.filter(pk=conference.pk).values("organisers"))
        | Q(pk=conference.funder_id)
        | Q(pk__in=appearances.filter(organisations__isnull=False).values("organisations"))
        | Q(pk__in=partners.values("organisation"))
    )


def _materials_of(rows, conference: Conference, viewer):
    """Laid out by the conference, one of its themes, events, contributions or projects."""
    projects = _projects_of(Project.objects.visible_to(viewer), conference, viewer)
    events = Event.objects.visible_to(viewer).of_conferences([conference])
    owners = {
        "conferences": Conference.objects.filter(pk=conference.pk),
        "themes": _themes(conference, viewer),
        "events": events,
        "contributions": _contributions(conference, viewer),
        "projects": projects,
    }
    belongs = Q(pk__in=[])
    for relation, things in owners.items():
        belongs |= Q(pk__in=rows.model.objects.filter(**{f"{relation}__in": things}).values("pk"))
    return rows.filter(belongs)


def _images_of(rows, conference: Conference, viewer):
    """On the conference itself, its themes, events and videos, its projects, or the people who appeared in it."""
    shown = {
        "conferences": Conference.objects.filter(pk=conference.pk),
        "themes": _themes(conference, viewer),
        "events": Event.objects.visible_to(viewer).of_conferences([conference]),
        "videos": VIDEOS.of_conference(VIDEOS.rows(viewer), conference, viewer),
        "projects": _projects_of(Project.objects.visible_to(viewer), conference, viewer),
        "speakers": SPEAKERS.of_conference(Speaker.objects.visible_to(viewer), conference, viewer),
    }
    belongs = Q(pk__in=[])
    for relation, things in shown.items():
        belongs |= Q(pk__in=rows.model.objects.filter(**{f"{relation}__in": things.order_by()}).values("pk"))
    return rows.filter(belongs)


PROJECTS = dataclasses.replace(first_floor.PROJECTS, of_conference=_projects_of)
ORGANISATIONS = dataclasses.replace(ground_floor.ORGANISATIONS, of_conference=_organisations_of)
MATERIALS = dataclasses.replace(ground_floor.MATERIALS, of_conference=_materials_of)
IMAGES = dataclasses.replace(ground_floor.IMAGES, of_conference=_images_of)

LISTINGS = (PROGRAMME, EVENTS, SPEAKERS, PROJECTS, ORGANISATIONS, VIDEOS, MATERIALS, IMAGES)
