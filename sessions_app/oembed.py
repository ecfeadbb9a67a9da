"""Our recordings in other people's pages: what to embed (oEmbed), and the frame that is embedded."""

import re
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from conference.images import renditions
from conference.structured_data import absolute
from conference.templatetags.image_tags import image_url
from sessions_app import playback
from sessions_app.models import Video
from sessions_app.transcripts.timecodes import parse_position, position
from sessions_app.xml_writing import add, as_bytes, root_element

CACHE_SECONDS = 3600
LARGEST = (1280, 720)
PAGES = ("video_detail", "video_embed")
_HOST = re.compile(r"https?://[\w.-]+(?::\d+)?", re.ASCII)


# ── What to embed ────────────────────────────────────────────────────────────────────────────
@require_safe
def oembed(request):
    """Unknown, hidden and not playable are the same "not found"."""
    write = WRITERS.get(request.GET.get("format", "json"))
    if write is None:
        return HttpResponse(status=501)
    slug, language, start = _asked(request.GET.get("url", ""))
    video = get_object_or_404(Video.objects.published().with_poster().with_recording(), slug=slug)
    if not playback.plays_here(video):
        raise Http404
    limits = tuple(_limit(request.GET.get(name, "")) for name in ("maxwidth", "maxheight"))
    with override(language):
        response = write(embedding(video, limits, start))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def embedding(video: Video, limits=(None, None), start: str = "") -> dict:
    """As formats.md asks; the thumbnail with all three properties or not at all."""
    width, height = scaled(playback.size(video), limits)
    conference = video.shown_event.conference
    return {
        "version": "1.0",
        "type": "video",
        "title": video.title,
        "author_name": video.rights_holder or conference.title,
        "author_url": absolute(conference.get_absolute_url()),
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": CACHE_SECONDS,
        **_thumbnail(video, limits),
        "html": _frame(video, width, height, start),
        "width": width,
        "height": height,
    }


def scaled(size: tuple[int, int], limits: tuple[int | None, int | None]) -> tuple[int, int]:
    """Inside the limits and never larger than is sensible, in the same ratio."""
    bounds = [min(most, limit or most) for most, limit in zip(LARGEST, limits, strict=True)]
    factor = min(1, *(bound / side for bound, side in zip(bounds, size, strict=True)))
    return max(1, int(size[0] * factor)), max(1, int(size[1] * factor))


def _thumbnail(video: Video, limits) -> dict:
    """The largest size of the poster within the limits."""
    width, height = (limit or LARGEST[0] for limit in limits)
    fitting = [size for size in (renditions(video.poster, "16x9") if video.poster else []) if size.width <= width]
    fitting = [size for size in fitting if size.height <= height]
    if not fitting:
        return {}
    address = image_url(video.poster, "16x9", fitting[-1].width)
    return {
        "thumbnail_url": absolute(address),
        "thumbnail_width": fitting[-1].width,
        "thumbnail_height": fitting[-1].height,
    }


def _frame(video: Video, width: int, height: int, start: str) -> str:
    query = f"?{urlencode({'t': start}, safe=',')}" if start else ""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" allow="fullscreen" allowfullscreen loading="lazy" '
        'referrerpolicy="no-referrer"></iframe>',
        f"{playback.embed_address(video)}{query}",
        width,
        height,
        video.title,
    )


def _asked(address: str) -> tuple[str, str, str]:
    """Slug, language and `?t=` of one of our addresses; raises Http404 for any other."""
    try:
        parts, own = urlsplit(address), urlsplit(settings.SITE_URL)
    except ValueError:
        raise Http404 from None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != own.netloc.lower():
        raise Http404
    span = parse_position(QueryDict(parts.query).get("t", ""))
    for code, _name in settings.LANGUAGES:
        with override(code):
            try:
                match = resolve(unquote(parts.path))
            except Resolver404:
                continue
        if match.url_name in PAGES:
            return match.kwargs["slug"], code, position(*span) if span else ""
    raise Http404


def _limit(text: str) -> int | None:
    """A whole number above zero; anything else sets no limit."""
    return int(text) or None if text.isascii() and text.isdecimal() and len(text) < 9 else None


def _xml(answer: dict) -> HttpResponse:
    root = root_element("oembed")
    for name, value in answer.items():
        add(root, name, value)
    return HttpResponse(as_bytes(root), content_type="text/xml; charset=utf-8")


WRITERS = {"json": lambda answer: JsonResponse(answer, json_dumps_params={"ensure_ascii": False}), "xml": _xml}


# ── The frame ────────────────────────────────────────────────────────────────────────────────
@require_safe
@xframe_options_exempt
def video_embed(request, slug):
    """The player alone, for any page. Always as the public sees it: the frame knows nobody."""
    video = get_object_or_404(Video.objects.published().with_poster().with_recording(), slug=slug)
    if not playback.plays_here(video):
        raise Http404
    files = playback.main_files(video)
    span = parse_position(request.GET.get("t", ""))
    # What browsers understand behind the address of a file.
    fragment = f"#t={position(*span)}" if span else ""
    width, height = playback.size(video)
    context = {
        "video": video,
        "sources": [(f"{file.address}{fragment}", file.media_type) for file in files],
        "tracks": [(reverse("track_file", args=[track.uuid, "vtt"]), track) for track in video.loaded_tracks],
        "poster": image_url(video.poster, "16x9"),
        "width": width,
        "height": height,
    }
    response = render(request, "sessions_app/video_embed.html", context)
    hosts = [match[0] for file in files if (match := _HOST.match(file.address))]
    response.csp = {"frame-ancestors": ["*"], "media-src": ["'self'", *dict.fromkeys(hosts)]}
    return response


def discovery(video: Video) -> list[tuple[str, str]]:
    """What the head of a recording's page links to: [(media type, address)]; nothing if it does not play here."""
    if not playback.plays_here(video):
        return []
    endpoint, page = absolute(reverse("oembed")), playback.page_address(video)
    return [
        (media_type, f"{endpoint}?{urlencode({'url': page, 'format': name})}")
        for media_type, name in (("application/json+oembed", "json"), ("text/xml+oembed", "xml"))
    ]
