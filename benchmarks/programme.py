"""A large programme for the benchmark of the listings, and the same listing as django-import-export makes it."""

import datetime
import random

from benchmarks.spoken import batched, lexicon

# Contributions of an event; events of a conference.
PARTS, SITTINGS = 10, 100
PEOPLE, ORGANISATIONS, PROJECTS = 4_000, 800, 300
DAY = datetime.date(2015, 10, 1)


def fill(contributions: int):
    """With one to three people each, their organisation of that day, and none to two projects."""
    chance = random.Random(2020)
    words = [forms[0].capitalize() for forms in lexicon(chance)[:3_000]]
    people, organisations, projects = _neighbours(chance, words)
    _programme(chance, words, contributions, people)
    _links(chance, contributions, organisations, projects)


def _public() -> dict:
    from django.utils import timezone

    return {"status": "published", "published_at": timezone.now() - datetime.timedelta(days=30)}


def _neighbours(chance, words):
    from conference.models import Organisation
    from projects_app.models import Project
    from sessions_app.models import Speaker

    def made(model, number, name, fields):
        rows = [model(pk=n, slug=f"{name}-{n}", **fields(n), **_public()) for n in range(1, number + 1)]
        model.objects.bulk_create(rows, batch_size=500)
        return range(1, number + 1)

    titles = ["", "", "Dr.", "Prof. Dr."]
    people = made(
        Speaker,
        PEOPLE,
        "person",
        lambda n: {
            "academic_title": chance.choice(titles),
            "given_name": chance.choice(words),
            "family_name": f"{chance.choice(words)}-{n}",
        },
    )
    organisations = made(
        Organisation, ORGANISATIONS, "einrichtung", lambda n: {"name": f"Universität {words[n]}", "kind": "research"}
    )
    projects = made(Project, PROJECTS, "vorhaben", lambda n: {"acronym": f"{words[n][:8]} {n}"})
    return people, organisations, projects


