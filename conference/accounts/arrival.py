"""The log-in from the right password to the page asked for. Until it is complete, nobody is logged in."""

import time
from dataclasses import dataclass

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.signals import user_login_failed
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from conference.accounts import own_sessions
from conference.accounts.factors import factors_of, is_demanded_of
from conference.accounts.gate import FACTOR
from conference.accounts.record import Kind, note

# In a session: who has shown the right password, and when; when somebody last proved who they are.
PENDING = "arriving"
CONFIRMED = "confirmed_at"
PATIENCE = 15 * 60
BACKEND = "conference.accounts.gate.StaffBackend"


@dataclass(frozen=True)
class Arrival:
    """Somebody whose password was right, on the way to `target`."""

    user: object
    target: str


def begin(request, user, target: str) -> HttpResponse:
    """After the right password: in, or first to the second factor, or first to where one is set up."""
    if factors_of(user):
        step = "admin:second_step"
    elif is_demanded_of(user):
        step = "admin:second_step_setup"
    else:
        admit(request, user, _("mit Passwort"))
        return arrive(request, target)
    request.session.cycle_key()
    stamp = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": int(time.time()), "target": target}
    request.session[PENDING] = stamp
    return redirect(step)


def arriving(request) -> Arrival | None:
    """Who is between password and second factor; for a quarter of an hour, and while the password stays."""
    stamp = request.session.get(PENDING)
    if not stamp or time.time() - stamp["at"] > PATIENCE:
        return None
    user = get_user_model().objects.filter(pk=stamp["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(stamp["hash"], user.get_session_auth_hash()):
        return None
    return Arrival(user, stamp["target"])


def setting_up(request) -> Arrival | None:
    """Who may set up a first factor before they are in. Whoever has one must show it instead."""
    arrival = arriving(request)
    return None if arrival is None or factors_of(arrival.user) else arrival


def admit(request, user, how: str, with_factor: bool = False):
    """Log in, note it, and remember that they have just proved who they are."""
    login(request, user, backend=BACKEND)
    request.session.pop(PENDING, None)
    request.session.pop(own_sessions.ARRIVED, None)
    if with_factor:
        request.session[FACTOR] = True
    mark_confirmed(request)
    own_sessions.note_arrival(request, user)
    note(Kind.LOG_IN, user, how)


def arrive(request, target: str) -> HttpResponse:
    """The one end of every log-in."""
    return after_login(request, request.user) or HttpResponseRedirect(target)


def after_login(request, user) -> HttpResponse | None:
    """The last word after a complete log-in, before they are sent on; None sends them on."""
    return None


# ── Proving it once more ─────────────────────────────────────────────────────────────────────
def mark_confirmed(request):
    request.session[CONFIRMED] = int(time.time())


def is_confirmed(request) -> bool:
    return time.time() - request.session.get(CONFIRMED, 0) <= PATIENCE


def refuse(request, user, what: str):
    """A wrong second factor counts like a wrong password, for this name from this address."""
    user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=request)
    note(Kind.REFUSED, user, what)
    messages.error(request, _("Das hat nicht gepasst. Bitte versuchen Sie es noch einmal."))


def is_locked_out(request, user) -> bool:
    credentials = {"username": user.get_username()}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out, request.axes_credentials = True, credentials
    return True
