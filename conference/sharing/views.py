"""What a preview link opens: the page of one record as it will be, and the files on it. Nothing else."""

import copy

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from conference.editing.copies import current
from conference.editing.preview import HEADERS, Preview, put_in_place
from conference.editing.rehearsal import rehearsal
from conference.publishing import publishable_models
from conference.sharing.links import note_use, signature, valid_link


@require_safe
def shared_page(request, uuid, signed):
    """The page, for a reader who may see nothing but what is public, and this."""
    record = _record(uuid, signed, is_visit=True)
    with rehearsal():
        shown = _put_in_place(record)
        if not hasattr(shown, "get_absolute_url"):
            raise Http404
        page = shown.get_absolute_url()
        preview = Preview("", shown, _("vertraulich"), page, has_lists=False)
        response = _answer(request, page.partition("#")[0].partition("?")[0], preview)
        if response.streaming is False and "text/html" in response.get("Content-Type", ""):
            response.content = _with_own_files(response.content, uuid)
    return _sealed(response)


@require_safe
def shared_file(request, uuid, signed, path):
    """A picture, recording or caption file on that page."""
    record = _record(uuid, signed)
    with rehearsal():
        _put_in_place(record)
        response = _answer(request, f"/{settings.MEDIA_URL.strip('/')}/{path}", None)
    return _sealed(response)


def _record(uuid, signed: str, *, is_visit: bool = False):
    link = valid_link(uuid, signed)
    if link is None or link.record is None:
        raise Http404
    if is_visit:
        note_use(link)
    return link.record


def _put_in_place(record):
    """The record and what it lies within, as if published."""
    try:
        shown = put_in_place(current(record))
    except (ValidationError, ObjectDoesNotExist) as error:
        raise Http404 from error
    for model in publishable_models():
        # Neighbours would appear together with what the record lies within.
        if model.visible_within:
            model.objects.exclude(uuid=shown.uuid).hide_in_rehearsal()
    for way in shown.visible_within:
        owner = shown
        for step in way.split("__"):
            owner = getattr(owner, step) if owner else None
        if owner:
            type(owner).objects.filter(pk=owner.pk).show_in_rehearsal()
    return shown


def _answer(request, address: str, preview):
    """The usual view behind an address, asked by somebody without any right."""
    match = resolve(address)
    inner = copy.copy(request)
    inner.path = inner.path_info = address
    inner.GET, inner.user, inner.preview, inner.resolver_match = QueryDict(), AnonymousUser(), preview, match
    response = match.func(inner, *match.args, **match.kwargs)
    return response.render() if hasattr(response, "render") and not response.is_rendered else response


def _with_own_files(html: bytes, uuid) -> bytes:
    """Files that are not public yet come by the same link."""
    media = f"/{settings.MEDIA_URL.strip('/')}/"
    own = reverse("shared_file", args=[uuid, signature(uuid), "x"]).removesuffix("x")
    return html.replace(f'"{media}'.encode(), f'"{own}'.encode()).replace(f", {media}".encode(), f", {own}".encode())


def _sealed(response):
    for name, value in (HEADERS | {"Referrer-Policy": "no-referrer"}).items():
        response[name] = value
    return response
