"""The programme as machines read it (schema.org): events, who appeared in which role, recordings."""

from django.conf import settings
from django.utils.duration import duration_iso_string
from django.utils.translation import pgettext

from conference.models.choices import LICENSE_URLS
from conference.structured_data import (
    attendance,
    description_of,
    image_address,
    material_node,
    organisation_reference,
    reference,
    theme_reference,
)
from projects_app.structured_data import project_reference

_SCHEDULED = "https://schema.org/EventScheduled"
_CANCELLED = "https://schema.org/EventCancelled"


# ── Events ───────────────────────────────────────────────────────────────────────────────────
def event_reference(event) -> dict:
    return reference("Event", event, **_when_and_where(event))


def event_node(event) -> dict:
    """Needs what `Event.load_page()` loads."""
    appearances = [each for contribution in event.visible_contributions for each in contribution.visible_appearances]
    return description_of(
        "Event",
        event,
        **_when_and_where(event),
        superEvent=reference("Event", event.conference, startDate=event.conference.starts_on.isoformat()),
        performer=[performance(appearance) for appearance in appearances],
        about=_subjects(event),
        workFeatured=[material_node(material) for material in event.visible_materials],
        recordedIn=video_references(event.visible_videos),
        image=image_address(event.image),
        inLanguage=settings.CONTENT_LANGUAGE,
    )


def _when_and_where(event) -> dict:
    start = event.starts_at or event.date
    return {
        "startDate": start.isoformat(),
        "endDate": event.ends_at.isoformat() if event.ends_at else None,
        "eventStatus": _CANCELLED if event.is_cancelled else _SCHEDULED,
        **attendance(event.conference, event.place or event.conference.place, event.get_absolute_url()),
    }


def _subjects(event) -> list[dict]:
    """Its core message, the questions it asked, the projects it presented."""
    themes = [event.visible_theme] if event.visible_theme else []
    questions = [
        {"@type": "Question", "name": question.text, "text": question.text} for question in event.guiding_questions
    ]
    projects = [project_reference(project) for project, _contribution in event.presentations]
    return [*map(theme_reference, themes), *questions, *projects]


# ── People ───────────────────────────────────────────────────────────────────────────────────
def performance(appearance) -> dict:
    """A person in the role and with the affiliation of that day, the former ones named so."""
    person = reference("Person", appearance.visible_speaker, affiliation=_affiliations(appearance))
    return {"@type": "PerformanceRole", "roleName": str(appearance.role_label), "performer": person}


def _affiliations(appearance) -> list[dict]:
    if appearance.affiliation_text:
        return [_affiliation({"@type": "Organization", "name": appearance.affiliation_text})]
    former = pgettext("affiliation", "ehemals") if appearance.is_former else ""
    task = " ".join(word for word in (former, appearance.office) if word)
    return [_affiliation(organisation_reference(each), task) for each in appearance.visible_organisations]


def _affiliation(organisation: dict, task: str = "") -> dict:
    return {"@type": "OrganizationRole", "roleName": task, "affiliation": organisation}


def speaker_node(speaker, appearances=()) -> dict:
    """Needs what `Speaker.objects.with_relations()` loads; `appearances` as `with_event()` loads them."""
    events = {appearance.contribution.event_id: appearance.contribution.event for appearance in appearances}
    orcid = f"https://orcid.org/{speaker.orcid}" if speaker.orcid else ""
    return description_of(
        "Person",
        speaker,
        honorificPrefix=speaker.academic_title,
        givenName=speaker.given_name,
        familyName=speaker.family_name,
        affiliation=[organisation_reference(each) for each in speaker.visible_organisations],
        performerIn=[event_reference(event) for event in events.values()],
        sameAs=[address for address in (orcid, speaker.website) if address],
        image=image_address(speaker.portrait),
    )


# ── Recordings ───────────────────────────────────────────────────────────────────────────────
def video_reference(video) -> dict:
    return reference("VideoObject", video, duration=duration_iso_string(video.duration) if video.duration else "")


def video_references(videos) -> list[dict]:
    """Of those that were recorded."""
    return [video_reference(video) for video in videos if video.is_recording]


def video_node(video) -> dict:
    """As much as is known. The day of a foreign upload is not, so none is given."""
    if not video.is_recording:
        return description_of("WebPage", video, about=event_reference(video.shown_event))
    return description_of(
        "VideoObject",
        video,
        duration=duration_iso_string(video.duration) if video.duration else "",
        dateCreated=video.recorded_on.isoformat() if video.recorded_on else "",
        inLanguage=video.language,
        thumbnailUrl=image_address(video.poster),
        recordedAt=event_reference(video.shown_event),
        license=LICENSE_URLS.get(video.license, ""),
        creditText=video.rights_holder,
        copyrightNotice=video.rights_holder,
        sameAs=video.url if video.is_online else "",
    )
