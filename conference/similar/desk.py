"""What the form asks while a name is typed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _

from conference.similar.asking import CONSENT_WORDS, address_of, likeness_admins


def urls(site):
    return [path("aehnliche/", site.admin_view(lambda request: similar(request, site)), name="similar")]


def similar(request, site):
    """`?art=person&vorname=Ana&nachname=Müler`: who is already there under such a name."""
    model_admin = likeness_admins(site).get(request.GET.get("art", ""))
    if model_admin is None:
        raise Http404
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    found = model_admin.similar_to(request, model_admin.likeness.typed(request.GET))
    listed = [{"name": str(each), "url": address_of(each), "state": str(each.state_label)} for each in found]
    return JsonResponse({"words": _("Ähnlich heißt schon:"), "found": listed, "consent": CONSENT_WORDS})
