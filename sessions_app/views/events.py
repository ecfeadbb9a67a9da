"""Events: the list with its filters, and the page of one."""

from collections import Counter

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.listing import Filter, Listing, Option, Sort
from conference.models import Conference, Theme
from sessions_app.models import Event
from sessions_app.series import Series

SORTS = [
    Sort("aelteste", gettext_lazy("Datum, älteste zuerst"), lambda events: events.chronological()),
    Sort("neueste", gettext_lazy("Datum, neueste zuerst"), lambda events: events.latest_first()),
]


def event_list(request):
    listing = Listing(request, Event.objects.published().for_cards(), _filters(), SORTS)
    return render(request, "sessions_app/event_list.html", {"listing": listing})


def event_detail(request, conference, slug):
    series = Series(conference, slug, request.user)
    return render(request, "sessions_app/event_detail.html", {"event": series.event, "series": series})


def _filters() -> list[Filter]:
    """Two queries: one for what the events offer, one for the themes among it that are public."""
    events = Event.objects.published()
    rows = list(events.facets())
    conferences = Counter((row.conference__slug, row.conference__title) for row in rows)
    themes = Counter(row.theme for row in rows)
    years = Counter(row.date__year for row in rows)
    kinds = Counter(row.kind for row in rows)
    return [
        Filter(
            "konferenz",
            _("Konferenz"),
            [Option(slug, title, count=count) for (slug, title), count in conferences.items()],
            lambda rows, slugs: rows.of_conferences(Conference.objects.filter(slug__in=slugs)),
            is_content=True,
        ),
        Filter(
            "thema",
            _("Kernbotschaft"),
            [
                Option(theme.slug, theme.title, theme.palette, themes[theme.pk])
                for theme in Theme.objects.published().filter(pk__in=set(themes) - {None}).in_order()
            ],
            lambda rows, slugs: rows.on_themes(Theme.objects.filter(slug__in=slugs)),
            is_content=True,
        ),
        Filter(
            "jahr",
            _("Jahr"),
            [Option(str(year), str(year), count=years[year]) for year in sorted(years)],
            lambda rows, chosen: rows.in_years(chosen),
        ),
        Filter(
            "art",
            _("Art"),
            [Option(kind, label, count=kinds[kind]) for kind, label in Event.Kind.choices if kinds[kind]],
            lambda rows, chosen: rows.of_kind(chosen),
        ),
        Filter(
            "stand",
            _("Stand"),
            [Option(state, label) for state, label in Event.State.choices],
            lambda rows, chosen: rows.in_states(chosen),
        ),
    ]
