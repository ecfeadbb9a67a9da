"""A recording as a record. Needs what `load_videos` loads, and asks nothing more."""

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import override

from conference.models import Material
from conference.models.choices import LICENSE_URLS, License
from conference.richtext import plain_text
from conference.structured_data import absolute, summary_of
from projects_app.models import Project
from sessions_app import playback
from sessions_app.models import Contribution, Video
from sessions_app.scholarly import people
from sessions_app.scholarly.record import AUDIOVISUAL, COLLECTION, Collection, Record, Relation, Rights
from sessions_app.transcripts.timecodes import clock

# What the recording is in DataCite's own wording; what was made about it is none.
_RECORDING = "Conference presentation recording"
_KINDS = {Video.Kind.TRAILER: "Trailer", Video.Kind.INTERVIEW: "Interview"}
# To say at an item of OAI-PMH what helps whom: `accessible:captions`.
FEATURES = {
    "captions": "has_captions",
    "audio-description": "has_audio_description",
    "sign-language": "has_sign_language",
    "plain-language": "has_plain_language",
    "chapters": "loaded_chapters",
}


def video_record(video: Video) -> Record:
    event = video.shown_event
    conference = event.conference
    with override(settings.CONTENT_LANGUAGE):
        return Record(
            uuid=str(video.uuid),
            address=playback.page_address(video),
            title=video.title,
            creators=people.creators(_appearances(video), conference),
            publisher=settings.SITE_NAME,
            published_on=localtime(video.published_at).date(),
            general=AUDIOVISUAL,
            kind=_KINDS.get(video.kind, _RECORDING),
            subjects=_subjects(video),
            contributors=people.contributors(conference, video.rights_holder),
            dates=_dates(video),
            language=video.language,
            relations=_relations(video),
            part_of=collection(conference),
            sizes=_sizes(video),
            formats=list(dict.fromkeys(file.media_type for file in video.loaded_files if file.media_type)),
            rights=rights(video.license or conference.default_license),
            descriptions=_descriptions(video),
            places=[place] if (place := event.place or conference.place) else [],
            funding=people.funding(conference, _projects(video)),
            sets=_sets(video),
        )


def collection(conference) -> Collection:
    return Collection(
        title=conference.title,
        address=absolute(conference.get_absolute_url()),
        creators=people.organisers(conference),
        year=conference.ends_on.year,
    )


def rights(license_: str) -> Rights | None:
    if not license_:
        return None
    known = License(license_)
    # What SPDX has no name for carries no identifier of it.
    spdx = "" if known.value.startswith("LicenseRef-") else known.value
    return Rights(str(known.label), LICENSE_URLS.get(known, ""), spdx)


def _parts(video: Video) -> list[Contribution]:
    """The contribution it shows, else all of its event; of a trailer nobody's."""
    if video.is_about:
        return []
    parts = video.shown_event.visible_contributions
    return [part for part in parts if video.contribution_id in (None, part.pk)]


def _appearances(video: Video) -> list:
    return [appearance for part in _parts(video) for appearance in part.visible_appearances]


def _projects(video: Video) -> list[Project]:
    """Each once, in the order of the programme."""
    return list({project.pk: project for part in _parts(video) for project in part.visible_projects}.values())


def _materials(video: Video) -> list[Material]:
    """Those one can have."""
    own = [] if video.contribution_id else video.shown_event.visible_materials
    found = [*own, *(material for part in _parts(video) for material in part.visible_materials)]
    return list({material.pk: material for material in found if material.address}.values())


def _subjects(video: Video) -> list[str]:
    theme = video.shown_event.visible_theme
    return [*([theme.title] if theme else []), *(project.acronym for project in _projects(video))]


def _dates(video: Video) -> list[tuple[str, str]]:
    created = video.recorded_on or (None if video.is_about else video.shown_event.date)
    public = localtime(video.published_at).date().isoformat()
    return [*([("Created", created.isoformat())] if created else []), ("Issued", public), ("Available", public)]


def _relations(video: Video) -> list[Relation]:
    event = video.shown_event
    found = [
        Relation("IsPartOf", COLLECTION, absolute(event.conference.get_absolute_url())),
        Relation("IsDocumentedBy", "Event", absolute(event.get_absolute_url())),
    ]
    if video.url and video.is_online:
        found.append(Relation("IsIdenticalTo", AUDIOVISUAL, video.url))
    found += [Relation("HasPart", AUDIOVISUAL, playback.page_address(video, each.start_ms)) for each in _clips(video)]
    for material in _materials(video):
        is_slides = material.kind == Material.Kind.SLIDES
        relation = "IsVariantFormOf" if is_slides else "IsSupplementedBy"
        found.append(Relation(relation, "Text", absolute(material.address)))
    return list(dict.fromkeys(found))


def _clips(video: Video) -> list:
    """A chapter at the very beginning would be the recording itself."""
    return [chapter for chapter in video.loaded_chapters if chapter.start_ms >= 1000]


def _sizes(video: Video) -> list[str]:
    length = playback.duration_ms(video)
    files = playback.main_files(video)
    found = [clock(length)] if length else []
    return list(dict.fromkeys([*found, *(f"{file.size} bytes" for file in files if file.size)]))


def _descriptions(video: Video) -> list[tuple[str, str]]:
    contents = "\n".join(f"{clock(each.start_ms)} {each.title}" for each in video.loaded_chapters)
    abstract = summary_of(video) or summary_of(video.shown_event)
    texts = [("Abstract", plain_text(abstract)), ("TableOfContents", contents)]
    return [(kind, text) for kind, text in texts if text]


def _sets(video: Video) -> list[str]:
    event = video.shown_event
    license_ = video.license or event.conference.default_license
    return [
        f"conference:{event.conference.slug}",
        *([f"theme:{event.visible_theme.slug}"] if event.visible_theme else []),
        *(f"project:{project.slug}" for project in _projects(video)),
        *([f"license:{license_}"] if license_ else []),
        *(f"accessible:{name}" for name, told in FEATURES.items() if getattr(video, told)),
    ]