def _programme(chance, words, contributions, people):
    from conference.models import Conference
    from sessions_app.models import Appearance, Contribution, Event

    events = -(-contributions // PARTS)
    ends = DAY + datetime.timedelta(days=60)
    Conference.objects.bulk_create(
        Conference(pk=n, title=f"Konferenz {n}", slug=f"konferenz-{n}", starts_on=DAY, ends_on=ends, **_public())
        for n in range(1, -(-events // SITTINGS) + 1)
    )
    kinds = [kind.value for kind in Contribution.Kind]
    for some in batched(range(1, events + 1), 500):
        Event.objects.bulk_create(
            Event(
                pk=n,
                conference_id=(n - 1) // SITTINGS + 1,
                number=(n - 1) % SITTINGS + 1,
                title=f"{chance.choice(words)} und {chance.choice(words)}",
                slug=f"veranstaltung-{n}",
                date=DAY + datetime.timedelta(days=n % 60),
                start_time=datetime.time(9),
                end_time=datetime.time(18, 30),
                **_public(),
            )
            for n in some
        )
    for some in batched(range(1, contributions + 1), 500):
        Contribution.objects.bulk_create(
            Contribution(
                pk=n,
                event_id=(n - 1) // PARTS + 1,
                position=n % PARTS,
                start_time=datetime.time(9 + n % PARTS, 15),
                duration=datetime.timedelta(minutes=20) if n % 2 else None,
                kind=chance.choice(kinds),
                title=f"{' '.join(chance.choices(words, k=6))} {n}",
            )
            for n in some
        )
        Appearance.objects.bulk_create(
            Appearance(
                contribution_id=n,
                speaker_id=person,
                position=place,
                office="Vorstand" if chance.random() < 0.1 else "",
                is_former=chance.random() < 0.05,
            )
            for n in some
            for place, person in enumerate(chance.sample(people, chance.choice([1, 1, 2, 3])))
        )


def _links(chance, contributions, organisations, projects):
    from sessions_app.models import Appearance, Contribution

    days = Appearance.organisations.through
    shown = Contribution.projects.through
    for some in batched(Appearance.objects.order_by("pk").values_list("pk", flat=True), 5_000):
        days.objects.bulk_create(
            (
                days(appearance_id=key, organisation_id=organisation)
                for key in some
                for organisation in chance.sample(organisations, chance.choice([1, 1, 1, 2]))
            ),
            batch_size=1_000,
        )
    for some in batched(range(1, contributions + 1), 5_000):
        shown.objects.bulk_create(
            (
                shown(contribution_id=key, project_id=project)
                for key in some
                for project in chance.sample(projects, chance.choice([0, 1, 1, 2]))
            ),
            batch_size=1_000,
        )


def rival():
    """The listing as a plain resource: the same rows and columns, relations loaded as its handbook advises."""
    from django.db.models import Prefetch
    from import_export import fields, resources, widgets

    from conference.models import Organisation
    from conference.publishing import PUBLIC
    from conference.records import absolute
    from projects_app.models import Project
    from sessions_app.models import Appearance, Contribution
    from sessions_app.records import PROGRAMME

    clock = widgets.TimeWidget(format="%H:%M")
    day = widgets.DateWidget(format="%Y-%m-%d")

    class Programme(resources.ModelResource):
        conference = fields.Field("event__conference__title", "Konferenz")
        number = fields.Field("event__number", "Nr.")
        event_title = fields.Field("event__title", "Veranstaltung")
        date = fields.Field("event__date", "Datum", day)
        event_start = fields.Field("event__start_time", "Beginn der Veranstaltung", clock)
        event_end = fields.Field("event__end_time", "Ende der Veranstaltung", clock)
        start = fields.Field("start_time", "Beginn des Beitrags", clock)
        duration = fields.Field(column_name="Dauer")
        kind = fields.Field(column_name="Art")
        title = fields.Field("title", "Beitrag")
        speakers = fields.Field(column_name="Mitwirkende")
        roles = fields.Field(column_name="Rollen")
        projects = fields.Field(column_name="Vorhaben")
        address = fields.Field(column_name="Adresse")
        uuid = fields.Field("uuid", "Kennung")

        class Meta:
            model = Contribution
            fields = (
                *("conference", "number", "event_title", "date", "event_start", "event_end", "start"),
                *("duration", "kind", "title", "speakers", "roles", "projects", "address", "uuid"),
            )
            export_order = fields
            # The best price here: each chunk sorts all rows anew, and the default is 100.
            chunk_size = 1_000

        def dehydrate_duration(self, contribution):
            return str(contribution.duration or "")

        def dehydrate_kind(self, contribution):
            return contribution.get_kind_display()

        def dehydrate_speakers(self, contribution):
            for each in contribution.visible_appearances:
                each.visible_organisations.sort(key=lambda organisation: (organisation.sort_name, organisation.pk))
            people = [(each.speaker.name, each.affiliation) for each in contribution.visible_appearances]
            return "; ".join(f"{name} ({affiliation})" if affiliation else name for name, affiliation in people)

        def dehydrate_roles(self, contribution):
            kind = contribution.get_kind_display()
            return "; ".join(each.role or kind for each in contribution.visible_appearances)

        def dehydrate_projects(self, contribution):
            projects = sorted(contribution.visible_projects, key=lambda project: (project.sort_title, project.pk))
            return "; ".join(project.acronym for project in projects)

        def dehydrate_address(self, contribution):
            return absolute(contribution.get_absolute_url())

    # Sorted beside the database: with the order, SQLite walks through all organisations for each appearance.
    known = Organisation.objects.visible_to(PUBLIC).order_by()
    organisations = Prefetch("organisations", known, to_attr="visible_organisations")
    people = Appearance.objects.visible_to(PUBLIC).select_related("speaker").prefetch_related(organisations)
    projects = Project.objects.visible_to(PUBLIC).order_by()
    rows = PROGRAMME.rows(PUBLIC).select_related("event__conference")
    rows = rows.prefetch_related(
        Prefetch("appearances", people.order_by("position", "pk"), to_attr="visible_appearances"),
        Prefetch("projects", projects, to_attr="visible_projects"),
    )
    return Programme().export(rows)
