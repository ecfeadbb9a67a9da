"""Organisations: the list from A to Z, and the page of one with all that lead to it."""

from collections import Counter

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from conference.alphabet import AlphabeticListing
from conference.listing import Filter, Option, offered
from conference.models import Organisation
from conference.models.choices import FederalState
from sessions_app.organisation_page import OrganisationPage


def organisation_list(request):
    listing = AlphabeticListing(request, Organisation.objects.published(), _filters())
    return render(request, "sessions_app/organisation_list.html", {"listing": listing})


def organisation_detail(request, slug):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    context = {"organisation": organisation, "page": OrganisationPage(organisation, request.user)}
    return render(request, "sessions_app/organisation_detail.html", context)


def _filters() -> list[Filter]:
    """One query."""
    rows = list(Organisation.objects.published().facets())
    kinds = Counter(row.kind for row in rows)
    states = Counter(row.federal_state for row in rows)
    return [
        Filter(
            "art",
            _("Art"),
            offered(Organisation.Kind.choices, kinds),
            lambda rows, chosen: rows.of_kind(chosen),
        ),
        Filter(
            "land",
            _("Bundesland"),
            [Option(state.short, state.label, count=states[state]) for state in FederalState if states[state]],
            lambda rows, chosen: rows.in_state([FederalState.from_short(short) for short in chosen]),
        ),
    ]
