"""Materials: all on one page, so that the address of each (`#slug`) always leads to it."""

from collections import Counter

from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.listing import Filter, Option, Sort, offered
from conference.models import Conference, Material, Theme
from conference.models.choices import Language
from projects_app.models import Project
from sessions_app.material_shelf import MaterialShelf
from sessions_app.models import Contribution, Event

SORTS = [
    Sort("titel", gettext_lazy("Titel"), lambda materials: materials.by_title()),
    Sort("neueste", gettext_lazy("Jahr, neueste zuerst"), lambda materials: materials.newest_first()),
]


def material_list(request):
    shelf = MaterialShelf(request, Material.objects.published(), [*_own_filters(), *_neighbour_filters()], SORTS)
    return render(request, "sessions_app/material_list.html", {"listing": shelf})


def _own_filters() -> list[Filter]:
    """One query: what the materials say themselves."""
    rows = list(Material.objects.published().facets())
    kinds = Counter(row.kind for row in rows)
    years = Counter(row.year for row in rows if row.year)
    languages = Counter(row.language for row in rows)
    return [
        Filter(
            "art",
            _("Art"),
            offered(Material.Kind.choices, kinds),
            lambda materials, chosen: materials.of_kind(chosen),
        ),
        Filter(
            "jahr",
            _("Jahr"),
            [Option(str(year), str(year), count=years[year]) for year in sorted(years, reverse=True)],
            lambda materials, chosen: materials.in_years(chosen),
        ),
        Filter(
            "sprache",
            _("Sprache"),
            offered(Language.choices, languages),
            lambda materials, chosen: materials.in_language(chosen),
        ),
    ]


def _neighbour_filters() -> list[Filter]:
    """Two queries: the conferences and themes that lead to a material everybody may see."""
    materials = Material.objects.published()
    events = Event.objects.published().carrying(materials)
    projects = Project.objects.published().filter(materials__in=materials)
    conferences = Conference.objects.published().filter(Q(materials__in=materials) | Q(events__in=events))
    themes = Theme.objects.published().filter(
        Q(materials__in=materials) | Q(events__in=events) | Q(projects__in=projects)
    )
    return [
        Filter(
            "konferenz",
            _("Konferenz"),
            [Option(conference.slug, conference.title) for conference in conferences.distinct().latest_first()],
            _of_conferences,
            is_content=True,
        ),
        Filter(
            "thema",
            _("Kernbotschaft"),
            [Option(theme.slug, theme.title, theme.palette) for theme in themes.distinct().in_order()],
            _on_themes,
            is_content=True,
        ),
    ]


def _of_conferences(materials, slugs):
    conferences = Conference.objects.published().filter(slug__in=slugs)
    events = Event.objects.published().of_conferences(conferences)
    return materials.used_by(conferences, events, Contribution.objects.filter(event__in=events))


def _on_themes(materials, slugs):
    themes = Theme.objects.published().filter(slug__in=slugs)
    events = Event.objects.published().on_themes(themes)
    projects = Project.objects.published().on_themes(themes)
    return materials.used_by(themes, events, projects, Contribution.objects.filter(event__in=events))
