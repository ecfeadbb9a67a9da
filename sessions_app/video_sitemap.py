"""The recordings that play here, as search engines for videos want them."""

import datetime

from django.http import HttpResponse
from django.utils.text import Truncator
from django.views.decorators.http import conditional_page, require_safe

from conference.structured_data import absolute, summary_of
from sessions_app import playback
from sessions_app.models import Video
from sessions_app.xml_writing import add, as_bytes, group, root_element

NAMESPACES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
}
# What one file may hold.
LIMIT = 50_000
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_UPLOADER = 99, 2048, 255
LONGEST_SECONDS = 28_800


@require_safe
@conditional_page
def video_sitemap(request):
    """Six queries, however many recordings there are. Their pages once, in the language they are in."""
    root = root_element("urlset", NAMESPACES)
    videos = Video.objects.published().online().with_relations().with_recording()
    for video in videos.order_by("pk")[:LIMIT]:
        if playback.plays_here(video):
            _add_page(root, video)
    return HttpResponse(as_bytes(root), content_type="application/xml")


def _add_page(root, video: Video):
    page = group(root, "url")
    add(page, "loc", playback.page_address(video))
    add(page, "lastmod", _moment(video.changed_at))
    _add_video(group(page, "video:video"), video)


def _add_video(entry, video: Video):
    conference = video.shown_event.conference
    add(entry, "video:thumbnail_loc", playback.thumbnail_address(video))
    add(entry, "video:title", Truncator(video.title).chars(LONGEST_TITLE))
    add(entry, "video:description", (summary_of(video) or video.title)[:LONGEST_DESCRIPTION])
    add(entry, "video:content_loc", playback.file_address(playback.main_files(video)[0]))
    add(entry, "video:player_loc", playback.embed_address(video))
    seconds = round(playback.duration_ms(video) / 1000)
    if 0 < seconds <= LONGEST_SECONDS:
        add(entry, "video:duration", seconds)
    add(entry, "video:publication_date", _moment(video.published_at))
    add(entry, "video:family_friendly", "yes")
    for name in ("requires_subscription", "live"):
        add(entry, f"video:{name}", "no")
    for tag in _tags(video):
        add(entry, "video:tag", tag)
    uploader = (video.rights_holder or conference.title)[:LONGEST_UPLOADER]
    add(entry, "video:uploader", uploader, {"info": absolute(conference.get_absolute_url())})


def _tags(video: Video) -> list[str]:
    theme = video.shown_event.visible_theme
    return [video.shown_event.conference.title, *([theme.title] if theme else [])]


def _moment(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat(timespec="seconds")
