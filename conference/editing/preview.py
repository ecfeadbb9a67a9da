"""A public page as it will be: a working copy, a revision or a form put in place for the length of one request.

`?vorschau=k7` on any public address shows the page with working copy 7 applied, inside a transaction that is rolled
back; so there is one way to render a page and no second one that could differ. For staff who may see drafts of that
kind; for everybody else the parameter does not exist.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.editing.applying import apply
from conference.editing.rehearsal import rehearsal
from conference.editing.snapshot import Snapshot, model_of
from conference.models import FormPreview, Revision, WorkingCopy
from conference.publishing import may_preview
from conference.scope import is_limited, is_own
from conference.search import update_index

PARAMETER = "vorschau"
_KEY = re.compile(r"([kre])(\d{1,18})")
SOURCES = {"k": WorkingCopy, "r": Revision, "e": FormPreview}


@dataclass(frozen=True)
class Preview:
    """What is put in place: for the banner of the page."""

    key: str
    record: object
    label: str
    page: str
    has_lists: bool = True

    def url(self, address: str) -> str:
        return preview_url(address, self.key)

    @property
    def lists(self) -> list[tuple[str, str]]:
        """Where else it can be looked at: [(name, address)]."""
        if not self.has_lists:
            return []
        name = self.record._meta.model_name
        pages = [(_("Seite"), self.page), (_("Startseite"), reverse("home"))]
        if name in _LISTED:
            pages.insert(1, (_("Liste"), reverse(f"{name}_list")))
        return [(words, self.url(address)) for words, address in pages]


_LISTED = ("conference", "event", "theme", "speaker", "project", "organisation", "video", "material")
LABELS = {"k": _("Arbeitskopie"), "r": _("früherer Stand"), "e": _("noch nicht gesichert")}


def preview_url(address: str, key: str) -> str:
    """A public address with the parameter that puts something in place there."""
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode({PARAMETER: key}))))
    return parts._replace(query=query).geturl()


def asked_data(key: str, user) -> Snapshot | None:
    """What the key stands for, if `user` may see it."""
    match = _KEY.fullmatch(key)
    source = match and SOURCES[match[1]].objects.filter(pk=int(match[2])).first()
    if not source or not may_preview(user, model_of(source.data)):
        return None
    if isinstance(source, FormPreview):
        return source.data if source.user_id == user.pk else None
    # Of what is in the trash nobody can say any more in which conference it stood.
    if is_limited(user) and (source.record is None or not is_own(source.record, user)):
        return None
    return source.data


def put_in_place(data: Snapshot, *, for_search: bool = False):
    """In a rehearsal: the record as `data` says, and published, so that lists show it too."""
    record = apply(data, unreal=True)
    type(record).objects.filter(pk=record.pk).show_in_rehearsal()
    if for_search:
        update_index(record)
    return type(record)._base_manager.get(pk=record.pk)


class PreviewMiddleware:
    """Shows a public page inside a rehearsal, where the address asks for it and the reader may."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.preview = None
        key = request.GET.get(PARAMETER, "")
        if not key or request.method not in ("GET", "HEAD") or not request.user.is_staff:
            return self.get_response(request)
        data = asked_data(key, request.user)
        if data is None:
            return self.get_response(request)
        return self._rehearsed(request, key, data)

    def _rehearsed(self, request, key: str, data: Snapshot):
        with rehearsal():
            try:
                record = put_in_place(data, for_search=request.path_info.rstrip("/").endswith(("suche", "search")))
            except (ValidationError, ObjectDoesNotExist) as error:
                reasons = " ".join(getattr(error, "messages", [str(error)]))
                words = _("Die Vorschau ist nicht möglich: %s") % reasons
                return HttpResponse(words, content_type="text/plain; charset=utf-8", status=409, headers=HEADERS)
            request.preview = Preview(key, record, LABELS[key[0]], record.get_absolute_url())
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            if not response.streaming:
                _with_own_files(response, key)
            elif not request.path_info.startswith(settings.MEDIA_URL):
                response = _whole(response)
        for name, value in HEADERS.items():
            response[name] = value
        return response


HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


# Files that only the previewed version refers to are there in the preview alone.
_FETCHED = re.compile(rb'(?<=="/)(%s[^"?#\s]+)(?=")' % settings.MEDIA_URL.strip("/").encode())


def _with_own_files(response, key: str):
    if response.get("Content-Type", "").startswith("text/html"):
        parameter = urlencode({PARAMETER: key}).encode()
        response.content = _FETCHED.sub(lambda match: b"%s?%s" % (match[1], parameter), response.content)


def _whole(response):
    """A stream would be read when the rehearsal is over. (A file is not in the database, and may be large.)"""
    whole = HttpResponse(b"".join(response.streaming_content), status=response.status_code)
    for name, value in response.items():
        whole[name] = value
    whole.cookies = response.cookies
    whole._resource_closers += response._resource_closers
    return whole
