"""Events as iCalendar (RFC 5545), for the calendars people already have.

Times are written in UTC, so that no calendar has to know our time zone: 10:00 in Berlin stays 10:00 in Berlin on both
sides of a clock change, and an operator elsewhere needs no rules of ours.
"""

import datetime
import mimetypes
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Calendar, vUri
from icalendar import Event as Entry

from conference.models import Conference, Theme
from conference.structured_data import absolute, image_address, summary_of
from sessions_app.models import Event, Speaker
from sessions_app.transcripts.markup import CONTROL

PRODUCT = "-//Nachlese//Veranstaltungen//DE"
REFRESH = datetime.timedelta(days=1)


@require_safe
@conditional_page
def conference_calendar(request, slug):
    conference = get_object_or_404(Conference.objects.visible_to(request.user), slug=slug)
    events = conference.events.published().with_relations().chronological()
    return _file(slug, conference.title, events, conference.time_zone)


@require_safe
@conditional_page
def event_calendar(request, conference, slug):
    """A draft can be tried out by those who may open its page; its neighbours are the public ones all the same."""
    events = Event.objects.visible_to(request.user).with_relations()
    event = get_object_or_404(events, conference__slug=conference, slug=slug)
    return _file(slug, event.title, [event], event.conference.time_zone, is_single=True)


@require_safe
@conditional_page
def theme_calendar(request, slug):
    theme = get_object_or_404(Theme.objects.visible_to(request.user), slug=slug)
    return _file(slug, theme.title, Event.objects.published().on_themes([theme]).with_relations().chronological())


@require_safe
@conditional_page
def speaker_calendar(request, slug):
    """Where somebody appeared, and will."""
    speaker = get_object_or_404(Speaker.objects.visible_to(request.user), slug=slug)
    events = Event.objects.published().with_speakers([speaker]).with_relations().chronological()
    return _file(slug, speaker.name, events)


def _file(slug: str, name: str, events, zone: str = settings.TIME_ZONE, is_single: bool = False) -> HttpResponse:
    """`zone` is that of the place, for calendars that show it beside the reader's own.

    A calendar one subscribes to names no method: some readers would take each new look for an invitation.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if is_single:
        calendar.add("method", "PUBLISH")
    calendar.add("name", _possible(name))
    calendar.add("x-wr-calname", _possible(name))
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_entry(event))
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def _entry(event) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.uuid}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", _utc(event.changed_at))
    entry.add("last-modified", _utc(event.changed_at))
    entry.add("sequence", _sequence(event))
    entry.add("dtstart", _utc(event.starts_at) if event.starts_at else event.date)
    if event.ends_at:
        entry.add("dtend", _utc(event.ends_at))
    entry.add("summary", _possible(_summary(event)))
    entry.add("description", _possible(_description(event)))
    entry.add("location", _possible(str(event.location)))
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.visible_theme:
        entry.add("categories", [_possible(event.visible_theme.title)])
    _add_addresses(entry, event)
    return entry


def _add_addresses(entry: Entry, event):
    """Its picture, its recordings and what can be taken home (RFC 7986); old calendars find them in the description
    and on the page."""
    if picture := image_address(event.image):
        entry.add("image", vUri(picture), {"VALUE": "URI", "DISPLAY": "BADGE", **_media_type(picture)})
    for video in event.visible_videos:
        if video.is_online:
            label = {"FEATURE": "VIDEO", "LABEL": " ".join(_possible(video.title).split())}
            entry.add("conference", vUri(absolute(video.get_absolute_url())), {"VALUE": "URI", **label})
    parts = [event, *event.visible_contributions]
    for address in dict.fromkeys(each.address for part in parts for each in part.visible_materials if each.address):
        entry.add("attach", vUri(absolute(address)), _media_type(address))


def _possible(words: str) -> str:
    """Without what the format cannot hold, and some programs paste with a title."""
    return CONTROL.sub(" ", words)


def _media_type(address: str) -> dict[str, str]:
    found = mimetypes.guess_type(urlsplit(address).path)[0]
    return {"FMTTYPE": found} if found else {}


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC).replace(microsecond=0)


def _sequence(event) -> int:
    """Rises with every change and never falls: the seconds from its birth to its last change."""
    return max(0, int((event.changed_at - event.created_at).total_seconds()))


def _summary(event) -> str:
    theme = event.visible_theme
    return f"{theme.title} – {event.title}" if theme and theme.title != event.title else event.title


def _description(event) -> str:
    questions = [f"• {question.text}" for question in event.questions.all()]
    people = [_person(appearance) for appearance in event.people]
    videos = [
        f"{video.title}: {absolute(video.get_absolute_url())}" for video in event.visible_videos if video.is_online
    ]
    parts = [
        summary_of(event),
        "\n".join([_("Leitfragen:"), *questions]) if questions else "",
        "\n".join([_("Mitwirkende:"), *people]) if people else "",
        "\n".join([pgettext("Kalender", "Videos:"), *videos]) if videos else "",
        absolute(event.get_absolute_url()),
    ]
    return "\n\n".join(part for part in parts if part)


def _person(appearance) -> str:
    """With the roles and the affiliation of that day."""
    words = f"• {appearance.visible_speaker}, {appearance.affiliation}".removesuffix(", ")
    return f"{words} ({', '.join(map(str, appearance.role_list))})"
