"""Players of other houses, told from the address alone."""

import pytest

from sessions_app.embeds import embed_of, file_elsewhere
from sessions_app.transcripts.timecodes import Span

PEERTUBE_ID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
PEERTUBE = f"tube.example.org/videos/embed/{PEERTUBE_ID}?p2p=0&warningTitle=0"
YOUTUBE = "www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0"
VIMEO = "player.vimeo.com/video/123456789?dnt=1"


@pytest.fixture(autouse=True)
def _trusted(settings):
    settings.PEERTUBE_HOSTS = ["tube.example.org"]


@pytest.mark.parametrize(
    ("url", "provider", "address"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "youtube", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "youtube", YOUTUBE),
        ("https://m.youtube.com/live/dQw4w9WgXcQ", "youtube", YOUTUBE),
        ("https://vimeo.com/123456789", "vimeo", VIMEO),
        ("https://vimeo.com/123456789/abcdef1234", "vimeo", f"{VIMEO}&h=abcdef1234"),
        ("https://player.vimeo.com/video/123456789?h=abcdef1234", "vimeo", f"{VIMEO}&h=abcdef1234"),
        (f"https://tube.example.org/w/{PEERTUBE_ID}", "tube.example.org", PEERTUBE),
        (f"https://tube.example.org/videos/watch/{PEERTUBE_ID}", "tube.example.org", PEERTUBE),
        ("https://av.tib.eu/media/12345", "tib", "av.tib.eu/player/12345"),
        ("https://media.ccc.de/v/37c3-12345-ein_vortrag", "ccc", "media.ccc.de/v/37c3-12345-ein_vortrag/oembed"),
    ],
)
def test_known_providers(url, provider, address):
    embed = embed_of(url)
    assert (embed.provider, embed.address) == (provider, f"https://{address}")
    assert embed.address.startswith(f"{embed.origin}/")
    assert embed.privacy_url.startswith("https://")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://videos.example.org/v/1",
        "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
        "https://example.org/?u=https://youtu.be/dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=zu-kurz",
        "https://www.youtube.com/@kanal",
        'https://www.youtube.com/embed/"><script>',
        "https://vimeo.com/about",
        f"https://anderswo.example.org/w/{PEERTUBE_ID}",
        "https://tube.example.org/about",
        "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
        "https://av.tib.eu/series/1",
        "https://media.ccc.de/c/37c3",
    ],
)
def test_nobody_else_is_framed(url):
    assert embed_of(url) is None


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", "&start=723&end=850"),
        ("https://vimeo.com/123456789", "#t=723s"),
        (f"https://tube.example.org/w/{PEERTUBE_ID}", "&start=723s&stop=850s"),
        ("https://av.tib.eu/media/12345", "#t=723"),
    ],
)
def test_the_frame_opens_at_the_passage(url, ending):
    embed = embed_of(url)
    assert embed.at(None) == embed.address
    assert embed.at(Span(723_400, 849_600)) == embed.address + ending
    assert "end=" not in embed.at(Span(723_400)) and "stop=" not in embed.at(Span(723_400))


def test_a_file_elsewhere_names_its_host():
    assert file_elsewhere("https://dateien.example.org:8443/a.mp4").origin == "https://dateien.example.org:8443"
