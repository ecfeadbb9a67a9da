"""The demonstration videos from the folder `sample/videos` into the database and the storage."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile

from conference.images import accept_image, make_renditions
from conference.models import Image
from conference.models.choices import Language, License
from sessions_app.captions import store_track
from sessions_app.chapter_lists import read_chapters, store_chapters
from sessions_app.models import MediaFile, TextTrack, Video

FOLDER = Path(__file__).parent / "sample" / "videos"
RIGHTS = {"license": License.CC0, "rights_holder": "Nachlese"}
# What holds of all seven. They are no recordings, so they have no day.
FACTS = {
    "kind": Video.Kind.TRAILER,
    "availability": Video.Availability.ONLINE,
    "language": Language.DE,
    **RIGHTS,
}
_FILES = {MediaFile.Role.MAIN: "mp4", MediaFile.Role.AUDIO: "m4a"}
_TRACKS = {(TextTrack.Kind.CAPTIONS, Language.DE): "de.vtt", (TextTrack.Kind.SUBTITLES, Language.EN): "en.vtt"}


def load_poster(name: str, words: str) -> Image:
    """The title card with its renditions, `words` being the alternative text."""
    image = Image(title=words, alt_text=words, credit=RIGHTS["rights_holder"], license=RIGHTS["license"])
    content = (FOLDER / f"{name}.webp").read_bytes()
    accept_image(SimpleUploadedFile(f"{name}.webp", content, "image/webp")).store_for(image)
    image.full_clean()
    image.save()
    make_renditions(image)
    return image


def open_files(name: str) -> Iterator[tuple[str, File]]:
    """Picture and sound, each under its role."""
    for role, suffix in _FILES.items():
        path = FOLDER / f"{name}.{suffix}"
        yield role, File(path.open("rb"), name=path.name)


def load_words(name: str, video: Video):
    """Captions, translation and chapters of a video whose files are there; its length is that of its picture."""
    video.duration = video.files.of_roles([MediaFile.Role.MAIN]).get().duration
    video.save()
    for (kind, language), suffix in _TRACKS.items():
        store_track(video, kind, language, (FOLDER / f"{name}.{suffix}").read_bytes())
    chapters = read_chapters((FOLDER / f"{name}.kapitel.vtt").read_bytes(), video.duration)
    store_chapters(video, chapters.chapters)
