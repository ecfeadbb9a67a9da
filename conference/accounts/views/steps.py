"""Between password and start page: the second factor, or setting up the first one; and proving it once more."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from conference.accounts import factors, passkeys
from conference.accounts.arrival import admit, arrive, mark_confirmed, refuse, setting_up
from conference.accounts.doors import for_arriving, render
from conference.accounts.forms import CodeForm, ConfirmForm
from conference.accounts.record import Kind, note


@for_arriving
def second_step(request):
    """A code, or a passkey; whatever was right is noted."""
    arrival = request.arrival
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        how = _confirmed_by(request, arrival.user, form)
        if how:
            admit(request, arrival.user, _("mit Passwort und %(factor)s") % {"factor": how}, with_factor=True)
            return arrive(request, arrival.target)
        refuse(request, arrival.user, _("Zweiter Faktor falsch"))
        return redirect("admin:second_step")
    known = factors.factors_of(arrival.user)
    if not known:
        return redirect("admin:second_step_setup")
    asks_passkey = bool(known.passkeys) and passkeys.are_possible(request)
    options = passkeys.ask_for_known(request, known.passkeys) if asks_passkey else None
    return render(
        request, "second_step", _("Zweiter Schritt"), form=form, factors=known, options=options, person=arrival.user
    )


def _confirmed_by(request, user, form) -> str:
    if "credential" in request.POST:
        passkey = passkeys.confirm(request, user, request.POST["credential"])
        return _("Passkey „%(name)s“") % {"name": passkey.name} if passkey else ""
    return factors.confirm(user, form.cleaned_data["code"]) if form.is_valid() else ""


@for_arriving
def second_step_setup(request):
    if setting_up(request) is None:
        return redirect("admin:second_step")
    return render(
        request,
        "second_step_setup",
        _("Zweiten Faktor einrichten"),
        person=request.arrival.user,
        passkeys_are_possible=passkeys.are_possible(request),
    )


def second_step_done(request):
    """From the page with the recovery codes to where they wanted to go."""
    return arrive(request, _safe(request, request.GET.get("next", "")) or reverse("admin:index"))


@sensitive_post_parameters()
def confirm(request):
    """The password once more, before something about the account is changed."""
    target = _safe(request, request.GET.get("next", "")) or reverse("admin:account")
    form = ConfirmForm(request.POST or None, request=request)
    if request.method == "POST":
        if form.is_valid():
            mark_confirmed(request)
            messages.success(request, _("Danke. Jetzt können Sie weitermachen."))
            return HttpResponseRedirect(target)
        note(Kind.REFUSED, request.user, _("Passwort bei der Bestätigung falsch"))
    return render(request, "confirm", _("Bitte bestätigen Sie, dass Sie es sind"), form=form)


def _safe(request, target: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""
