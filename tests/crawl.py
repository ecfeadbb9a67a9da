"""A reader who follows every link: what the tests of visibility and of the whole site walk with."""

import contextlib
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

SITEMAPS = ("/robots.txt", "/sitemap.xml", "/sitemap-videos.xml", "/feeds/neu.atom")
STARTS = ("/", "/en/", *SITEMAPS, "/health/live", "/health/ready")
_XML_LINK = re.compile(
    r"<(?:loc|link)>([^<]+)</|\b(?:href|url)=\"([^\"]+)\"|<id>([^<]+)</id>|^URL[^:]*:(\S+)", re.MULTILINE
)


@contextlib.contextmanager
def world(blocker, folder):
    """A database for all tests of a module, forgotten when the block ends; uploads go to `folder`.

    What `conftest.py` sets for one test is set here for the block.
    """
    changed = override_settings(MEDIA_ROOT=folder, PRIVATE_ROOT=folder / "private")
    with blocker.unblock(), changed, translation.override("de"), transaction.atomic():
        # It is made for those tests alone that say so: each module with this needs `pytestmark`.
        name = str(connection.settings_dict["NAME"])
        assert "memory" in name or name.rpartition("/")[2].startswith("test_"), "no database of the tests' own"
        yield
        transaction.set_rollback(True)


class _Markup(HTMLParser):
    """Where a page leads, what it has anchors for, and what its forms can ask."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loaded, self.anchors, self.questions = [], [], set(), []
        self._form = self._select = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("id"):
            self.anchors.add(given["id"])
        if tag in {"a", "area"} and "href" in given:
            self.links.append(given["href"])
        elif tag == "link":
            leads = given.get("rel") in {"canonical", "alternate", "schema.DC"}
            (self.links if leads else self.loaded).append(given["href"])
        elif tag in {"img", "script", "source", "use"} and (given.get("src") or given.get("href")):
            self.loaded.append(given.get("src") or given["href"])
        self.loaded += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        self._ask(tag, given)

    def _ask(self, tag, given):
        if tag == "form":
            self._form = given.get("action", "") if given.get("method", "get").lower() == "get" else None
        elif tag == "select":
            self._select = given.get("name")
        elif self._form is not None and given.get("value"):
            name = self._select if tag == "option" else given.get("name")
            if name and (tag == "option" or given.get("type") in {"checkbox", "radio", "submit", "hidden"}):
                self.questions.append((self._form, name, given["value"]))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


@dataclass
class Page:
    """One answer."""

    address: str
    status: int
    body: bytes
    headers: dict
    cookies: list
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    questions: list[tuple[str, str, str]] = field(default_factory=list)
    queries: int = 0

    @property
    def kind(self) -> str:
        """The name of its address, in either language."""
        with translation.override("en" if self.address.startswith("/en/") else "de"):
            return resolve(urlsplit(self.address).path).url_name

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


def fetch(client, address, **extra) -> Page:
    # A request leaves its language behind; the next address is made in ours.
    with CaptureQueriesContext(connection) as asked, translation.override(translation.get_language()):
        response = client.get(address, **extra)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    page = Page(address, response.status_code, body, dict(response.headers), list(response.cookies))
    page.queries = len(asked)
    if page.is_html:
        markup = _Markup(body.decode())
        page.links, page.loaded, page.anchors = markup.links, markup.loaded, markup.anchors
        page.questions = markup.questions
    elif re.match(r"application/(atom\+|rss\+)?xml|text/(xml|calendar)", page.headers.get("Content-Type", "")):
        text = body.decode().replace("\r\n ", "")
        page.links = [next(filter(None, hit)).replace("&amp;", "&") for hit in _XML_LINK.findall(text)]
    return page


# When an answer for machines was made stands in it.
_MOMENT = re.compile(rb'"(?:Abgerufen|created_at)": ?"[^"]*"|<responseDate>[^<]*')


def timeless(body: bytes) -> bytes:
    """The same for whoever asks a second later."""
    return _MOMENT.sub(b"", body)


def inside(address: str, base: str) -> str | None:
    """The address within the site, without its anchor, or None if it leads elsewhere."""
    whole = urlsplit(urljoin(f"{settings.SITE_URL}{base}", address.strip()))
    own = urlsplit(settings.SITE_URL)
    if (whole.scheme, whole.netloc) != (own.scheme, own.netloc):
        return None
    return urlunsplit(("", "", whole.path or "/", whole.query, ""))


def crawl(client, starts=STARTS, limit=3000, files=None) -> dict[str, Page]:
    """Every address a reader can come to, with its answer. Filters are tried one at a time, from the bare list.

    `files`: so many files for machines (citations, calendars, feeds …) of each kind and language are enough.
    """
    pages, waiting, met = {}, list(starts), Counter()
    while waiting:
        address = waiting.pop()
        if address in pages or address.startswith(("/admin/", "/exporte/")):
            continue
        if files and (kind := _kind_of_file(address)):
            met[kind] += 1
            if met[kind] > files:
                continue
        assert len(pages) < limit, "the addresses do not come to an end"
        page = pages[address] = fetch(client, address)
        is_bare = not urlsplit(address).query
        for link in page.links:
            target = inside(link, address)
            if target and not _is_static(target) and (is_bare or not urlsplit(target).query or _only_pages(target)):
                waiting.append(target)
        waiting += [target for link in page.loaded if (target := inside(link, address)) and not _is_static(target)]
        if is_bare:
            asked = (inside(f"{form}?{urlencode([(name, value)])}", address) for form, name, value in page.questions)
            waiting += [target for target in asked if target]
    return pages


def _kind_of_file(address: str) -> tuple[bool, str] | None:
    """The language and the end of what is a file and not a page: "zitat.bib"."""
    name = urlsplit(address).path.rpartition("/")[2]
    kind = name if name.startswith(("zitat.", "citation.", "datacite.")) else name.rpartition(".")[2]
    return (address.startswith("/en/"), kind) if "." in name else None


def _only_pages(address: str) -> bool:
    return [name for name, _value in parse_qsl(urlsplit(address).query)] == ["seite"]


def _is_static(address: str) -> bool:
    if not address.startswith(settings.STATIC_URL):
        return False
    path = urlsplit(address).path.removeprefix(settings.STATIC_URL)
    assert find(path), f"{address} is not there"
    return True


def broken_anchors(pages: dict[str, Page]) -> list[str]:
    """Links to a place on a page that is not there."""
    found = []
    for page in pages.values():
        for link in page.links:
            target, anchor = inside(link, page.address), urlsplit(link.strip()).fragment
            known = pages.get(target)
            if anchor and known and known.is_html and anchor not in known.anchors:
                found.append(f"{page.address} → {link}")
    return found
