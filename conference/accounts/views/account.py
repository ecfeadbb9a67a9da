"""My account: factors are set up, named and taken away; recovery codes."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.accounts import factors, own_sessions, passkeys, totp
from conference.accounts.arrival import admit
from conference.accounts.doors import confirmed, for_owner, render
from conference.accounts.forms import AppCodeForm, PasskeyForm, PasskeyNameForm
from conference.accounts.gate import FACTOR
from conference.accounts.record import Kind, note
from conference.accounts.sealed import seal, unseal
from conference.models import AuthenticatorApp

# In a session: the app's secret until its first code was right.
NEW_APP = "new_app"


def account(request):
    known = factors.factors_of(request.user)
    return render(
        request,
        "account",
        _("Mein Zugang"),
        factors=known,
        is_demanded=factors.is_demanded_of(request.user),
        codes_left=factors.codes_left(request.user),
        passkeys_are_possible=passkeys.are_possible(request),
        session_count=len(own_sessions.sessions_of(request.user)),
    )


# ── The app ──────────────────────────────────────────────────────────────────────────────────
@for_owner
def app_add(request):
    form = AppCodeForm(request.POST or None)
    secret = unseal(request.session.get(NEW_APP, "")) or totp.new_secret()
    if request.method == "POST" and form.is_valid():
        if NEW_APP in request.session and factors.add_app(request.owner, secret, form.cleaned_data["code"]):
            del request.session[NEW_APP]
            return _set_up(request, _("App eingerichtet"))
        form.add_error("code", _("Der Code passt nicht. Stimmt die Uhrzeit des Geräts?"))
    request.session[NEW_APP] = seal(secret)
    words = totp.address(secret, request.owner.get_username(), settings.SITE_NAME)
    context = {"form": form, "picture": totp.picture(words), "secret": totp.in_groups(secret)}
    return render(request, "app_add", _("App einrichten"), **context)


@require_POST
@confirmed
def app_remove(request):
    app = get_object_or_404(AuthenticatorApp, user=request.user)
    return _removed(request, app, _("App entfernt"))


# ── Passkeys ─────────────────────────────────────────────────────────────────────────────────
@for_owner
def passkey_add(request):
    if not passkeys.are_possible(request):
        messages.error(request, _("Unter dieser Adresse sind Passkeys nicht möglich."))
        return redirect("admin:second_step_setup" if request.arrival else "admin:account")
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if passkeys.add(request, request.owner, form.cleaned_data["credential"], name):
            return _set_up(request, _("Passkey „%(name)s“ eingerichtet") % {"name": name})
        form.add_error(None, _("Der Browser hat keinen gültigen Passkey geliefert. Versuchen Sie es noch einmal."))
    options = passkeys.ask_for_new(request, request.owner)
    return render(request, "passkey_add", _("Passkey einrichten"), form=form, options=options)


@require_POST
def passkey_rename(request, uuid):
    passkey = get_object_or_404(request.user.passkeys, uuid=uuid)
    form = PasskeyNameForm(request.POST)
    if form.is_valid():
        passkey.name = form.cleaned_data["name"]
        passkey.save(update_fields=["name"])
        messages.success(request, _("Der Passkey heißt jetzt „%(name)s“.") % {"name": passkey.name})
    else:
        messages.error(request, _("Ein Passkey braucht einen Namen mit höchstens 80 Zeichen."))
    return redirect("admin:account")


@require_POST
@confirmed
def passkey_remove(request, uuid):
    passkey = get_object_or_404(request.user.passkeys, uuid=uuid)
    return _removed(request, passkey, _("Passkey „%(name)s“ entfernt") % {"name": passkey.name})


# ── Recovery codes ───────────────────────────────────────────────────────────────────────────
@require_POST
@confirmed
def codes_renew(request):
    if not factors.factors_of(request.user):
        return redirect("admin:account")
    note(Kind.FACTOR, request.user, _("Wiederherstellungscodes erneuert"))
    return _show_codes(request, reverse("admin:account"))


def _show_codes(request, target: str):
    """The only time they are seen."""
    codes = factors.new_recovery_codes(request.user)
    return render(request, "codes", _("Ihre Wiederherstellungscodes"), codes=codes, target=target)


# ── What all of them end with ────────────────────────────────────────────────────────────────
def _set_up(request, what: str):
    """A new factor is a shown factor. Who was waiting for their first one is in now."""
    note(Kind.FACTOR, request.owner, what)
    target = reverse("admin:account")
    if request.arrival:
        admit(request, request.owner, _("mit Passwort; zweiter Faktor eingerichtet"), with_factor=True)
        target = f"{reverse('admin:second_step_done')}?{urlencode({'next': request.arrival.target})}"
    request.session[FACTOR] = True
    messages.success(request, f"{what}.")
    return HttpResponseRedirect(target) if factors.codes_left(request.user) else _show_codes(request, target)


def _removed(request, factor, what: str):
    if factors.is_demanded_of(request.user) and len(factors.factors_of(request.user)) == 1:
        words = _("Ihre Gruppe verlangt einen zweiten Faktor. Richten Sie erst einen anderen ein.")
        messages.error(request, words)
        return redirect("admin:account")
    factor.delete()
    factors.forget_codes_without_factor(request.user)
    note(Kind.FACTOR, request.user, what)
    messages.success(request, f"{what}.")
    return redirect("admin:account")
