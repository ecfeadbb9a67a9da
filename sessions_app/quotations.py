"""What can be quoted, from the programme into records: a passage, a recording, an event, a contribution.

Records are German whatever the language of the page: the citation is the same for everybody.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from conference.models import Material
from conference.structured_data import absolute
from sessions_app.citations import Citation, Kind, Voice, as_text
from sessions_app.models import Appearance, Contribution, Event, Video
from sessions_app.transcript_page import Passage
from sessions_app.transcripts.timecodes import milliseconds


def in_words(citation: Citation) -> str:
    """The common German form."""
    with override(settings.CONTENT_LANGUAGE):
        return as_text(citation)


def cite_video(video: Video, people: Iterable[Appearance] = ()) -> Citation:
    """`people`: who is heard in it. Of a whole event they are too many to be its authors, and left out."""
    with override(settings.CONTENT_LANGUAGE):
        return Citation(
            kind=Kind.VIDEO,
            title=video.title,
            address=absolute(video.get_absolute_url()),
            people=[voice_of(appearance) for appearance in people] if video.contribution_id else [],
            **_recorded(video),
        )


def cite_passage(video: Video, passage: Passage, people: Iterable[Voice]) -> Citation:
    with override(settings.CONTENT_LANGUAGE):
        return Citation(
            kind=Kind.PASSAGE,
            title=video.title,
            address=f"{absolute(video.get_absolute_url())}?s={passage.reference}",
            people=list(people),
            words=passage.words,
            start_ms=passage.start_ms,
            end_ms=passage.end_ms,
            **_recorded(video),
        )


def cite_event(event: Event) -> Citation:
    with override(settings.CONTENT_LANGUAGE):
        return Citation(
            kind=Kind.EVENT,
            title=event.title,
            address=absolute(event.get_absolute_url()),
            license=event.conference.get_default_license_display(),
            **_occasion(event),
        )


def cite_contribution(contribution: Contribution) -> Citation:
    """Needs `visible_appearances`."""
    event = contribution.event
    with override(settings.CONTENT_LANGUAGE):
        return Citation(
            kind=Kind.CONTRIBUTION,
            title=contribution.title,
            address=absolute(contribution.get_absolute_url()),
            people=[voice_of(appearance) for appearance in contribution.visible_appearances],
            event=event.title,
            license=event.conference.get_default_license_display(),
            **_occasion(event),
        )


def cite_material(material: Material) -> Citation:
    """As far as it says itself; where it is not to be had, the list that names it stands for it."""
    with override(settings.CONTENT_LANGUAGE):
        return Citation(
            kind=Kind.MATERIAL,
            title=": ".join(part for part in (material.title, material.subtitle) if part),
            address=material.url or absolute(material.get_absolute_url()),
            people=written_by(material.authors),
            publisher=material.publisher,
            published_in=material.published_in,
            printed_year=material.year,
            isbn=material.isbn,
            license=str(material.get_license_display()) if material.license else "",
            language=material.language,
            accessed=timezone.localdate(),
        )


def written_by(authors: str) -> list[Voice]:
    """Names as they are written. Nobody guesses which part is the family name: it may be an institute.

    A comma parts two names only where each has two words at least; "Bau-, Stadt- und Raumforschung" stays one.
    """
    editors = authors.strip().endswith("(Hrsg.)")
    text = authors.strip().removesuffix("(Hrsg.)").strip()
    parts = [part.strip() for part in text.split(";" if ";" in text else ",")]
    certain = ";" in text or all(" " in part and not part.endswith("-") for part in parts)
    names = [name for name in parts if name] if certain else [text]
    return [Voice(name, role="Hrsg." if editors else "") for name in names if name]


def voice_of(appearance: Appearance) -> Voice:
    """A person in the role and with the affiliation of that day."""
    speaker = appearance.visible_speaker
    with override(settings.CONTENT_LANGUAGE):
        return Voice(
            family_name=speaker.family_name,
            given_name=speaker.given_name,
            academic_title=speaker.academic_title,
            role=str(appearance.role_label),
            affiliation=appearance.affiliation,
        )


def _occasion(event: Event) -> dict:
    return {
        "day": event.date,
        "conference": event.conference.title,
        "key_question": event.conference.key_question,
        "accessed": timezone.localdate(),
    }


def _recorded(video: Video) -> dict:
    event = video.shown_event
    license_ = video.get_license_display() or event.conference.get_default_license_display()
    return _occasion(event) | {
        "event": event.title,
        "day": video.recorded_on or event.date,
        "duration_ms": milliseconds(video.duration) if video.duration else None,
        "license": str(license_),
        "rights_holder": video.rights_holder,
        "language": video.language,
        "is_about": video.is_about,
    }
