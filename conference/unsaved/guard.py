"""Around every form: what is sent is kept before it is worked on, and an expired log-in costs nothing."""

import copy
import functools
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode as encode_query
from django.utils.translation import gettext as _

from conference.models import UnsavedInput
from conference.unsaved import files
from conference.unsaved.keeping import (
    SAVE,
    SHOW,
    TAB,
    form_of,
    is_tab,
    keep,
    marked,
    owner_of,
    save_mark,
)


def guarded(site, view):
    """`view` of the admin, already behind its log-in. Everything but content forms passes untouched."""

    @functools.wraps(view)
    def guard(request, *args, **kwargs):
        if request.resolver_match is None or form_of(request.resolver_match) is None:
            return view(request, *args, **kwargs)
        if request.method == "GET" and SAVE in request.GET and site.has_permission(request):
            request, elsewhere = _as_sent(request)
            if elsewhere:
                return elsewhere
        elif request.method == "POST" and (owner := owner_of(request.POST)) and is_tab(request.POST.get(TAB, "")):
            if not site.has_permission(request):
                return _ask_for_login(request, owner)
            hold(request, owner)
            if owner != request.user.pk:
                return _of_somebody_else(request)
        return view(request, *args, **kwargs)

    return guard


def hold(request, owner: int) -> UnsavedInput | None:
    """Keep what a form sent, with its files; those it sent before and not again come along."""
    kept = keep(owner, request.path, request.POST)
    if kept is None:
        return None
    sent = request.FILES
    again = {file["field"] for file in kept.files if file["field"] in sent or f"{file['field']}-clear" in request.POST}
    files.remove([file for file in kept.files if file["field"] in again])
    before = files.still_held([file for file in kept.files if file["field"] not in again])
    held = before + files.hold(sent)
    if held != kept.files:
        kept.files = held
        UnsavedInput.objects.filter(pk=kept.pk).update(files=held)
    if before:
        request._files = MultiValueDict({**dict(sent.lists()), **dict(files.opened(before).lists())})
    return kept


# ── Logged out ───────────────────────────────────────────────────────────────────────────────
def _ask_for_login(request, owner: int):
    """What was sent waits for its owner; the way back from the log-in saves it."""
    kept = hold(request, owner)
    if kept is None:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    query = request.GET.copy()
    query.update({SHOW: kept.pk, SAVE: save_mark(kept)})
    words = _(
        "Sie waren nicht mehr angemeldet. Ihre Eingaben sind aufgehoben: Nach der Anmeldung werden sie gesichert."
    )
    messages.warning(request, words)
    return redirect_to_login(f"{request.path}?{query.urlencode()}", reverse("admin:login"))


def _as_sent(request):
    """The request that was sent when nobody was logged in; or None and where to go instead."""
    number, owner, moment = marked(request.GET[SAVE]) or (None, None, None)
    if owner is not None and owner != request.user.pk:
        return None, _of_somebody_else(request)
    query = _without_ours(request.GET)
    kept = UnsavedInput.objects.of(request.user, request.path).offered().filter(pk=number).first()
    if kept is None:
        return None, _plain(request)
    if kept.updated_at.isoformat() != moment:
        # Somebody has been typing since: what is there now was never sent.
        return None, HttpResponseRedirect(shown_again(request.path, kept))
    sent = copy.copy(request)
    sent.method, sent.GET = "POST", QueryDict(query)
    sent.META = request.META | {"REQUEST_METHOD": "POST", "QUERY_STRING": query}
    sent._post, sent._files = QueryDict(kept.data), files.opened(kept.files)
    return sent, None


def _of_somebody_else(request):
    """Another person has logged in since the form was opened, and does not save in the first one's name."""
    words = _("Die Eingaben gehören zu einem anderen Zugang. Dort sind sie aufgehoben und noch nicht gesichert.")
    messages.warning(request, words)
    return _plain(request)


def _plain(request):
    query = _without_ours(request.GET)
    return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)


def _without_ours(query: QueryDict) -> str:
    return encode_query([(key, value) for key, value in query.items() if key not in (SHOW, SAVE)])


def shown_again(path: str, kept: UnsavedInput) -> str:
    return f"{path}?{urlencode({SHOW: kept.pk})}"
