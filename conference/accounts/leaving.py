"""What is noted when somebody is refused or leaves, and what ends with an old password."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from conference.accounts import own_sessions
from conference.accounts.arrival import mark_confirmed
from conference.accounts.record import Kind, note, note_stranger
from conference.models import OwnSession


def note_refused(name: str):
    user = get_user_model().objects.filter(username=name).first()
    if user:
        note(Kind.REFUSED, user, _("Name und Passwort passen nicht zusammen, oder zu viele Versuche"))
    else:
        note_stranger(_("Ein Name, den es nicht gibt"))


def note_log_out(request):
    if request.user.is_authenticated:
        note(Kind.LOG_OUT, request.user, _("Abgemeldet"))
        OwnSession.objects.filter(digest=own_sessions.digest(request.session.session_key or "")).delete()


def after_new_password(request):
    """Django has given this session a new key; all others of this person end now."""
    own_sessions.note_arrival(request, request.user)
    own_sessions.end_others(request, request.user)
    mark_confirmed(request)
    note(Kind.FACTOR, request.user, _("Passwort geändert"))
