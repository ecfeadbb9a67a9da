"""Text tracks and chapters as files: for the player, for podcast apps, to take home."""

import hashlib
import json

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from sessions_app.captions import cue_records
from sessions_app.chapter_lists import chapter_records
from sessions_app.models import TextTrack, Video
from sessions_app.transcripts import chapters, reading, srt, webvtt
from sessions_app.transcripts.timecodes import milliseconds

# How each is written, and as what it is sent.
TRACK_FORMATS = {
    "vtt": (lambda track, cues: webvtt.write(cues, track.layout), webvtt.CONTENT_TYPE),
    "srt": (lambda track, cues: srt.write(cues), srt.CONTENT_TYPE),
    "txt": (lambda track, cues: reading.as_text(cues), "text/plain; charset=utf-8"),
}
CHAPTER_FORMATS = {
    "vtt": (chapters.to_webvtt, webvtt.CONTENT_TYPE),
    "json": (
        lambda found, duration: json.dumps(chapters.to_podcast(found, duration), ensure_ascii=False),
        chapters.PODCAST_CONTENT_TYPE,
    ),
}


@require_safe
def track_file(request, uuid, suffix):
    """A text track, seen where its video is seen. Three queries, two for visitors."""
    if suffix not in TRACK_FORMATS:
        raise Http404
    track, is_public = _seen(TextTrack.objects.select_related("video"), request.user, uuid)
    write, content_type = TRACK_FORMATS[suffix]
    body = write(track, cue_records(track.cues.in_order()))
    return _file(request, body, content_type, f"{track.video.slug}.{track.language}.{suffix}", is_public)


@require_safe
def chapter_file(request, uuid, suffix):
    """The chapters of the video of that uuid. One without chapters has no such file."""
    if suffix not in CHAPTER_FORMATS:
        raise Http404
    video, is_public = _seen(Video.objects.all(), request.user, uuid)
    with translation.override(settings.LANGUAGE_CODE):
        found = chapter_records(video.chapters.in_order(), f"{settings.SITE_URL}{video.get_absolute_url()}")
    if not found:
        raise Http404
    write, content_type = CHAPTER_FORMATS[suffix]
    body = write(found, milliseconds(video.duration) if video.duration else None)
    return _file(request, body, content_type, f"{video.slug}.kapitel.{suffix}", is_public)


def _seen(things, user, uuid):
    """The thing, and whether everybody sees it."""
    thing = things.published().filter(uuid=uuid).first()
    return (thing, True) if thing else (get_object_or_404(things.visible_to(user), uuid=uuid), False)


def _file(request, body: str, content_type: str, name: str, is_public: bool) -> HttpResponse:
    data = body.encode()
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag) or HttpResponse(data, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache" if is_public else "private, no-cache"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    if is_public:
        # Players of other sites and podcast apps may read what everybody may read.
        response["Access-Control-Allow-Origin"] = "*"
    return response
