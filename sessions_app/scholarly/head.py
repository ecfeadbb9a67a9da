"""What reference managers read in the head of a page: Highwire's words for articles and Dublin Core's.

From what the page has loaded and shows: no query here, and nothing that people do not find on the page.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.structured_data import summary_of
from sessions_app.models import Appearance
from sessions_app.quotations import voice_of

_CITATIONS = {
    "bib": ("BibTeX", "application/x-bibtex"),
    "ris": ("RIS", "application/x-research-info-systems"),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}
_DATACITE = {
    "xml": ("DataCite XML", "application/vnd.datacite.datacite+xml"),
    "json": ("DataCite JSON", "application/vnd.datacite.datacite+json"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a page is about. `address` is that of the page, in its language."""

    title: str
    address: str
    day: datetime.date
    conference: str
    language: str
    # Of DCMI's own list of types.
    kind: str
    people: Iterable[Appearance] = ()
    description: str = ""
    subjects: Iterable[str] = ()
    rights: str = ""


def tags(work: Work) -> list[tuple[str, str]]:
    """(name, content); what is empty is left out. An institution belongs to the author before it."""
    voices = [voice_of(appearance) for appearance in _once(work.people)]
    found = [
        ("citation_title", work.title),
        *(pair for voice in voices for pair in _author(voice)),
        ("citation_publication_date", f"{work.day:%Y/%m/%d}"),
        ("citation_conference_title", work.conference),
        ("citation_language", work.language),
        ("citation_publisher", settings.SITE_NAME),
        ("citation_public_url", work.address),
        ("DC.title", work.title),
        *(("DC.creator", voice.sorted_name) for voice in voices),
        *(("DC.subject", subject) for subject in work.subjects),
        ("DC.description", work.description),
        ("DC.publisher", settings.SITE_NAME),
        ("DC.date", work.day.isoformat()),
        ("DC.type", work.kind),
        ("DC.identifier", work.address),
        ("DC.language", work.language),
        ("DC.relation", work.conference if work.conference != work.title else ""),
        ("DC.rights", work.rights),
    ]
    return [(name, str(content)) for name, content in found if content]


def _author(voice) -> list[tuple[str, str]]:
    return [("citation_author", voice.sorted_name), ("citation_author_institution", voice.affiliation)]


def _once(appearances: Iterable[Appearance]) -> list[Appearance]:
    first: dict[int, Appearance] = {}
    for appearance in appearances:
        first.setdefault(appearance.speaker_id, appearance)
    return list(first.values())


# ── Of each page ─────────────────────────────────────────────────────────────────────────────
def of_event(event, address: str) -> list[tuple[str, str]]:
    """Needs what `Event.load_page()` loads."""
    people = [each for part in event.visible_contributions for each in part.visible_appearances]
    return tags(
        Work(
            title=event.title,
            address=address,
            day=event.date,
            conference=event.conference.title,
            language=settings.CONTENT_LANGUAGE,
            kind="Event",
            people=people,
            description=summary_of(event),
            subjects=[event.visible_theme.title] if event.visible_theme else [],
        )
    )


def of_video(page, address: str) -> list[tuple[str, str]]:
    """`page` is the `VideoPage`."""
    video, event = page.video, page.event
    return tags(
        Work(
            title=video.title,
            address=address,
            day=video.recorded_on or event.date,
            conference=event.conference.title,
            language=video.language,
            kind="MovingImage",
            people=page.people,
            description=summary_of(video),
            subjects=[page.theme.title] if page.theme else [],
            rights=str(video.get_license_display() or event.conference.get_default_license_display()),
        )
    )


def of_conference(conference, themes, address: str) -> list[tuple[str, str]]:
    return tags(
        Work(
            title=conference.title,
            address=address,
            day=conference.starts_on,
            conference=conference.title,
            language=settings.CONTENT_LANGUAGE,
            kind="Event",
            description=summary_of(conference),
            subjects=[theme.title for theme in themes],
        )
    )


# ── Files beside it ──────────────────────────────────────────────────────────────────────────
def event_files(event) -> list[tuple[str, str, str]]:
    """(title, media type, address)."""
    return _files("event_citation", _CITATIONS, event.conference.slug, event.slug)


def video_files(video) -> list[tuple[str, str, str]]:
    return [
        *_files("video_citation", _CITATIONS, video.slug),
        *(_files("video_datacite", _DATACITE, video.slug) if video.is_recording else []),
    ]


def conference_files(conference) -> list[tuple[str, str, str]]:
    return _files("conference_datacite", _DATACITE, conference.slug)


def _files(name: str, forms: dict, *slugs: str) -> list[tuple[str, str, str]]:
    return [
        (_("Nachweis (%(form)s)") % {"form": form}, media_type, reverse(name, args=[*slugs, suffix]))
        for suffix, (form, media_type) in forms.items()
    ]
