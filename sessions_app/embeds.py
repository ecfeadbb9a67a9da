"""Players of other houses: who they are, told from the address of a recording, and what they need to know."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings

from sessions_app.transcripts.timecodes import Span

_YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com"}
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:embed|live|shorts|v)/([A-Za-z0-9_-]{11})/?")
_VIMEO = re.compile(r"/(?:(?:video|channels/[\w-]+|groups/[\w-]+/videos)/)?([0-9]{6,12})(?:/([0-9a-f]{6,20}))?/?")
_PEERTUBE = re.compile(r"/(?:videos/(?:watch|embed)|w)/([A-Za-z0-9-]{20,40})/?")
_TIB = re.compile(r"/(?:media|player)/([0-9]{1,9})/?")
_CCC = re.compile(r"/v/([A-Za-z0-9._-]{1,120}?)(?:/oembed)?/?")


@dataclass(frozen=True, slots=True)
class Embed:
    """A player elsewhere. `provider` is what a browser remembers a consent by; `privacy_url` may be unknown."""

    provider: str
    name: str
    host: str
    address: str
    privacy_url: str = ""
    # Some refuse to play for whoever does not say which site asks; others are told nothing.
    tells_origin: bool = False
    place: Callable[[str, Span], str] = lambda address, span: address

    @property
    def origin(self) -> str:
        """What the policy of the page has to allow."""
        return f"https://{self.host}"

    def at(self, span: Span | None) -> str:
        """The address of the frame that opens there, as far as the provider can."""
        return self.place(self.address, span) if span else self.address


def embed_of(url: str) -> Embed | None:
    """Who plays the recording at this address; None for everybody we do not know. Contacts nobody."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme not in {"http", "https"} or not host:
        return None
    if host in _YOUTUBE_HOSTS:
        return _youtube(parts)
    if host in {"vimeo.com", "player.vimeo.com"}:
        return _vimeo(parts)
    if host == "av.tib.eu" and (match := _TIB.fullmatch(parts.path)):
        privacy = "https://av.tib.eu/privacy"
        address = f"https://av.tib.eu/player/{match[1]}"
        return Embed("tib", "TIB AV-Portal", "av.tib.eu", address, privacy, place=_fragment)
    if host == "media.ccc.de" and (match := _CCC.fullmatch(parts.path)):
        address = f"https://media.ccc.de/v/{match[1]}/oembed"
        return Embed("ccc", "media.ccc.de", "media.ccc.de", address, "https://media.ccc.de/about.html", place=_fragment)
    return _peertube(parts)


def file_elsewhere(url: str) -> Embed:
    """A file on another server, which our own player plays: whom the browser contacts then."""
    host = urlsplit(url).hostname or ""
    return Embed(host, host, urlsplit(url).netloc.rpartition("@")[2], url)


def asked_instead(url: str) -> str:
    """Where the provider says, without a key, whether it still has this recording; "" where its page says so itself.

    YouTube, Vimeo and PeerTube show a page for what is long deleted, too. What their description of the player answers
    can be trusted: there (200), unknown (404), not public or not to be embedded (401, 403). Whether it plays in every
    country, or is another film by now, nobody can tell from outside. Contacts nobody.
    """
    try:
        embed = embed_of(url)
    except ValueError:
        return ""
    number = urlsplit(embed.address).path.rpartition("/")[2] if embed else ""
    if embed and embed.provider == "youtube":
        page = f"https://www.youtube.com/watch?v={number}"
        return f"https://www.youtube.com/oembed?{urlencode({'url': page, 'format': 'json'})}"
    if embed and embed.provider == "vimeo":
        secret = parse_qs(urlsplit(embed.address).query).get("h", [""])[0]
        page = f"https://vimeo.com/{number}" + (f"/{secret}" if secret else "")
        return f"https://vimeo.com/api/oembed.json?{urlencode({'url': page})}"
    if embed and embed.host in settings.PEERTUBE_HOSTS:
        page = f"https://{embed.host}/w/{number}"
        return f"https://{embed.host}/services/oembed?{urlencode({'url': page})}"
    return ""


# ── Providers ────────────────────────────────────────────────────────────────────────────────
def _youtube(parts) -> Embed | None:
    asked = parse_qs(parts.query).get("v", [""])[0]
    match = _YOUTUBE_PATH.fullmatch(parts.path)
    short = parts.path.strip("/") if parts.hostname == "youtu.be" else ""
    number = match[1] if match else short or asked
    if not _YOUTUBE_ID.fullmatch(number):
        return None
    return Embed(
        "youtube",
        "YouTube (Google)",
        "www.youtube-nocookie.com",
        f"https://www.youtube-nocookie.com/embed/{number}?rel=0",
        "https://policies.google.com/privacy",
        tells_origin=True,
        place=lambda address, span: _with_query(address, start=span.start_ms // 1000, end=_end(span)),
    )


def _vimeo(parts) -> Embed | None:
    match = _VIMEO.fullmatch(parts.path)
    if not match:
        return None
    secret = match[2] or parse_qs(parts.query).get("h", [""])[0]
    address = f"https://player.vimeo.com/video/{match[1]}?dnt=1"
    if re.fullmatch(r"[0-9a-f]{6,20}", secret):
        address += f"&h={secret}"
    return Embed(
        "vimeo",
        "Vimeo",
        "player.vimeo.com",
        address,
        "https://vimeo.com/privacy",
        tells_origin=True,
        place=lambda address, span: f"{address}#t={span.start_ms // 1000}s",
    )


def _peertube(parts) -> Embed | None:
    """PeerTube runs on hundreds of servers; those we trust are named in the settings."""
    if parts.hostname not in settings.PEERTUBE_HOSTS or not (match := _PEERTUBE.fullmatch(parts.path)):
        return None
    host = parts.hostname
    return Embed(
        host,
        f"PeerTube ({host})",
        host,
        f"https://{host}/videos/embed/{match[1]}?p2p=0&warningTitle=0",
        f"https://{host}/about/instance",
        place=lambda address, span: _with_query(address, start=f"{span.start_ms // 1000}s", stop=_end(span, "s")),
    )


def _end(span: Span, unit: str = "") -> str:
    return f"{-(-span.end_ms // 1000)}{unit}" if span.end_ms is not None else ""


def _with_query(address: str, **given) -> str:
    more = urlencode({name: value for name, value in given.items() if value != ""})
    return f"{address}&{more}" if more else address


def _fragment(address: str, span: Span) -> str:
    return f"{address}#t={span.start_ms // 1000}"
