"""What machines read in a page (schema.org as JSON-LD): the words we write it with, and the nouns of this floor.

Everything is told from what the page has loaded, already narrowed to what its reader may see: no query here.
"""

import itertools
import json
from urllib.parse import urljoin

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, override

from conference.models import Conference, Organisation
from conference.models.choices import LICENSE_URLS, FederalState
from conference.richtext import plain_text
from conference.templatetags.image_tags import image_url

# Inside a script element these could end it, or the line.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
_SUMMARY_LENGTH = 240
# Of a list that is all on one page, as many as one reads.
_LISTED = 100
# Long texts of a thing, the first of which stands in for a summary nobody wrote.
_TEXTS = ("introduction", "background", "biography", "goals", "body")
_ATTENDANCE = {
    Conference.Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Conference.Format.ON_SITE: "https://schema.org/OfflineEventAttendanceMode",
    Conference.Format.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}
_ORGANISATION_TYPES = {
    Organisation.Kind.MUNICIPALITY: "GovernmentOrganization",
    Organisation.Kind.MINISTRY: "GovernmentOrganization",
    Organisation.Kind.AUTHORITY: "GovernmentOrganization",
    Organisation.Kind.RESEARCH: "ResearchOrganization",
}


# ── Words ────────────────────────────────────────────────────────────────────────────────────
def absolute(address: str) -> str:
    return urljoin(f"{settings.SITE_URL}/", address)


def identity(thing) -> str:
    """The same in every language of the page."""
    with override(settings.CONTENT_LANGUAGE):
        return absolute(f"{thing.get_absolute_url()}#{thing._meta.model_name}")


def reference(kind: str, thing, **more) -> dict:
    """A thing that has a page of its own, named in passing."""
    return {
        "@type": kind,
        "@id": identity(thing),
        "name": str(thing),
        "url": absolute(thing.get_absolute_url()),
        **more,
    }


def description_of(kind: str, thing, **more) -> dict:
    """A thing on its own page."""
    return reference(kind, thing, identifier=f"urn:uuid:{thing.uuid}", description=summary_of(thing), **more)


def summary_of(thing) -> str:
    """Plain words: its summary, else its headline, else how its first long text begins."""
    for name in ("summary", "headline"):
        if text := getattr(thing, name, ""):
            return " ".join(text.split())
    for name in _TEXTS:
        if text := plain_text(getattr(thing, name, "")):
            return Truncator(" ".join(text.split())).chars(_SUMMARY_LENGTH, truncate=" …")
    return ""


def image_address(image) -> str:
    address = image_url(image, "16x9") if image else ""
    return absolute(address) if address else ""


def script(*nodes: dict) -> SafeString:
    """The graph as text that may stand inside a script element; what is empty is left out."""
    graph = {"@context": "https://schema.org", "@graph": [_filled(node) for node in nodes if node]}
    text = json.dumps(graph, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))


def _filled(value):
    if isinstance(value, dict):
        return {name: _filled(part) for name, part in value.items() if part not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_filled(part) for part in value]
    return value


