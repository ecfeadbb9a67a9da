"""Where I am logged in, and an end to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conference.accounts import own_sessions
from conference.accounts.browsers import in_words
from conference.accounts.doors import render
from conference.accounts.record import Kind, note


def session_list(request):
    rows = [
        (row, in_words(row.user_agent), own_sessions.is_current(row, request))
        for row in own_sessions.sessions_of(request.user)
    ]
    return render(request, "sessions", _("Meine Anmeldungen"), rows=rows, has_others=any(not row[2] for row in rows))


@require_POST
def session_end(request, uuid):
    own_sessions.end([get_object_or_404(request.user.own_sessions, uuid=uuid)])
    note(Kind.LOG_OUT, request.user, _("Eine eigene Anmeldung beendet"))
    messages.success(request, _("Die Anmeldung ist beendet."))
    return redirect("admin:account_sessions")


@require_POST
def session_end_others(request):
    count = own_sessions.end_others(request, request.user)
    note(Kind.LOG_OUT, request.user, _("Alle anderen eigenen Anmeldungen beendet"))
    words = ngettext("%d andere Anmeldung ist beendet.", "%d andere Anmeldungen sind beendet.", count)
    messages.success(request, words % count)
    return redirect("admin:account_sessions")
