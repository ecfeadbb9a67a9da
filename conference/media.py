"""Uploaded files on their way out: only what a visible thing refers to, whole or in parts."""

import re

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.encoding import filepath_to_uri
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from conference.file_types import content_type, is_shown_in_place
from conference.models import Image

_IMAGE_PATH = re.compile(r"bilder/[0-9a-f]{2}/([0-9a-f]{64})/(?:original|[0-9x-]+)\.(?:jpg|png|webp|avif)")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_CHUNK = 64 * 1024


@require_safe
def media(request, path):
    """The file at `path`, or the same "not found" as everywhere, whether it is hidden or was never there."""
    is_public = _is_referred_to(path, None)
    if not (is_public or _is_referred_to(path, request.user)) or not default_storage.exists(path):
        raise Http404
    response = _handed_to_nginx(path) if settings.MEDIA_ACCEL_PREFIX else _answer(request, path)
    response["Cache-Control"] = "no-cache" if is_public else "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _is_referred_to(path: str, user) -> bool:
    """By something public, or, given a `user`, by something they may see. One query for each kind of file."""
    if "\x00" in path or content_type(path) is None:
        return False
    if match := _IMAGE_PATH.fullmatch(path):
        return _seen_by(Image, user).filter(sha256=match[1]).exists()
    return any(_seen_by(model, user).filter(**{field.name: path}).exists() for model, field in _files_of_things())


def _files_of_things():
    """Whatever holds a file and can be published, or is seen within something that can."""
    for model in apps.get_models():
        if hasattr(model, "visible_within"):
            yield from ((model, field) for field in model._meta.fields if isinstance(field, FileField))


def _seen_by(model, user):
    return model.objects.visible_to(user) if user else model.objects.published()


def _handed_to_nginx(path: str) -> HttpResponse:
    """We have checked, nginx sends: it knows parts, ETag and dates itself."""
    response = HttpResponse(content_type=content_type(path))
    response["X-Accel-Redirect"] = filepath_to_uri(f"{settings.MEDIA_ACCEL_PREFIX.rstrip('/')}/{path}")
    name = path.rsplit("/", 1)[-1]
    response["Content-Disposition"] = content_disposition_header(not is_shown_in_place(path), name)
    return response


def _answer(request, path: str) -> HttpResponse:
    size = default_storage.size(path)
    changed = int(default_storage.get_modified_time(path).timestamp())
    etag = f'"{changed:x}-{size:x}"'
    if response := get_conditional_response(request, etag, changed):
        return response
    part = _asked_part(request, size, etag, changed)
    if part is not None and part.start >= size:
        response = HttpResponse(status=416, headers={"Content-Length": "0", "Content-Range": f"bytes */{size}"})
    elif part is not None:
        response = _part_response(path, part, size)
    else:
        response = FileResponse(
            default_storage.open(path), as_attachment=not is_shown_in_place(path), filename=path.rsplit("/", 1)[-1]
        )
        response["Content-Length"] = size
    response["Content-Type"] = content_type(path)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    return response


def _asked_part(request, size: int, etag: str, changed: int) -> range | None:
    """The one part asked for, cut to what is there; None for the whole, so also for several parts or nonsense.

    A part that begins behind the end starts at or after `size`.
    """
    condition = request.headers.get("If-Range")
    if condition and condition != etag and parse_http_date_safe(condition) != changed:
        return None
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if len(first) > 18 or len(last) > 18:
        return None
    if not first:
        return range(max(0, size - int(last)), size) if int(last) else range(size, size)
    if last and int(last) < int(first):
        return None
    return range(int(first), max(int(first), min(int(last) + 1 if last else size, size)))


def _part_response(path: str, part: range, size: int) -> HttpResponse:
    response = StreamingHttpResponse(_Part(default_storage.open(path), part), status=206)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = len(part)
    return response


class _Part:
    """A piece of an open file; closes it also when nobody reads."""

    def __init__(self, file, part: range):
        self.file, self.left = file, len(part)
        file.seek(part.start)

    def __iter__(self):
        while self.left > 0 and (chunk := self.file.read(min(_CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self):
        self.file.close()
