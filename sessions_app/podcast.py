"""The recordings of a conference as two podcasts, one to hear and one to watch, with transcripts and chapters."""

import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import format_datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from conference.models import Conference
from conference.models.choices import LICENSE_URLS
from conference.structured_data import absolute, image_address, summary_of
from conference.templatetags.image_tags import image_url
from sessions_app import playback
from sessions_app.models import Appearance, Contribution, MediaFile, Video
from sessions_app.transcripts.chapters import PODCAST_CONTENT_TYPE
from sessions_app.xml_writing import add, as_bytes, group, root_element

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
# Given by the specification, so that everybody makes the same guid of an address.
GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
CONTENT_TYPE = "application/rss+xml; charset=utf-8"
COVER = "img/podcast.png"
CATEGORY = "Education"
TRANSCRIPTS = {"vtt": "text/vtt", "srt": "application/x-subrip"}
_OTHER_VERSIONS = {
    MediaFile.Role.AUDIO_DESCRIPTION: "audio-description",
    MediaFile.Role.SIGN_LANGUAGE: "sign-language",
    MediaFile.Role.PLAIN_LANGUAGE: "plain-language",
}
_HOSTS = {Contribution.Kind.MODERATION, Contribution.Kind.WELCOME}


@dataclass(frozen=True)
class Medium:
    """One of the two podcasts: how the directories call it, its address, and which file of a recording it takes."""

    name: str
    url_name: str
    title: Promise
    file_of: Callable[[Video], MediaFile | None]


AUDIO = Medium("podcast", "conference_podcast_audio", gettext_lazy("%(conference)s zum Hören"), playback.sound_file)
VIDEO = Medium("video", "conference_podcast_video", gettext_lazy("%(conference)s zum Sehen"), playback.picture_file)


@require_safe
def conference_podcast_audio(request, slug):
    return _answer(request, slug, AUDIO)


@require_safe
def conference_podcast_video(request, slug):
    return _answer(request, slug, VIDEO)


def _answer(request, slug: str, medium: Medium) -> HttpResponse:
    """Only the ETag decides whether to answer 304: a withdrawal makes the newest entry older, not newer."""
    conference = get_object_or_404(Conference.objects.published().with_relations(), slug=slug)
    response = HttpResponse(as_bytes(feed(conference, medium)), content_type=CONTENT_TYPE)
    set_response_etag(response)
    response = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    # Players that run in a browser fetch it from there.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def feed(conference: Conference, medium: Medium):
    """The whole document. Eight queries, however many recordings there are."""
    videos = Video.objects.published().online().of_conferences([conference]).with_poster().with_recording()
    found = [(video, medium.file_of(video)) for video in videos.order_by("-published_at", "-pk")]
    items = [(video, file) for video, file in found if file]
    cast = _Cast(conference)
    root = root_element("rss", NAMESPACES, version="2.0")
    channel = group(root, "channel")
    _add_channel(channel, conference, medium, [video for video, _file in items])
    for video, file in items:
        item = group(channel, "item")
        _add_item(item, video, file)
        _add_versions(item, video, file)
        for appearance in cast.of(video):
            _add_person(item, appearance)
    return root


# ── The podcast ──────────────────────────────────────────────────────────────────────────────
def feed_address(conference: Conference, medium: Medium) -> str:
    """The one in German, whichever is read: the podcast is the same, and its guid is made of it."""
    with override(settings.CONTENT_LANGUAGE):
        return absolute(reverse(medium.url_name, args=[conference.slug]))


def feed_guid(address: str) -> uuid.UUID:
    return uuid.uuid5(GUID_NAMESPACE, re.sub(r"^\w+://", "", address).rstrip("/"))


def _add_channel(channel, conference: Conference, medium: Medium, videos: list[Video]):
    title = medium.title % {"conference": conference.title}
    page, cover = absolute(conference.get_absolute_url()), absolute(static(COVER))
    address = feed_address(conference, medium)
    makers = [organiser.name for organiser in conference.visible_organisers] or [settings.SITE_NAME]
    add(channel, "title", title)
    add(channel, "link", page)
    add(channel, "description", summary_of(conference) or conference.key_question or title)
    add(channel, "language", settings.CONTENT_LANGUAGE)
    add(channel, "copyright", ", ".join(makers))
    add(channel, "lastBuildDate", format_datetime(max(each.changed_at for each in [conference, *videos])))
    add(channel, "atom:link", attributes={"rel": "self", "type": "application/rss+xml", "href": address})
    picture = group(channel, "image")
    for name, words in (("url", cover), ("title", title), ("link", page)):
        add(picture, name, words)
    add(channel, "itunes:author", ", ".join(makers))
    add(channel, "itunes:type", "episodic")
    add(channel, "itunes:image", attributes={"href": cover})
    add(channel, "itunes:category", attributes={"text": CATEGORY})
    add(channel, "itunes:explicit", "false")
    owner = group(channel, "itunes:owner")
    add(owner, "itunes:name", settings.SITE_NAME)
    add(owner, "itunes:email", settings.CONTACT_EMAIL)
    add(channel, "podcast:guid", feed_guid(address))
    add(channel, "podcast:medium", medium.name)
    add(channel, "podcast:locked", "yes", {"owner": settings.CONTACT_EMAIL})
    licenses = {video.license for video in videos}
    _add_license(channel, conference.default_license or (licenses.pop() if len(licenses) == 1 else ""), page)
    for maker in makers:
        add(channel, "podcast:person", maker, {"role": "host", "group": "cast"})


