"""Joint projects: the map with its list, and the page of one."""

from collections import Counter

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from conference.listing import Filter, Option, offered, offered_themes
from conference.models import Organisation, Theme
from conference.models.choices import FederalState
from conference.slugs import slugify_german
from projects_app.map import ProjectListing, ProjectMap
from projects_app.models import Partnership, Project


def project_list(request):
    listing = ProjectListing(request, Project.objects.published(), _filters())
    return render(request, "projects_app/project_list.html", {"listing": listing})


def project_detail(request, slug):
    project = get_object_or_404(Project.objects.visible_to(request.user).with_relations(request.user), slug=slug)
    context = {
        "project": project,
        "map": ProjectMap([project], dark=project.federal_states),
        "contributions": project.contributions.with_event(request.user),
        "involvements": project.involvements.with_speaker(request.user),
    }
    return render(request, "projects_app/project_detail.html", context)


def _filters() -> list[Filter]:
    """Three queries: what the projects say themselves, their themes, their partners."""
    projects = Project.objects.published()
    rows = list(projects.facets())
    states = Counter(code for row in rows for code in row.federal_states)
    topics = Counter(row.focus_topic for row in rows if row.focus_topic)
    topic_of = {slugify_german(topic): topic for topic in sorted(topics)}
    themes = list(projects.themes_with_count())
    kinds = Counter(kind for kind, _project in Partnership.objects.facets())
    return [
        Filter(
            "thema",
            _("Kernbotschaft"),
            offered_themes(themes, {theme.pk: theme.project_count for theme in themes}),
            lambda rows, slugs: rows.on_themes(Theme.objects.filter(slug__in=slugs)),
            is_content=True,
        ),
        Filter(
            "land",
            _("Bundesland"),
            [Option(state.short, state.label, count=states[state]) for state in FederalState if states[state]],
            lambda rows, chosen: rows.in_states([FederalState.from_short(short) for short in chosen]),
        ),
        Filter(
            "fokus",
            _("Fokusthema"),
            [Option(slug, topic, count=topics[topic]) for slug, topic in topic_of.items()],
            lambda rows, slugs: rows.on_focus_topics([topic_of[slug] for slug in slugs]),
            is_content=True,
        ),
        Filter(
            "partner",
            _("Partner im Verbund"),
            offered(Organisation.Kind.choices, kinds),
            lambda rows, chosen: rows.with_partners_of_kind(chosen),
        ),
    ]
