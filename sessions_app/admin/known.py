"""Where a person is known to work: what the form of an event suggests when the person is chosen."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import path

from sessions_app.models import Speaker


def urls(site):
    return [
        path(
            "mitwirkende/<str:speaker>/einrichtungen/",
            site.admin_view(known_organisations),
            name="known_organisations",
        )
    ]


def known_organisations(request, speaker):
    """For staff who may look at people: the names and keys, as the field for them takes them."""
    if not request.user.has_perm(Speaker.permission("view")):
        raise PermissionDenied
    person = Speaker.objects.filter(pk=speaker).first() if speaker.lstrip("-").isdecimal() else None
    if person is None:
        raise Http404
    known = [{"id": str(organisation.pk), "text": organisation.name} for organisation in person.organisations.by_name()]
    return JsonResponse({"organisations": known})
