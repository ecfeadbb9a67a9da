"""A conference, with all that is kept of it, as a record. Needs what `load_conferences` loads."""

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import override

from conference.models import Conference
from conference.structured_data import absolute, summary_of
from sessions_app import playback
from sessions_app.scholarly import people
from sessions_app.scholarly.of_video import rights
from sessions_app.scholarly.record import AUDIOVISUAL, COLLECTION, Record, Relation

KIND = "Conference documentation"


def conference_record(conference: Conference) -> Record:
    license_ = conference.default_license
    public = localtime(conference.published_at).date()
    with override(settings.CONTENT_LANGUAGE):
        return Record(
            uuid=str(conference.uuid),
            address=absolute(conference.get_absolute_url()),
            title=conference.title,
            subtitle=conference.key_question,
            creators=people.organisers(conference),
            publisher=settings.SITE_NAME,
            published_on=public,
            general=COLLECTION,
            kind=KIND,
            subjects=[theme.title for theme in conference.visible_themes],
            contributors=people.contributors(conference),
            dates=[("Collected", _days(conference)), ("Issued", public.isoformat()), ("Available", public.isoformat())],
            relations=_relations(conference),
            rights=rights(license_),
            descriptions=[("Abstract", text)] if (text := summary_of(conference)) else [],
            places=[conference.place] if conference.place else [],
            funding=people.funding(conference),
            sets=[
                f"conference:{conference.slug}",
                *(f"theme:{theme.slug}" for theme in conference.visible_themes),
                *([f"license:{license_}"] if license_ else []),
            ],
        )


def _days(conference: Conference) -> str:
    days = dict.fromkeys((conference.starts_on.isoformat(), conference.ends_on.isoformat()))
    return "/".join(days)


def _relations(conference: Conference) -> list[Relation]:
    videos = [Relation("HasPart", AUDIOVISUAL, playback.page_address(video)) for video in conference.loaded_videos]
    materials = [
        Relation("IsSupplementedBy", "Text", absolute(material.address))
        for material in conference.visible_materials
        if material.address
    ]
    return list(dict.fromkeys([*videos, *materials]))
