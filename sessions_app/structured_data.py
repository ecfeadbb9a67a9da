"""The programme as machines read it (schema.org): events, who appeared in which role, recordings."""

from django.conf import settings
from django.utils.timezone import localtime
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
from sessions_app import playback
from sessions_app.transcripts.timecodes import iso_duration

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
        recordedIn=video_references(video for video in event.visible_videos if not video.is_about),
        subjectOf=video_references(video for video in event.visible_videos if video.is_about),
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
        memberOf=[
            {"@type": "OrganizationRole", "roleName": each.role, "memberOf": project_reference(each.visible_project)}
            for each in speaker.visible_involvements
        ],
        performerIn=[event_reference(event) for event in events.values()],
        sameAs=[address for address in (orcid, speaker.website) if address],
        image=image_address(speaker.portrait),
    )


# ── Recordings ───────────────────────────────────────────────────────────────────────────────
def video_reference(video) -> dict:
    return reference("VideoObject", video, duration=_duration(video))


def _duration(video) -> str:
    ms = playback.duration_ms(video)
    return iso_duration(ms) if ms else ""


def video_references(videos) -> list[dict]:
    """Of those that were recorded."""
    return [video_reference(video) for video in videos if video.is_recording]


def video_node(video) -> dict:
    """As much as is known. Needs what `with_relations()` and `with_recording()` load, and asks nothing more.

    The day of upload is the one it became public here.
    """
    event = video.shown_event
    if not video.is_recording:
        return description_of("WebPage", video, about=event_reference(event))
    return description_of(
        "VideoObject",
        video,
        thumbnailUrl=playback.thumbnail_addresses(video),
        uploadDate=localtime(video.published_at).isoformat(timespec="seconds") if video.published_at else "",
        duration=_duration(video),
        dateCreated=video.recorded_on.isoformat() if video.recorded_on else "",
        inLanguage=video.language,
        recordedAt=None if video.is_about else event_reference(event),
        about=event_reference(event) if video.is_about else None,
        isPartOf=reference("Event", event.conference),
        publisher={"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"},
        license=LICENSE_URLS.get(video.license or event.conference.default_license, ""),
        creditText=video.rights_holder,
        copyrightNotice=video.rights_holder,
        copyrightHolder={"@type": "Organization", "name": video.rights_holder} if video.rights_holder else None,
        isAccessibleForFree=True,
        sameAs=video.url if video.is_online else "",
        **_what_plays(video),
        **_what_is_read(video),
    )


def _what_plays(video) -> dict:
    """Where it can be watched: our files, in our player."""
    if not playback.plays_here(video):
        return {"hasPart": _clips(video)}
    file = playback.main_files(video)[0]
    clips = _clips(video)
    return {
        "contentUrl": playback.file_address(file),
        "embedUrl": playback.embed_address(video),
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B" if file.size else "",
        "width": file.width,
        "height": file.height,
        "hasPart": clips,
        "potentialAction": None if clips else _seeking(video),
        "accessMode": ["auditory"] if file.is_audio else ["auditory", "visual"],
    }


def _clips(video) -> list[dict]:
    """Its chapters, as far as they begin before its end."""
    end = playback.duration_ms(video)
    chapters = [chapter for chapter in video.loaded_chapters if not end or chapter.start_ms < end]
    ends = [*(chapter.start_ms for chapter in chapters[1:]), end or None]
    return [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.seconds,
            "endOffset": round(stop / 1000) if stop else None,
            "url": playback.page_address(video, chapter.start_ms),
        }
        for chapter, stop in zip(chapters, ends, strict=False)
    ]


def _seeking(video) -> dict:
    return {
        "@type": "SeekToAction",
        "target": f"{playback.page_address(video)}?t={{seek_to_second_number}}",
        "startOffset-input": "required name=seek_to_second_number",
    }


def _what_is_read(video) -> dict:
    """Captions and the transcript that is made of them, and who else is thought of."""
    captions = playback.captions(video)
    roles, kinds = ({file.role for file in video.loaded_files}, {track.kind for track in video.loaded_tracks})
    features = {
        "captions": playback.Kind.CAPTIONS in kinds,
        "transcript": bool(captions),
        "audioDescription": playback.Role.AUDIO_DESCRIPTION in roles or playback.Kind.DESCRIPTIONS in kinds,
        "signLanguage": playback.Role.SIGN_LANGUAGE in roles,
        "tableOfContents": bool(video.loaded_chapters),
    }
    return {
        "transcript": playback.track_address(captions[0], "txt") if captions else "",
        "caption": [_caption(track) for track in captions],
        "accessModeSufficient": _sufficient(video, captions),
        "accessibilityFeature": [name for name, is_there in features.items() if is_there],
    }


def _sufficient(video, captions) -> list[dict]:
    """By which senses alone all of it can be taken in."""
    files = playback.main_files(video) if playback.plays_here(video) else []
    ways = [["auditory"] if files[0].is_audio else ["auditory", "visual"]] if files else []
    ways += [["textual"]] if captions else []
    return [{"@type": "ItemList", "itemListElement": way} for way in ways]


def _caption(track) -> dict:
    return {
        "@type": "MediaObject",
        "name": str(track),
        "inLanguage": track.language,
        "encodingFormat": "text/vtt",
        "contentUrl": playback.track_address(track, "vtt"),
    }
