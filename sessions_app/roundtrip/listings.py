"""The listings of the programme that can be edited, and all of them in the order of the side bar."""

import dataclasses

from django.utils.translation import gettext_lazy as _

from conference.roundtrip.editable import Editable
from conference.roundtrip.fields import LinesEdit, OwnerField, ShownField, edit_fields
from conference.roundtrip.listings import (
    EDIT_CONFERENCES,
    EDIT_MATERIALS,
    EDIT_ORGANISATIONS,
    EDIT_PAGES,
    EDIT_THEMES,
)
from projects_app.roundtrip import EDIT_PROJECTS
from sessions_app.models import Contribution, Event, Speaker, Video
from sessions_app.records import MATERIALS, ORGANISATIONS, PROJECTS, SPEAKERS, VIDEOS

EDIT_EVENTS = Editable(
    name="veranstaltungen",
    title=Event._meta.verbose_name_plural,
    noun=Event,
    fields=(
        *edit_fields(Event, "conference", "number", "kind", "title", "slug", "summary"),
        *edit_fields(Event, "date", "start_time", "end_time", "place", "is_cancelled", "theme", "introduction"),
        LinesEdit(Event, "questions", "text"),
        *edit_fields(Event, "findings", "image", "materials", "remark"),
    ),
    ordered=lambda rows: rows.chronological(),
    of_conference=lambda rows, conference, viewer: rows.of_conferences([conference]),
)


def _people(row: dict, names) -> str:
    """Who appears, in order; changed in the form of the event alone."""
    known = names.of(Speaker).labels
    people = (known.get(part["fields"]["speaker_id"]) for part in row["parts"].get("appearances", ()))
    return "; ".join(name for name in people if name)


EDIT_PROGRAMME = Editable(
    name="programm",
    title=_("Programm"),
    noun=Event,
    part="contributions",
    owner=OwnerField(Event),
    fields=(
        *edit_fields(Contribution, "position", "start_time", "duration", "kind", "title", "abstract"),
        ShownField("people", _("Personen (nur zur Ansicht)"), _people),
        *edit_fields(Contribution, "projects", "materials"),
    ),
    ordered=lambda rows: rows.chronological(),
    of_conference=EDIT_EVENTS.of_conference,
)

EDIT_SPEAKERS = Editable(
    name="mitwirkende",
    title=Speaker._meta.verbose_name_plural,
    noun=Speaker,
    fields=edit_fields(
        Speaker,
        "academic_title",
        "given_name",
        "family_name",
        "slug",
        "other_names",
        "organisations",
        "website",
        "orcid",
        "portrait",
        "biography",
        "remark",
    ),
    ordered=lambda rows: rows.by_name(),
    of_conference=SPEAKERS.of_conference,
)

EDIT_VIDEOS = Editable(
    name="videos",
    title=Video._meta.verbose_name_plural,
    noun=Video,
    fields=edit_fields(
        Video,
        "title",
        "slug",
        "kind",
        "event",
        "contribution",
        "recorded_on",
        "duration",
        "language",
        "availability",
        "url",
        "license",
        "rights_holder",
        "poster",
        "summary",
    ),
    ordered=lambda rows: rows.oldest_first(),
    of_conference=VIDEOS.of_conference,
)

EDITABLE = (
    EDIT_CONFERENCES,
    EDIT_EVENTS,
    EDIT_PROGRAMME,
    EDIT_THEMES,
    EDIT_SPEAKERS,
    dataclasses.replace(EDIT_PROJECTS, of_conference=PROJECTS.of_conference),
    dataclasses.replace(EDIT_ORGANISATIONS, of_conference=ORGANISATIONS.of_conference),
    EDIT_VIDEOS,
    dataclasses.replace(EDIT_MATERIALS, of_conference=MATERIALS.of_conference),
    EDIT_PAGES,
)
