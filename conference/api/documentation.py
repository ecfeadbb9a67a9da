"""The description for machines, and the page that says the same to people."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from conference.api.answers import answer, answers_machines
from conference.api.collection import asked
from conference.api.pages import sections
from conference.api.views import license_note
from conference.structured_data import absolute


@answers_machines
def api_openapi(request, description):
    asked(request.GET, ())
    return answer(request, description.document())


@require_safe
def api_documentation(request, description):
    """No query: all of it stands in the declarations."""
    context = {
        "sections": sections(description),
        "license_note": license_note(),
        "openapi_url": absolute(reverse("api_openapi")),
        "first_call": f"curl '{absolute(reverse('api_index'))}'",
        "dump_call": f"curl '{absolute(reverse('conference_dump', args=['SLUG']))}'",
    }
    return render(request, "conference/api_documentation.html", context)
