"""The programme as plain data: one contribution a row, with its people and their affiliation of that day."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Organisation
from conference.records import IDENTITY, Column, Dataset, Kind, Record, absolute
from projects_app.models import Project
from sessions_app.models import Appearance, Contribution, Event, Speaker


def contribution_record(contribution) -> Record:
    """Needs `event.visible_conference`, `visible_appearances` and `visible_projects`; model or row, all the same."""
    event = contribution.event
    conference = event.visible_conference
    kind = contribution.get_kind_display()
    return {
        "conference": conference.title if conference else "",
        "number": event.number,
        "event": event.title,
        "date": event.date,
        "event_start": event.start_time,
        "event_end": event.end_time,
        "start": contribution.start_time,
        "kind": str(kind),
        "title": contribution.title,
        "speakers": [_appearance_record(each, kind) for each in contribution.visible_appearances],
        "projects": [project.acronym for project in contribution.visible_projects],
        "address": absolute(contribution.get_absolute_url()) if conference else "",
        "uuid": str(contribution.uuid),
        "status": str(event.state_label),
    }


def _appearance_record(appearance, kind: str) -> Record:
    return {
        "uuid": str(appearance.visible_speaker.uuid),
        "name": appearance.visible_speaker.name,
        "role": str(appearance.role or kind),
        "affiliation": appearance.affiliation,
    }


def people_in_words(record: Record) -> str:
    """ "Prof. Dr. Harald Kegler (Universität Kassel); …" """
    return "; ".join(
        f"{each['name']} ({each['affiliation']})" if each["affiliation"] else each["name"]
        for each in record["speakers"]
    )


# ── Rows: tuples that answer to the names of the models, at a seventh of their price ─────────────
class OrganisationRow(NamedTuple):
    pk: int
    name: str


class SpeakerRow(NamedTuple):
    pk: int
    uuid: UUID
    academic_title: str
    given_name: str
    family_name: str

    plain_name = Speaker.plain_name
    name = Speaker.name


class AppearanceRow(NamedTuple):
    role: str
    office: str
    affiliation_text: str
    is_former: bool
    visible_speaker: SpeakerRow
    visible_organisations: list[OrganisationRow]

    affiliation = Appearance.affiliation


class ProjectRow(NamedTuple):
    pk: int
    acronym: str


class ContributionRow(NamedTuple):
    pk: int
    uuid: UUID
    start_time: Any
    kind: str
    title: str
    event: Event
    event_address: str
    visible_appearances: list[AppearanceRow]
    visible_projects: list[ProjectRow]

    anchor = Contribution.anchor

    def get_absolute_url(self) -> str:
        return f"{self.event_address}#{self.anchor}"

    def get_kind_display(self) -> str:
        return Contribution.Kind(self.kind).label


def programme_rows(contributions: QuerySet, viewer) -> Iterable[ContributionRow]:
    """Nine queries, however many contributions."""
    found = list(contributions.values_list("pk", "uuid", "start_time", "kind", "title", "event_id"))
    keys = [row[0] for row in found]
    events = _events({row[5] for row in found}, viewer)
    appearances = _appearances(keys, viewer)
    projects = _projects(keys, viewer)
    return [
        ContributionRow(*row[:5], *events[row[5]], appearances.get(row[0], ()), projects.get(row[0], ()))
        for row in found
    ]


def _events(keys, viewer) -> dict[int, tuple[Event, str]]:
    """The events of the rows, each with `visible_conference`, and their addresses, made once for all contributions."""
    events = Event.objects.filter(pk__in=keys).defer("introduction", "findings", "summary").in_bulk()
    conferences = Conference.objects.visible_to(viewer).in_bulk({event.conference_id for event in events.values()})
    for event in events.values():
        event.visible_conference = conferences.get(event.conference_id)
        event.conference = event.visible_conference
    return {key: (event, event.get_absolute_url() if event.visible_conference else "") for key, event in events.items()}


def _appearances(keys, viewer) -> dict[int, list[AppearanceRow]]:
    """Who appears in the contributions, in order; without those whose speaker `viewer` may not see."""
    found = list(
        Appearance.objects.filter(contribution__in=keys)
        .order_by("position", "pk")
        .values_list("contribution_id", "speaker_id", "pk", "role", "office", "affiliation_text", "is_former")
    )
    seen = Speaker.objects.visible_to(viewer).filter(pk__in={row[1] for row in found}).order_by()
    speakers = {
        row[0]: SpeakerRow._make(row)
        for row in seen.values_list("pk", "uuid", "academic_title", "given_name", "family_name")
    }
    organisations = _organisations([row[2] for row in found], viewer)
    people = defaultdict(list)
    for contribution, speaker, key, *words in found:
        if person := speakers.get(speaker):
            people[contribution].append(AppearanceRow(*words, person, organisations.get(key, ())))
    return people


def _organisations(keys, viewer) -> dict[int, list[OrganisationRow]]:
    """The organisations of that day by appearance, in the order of their names."""
    links = list(
        Appearance.organisations.through.objects.filter(appearance__in=keys).values_list(
            "organisation_id", "appearance_id"
        )
    )
    return _joined(links, Organisation.objects.visible_to(viewer).by_name(), ("pk", "name"), OrganisationRow)


def _projects(keys, viewer) -> dict[int, list[ProjectRow]]:
    links = list(
        Contribution.projects.through.objects.filter(contribution__in=keys).values_list("project_id", "contribution_id")
    )
    return _joined(links, Project.objects.visible_to(viewer).by_acronym(), ("pk", "acronym"), ProjectRow)


def _joined(links: list[tuple[int, int]], targets: QuerySet, fields: tuple, row_type) -> dict[int, list]:
    """The targets by the key of what refers to them, kept in the targets' order. `links` as (target, source)."""
    sources = defaultdict(list)
    for target, source in links:
        sources[target].append(source)
    joined = defaultdict(list)
    for row in targets.filter(pk__in=sources).values_list(*fields):
        target = row_type._make(row)
        for source in sources[target.pk]:
            joined[source].append(target)
    return joined


PROGRAMME = Dataset(
    name="programm",
    title=_("Programm"),
    summary=_("Eine Zeile je Beitrag, mit den Mitwirkenden und ihrer Einrichtung an diesem Tag."),
    noun=Event,
    columns=(
        Column("conference", _("Konferenz")),
        Column("number", _("Nr."), Kind.NUMBER),
        Column("event", _("Veranstaltung"), Kind.LONG),
        Column("date", _("Datum"), Kind.DATE),
        Column("event_start", _("Beginn der Veranstaltung"), Kind.TIME),
        Column("event_end", _("Ende der Veranstaltung"), Kind.TIME),
        Column("start", _("Beginn des Beitrags"), Kind.TIME),
        Column("kind", _("Art")),
        Column("title", _("Beitrag"), Kind.LONG),
        Column("speakers", _("Mitwirkende"), Kind.LONG, cell=people_in_words),
        Column(
            "roles", _("Rollen"), Kind.LIST, cell=lambda record: "; ".join(each["role"] for each in record["speakers"])
        ),
        Column("projects", _("Vorhaben"), Kind.LIST),
        *IDENTITY,
    ),
    rows=lambda viewer: Contribution.objects.visible_to(viewer).order_by(
        "event__date",
        F("event__start_time").asc(nulls_last=True),
        "event__number",
        "event_id",
        F("start_time").asc(nulls_last=True),
        "position",
        "pk",
    ),
    of_conference=lambda rows, conference, viewer: rows.filter(event__conference=conference),
    load=programme_rows,
    record=contribution_record,
)
