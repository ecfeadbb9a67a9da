"""The landing page of a conference, and the list of all."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from conference.listing import Filter, Listing, Option
from conference.models import Conference
from sessions_app.landing import Landing


def home(request):
    conference = Conference.objects.published().with_relations().with_funder_name().featured_first().first()
    if conference is None:
        return render(request, "sessions_app/home.html", {"featured_conference": None})
    context = {"conference": conference, "landing": Landing(conference), "featured_conference": conference}
    return render(request, "sessions_app/conference_detail.html", context)


def conference_detail(request, slug):
    conferences = Conference.objects.visible_to(request.user).with_relations(request.user)
    conference = get_object_or_404(conferences, slug=slug)
    context = {"conference": conference, "landing": Landing(conference, request.user)}
    return render(request, "sessions_app/conference_detail.html", context)


def conference_list(request):
    conferences = Conference.objects.published()
    dates = conferences.dates("starts_on", "year", order="DESC")
    years = [Option(str(date.year), str(date.year)) for date in dates]
    formats = [Option(value, label) for value, label in Conference.Format.choices]
    filters = [
        Filter("jahr", _("Jahr"), years, lambda rows, chosen: rows.in_years(chosen)),
        Filter("form", _("Form"), formats, lambda rows, chosen: rows.of_format(chosen)),
    ]
    listing = Listing(request, conferences.latest_first(), filters)
    return render(request, "sessions_app/conference_list.html", {"listing": listing})
