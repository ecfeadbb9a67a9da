"""What belongs to what: rows by conference, theme, person, project and organisation, along public things only."""

from django.db.models import Q, QuerySet

from conference.models import Theme
from projects_app.models import Partnership, Project
from sessions_app.models import Appearance, Contribution, Event, Involvement, Speaker, Video


# ── By conference ────────────────────────────────────────────────────────────────────────────
def themes_of(conferences) -> QuerySet:
    return Theme.objects.published().order_by().of_conferences(conferences)


def events_of(conferences) -> QuerySet:
    return Event.objects.published().order_by().of_conferences(conferences)


def contributions_of(conferences) -> QuerySet:
    return Contribution.objects.published().order_by().filter(event__conference__in=conferences)


def videos_of(conferences) -> QuerySet:
    return Video.objects.published().order_by().of_conferences(conferences)


def appearances_of(conferences) -> QuerySet:
    return Appearance.objects.published().order_by().of_conferences(conferences)


def speakers_of(conferences) -> QuerySet:
    return Speaker.objects.published().order_by().appearing_in(appearances_of(conferences))


def projects_of(conferences) -> QuerySet:
    """Presented there, or belonging to one of its themes."""
    presented = Contribution.projects.through.objects.filter(contribution__in=contributions_of(conferences))
    related = Project.themes.through.objects.filter(theme__in=themes_of(conferences))
    rule = Q(pk__in=presented.values("project")) | Q(pk__in=related.values("project"))
    return Project.objects.published().order_by().filter(rule)


def organisations_in(rows, conferences) -> QuerySet:
    """Who organised and paid for it, who spoke for them that day, who works in its projects."""
    partners = Partnership.objects.published().filter(project__in=projects_of(conferences)).order_by()
    return rows.filter(
        Q(pk__in=conferences.values("organisers"))
        | Q(pk__in=conferences.values("funder"))
        | Q(pk__in=appearances_of(conferences).values("organisations"))
        | Q(pk__in=partners.values("organisation"))
    )


def materials_in(rows, conferences) -> QuerySet:
    """Offered by it, its themes, events, contributions and projects."""
    users = (themes_of, events_of, contributions_of, projects_of)
    return rows.used_by(conferences, *(of(conferences) for of in users))


def images_in(rows, conferences) -> QuerySet:
    """Shown by it and by what belongs to it."""
    shown = [conferences, *(of(conferences) for of in (themes_of, events_of, projects_of))]
    rule = Q(pk__in=videos_of(conferences).values("poster")) | Q(pk__in=speakers_of(conferences).values("portrait"))
    for things in shown:
        rule |= Q(pk__in=things.values("image"))
    return rows.filter(rule)


# ── By theme, person, project, organisation ──────────────────────────────────────────────────
def at_events(events) -> QuerySet:
    return Appearance.objects.published().order_by().filter(contribution__event__in=events)


def of_theme(themes) -> QuerySet:
    return Appearance.objects.published().order_by().on_themes(themes)


def of_speaker(speakers) -> QuerySet:
    return Appearance.objects.published().order_by().filter(speaker__in=speakers)


def of_organisation(organisations) -> QuerySet:
    """Appearances for one of them."""
    stood = Appearance.organisations.through.objects.filter(organisation__in=organisations)
    return Appearance.objects.published().order_by().filter(pk__in=stood.values("appearance"))


def presenting(projects) -> QuerySet:
    """Contributions that present one of them."""
    links = Contribution.projects.through.objects.filter(project__in=projects)
    return Contribution.objects.published().order_by().filter(pk__in=links.values("contribution"))


def projects_with(speakers) -> QuerySet:
    return Involvement.objects.published().order_by().filter(speaker__in=speakers).values("project")


def people_in(projects) -> QuerySet:
    return Involvement.objects.published().order_by().filter(project__in=projects).values("speaker")


def projects_by(organisations) -> QuerySet:
    return Partnership.objects.published().order_by().filter(organisation__in=organisations).values("project")


def materials_by_theme(rows, themes) -> QuerySet:
    """As the list for people: offered by it, its events and their contributions, its projects."""
    events = Event.objects.published().order_by().on_themes(themes)
    projects = Project.objects.published().order_by().on_themes(themes)
    return rows.used_by(themes, events, Contribution.objects.published().filter(event__in=events), projects)


def materials_by_event(rows, events) -> QuerySet:
    return rows.used_by(events, Contribution.objects.published().filter(event__in=events))


def videos_by_project(rows, projects) -> QuerySet:
    """Of a contribution that presents it, or of the whole event of one; a trailer presents nobody's work."""
    found = presenting(projects)
    rule = Q(contribution__in=found) | Q(contribution__isnull=True, event__in=found.values("event"))
    return rows.filter(rule).exclude(kind=Video.Kind.TRAILER)
