"""Events: the list with its filters, and the page of one."""

from collections import Counter

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.listing import Filter, Listing, Option, Sort
from conference.models import Conference, Theme
from sessions_app.models import Event
from sessions_app.quotations import cite_event, in_words
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
    context = {"event": series.event, "series": series, "citation": in_words(cite_event(series.event))}
    return render(request, "sessions_app/event_detail.html", context)


def _filters() -> list[Filter]:
    """Two queries: one for what the events offer, one for the themes among it that are public."""
    rows = list(Event.objects.published().facets())
    return [_conference_filter(rows), _theme_filter(rows), *_plain_filters(rows)]


def _conference_filter(rows) -> Filter:
    conferences = Counter((row.conference__slug, row.conference__title) for row in rows)
    return Filter(
        "konferenz",
        _("Konferenz"),
        [Option(slug, title, count=count) for (slug, title), count in conferences.items()],
        lambda events, slugs: events.of_conferences(Conference.objects.filter(slug__in=slugs)),
        is_content=True,
    )


def _theme_filter(rows) -> Filter:
    counts = Counter(row.theme for row in rows if row.theme)
    themes = Theme.objects.published().filter(pk__in=counts).in_order()
    return Filter(
        "thema",
        _("Kernbotschaft"),
        [Option(theme.slug, theme.title, theme.palette, counts[theme.pk]) for theme in themes],
        lambda events, slugs: events.on_themes(Theme.objects.filter(slug__in=slugs)),
        is_content=True,
    )


def _plain_filters(rows) -> list[Filter]:
    years = Counter(row.date__year for row in rows)
    kinds = Counter(row.kind for row in rows)
    year_options = [Option(str(year), str(year), count=years[year]) for year in sorted(years)]
    kind_options = [Option(kind, label, count=kinds[kind]) for kind, label in Event.Kind.choices if kinds[kind]]
    state_options = [Option(state, label) for state, label in Event.State.choices]
    return [
        Filter("jahr", _("Jahr"), year_options, lambda events, chosen: events.in_years(chosen)),
        Filter("art", _("Art"), kind_options, lambda events, chosen: events.of_kind(chosen)),
        Filter("stand", _("Stand"), state_options, lambda events, chosen: events.in_states(chosen)),
    ]
