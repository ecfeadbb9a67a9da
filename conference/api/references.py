"""One thing named in another: its mark, its name, where machines and where people read on."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from conference.models.choices import LICENSE_URLS, License
from conference.structured_data import absolute, image_address

Json = dict[str, Any]

# Where each noun is found below /api/.
COLLECTIONS = {
    "conference": "conferences",
    "theme": "themes",
    "organisation": "organisations",
    "material": "materials",
    "image": "images",
    "page": "pages",
    "project": "projects",
    "event": "events",
    "contribution": "contributions",
    "speaker": "speakers",
    "video": "videos",
}
# These have a name, works have a title.
NAMED = ("organisation", "speaker")


def api_address(thing) -> str:
    return f"{settings.SITE_URL}{reverse('api_index')}{COLLECTIONS[thing._meta.model_name]}/{thing.uuid}"


def page_address(thing) -> str:
    return absolute(thing.get_absolute_url())


def reference(thing) -> Json | None:
    """A public thing in passing. The caller has narrowed it: nothing is asked here."""
    if thing is None:
        return None
    return {
        "uuid": str(thing.uuid),
        "name" if thing._meta.model_name in NAMED else "title": str(thing),
        "url": api_address(thing),
        "page": page_address(thing),
    }


def image_reference(image) -> Json | None:
    """A picture that a public thing shows, with what one has to say beside it."""
    if image is None:
        return None
    return {
        "uuid": str(image.uuid),
        "url": api_address(image),
        "file_url": image_address(image) or absolute(image.file.url),
        "alt_text": image.alt_text,
        "credit": image.credit or None,
        "license": license_of(image.license),
    }


def license_of(identifier: str) -> Json | None:
    """An SPDX identifier with its name, and its text where there is one."""
    if not identifier:
        return None
    return {
        "identifier": identifier,
        "name": str(License(identifier).label),
        "url": LICENSE_URLS.get(identifier),
    }
