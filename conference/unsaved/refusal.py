"""When a form's security token no longer fits: say so in German, and lose nothing."""

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.unsaved.guard import hold, shown_again
from conference.unsaved.keeping import TAB, form_of, is_tab, owner_of


def token_refused(request, reason=""):
    """CSRF_FAILURE_VIEW. The owner's mark in a form cannot be known by other sites, so its text may be kept; it is
    shown again and never saved without another press of the button.
    """
    if request.path == reverse("admin:unsaved_input"):
        return JsonResponse({"state": "token"}, status=403)
    owner = owner_of(request.POST)
    if owner and request.resolver_match and form_of(request.resolver_match) and is_tab(request.POST.get(TAB, "")):
        kept = hold(request, owner)
        is_in = admin.site.has_permission(request)
        if kept and not (is_in and owner != request.user.pk):
            return _shown_again(request, kept, is_in)
    context = {**admin.site.each_context(request), "title": _("Bitte noch einmal"), "back": request.path}
    return render(request, "admin/unsaved/refused.html", context, status=403)


def _shown_again(request, kept, is_in: bool):
    address = shown_again(request.path, kept)
    words = _("Die Anmeldung hat sich inzwischen geändert. Ihre Eingaben sind noch da: Bitte sichern Sie noch einmal.")
    messages.warning(request, words)
    return HttpResponseRedirect(address) if is_in else redirect_to_login(address, reverse("admin:login"))
