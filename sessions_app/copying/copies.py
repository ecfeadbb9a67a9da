"""Copies of events and conferences: new drafts with new identities, dates moved, and only what is to be kept."""

import copy
import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from conference.editing.applying import create
from conference.editing.snapshot import Snapshot, take
from conference.models import ChangeRun, Conference, Theme
from conference.runs.running import note_created
from conference.search import update_index
from sessions_app.models import Event

# What was said of the day that was, not of the one to come.
EVENT_EMPTIED = {"findings": "", "is_cancelled": False, "remark": "", "image_id": None}
CONFERENCE_EMPTIED = {"is_featured": False, "participants": None, "participants_text": "", "closing_statement": ""}


@dataclass(frozen=True)
class Kept:
    """What of an event comes along."""

    contributions: bool = True
    people: bool = True


@transaction.atomic
def copy_event(event: Event, user, day: datetime.date, conference=None, kept: Kept | None = None) -> ChangeRun:
    """The event on another day, in the same conference or another one, as a draft with a run of its own.

    Its questions come along. Raises ValidationError.
    """
    conference = conference or event.conference
    theme = event.theme if conference == event.conference else None
    made = _new_event(event, {"conference": conference, "theme": theme, "day": day}, kept or Kept())
    return note_created(_("Kopie von „%s“") % event, user, [made])


@transaction.atomic
def copy_conference(conference: Conference, user, title: str, first_day: datetime.date, kept: Kept) -> ChangeRun:
    """The conference with its themes and events, every day moved alike; all drafts, one run. Raises ValidationError."""
    moved = first_day - conference.starts_on
    data = _renewed(take(conference))
    data["fields"] |= CONFERENCE_EMPTIED | {
        "title": title,
        "slug": "",
        "starts_on": first_day.isoformat(),
        "ends_on": (conference.ends_on + moved).isoformat(),
    }
    data["links"]["materials"] = []
    made = create(data)
    update_index(made)
    themes = {theme.pk: _new_theme(theme, made) for theme in conference.themes.order_by("position", "pk")}
    events = []
    for event in conference.events.chronological():
        day = event.date + moved if event.date else None
        place = {"conference": made, "theme": themes.get(event.theme_id), "day": day}
        events.append(_new_event(event, place, kept))
    return note_created(_("Kopie von „%s“") % conference, user, [made, *themes.values(), *events])


def _new_theme(theme: Theme, conference: Conference) -> Theme:
    data = _renewed(take(theme))
    data["fields"] |= {"slug": "", "conference_id": conference.pk}
    data["links"]["materials"] = []
    made = create(data)
    update_index(made)
    return made


def _new_event(event: Event, place: dict, kept: Kept) -> Event:
    data = _renewed(take(event))
    conference, theme, day = place["conference"], place["theme"], place["day"]
    taken = set(conference.events.values_list("number", flat=True))
    data["fields"] |= EVENT_EMPTIED | {
        "slug": "",
        "conference_id": conference.pk,
        "theme_id": theme.pk if theme else None,
        "number": max(taken) + 1 if event.number in taken else event.number,
        "date": day.isoformat() if day else None,
    }
    data["links"]["materials"] = []
    if not kept.contributions:
        data["parts"]["contributions"] = []
    for row in data["parts"]["contributions"]:
        row["links"]["materials"] = []
        if not kept.people:
            row["parts"]["appearances"] = []
    made = create(data)
    update_index(made)
    return made


def _renewed(snapshot: Snapshot) -> Snapshot:
    """The same with identities of its own, not public and with no moment."""
    data = copy.deepcopy(snapshot)
    data["fields"] |= {"published_at": None, "expires_at": None}
    _renew(data)
    return data


def _renew(row: dict):
    row["uuid"], row["pk"] = str(uuid.uuid4()), None
    for rows in row["parts"].values():
        for part in rows:
            _renew(part)