def _add_license(parent, code: str, page: str):
    """The page says what a licence without an address of its own means."""
    if code:
        add(parent, "podcast:license", code.lower(), {"url": LICENSE_URLS.get(code, page)})


# ── A recording ──────────────────────────────────────────────────────────────────────────────
def _add_item(item, video: Video, file: MediaFile):
    event, page = video.shown_event, playback.page_address(video)
    summary = summary_of(video) or video.title
    add(item, "title", video.title)
    add(item, "link", page)
    add(item, "guid", video.uuid, {"isPermaLink": "false"})
    add(item, "pubDate", format_datetime(video.published_at))
    add(item, "description", summary)
    add(item, "content:encoded", _description(video, summary, page))
    enclosure = {"url": playback.file_address(file), "length": file.size or 0, "type": file.media_type}
    add(item, "enclosure", attributes=enclosure)
    if ms := playback.duration_ms(video, file):
        add(item, "itunes:duration", round(ms / 1000))
    add(item, "itunes:explicit", "false")
    add(item, "itunes:image", attributes={"href": absolute(static(COVER))})
    add(item, "media:thumbnail", attributes={"url": image_address(video.poster)})
    year, title = event.conference.starts_on.year, event.conference.title
    add(item, "itunes:season", year)
    add(item, "podcast:season", year, {"name": title[:128]})
    add(item, "itunes:episode", event.number)
    display = _("Veranstaltung %(number)d") % {"number": event.number}
    add(item, "podcast:episode", event.number, {"display": display[:32]})
    _add_license(item, video.license or event.conference.default_license, page)


def _description(video: Video, summary: str, page: str) -> str:
    words = _("Mit Transkript, Kapiteln und Materialien ansehen")
    return format_html('<p>{}</p><p>{}</p><p><a href="{}">{}</a></p>', summary, video.shown_event.title, page, words)


def _add_versions(item, video: Video, file: MediaFile):
    """What is read along, where it turns to something else, and the versions for other eyes and ears."""
    for track in playback.captions(video):
        for suffix, media_type in TRANSCRIPTS.items():
            address = playback.track_address(track, suffix)
            given = {"url": address, "type": media_type, "language": track.language, "rel": "captions"}
            add(item, "podcast:transcript", attributes=given)
    if video.loaded_chapters:
        address = playback.chapters_address(video, "json")
        add(item, "podcast:chapters", attributes={"url": address, "type": PODCAST_CONTENT_TYPE})
    for other in video.loaded_files:
        if other.role in _OTHER_VERSIONS and other.media_type:
            _add_alternative(item, video, other)


def _add_alternative(item, video: Video, file: MediaFile):
    seconds = playback.duration_ms(video, file) / 1000
    alternative = group(item, "podcast:alternateEnclosure", type=file.media_type)
    given = {
        "length": file.size,
        "bitrate": round(file.size * 8 / seconds) if file.size and seconds else None,
        "height": file.height,
        "lang": file.language,
        "title": file.get_role_display()[:32],
        "rel": _OTHER_VERSIONS[file.role],
    }
    for name, value in given.items():
        if value:
            alternative.set(name, str(value))
    source = {"uri": playback.file_address(file), "contentType": file.media_type}
    add(alternative, "podcast:source", attributes=source)


# ── Who is in it ─────────────────────────────────────────────────────────────────────────────
class _Cast:
    """Everybody who appeared at the conference, by contribution and by event. One query."""

    def __init__(self, conference: Conference):
        appearances = Appearance.objects.published().of_conferences([conference])
        appearances = appearances.select_related("speaker__portrait", "contribution")
        self.by_contribution, self.by_event = defaultdict(list), defaultdict(list)
        for appearance in appearances.order_by("contribution__position", "contribution", "position", "pk"):
            self.by_contribution[appearance.contribution_id].append(appearance)
            self.by_event[appearance.contribution.event_id].append(appearance)

    def of(self, video: Video) -> Iterable[Appearance]:
        """Each person once; nobody of the event is heard in what is only about it."""
        if video.is_about:
            return ()
        by_part = video.contribution_id is not None
        appearances = self.by_contribution[video.contribution_id] if by_part else self.by_event[video.event_id]
        first = {}
        for appearance in appearances:
            first.setdefault(appearance.speaker_id, appearance)
        return first.values()


def _add_person(item, appearance: Appearance):
    """In a role of the taxonomy, which is English."""
    speaker, portrait = appearance.visible_speaker, image_url(appearance.visible_speaker.portrait, "1x1")
    given = {
        "role": "host" if appearance.contribution.kind in _HOSTS else "guest",
        "group": "cast",
        "href": absolute(speaker.get_absolute_url()),
        "img": absolute(portrait) if portrait else "",
    }
    add(item, "podcast:person", str(speaker)[:128], given)
