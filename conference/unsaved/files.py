"""Files that came with a form which was not saved: held in a private place for an hour, so that nobody sends twice."""

import contextlib
import os
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

HELD_FOR = 60 * 60
LIMIT = 20
_SUFFIX = ".held"


def _room() -> Path:
    return Path(settings.DATA_DIR) / "held"


def _place(name: str) -> Path:
    return _room() / f"{uuid.UUID(name)}{_SUFFIX}"


def hold(sent: MultiValueDict) -> list[dict]:
    """Hold what was sent, the large ones too, but for recordings: those are chosen again. Says what is held."""
    held = []
    for field, files in list(sent.lists())[:LIMIT]:
        for file in files:
            if file.size <= settings.MATERIAL_MAX_BYTES:
                held.append(_hold(field, file))
    return held


def _hold(field: str, file: UploadedFile) -> dict:
    clear_old()
    key = str(uuid.uuid4())
    place = _place(key)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _link(file, place):
        with open(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    file.seek(0)
    return {"key": key, "field": field, "name": file.name, "type": file.content_type, "size": file.size}


def _link(file: UploadedFile, place: Path) -> bool:
    """A second name for a large file costs nothing, where both lie on one disk."""
    if not isinstance(file, TemporaryUploadedFile):
        return False
    with contextlib.suppress(OSError):
        os.link(file.temporary_file_path(), place)
        return True
    return False


def still_held(held: list[dict]) -> list[dict]:
    return [file for file in held if _place(file["key"]).is_file() and not _is_old(_place(file["key"]))]


def opened(held: list[dict]) -> MultiValueDict:
    """As if they had just been sent."""
    sent = MultiValueDict()
    for file in still_held(held):
        content = _place(file["key"]).open("rb")
        sent.appendlist(file["field"], UploadedFile(content, file["name"], file["type"], file["size"]))
    return sent


def remove(held: list[dict]):
    for file in held:
        _place(file["key"]).unlink(missing_ok=True)


def clear_old():
    for place in _room().glob(f"*{_SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):
            if _is_old(place):
                place.unlink()


def _is_old(place: Path) -> bool:
    return time.time() - place.stat().st_mtime > HELD_FOR
