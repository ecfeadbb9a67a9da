"""Videos with their files, text tracks and chapters, and every sentence with its second, as machines read them."""

from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from conference.api.fields import UUID, Field, FieldsOf, Part, changed, field, one, parts, picture, seconds, terms
from conference.api.nouns import identity
from conference.api.references import api_address
from conference.structured_data import absolute
from sessions_app.api.programme import mark
from sessions_app.models import Chapter, Contribution, Cue, MediaFile, Speaker, TextTrack, Video
from sessions_app.playback import file_address, page_address, track_address

_video, _file, _track = FieldsOf(Video), FieldsOf(MediaFile), FieldsOf(TextTrack)
_chapter, _cue = FieldsOf(Chapter), FieldsOf(Cue)
_ADDRESS = {"type": "string", "format": "uri"}


def _address(name: str, label, read) -> Field:
    return field(name, label, _ADDRESS, read)


def _since_begin(name: str, label, read) -> Field:
    """Seconds from the beginning of the recording."""
    return seconds(name, label, lambda thing: timedelta(milliseconds=read(thing)))


MEDIA_FILE = Part(
    "MediaFile",
    MediaFile._meta.verbose_name,
    (
        mark(),
        _file.code("role"),
        _address("file_url", _("Adresse der Datei"), file_address),
        _file.code("media_type"),
        _file.code("language"),
        _file.number("size", 44_100_000),
        _file.number("width", 1280),
        _file.number("height", 720),
        seconds("duration", _("Dauer in Sekunden"), lambda thing: thing.duration),
    ),
)
TEXT_TRACK = Part(
    "TextTrack",
    TextTrack._meta.verbose_name,
    (
        mark(),
        _track.code("kind"),
        _track.code("language"),
        _track.code("origin"),
        _track.day("checked_on"),
        _address("cues", _("Die Textstellen"), lambda thing: f"{api_address(thing.video)}/cues?track={thing.uuid}"),
        _address("vtt_url", _("Als WebVTT"), lambda thing: track_address(thing, "vtt")),
        _address("srt_url", _("Als SRT"), lambda thing: track_address(thing, "srt")),
        _address("txt_url", _("Als Text"), lambda thing: track_address(thing, "txt")),
    ),
)
CHAPTER = Part(
    "Chapter",
    Chapter._meta.verbose_name,
    (
        mark(),
        _since_begin("start", _("Beginn in Sekunden"), lambda thing: thing.start_ms),
        _chapter.words("title", "Begrüßung"),
        one("contribution", _("Beitrag"), lambda thing: thing.visible_contribution),
    ),
)
VIDEO = Part(
    "Video",
    Video._meta.verbose_name,
    (
        *identity(),
        _video.words("slug", "auftakt"),
        _video.words("title", "Auftakt"),
        _video.text("summary"),
        _video.code("kind"),
        _video.code("availability"),
        one("conference", _("Konferenz"), lambda thing: thing.shown_event.conference),
        one("event", _("Veranstaltung"), lambda thing: thing.shown_event),
        one("contribution", _("Beitrag"), lambda thing: thing.contribution),
        one("theme", _("Kernbotschaft"), lambda thing: thing.shown_event.visible_theme),
        _video.day("recorded_on"),
        seconds("duration", _("Dauer in Sekunden"), lambda thing: thing.duration),
        _video.code("language"),
        picture("poster", _("Vorschaubild")),
        terms(lambda thing: thing.license or thing.shown_event.conference.default_license),
        _video.text("rights_holder"),
        field(
            "recording_url",
            _("Die Seite, auf der die Aufzeichnung liegt, wenn nicht bei uns"),
            {"type": ["string", "null"], "format": "uri"},
            lambda thing: thing.url or None if thing.is_online else None,
        ),
        parts("files", _("Mediendateien"), MEDIA_FILE, lambda thing: thing.loaded_files if thing.is_online else ()),
        parts("tracks", _("Textspuren"), TEXT_TRACK, lambda thing: thing.loaded_tracks),
        parts("chapters", _("Kapitel"), CHAPTER, lambda thing: thing.loaded_chapters),
        changed(),
    ),
)


def load_videos(rows: QuerySet) -> QuerySet:
    contributions = Contribution.objects.published().select_related("event__conference").defer("abstract")
    return rows.with_relations().prefetch_related(
        Prefetch("files", to_attr="loaded_files"),
        Prefetch("tracks", TextTrack.objects.defer("layout").captions_first(), to_attr="loaded_tracks"),
        Prefetch("chapters", Chapter.objects.in_order(), to_attr="loaded_chapters"),
        # Not within the line above: Django would then look for each of them once more.
        Prefetch("loaded_chapters__contribution", contributions, to_attr="visible_contribution"),
    )


# ── Every sentence ───────────────────────────────────────────────────────────────────────────
def _who(cue) -> str | None:
    """Of somebody who is not shown, neither mark nor name."""
    is_hidden = cue.speaker_id and not cue.visible_speaker
    return None if is_hidden else cue.speaker_name or None


CUE = Part(
    "Cue",
    Cue._meta.verbose_name,
    (
        mark(),
        field("track", _("Kennung der Textspur"), UUID, lambda thing: str(thing.track.uuid)),
        field("video", _("Kennung des Videos"), UUID, lambda thing: str(thing.track.video.uuid)),
        field("language", _("Sprache"), _track.code("language").schema, lambda thing: thing.track.language),
        _cue.number("number"),
        _since_begin("start", _("Beginn in Sekunden"), lambda thing: thing.start_ms),
        _since_begin("end", _("Ende in Sekunden"), lambda thing: thing.end_ms),
        one("speaker", _("Person"), lambda thing: thing.visible_speaker, "NameReference"),
        field("speaker_name", _("Wer spricht"), {"type": ["string", "null"]}, _who),
        _cue.words("text", "Guten Tag."),
        _address("page", _("Seite für Menschen"), lambda t: absolute(f"{page_address(t.track.video)}?s={t.key}")),
    ),
)


def load_cues(rows: QuerySet) -> QuerySet:
    speakers = Speaker.objects.published().light()
    light = rows.select_related("track__video").defer("payload", "cue_settings", "identifier", "track__layout")
    return light.prefetch_related(Prefetch("speaker", speakers, to_attr="visible_speaker"))
