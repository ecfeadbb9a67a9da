"""What is new, as Atom: everything to read and watch, or what belongs to one thing; the latest publication first."""

import datetime
import heapq
import mimetypes
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from conference.models import Conference, Material, Theme
from conference.structured_data import absolute, summary_of
from projects_app.models import Project
from sessions_app import playback
from sessions_app.models import Appearance, Event, Video
from sessions_app.quotations import written_by
from sessions_app.xml_writing import possible

LIMIT = 50
# Works alone: people and organisations stand in them.
KINDS = (Event, Video, Project, Material, Theme, Conference)
# The year since which this kind of tag is given out, as RFC 4151 asks. It never changes.
_SINCE = 2020
_LONG_AGO = datetime.datetime(_SINCE, 1, 1, tzinfo=datetime.UTC)


def tag(name) -> str:
    """An address-free identifier: what it names keeps it when it moves."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{_SINCE}:{name}"


class _Writer(SimplerXMLGenerator):
    """Leaves out signs that XML cannot hold: one of them in a title shall not cost everybody the feed."""

    def characters(self, content):
        super().characters(possible(content))

    def startElement(self, name, attrs):
        super().startElement(name, {key: possible(value) for key, value in attrs.items()})


class NewsAtom(Atom1Feed):
    """Atom as Django writes it, with all authors, labelled categories, related pages and the language of each entry."""

    def write(self, outfile, encoding):
        handler = _Writer(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=_LONG_AGO)

    def item_attributes(self, item):
        return {"xml:lang": settings.CONTENT_LANGUAGE}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Nachlese")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        for term, scheme, label in item["labelled"]:
            handler.addQuickElement("category", "", {"term": term, "scheme": scheme, "label": label})
        for title, address in item["related"]:
            handler.addQuickElement("link", "", {"rel": "related", "href": address, "title": title})


class NewFeed(Feed):
    feed_type = NewsAtom
    subtitle = gettext_lazy("Neue Veranstaltungen, Videos, Vorhaben, Materialien und Kernbotschaften")
    author_name = settings.SITE_NAME

    def __call__(self, request, *args, **kwargs):
        """Readers on other sites may fetch it. Only the ETag decides whether to answer 304: a withdrawal makes the
        newest entry older, not newer.
        """
        response = super().__call__(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        set_response_etag(response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

    def title(self):
        return _("Neu auf %(site)s") % {"site": settings.SITE_NAME}

    def link(self):
        return absolute(reverse("home"))

    def feed_url(self):
        return absolute(reverse("feed_new"))

    def feed_guid(self):
        return tag(f"feeds/{get_language()}/neu")

    def items(self):
        """A fixed number of queries: the latest of each kind, and of them all the latest."""
        return latest(model.objects.published() for model in KINDS)

    def item_title(self, thing):
        is_off = isinstance(thing, Event) and thing.is_cancelled
        return f"{_kind(thing)}: {thing}{_cancelled() if is_off else ''}"

    def item_description(self, thing):
        return escape(summary_of(thing)) or None

    def item_link(self, thing):
        return absolute(thing.get_absolute_url())

    def item_guid(self, thing):
        return tag(f"{thing._meta.model_name}/{thing.uuid}")

    def item_pubdate(self, thing):
        return thing.published_at

    def item_updateddate(self, thing):
        return thing.changed_at

    def item_copyright(self, thing):
        """Under which licence it may be used, and whose it is; None where that is not known."""
        with override(settings.CONTENT_LANGUAGE):
            return ", ".join(filter(None, map(str, _rights(thing)))) or None

    def item_enclosures(self, thing):
        if isinstance(thing, Video):
            files = [file for file in playback.main_files(thing) if file.address]
            return [Enclosure(playback.file_address(file), str(file.size or 0), file.media_type) for file in files]
        file = getattr(thing, "file", None)
        if not file or not file.storage.exists(file.name):
            return []
        mime_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return [Enclosure(absolute(file.url), str(file.size), mime_type)]

    def item_extra_kwargs(self, thing):
        themes = [(theme.slug, absolute(reverse("theme_list")), theme.title) for theme in _themes(thing)]
        events = [thing.shown_event] if isinstance(thing, Video) else []
        return {
            "authors": _authors(thing),
            "labelled": [(thing._meta.model_name, tag("kind"), _kind(thing)), *themes],
            "related": [(event.title, absolute(event.get_absolute_url())) for event in events],
        }


def _kind(thing) -> str:
    """In the language of the entry, not of the feed."""
    with override(settings.CONTENT_LANGUAGE):
        return str(thing._meta.verbose_name)


def _cancelled() -> str:
    with override(settings.CONTENT_LANGUAGE):
        return f" ({Event.State.CANCELLED.label})"


def _authors(thing) -> list[str]:
    """Who wrote it, or speaks in it: of whole events they are too many."""
    if isinstance(thing, Material):
        return [voice.name for voice in written_by(thing.authors)]
    if isinstance(thing, Video) and thing.contribution and not thing.is_about:
        return list(dict.fromkeys(each.visible_speaker.name for each in thing.contribution.visible_appearances))
    return []


def _rights(thing) -> list[str]:
    """Licence and holder, as loaded by `_latest`."""
    if isinstance(thing, Video):
        return [thing.get_license_display() or _house_license(thing.shown_event.conference), thing.rights_holder]
    if isinstance(thing, Material):
        return [thing.get_license_display()]
    conference = thing.conference if isinstance(thing, Event) else thing
    return [_house_license(conference)] if isinstance(conference, Conference) else []


def _house_license(conference: Conference) -> str:
    return conference.get_default_license_display()


def latest(kinds: Iterable[QuerySet]) -> list:
    """Of what is public of several kinds the latest, with what an entry says of it. A fixed number of queries."""
    found = [thing for things in kinds for thing in _latest(things.published())]
    return heapq.nlargest(LIMIT, found, key=lambda thing: (thing.published_at, thing.uuid))


def _latest(things: QuerySet) -> QuerySet:
    # Conferences, themes and materials have no theme to be filed under.
    if things.model is Video:
        people = Prefetch(
            "contribution__appearances", Appearance.objects.with_relations(), to_attr="visible_appearances"
        )
        things = things.online().with_relations().prefetch_related(Prefetch("files", to_attr="loaded_files"), people)
    elif hasattr(things, "for_cards"):
        things = things.for_cards()
    return things.order_by("-published_at", "-pk")[:LIMIT]


def _themes(thing) -> list[Theme]:
    """Those it is filed under, as loaded by `_latest`."""
    if isinstance(thing, Project):
        return thing.visible_themes
    event = thing.shown_event if isinstance(thing, Video) else thing
    theme = getattr(event, "visible_theme", None)
    return [theme] if theme else []
