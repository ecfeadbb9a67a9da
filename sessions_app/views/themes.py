"""Themes: a page that joins everything about one, and the list of all."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from conference.listing import Filter, Listing, Option
from conference.models import Conference, Theme
from sessions_app.theme_page import ThemePage


def theme_list(request):
    themes = Theme.objects.published()
    conferences = Conference.objects.published().filter(themes__in=themes).distinct().latest_first()
    options = [Option(conference.slug, conference.title) for conference in conferences]
    filters = [Filter("konferenz", _("Konferenz"), options, _of_conferences, is_content=True)]
    listing = Listing(request, themes.select_related("conference").by_conference(), filters)
    return render(request, "sessions_app/theme_list.html", {"listing": listing})


def _of_conferences(themes, slugs):
    return themes.of_conferences(Conference.objects.filter(slug__in=slugs))


def theme_detail(request, slug):
    theme = get_object_or_404(Theme.objects.visible_to(request.user).with_conference(request.user), slug=slug)
    return render(request, "sessions_app/theme_detail.html", {"theme": theme, "page": ThemePage(theme, request.user)})
