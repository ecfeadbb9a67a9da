"""One line a page for all that machines read in its head: Open Graph for those who share it, JSON-LD for the rest.

`{% block structured_data %}{% organisation_metadata organisation %}{% endblock %}`
"""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.structured_data import (
    absolute,
    breadcrumbs,
    image_address,
    item_list,
    list_page,
    organisation_node,
    page_node,
    script,
    summary_of,
    website,
)

register = template.Library()

SHARING_PICTURE = "img/teilen.png"
_LOCALES = {"de": "de_DE", "en": "en_GB"}


def metadata(context, *nodes, title, description="", kind="website", image=None) -> dict:
    """What `components/metadata.html` prints. `kind` is an Open Graph type; without an image ours is shown."""
    picture = image_address(image)
    locale = _LOCALES[get_language() or settings.LANGUAGE_CODE]
    return {
        "site_name": settings.SITE_NAME,
        "title": title,
        "description": description,
        "kind": kind,
        "url": context["canonical_url"],
        "locale": locale,
        "other_locales": [other for other in _LOCALES.values() if other != locale],
        "picture": picture or absolute(static(SHARING_PICTURE)),
        "picture_is_ours": not picture,
        "picture_words": image.alt_text if picture else _("Konferenzen zum Nachsehen, Nachlesen und Weiterverwenden"),
        "graph": script(*nodes) if nodes else "",
    }


def metadata_of(context, thing, *nodes, kind="article", image=None) -> dict:
    """The same for a thing on its own page."""
    return metadata(context, *nodes, title=str(thing), description=summary_of(thing), kind=kind, image=image)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def list_metadata(context, title, listing=None, kind="CollectionPage"):
    """For pages that show many things (those of a `Listing`), or none."""
    description = _(
        "Konferenzen zum Nachsehen, Nachlesen und Weiterverwenden: Veranstaltungen, Kernbotschaften, Vorhaben, "
        "Mitwirkende und Videos."
    )
    members = None if listing is None else item_list(listing, listing.page.start_index(), listing.total)
    node = list_page(title, context["canonical_url"], kind, members)
    return metadata(context, node, title=title, description=description)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def site_metadata(context):
    """For the start page as long as there is no conference on it."""
    return metadata(context, website(), title=settings.SITE_NAME)


@register.inclusion_tag("components/metadata.html", takes_context=True)
def organisation_metadata(context, organisation):
    return metadata_of(context, organisation, organisation_node(organisation))


@register.inclusion_tag("components/metadata.html", takes_context=True)
def page_metadata(context, page):
    return metadata_of(context, page, page_node(page))


@register.simple_tag(takes_context=True)
def breadcrumb_data(context):
    """The trail `components/breadcrumbs.html` shows, from the same inputs."""
    steps = [(context.get(step, ""), context.get(f"{step}_url", "")) for step in ("one", "two")]
    trail = [(_("Start"), reverse("home")), *(step for step in steps if step[0]), (context["page"], "")]
    return script(breadcrumbs(trail))
