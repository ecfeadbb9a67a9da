"""What leaves: JSON with its mark and its terms, problems in one form, and the few methods there are."""

import functools
import hashlib
import json
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from conference.api.parameters import Refused
from conference.api.references import Json
from conference.structured_data import absolute

METHODS = ("GET", "HEAD", "OPTIONS")
JSON, PROBLEM = "application/json", "application/problem+json"
# Whoever asks gets the same, logged in or not; so pages of every origin may read it. Search engines find the pages.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Content-Language, ETag, Link",
    "Cache-Control": "no-cache",
    "Content-Language": settings.CONTENT_LANGUAGE,
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def answers_machines(view):
    """GET, HEAD and OPTIONS, in the language of the content; whatever goes wrong is told as a problem."""

    @csrf_exempt
    @functools.wraps(view)
    def answered(request, *args, **kwargs):
        with override(settings.CONTENT_LANGUAGE):
            response = _answer(view, request, *args, **kwargs)
        for name, value in OPEN.items():
            response.headers.setdefault(name, value)
        return response

    return answered


def _answer(view, request, *args, **kwargs) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(METHODS), **_PREFLIGHT})
    if request.method not in METHODS:
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED, _("Hier wird nur gelesen: mit GET, HEAD oder OPTIONS."))
        response.headers["Allow"] = ", ".join(METHODS)
        return response
    try:
        return view(request, *args, **kwargs)
    except Refused as refused:
        more = {"parameter": refused.parameter} | ({"allowed": refused.allowed} if refused.allowed else {})
        return problem(HTTPStatus.BAD_REQUEST, refused.sentence, **more)
    except Http404:
        sentence = _("Unter dieser Adresse ist nichts Öffentliches. Welche Adressen es gibt, sagt %(index)s.")
        return problem(HTTPStatus.NOT_FOUND, sentence % {"index": absolute(reverse("api_index"))})


def problem(status: HTTPStatus, detail: str, **more) -> HttpResponse:
    """RFC 9457."""
    titles = {
        HTTPStatus.BAD_REQUEST: _("Ein Parameter stimmt nicht"),
        HTTPStatus.NOT_FOUND: _("Nicht gefunden"),
        HTTPStatus.METHOD_NOT_ALLOWED: _("Diese Methode gibt es hier nicht"),
    }
    kind = f"{absolute(reverse('api_documentation'))}#fehler-{int(status)}"
    body = {"type": kind, "title": titles[status], "status": int(status), "detail": detail, **more}
    return HttpResponse(as_json(body), status=status, content_type=PROBLEM)


def answer(request, body: Json, links: dict[str, str] | None = None) -> HttpResponse:
    """With a mark made of the bytes, and without the body for those who have it."""
    data = as_json(body)
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or etag in [mark.removeprefix("W/") for mark in known]:
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(data, content_type=JSON)
    response.headers["ETag"] = etag
    if links:
        response.headers["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items())
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def as_json(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
