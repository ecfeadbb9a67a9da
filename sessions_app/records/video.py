"""Recordings as plain data."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from conference.models import Conference
from conference.records import IDENTITY, Column, Dataset, Kind, Record, identity
from sessions_app.models import Contribution, Event, MediaFile, TextTrack, Video


def video_record(video: Video) -> Record:
    """Needs what `videos_with_events` loads. The address of a recording stands here only while it is online."""
    contribution = video.visible_contribution
    event = video.visible_event or (contribution.event if contribution else None)
    conference = event.visible_conference if event else None
    return {
        "conference": conference.title if conference else "",
        "event": event.title if event else "",
        "contribution": contribution.title if contribution else "",
        "title": video.title,
        "kind": str(video.get_kind_display()),
        "recorded_on": video.recorded_on,
        "duration": video.duration,
        "language": str(video.get_language_display()),
        "availability": str(video.get_availability_display()),
        "url": video.url if video.availability == Video.Availability.ONLINE else "",
        "files": [_file_record(file) for file in video.loaded_files],
        "tracks": [_track_record(track) for track in video.loaded_tracks],
        "license": str(video.get_license_display()),
        "rights_holder": video.rights_holder,
        "summary": video.summary,
        **identity(video),
    }


def _file_record(file: MediaFile) -> Record:
    return {
        "uuid": str(file.uuid),
        "role": str(file.get_role_display()),
        "media_type": file.media_type,
        "language": str(file.get_language_display()),
    }


def _track_record(track: TextTrack) -> Record:
    return {
        "uuid": str(track.uuid),
        "kind": str(track.get_kind_display()),
        "language": str(track.get_language_display()),
        "origin": str(track.get_origin_display()),
        "checked_on": track.checked_on,
    }


def _files_in_words(record: Record) -> str:
    """ "Hauptfassung (MP4-Video, Deutsch); …" """
    kinds = {kind.value: str(kind.label) for kind in MediaFile.MediaType}
    return "; ".join(
        f"{each['role']} ({kinds.get(each['media_type'], each['media_type'])}, {each['language']})"
        for each in record["files"]
    )


def _tracks_in_words(record: Record) -> str:
    """ "Untertitel (Deutsch, automatisch erzeugt und geprüft); …" """
    return "; ".join(f"{each['kind']} ({each['language']}, {each['origin']})" for each in record["tracks"])


def videos_with_events(videos: QuerySet, viewer, known: dict) -> QuerySet:
    conferences = Prefetch("conference", Conference.objects.visible_to(viewer), to_attr="visible_conference")
    events = Event.objects.visible_to(viewer).prefetch_related(conferences)
    contributions = Contribution.objects.visible_to(viewer).prefetch_related(Prefetch("event", events))
    return videos.prefetch_related(
        Prefetch("event", events, to_attr="visible_event"),
        Prefetch("contribution", contributions, to_attr="visible_contribution"),
        Prefetch("files", MediaFile.objects.order_by("position", "pk"), to_attr="loaded_files"),
        Prefetch("tracks", TextTrack.objects.order_by("position", "pk").defer("layout"), to_attr="loaded_tracks"),
    )


VIDEOS = Dataset(
    name="videos",
    title=_("Videos"),
    summary=_("Eine Zeile je Aufzeichnung, mit Dauer, Verfügbarkeit, Fassungen, Untertiteln und Rechten."),
    noun=Video,
    columns=(
        Column("conference", _("Konferenz"), is_printed=False),
        Column("event", _("Veranstaltung"), Kind.LONG),
        Column("contribution", _("Beitrag"), Kind.LONG, is_printed=False),
        Column("title", _("Titel"), Kind.LONG),
        Column("kind", _("Art")),
        Column("recorded_on", _("Aufgezeichnet am"), Kind.DATE),
        Column("duration", _("Dauer"), Kind.DURATION),
        Column("language", _("Sprache")),
        Column("availability", _("Verfügbarkeit")),
        Column("url", _("Adresse der Aufzeichnung"), Kind.ADDRESS, is_printed=False),
        Column("files", _("Fassungen"), Kind.LONG, cell=_files_in_words, is_printed=False),
        Column("tracks", _("Textspuren"), Kind.LONG, cell=_tracks_in_words),
        Column("license", _("Lizenz")),
        Column("rights_holder", _("Rechte bei")),
        Column("summary", _("Kurzfassung"), Kind.LONG, is_printed=False),
        *IDENTITY,
    ),
    rows=lambda viewer: Video.objects.visible_to(viewer).newest_first(),
    of_conference=lambda rows, conference, viewer: rows.of_conferences([conference]).filter(
        pk__in=Video.objects.of_events(Event.objects.visible_to(viewer).of_conferences([conference])).values("pk")
    ),
    load=videos_with_events,
    record=video_record,
)
