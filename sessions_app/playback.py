"""Which file of a recording plays, and its addresses, for everybody who hands a recording on.

Needs what `Video.objects.with_recording()` loads, and asks nothing more.
"""

from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.urls import reverse

from conference.images import renditions
from conference.structured_data import absolute, image_address
from conference.templatetags.metadata_tags import SHARING_PICTURE
from sessions_app.models import MediaFile, TextTrack, Video
from sessions_app.transcripts.timecodes import milliseconds

Role, Kind = MediaFile.Role, TextTrack.Kind
_USUAL_SIZE = (960, 540)


# ── Files ────────────────────────────────────────────────────────────────────────────────────
def main_files(video: Video) -> list[MediaFile]:
    """Of the main version, the first that a browser can play is to be taken."""
    return [file for file in video.loaded_files if file.role == Role.MAIN]


def plays_here(video: Video) -> bool:
    """Online, with a main file of ours or elsewhere that a player can be given."""
    return video.is_online and bool(main_files(video))


def picture_file(video: Video) -> MediaFile | None:
    return next((file for file in main_files(video) if file.media_type and not file.is_audio), None)


def sound_file(video: Video) -> MediaFile | None:
    """The version for the ears alone, else a main version that is nothing else."""
    sounds = [file for file in video.loaded_files if file.is_audio and file.role in (Role.AUDIO, Role.MAIN)]
    return min(sounds, key=lambda file: file.role != Role.AUDIO, default=None)


def size(video: Video) -> tuple[int, int]:
    """Width and height of its picture, or usual ones where nobody knows."""
    return next(((file.width, file.height) for file in main_files(video) if file.width), _USUAL_SIZE)


def duration_ms(video: Video, file: MediaFile | None = None) -> int:
    """0 if unknown."""
    duration = (file and file.duration) or video.duration
    return milliseconds(duration) if duration else 0


# ── Tracks ───────────────────────────────────────────────────────────────────────────────────
def captions(video: Video) -> list[TextTrack]:
    """Captions and their translations, those in the language of the video first."""
    spoken = [track for track in video.loaded_tracks if track.kind != Kind.DESCRIPTIONS]
    return sorted(spoken, key=lambda track: (track.kind != Kind.CAPTIONS, track.language != video.language))


# ── Addresses ────────────────────────────────────────────────────────────────────────────────
def page_address(video: Video, start_ms: int | None = None) -> str:
    start = "" if start_ms is None else f"?t={start_ms // 1000}"
    return absolute(f"{video.get_absolute_url()}{start}")


def embed_address(video: Video) -> str:
    return absolute(reverse("video_embed", args=[video.slug]))


def file_address(file: MediaFile) -> str:
    return absolute(file.address)


def track_address(track: TextTrack, suffix: str) -> str:
    return absolute(reverse("track_file", args=[track.uuid, suffix]))


def chapters_address(video: Video, suffix: str) -> str:
    return absolute(reverse("chapter_file", args=[video.uuid, suffix]))


def thumbnail_address(video: Video) -> str:
    """Its poster, else the picture of the site."""
    return image_address(video.poster) or absolute(static(SHARING_PICTURE))


def thumbnail_addresses(video: Video) -> list[str]:
    """All sizes of its poster from small to large, else the picture of the site."""
    sizes = renditions(video.poster, "16x9") if video.poster else []
    return [absolute(default_storage.url(each.name)) for each in sizes] or [thumbnail_address(video)]