# ── Nouns ────────────────────────────────────────────────────────────────────────────────────
def website() -> dict:
    return {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#website",
        "name": settings.SITE_NAME,
        "url": absolute(reverse("home")),
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{absolute(reverse('search'))}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def list_page(title: str, address: str, kind: str, members: dict | None = None) -> dict:
    """A page that shows many things; `members` as `item_list` makes them."""
    return {
        "@type": kind,
        "@id": f"{address}#liste",
        "name": str(title),
        "url": address,
        "inLanguage": get_language(),
        "isPartOf": {"@type": "WebSite", "@id": f"{settings.SITE_URL}/#website", "name": settings.SITE_NAME},
        "mainEntity": members,
    }


def item_list(things, first: int, total: int) -> dict | None:
    """`things` are those on the page, of `total`; the first is the `first`th of the whole list."""
    members = [
        {"@type": "ListItem", "position": position, "name": str(thing), "url": absolute(thing.get_absolute_url())}
        for position, thing in enumerate(itertools.islice(things, _LISTED), first)
    ]
    return {"@type": "ItemList", "numberOfItems": total, "itemListElement": members} if members else None


def breadcrumbs(trail: list[tuple[str, str]]) -> dict:
    """`trail` is [(name, address)] from the start page down; the last, this page, needs no address."""
    items = [
        {"@type": "ListItem", "position": position, "name": str(name), "item": absolute(address) if address else ""}
        for position, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def attendance(conference, place: str, address: str) -> dict:
    """How one takes part, online or at a place, in the two properties of an Event."""
    places = []
    if conference.format != Conference.Format.ON_SITE:
        places.append({"@type": "VirtualLocation", "url": absolute(address)})
    if place and conference.format != Conference.Format.ONLINE:
        places.append({"@type": "Place", "name": place, "address": place})
    return {"eventAttendanceMode": _ATTENDANCE[conference.format], "location": places}


def conference_node(conference, events=(), themes=()) -> dict:
    """`events` and `themes`: nodes of those its page shows. Needs what `Conference.objects.with_relations()` loads."""
    funder = conference.visible_funder
    return description_of(
        "Event",
        conference,
        alternateName=conference.key_question,
        startDate=conference.starts_on.isoformat(),
        endDate=conference.ends_on.isoformat(),
        eventStatus="https://schema.org/EventScheduled",
        **attendance(conference, conference.place, conference.get_absolute_url()),
        organizer=[organisation_reference(organiser) for organiser in conference.visible_organisers],
        funder=organisation_reference(funder) if funder else None,
        about=list(themes),
        subEvent=list(events),
        workFeatured=[material_node(material) for material in conference.visible_materials],
        image=image_address(conference.image),
        inLanguage=settings.CONTENT_LANGUAGE,
    )


def theme_reference(theme) -> dict:
    return reference("CreativeWork", theme)


def theme_node(theme, subjects=()) -> dict:
    """`subjects`: nodes of the events and recordings about it."""
    return description_of(
        "CreativeWork",
        theme,
        alternativeHeadline=theme.subtitle,
        subjectOf=list(subjects),
        image=image_address(theme.image),
        inLanguage=settings.CONTENT_LANGUAGE,
    )


def organisation_reference(organisation) -> dict:
    return reference(_organisation_type(organisation), organisation)


def organisation_node(organisation) -> dict:
    state = FederalState(organisation.federal_state) if organisation.federal_state else None
    address = {"addressLocality": organisation.place, "addressRegion": state.label if state else ""}
    return description_of(
        _organisation_type(organisation),
        organisation,
        alternateName=organisation.short_name,
        sameAs=organisation.website,
        address={"@type": "PostalAddress", **address} if any(address.values()) else None,
    )


def material_node(material) -> dict:
    """A work in a list of a page; it has no page of its own."""
    return {
        "@type": _material_type(material),
        "@id": f"urn:uuid:{material.uuid}",
        "name": material.title,
        "alternativeHeadline": material.subtitle,
        "url": absolute(material.address) if material.address else "",
        "creditText": material.authors,
        "publisher": {"@type": "Organization", "name": material.publisher} if material.publisher else None,
        "datePublished": str(material.year or ""),
        "isbn": material.isbn,
        "inLanguage": material.language,
        "license": LICENSE_URLS.get(material.license, ""),
    }


def _material_type(material) -> str:
    if material.isbn:
        return "Book"
    return "PresentationDigitalDocument" if material.kind == material.Kind.SLIDES else "CreativeWork"


def page_node(page) -> dict:
    return description_of("WebPage", page, inLanguage=settings.CONTENT_LANGUAGE)


def _organisation_type(organisation) -> str:
    return _ORGANISATION_TYPES.get(organisation.kind, "Organization")
