"""Uploaded files on their way in: kept from the look at what they would change until they are applied.

They lie below PRIVATE_ROOT and not in the database, so that looking at a file writes nothing there.
"""

import contextlib
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core import signing

SALT = "conference.arrivals"
SECONDS_KEPT = 24 * 60 * 60


class Gone(Exception):
    """There is no such file any more, or it is somebody else's."""


def folder(name: str) -> Path:
    """A private folder of that name; what is older than a day is swept out of it."""
    place = Path(settings.PRIVATE_ROOT) / name
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    oldest = time.time() - SECONDS_KEPT
    for path in place.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue
    return place


def keep(chunks: Iterable[bytes], file_name: str, user) -> str:
    """Keep the bytes for `user` for a day; gives the token that leads back to them and to their name."""
    name = secrets.token_hex(16)
    with (folder("eingang") / name).open("xb") as target:
        target.writelines(chunks)
    return signing.dumps([user.pk, name, Path(file_name).name[:200]], salt=SALT)


def kept(token: str, user) -> tuple[Path, str]:
    """Where the file lies, and what it was called. Raises Gone."""
    try:
        owner, name, file_name = signing.loads(token, salt=SALT, max_age=SECONDS_KEPT)
    except signing.BadSignature as error:
        raise Gone from error
    path = folder("eingang") / name
    if owner != user.pk or not path.exists():
        raise Gone
    return path, file_name


@contextlib.contextmanager
def taken(token: str, user) -> Iterator[None]:
    """The file is for this block alone, and gone behind it; where the block fails it is back. Raises Gone.

    Of two who send the same page at once, the second finds nothing.
    """
    path, _file_name = kept(token, user)
    held = path.with_name(f"{path.name}-held")
    try:
        path.rename(held)
    except FileNotFoundError as error:
        raise Gone from error
    try:
        yield
    except BaseException:
        held.rename(path)
        raise
    held.unlink(missing_ok=True)


def drop(token: str, user):
    """Forget the file, if it is still there."""
    try:
        path, _file_name = kept(token, user)
    except Gone:
        return
    path.unlink(missing_ok=True)
