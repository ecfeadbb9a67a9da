"""The files of a pyvideo folder, packed or not, bounded in number and size."""

import io
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from conference.zip_reading import ZipRefused, read_files
from sessions_app.interchange.programme import FileRefused

MOST_FILES = 5_000
MOST_BYTES = 20_000_000
CATEGORY = "category.json"
_ELSEWHERE = ("__macosx", ".")


class Folder:
    """`name` of the category, its own files by name, and its videos by their place in the archive."""

    def __init__(self, files: Iterable[tuple[str, bytes]], fallback: str):
        contents = {name: content for name, content in files if _is_ours(name)}
        roots = sorted({PurePosixPath(name).parent for name in contents if PurePosixPath(name).name == CATEGORY})
        if len(roots) > 1:
            names = ", ".join(str(root) for root in roots[:5])
            words = _("Hier liegen mehrere Sammlungen (%(names)s); bitte jede für sich einlesen.") % {"names": names}
            raise FileRefused(words, CATEGORY)
        videos = [name for name in contents if PurePosixPath(name).suffix.lower() == ".json"]
        inside = [name for name in videos if PurePosixPath(name).parent.name == "videos"]
        root = roots[0] if roots else PurePosixPath(inside[0]).parent.parent if inside else PurePosixPath()
        apart = {CATEGORY, "NO_PUBLISH.json"}
        self.name = root.name or fallback
        self.videos = {name: contents[name] for name in inside or videos if PurePosixPath(name).name not in apart}
        self.own = {PurePosixPath(name).name: contents[name] for name in contents if PurePosixPath(name).parent == root}
        if not self.videos:
            raise FileRefused(_("Hier liegt kein Video: Es fehlt der Ordner „videos“ mit JSON-Dateien."))


def open_folder(source: bytes | Path, fallback: str) -> Folder:
    """Raises FileRefused."""
    if isinstance(source, Path) and source.is_dir():
        return Folder(_unpacked(source), source.resolve().name)
    try:
        return Folder(read_files(source if isinstance(source, Path) else io.BytesIO(source)), fallback)
    except ZipRefused as refused:
        raise FileRefused(refused.sentence, refused.place) from refused


def _unpacked(folder: Path) -> Iterable[tuple[str, bytes]]:
    """What lies in the folder itself; links that lead out of it are not followed."""
    total, inside = 0, folder.resolve()
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if not path.is_file() or not path.resolve().is_relative_to(inside):
            continue
        name = path.relative_to(folder).as_posix()
        total += path.stat().st_size
        if number > MOST_FILES or total > MOST_BYTES:
            raise FileRefused(_("In dem Ordner liegt mehr, als eingelesen werden kann."), name)
        yield name, path.read_bytes()


def _is_ours(name: str) -> bool:
    return not any(part.lower().startswith(_ELSEWHERE) for part in PurePosixPath(name).parts)
