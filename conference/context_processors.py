"""What every page needs to know: the site, its conference, its plain pages, its two languages."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info

from conference.models import Conference, Page

AID_SLUGS = ("leichte-sprache", "gebaerdensprache")


def site(request):
    """Lazy where it costs: at most one query for the conference, and one for the plain pages, if a template asks."""
    pages = SimpleLazyObject(lambda: list(Page.objects.published()))
    foreign = get_language() != settings.CONTENT_LANGUAGE
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "content_language": settings.CONTENT_LANGUAGE,
        "content_lang": mark_safe(f' lang="{settings.CONTENT_LANGUAGE}"') if foreign else "",
        "canonical_url": canonical_url(request),
        "alternates": SimpleLazyObject(lambda: alternates(request)),
        "other_languages": SimpleLazyObject(lambda: other_languages(request)),
        "featured_conference": SimpleLazyObject(_featured_conference),
        "footer_pages": SimpleLazyObject(lambda: [page for page in pages if page.is_in_footer]),
        "aid_pages": SimpleLazyObject(lambda: [page for page in pages if page.slug in AID_SLUGS]),
    }


def canonical_url(request) -> str:
    """Filters and sorting show the same things again, a further page of a list does not."""
    return f"{settings.SITE_URL}{request.path}{_later_page(request)}"


def alternates(request) -> list[tuple[str, str]]:
    """This page in each language, and for all others: [(code, absolute address)]."""
    addresses = {
        code: f"{settings.SITE_URL}{translate_url(request.path, code)}{_later_page(request)}"
        for code, _name in settings.LANGUAGES
    }
    return [*addresses.items(), ("x-default", addresses[settings.LANGUAGE_CODE])]


def _later_page(request) -> str:
    page = request.GET.get("seite", "")
    return f"?seite={page}" if page.isascii() and page.isdecimal() and page != "1" else ""


def other_languages(request) -> list[tuple[str, str, str]]:
    """Where the language switch leads, filters kept: [(code, name in that language, address)]."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return [
        (code, get_language_info(code)["name_local"], f"{translate_url(request.path, code)}{query}")
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


def _featured_conference():
    return Conference.objects.published().with_funder_name().featured_first().first()
