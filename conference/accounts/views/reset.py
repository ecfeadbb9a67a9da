"""An administrator takes away a colleague's second factors, when phone and codes are lost."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from conference.accounts import factors, own_sessions
from conference.accounts.doors import confirmed, render
from conference.accounts.record import Kind, note


def may_reset(request, person) -> bool:
    """Whoever may change the account; an administrator's only another administrator."""
    model_admin = admin.site.get_model_admin(type(person))
    return model_admin.has_change_permission(request, person) and (request.user.is_superuser or not person.is_superuser)


def factor_reset(request, user_id):
    person = get_object_or_404(get_user_model(), pk=user_id)
    if not may_reset(request, person):
        raise PermissionDenied
    return _reset(request, person)


@confirmed
def _reset(request, person):
    if request.method == "POST":
        factors.forget_all(person)
        own_sessions.end_all(person)
        note(Kind.FACTOR, person, _("Zweiter Faktor zurückgesetzt, alle Anmeldungen beendet"), user=request.user)
        words = _("%(person)s hat keinen zweiten Faktor mehr und ist überall abgemeldet.") % {"person": person}
        messages.success(request, words)
        return redirect("admin:auth_user_change", person.pk)
    return render(
        request, "factor_reset", _("Zweiten Faktor zurücksetzen"), person=person, factors=factors.factors_of(person)
    )
