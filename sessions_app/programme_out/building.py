"""A conference as a `Programme`: what is public, by moment or by recording.

What the formats call an event is one of our contributions where those have times of their own or came in as such;
else it is the event as a whole, because nobody knows when in it something was said.
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.models import Conference, Origin
from conference.models.choices import LICENSE_URLS
from conference.structured_data import absolute, summary_of
from projects_app.models import Project
from sessions_app.interchange.frame import kind_of
from sessions_app.interchange.programme import Link, Person, Programme, Recording, Talk
from sessions_app.models import Appearance, Contribution, Event, Video
from sessions_app.programme_out.given import Given

FORMAT = "nachlese"


def programme_of(conference: Conference) -> Programme:
    """Everything public of it that takes place, in the order of the days: the formats cannot say that something was
    cancelled. A fixed number of queries."""
    with override(settings.CONTENT_LANGUAGE):
        known = _Known(conference, list(conference.events.published().with_relations().chronological()))
        talks = [talk for event in known.events if not event.is_cancelled for talk in _of_event(event, known)]
        return _programme(conference, talks, known)


def recordings_of(conference: Conference) -> Programme:
    """A talk for each public recording of it that can be seen. A fixed number of queries."""
    with override(settings.CONTENT_LANGUAGE):
        events = list(conference.events.published().with_relations().chronological())
        known = _Known(conference, events)
        by_event = {event.pk: event for event in events}
        parts = {part.pk: (event, part) for event in events for part in event.visible_contributions}
        videos = [video for video in known.videos if video.is_online and _places(video)]
        talks = []
        for video in videos:
            event, part = parts.get(video.contribution_id) or (by_event.get(video.event_id), None)
            if event is not None:
                talks.append(_of_video(video, event, part))
        return _programme(conference, talks, known)


class _Known:
    """What stands beside the events: recordings, and what a programme said that came in from elsewhere."""

    def __init__(self, conference: Conference, events: list[Event]):
        self.conference, self.events = conference, events
        mine = Video.objects.published().of_conferences([conference]).with_poster().with_recording()
        self.videos = list(mine.oldest_first())
        self.of_event, self.of_part = defaultdict(list), defaultdict(list)
        for video in self.videos:
            if video.is_recording and video.is_online:
                shelf = self.of_part if video.contribution_id else self.of_event
                shelf[video.contribution_id or video.event_id].append(video)
        parts = {part.uuid for event in events for part in event.visible_contributions}
        found = Origin.objects.filter(kind=Contribution._meta.label_lower, source__conference=conference).defer("data")
        # What a file of our own said may be public no more, and what still is stands here anyway.
        foreign = (origin for origin in found if not Given(origin.extra).is_ours)
        self.origins = {origin.record: origin for origin in foreign if origin.record in parts}


def _programme(conference: Conference, talks: list[Talk], known: _Known) -> Programme:
    themes = {
        event.visible_theme.pk: event.visible_theme
        for event in known.events
        if event.visible_theme and not event.is_cancelled
    }
    tracks = [{"name": theme.title, "slug": theme.slug} for theme in themes.values()]
    # What was cancelled counts: the day it was is a later one.
    changed = max((each.changed_at for each in (conference, *known.events, *known.videos)), default=timezone.now())
    digest = hashlib.sha256(repr((conference.title, talks)).encode()).hexdigest()
    return Programme(
        file_format=FORMAT,
        key=conference.slug,
        title=conference.title,
        # Not all readers take hyphens there.
        acronym=conference.slug.replace("-", "_"),
        description=summary_of(conference),
        starts_on=conference.starts_on,
        ends_on=conference.ends_on,
        time_zone=conference.time_zone,
        place=conference.place,
        url=absolute(conference.get_absolute_url()),
        # Another content is another version, whatever it was that changed; later ones have later days in front.
        version=f"{changed.astimezone(datetime.UTC):%Y-%m-%d}-{digest[:8]}",
        tracks=tuple(tracks),
        talks=tuple(talks),
        extra={"base_url": f"{settings.SITE_URL}/"},
    )


# ── One entry ────────────────────────────────────────────────────────────────────────────────
def _of_event(event: Event, known: _Known) -> list[Talk]:
    parts = event.visible_contributions
    if any(part.start_time or part.duration is not None or part.uuid in known.origins for part in parts):
        followers = [*parts[1:], None]
        return [_of_part(event, part, after, known) for part, after in zip(parts, followers, strict=True)]
    return [_of_whole(event, known)]


def _of_whole(event: Event, known: _Known) -> Talk:
    parts = event.visible_contributions
    videos = [*known.of_event[event.pk], *(video for part in parts for video in known.of_part[part.pk])]
    return Talk(
        guid=str(event.uuid),
        title=event.title,
        subtitle=event.visible_theme.title if event.visible_theme and event.visible_theme.title != event.title else "",
        kind=str(event.get_kind_display()),
        start=event.starts_at,
        duration=event.ends_at - event.starts_at if event.ends_at else None,
        abstract=_paragraph(summary_of(event)),
        description=_description(event),
        people=tuple(_person(appearance, str(appearance.role_list[0])) for appearance in event.people),
        links=(*_projects(project for project, _part in event.presentations), *_materials(event.visible_materials)),
        **_place(event),
        **_recorded(videos, event),
    )


def _of_part(event: Event, part: Contribution, after: Contribution | None, known: _Known) -> Talk:
    is_whole = len(event.visible_contributions) == 1
    start = part.start_time or (event.start_time if is_whole else None)
    moment = start and datetime.datetime.combine(event.date, start, event.conference.zone)
    origin = known.origins.get(part.uuid)
    given = Given(origin.extra if origin else {})
    place = _place(event)
    return Talk(
        guid=str(part.uuid),
        title=part.title,
        number=given.text("number"),
        code=given.text("code"),
        slug=given.text("slug"),
        subtitle=given.text("subtitle") or (event.title if event.title != part.title else ""),
        kind=given.kind(part) or str(part.get_kind_display()),
        start=moment,
        duration=_length(event, part, after, moment),
        abstract=part.abstract,
        people=tuple(_person(each, str(each.role or part.get_kind_display())) for each in part.visible_appearances),
        links=(
            *_projects(part.visible_projects),
            *_materials(part.visible_materials, given.attachments()),
            *given.links(),
        ),
        is_optout=bool(given.extra.get("is_optout")),
        tags=tuple(given.extra.get("tags") or ()),
        day=event.date,
        room=event.place or given.text("room") or place["room"],
        track=place["track"] or given.text("track"),
        language=given.text("language") or place["language"],
        url=absolute(part.get_absolute_url()),
        **_recorded([*known.of_part[part.pk], *known.of_event[event.pk]], event),
    )


def _of_video(video: Video, event: Event, part: Contribution | None) -> Talk:
    themes = [event.visible_theme.title.lower()] if event.visible_theme else []
    people = part.visible_appearances if part else [] if video.is_about else event.people
    projects = part.visible_projects if part else [project for project, _part in event.presentations]
    return Talk(
        guid=str(video.uuid),
        title=video.title,
        slug=video.slug,
        day=event.date,
        language=video.language,
        abstract=_paragraph(summary_of(video) or summary_of(event)),
        description=_paragraph(summary_of(video) or summary_of(event)),
        people=tuple(_person(each, "") for each in people),
        links=(
            Link(href=absolute(video.get_absolute_url()), title=video.title, kind="web"),
            Link(href=absolute(event.get_absolute_url()), title=event.title, kind="related"),
            *_projects(projects),
            *_materials(part.visible_materials if part else event.visible_materials),
        ),
        recordings=tuple(_places(video)),
        recorded_on=video.recorded_on or event.date,
        recording_duration=video.duration,
        license=_license_words(video),
        tags=tuple(themes),
        url=absolute(video.get_absolute_url()),
    )


def _place(event: Event) -> dict:
    return {
        "day": event.date,
        "room": str(event.location),
        "track": event.visible_theme.title if event.visible_theme else "",
        "language": settings.CONTENT_LANGUAGE,
        "url": absolute(event.get_absolute_url()),
    }


def _length(event: Event, part: Contribution, after: Contribution | None, start) -> datetime.timedelta | None:
    """Its own, else until the next one begins, else until the event ends. None where it is not known when it begins:
    beside the midnight the formats have for that, it would make midnight true."""
    if part.duration is not None or start is None:
        return part.duration if start else None
    end = event.ends_at
    if after:
        end = after.start_time and datetime.datetime.combine(event.date, after.start_time, event.conference.zone)
    return end - start if end and end > start else None


# ── What stands in it ────────────────────────────────────────────────────────────────────────
def _person(appearance: Appearance, role: str) -> Person:
    speaker = appearance.visible_speaker
    return Person(
        name=speaker.plain_name,
        guid=str(speaker.uuid),
        number=str(speaker.pk),
        affiliation=appearance.affiliation,
        role=role,
    )


def _projects(projects: Iterable[Project]) -> list[Link]:
    return [
        Link(href=absolute(project.get_absolute_url()), title=project.acronym, kind="related") for project in projects
    ]


def _materials(materials, attached: Collection[str] = ()) -> list[Link]:
    """`attached` are addresses elsewhere of what came in as an attachment: it goes out as one."""
    kinds = {"slides": "slides", "publication": "paper"}
    found = ((material, material.address) for material in materials)
    return [
        Link(
            href=absolute(address),
            title=material.title,
            kind=kinds.get(material.kind, "related"),
            is_file=bool(material.file) or address in attached,
        )
        for material, address in found
        if address
    ]


def _recorded(videos: list[Video], event: Event) -> dict:
    """The page of the recording, and under which licence it is."""
    if not videos:
        return {"license": event.conference.default_license}
    pages = dict.fromkeys(absolute(video.get_absolute_url()) for video in videos)
    return {
        "license": videos[0].license or event.conference.default_license,
        "recordings": tuple(Recording(url=page, kind="web") for page in pages),
    }


def _places(video: Video) -> list[Recording]:
    """Where it can be seen: our files, else the provider."""
    files = [file for file in video.loaded_files if file.role == file.Role.MAIN]
    found = [
        Recording(url=absolute(file.address), kind=file.media_type.rpartition("/")[2], size=file.size)
        for file in files
        if file.address
    ]
    if video.url:
        found.append(Recording(url=video.url, kind=kind_of(video.url) or "web"))
    return found


def _license_words(video: Video) -> str:
    parts = (video.license, LICENSE_URLS.get(video.license, ""), video.rights_holder)
    return " ".join(part for part in parts if part)


def _paragraph(text: str) -> str:
    return format_html("<p>{}</p>", text) if text else ""


def _description(event: Event) -> str:
    """The introduction, and the guiding questions as a list."""
    questions = [(question.text,) for question in event.questions.all()]
    if not questions:
        return event.introduction
    items = format_html_join("", "<li>{}</li>", questions)
    return mark_safe(event.introduction) + format_html("<p>{}</p><ul>{}</ul>", _("Leitfragen:"), items)
