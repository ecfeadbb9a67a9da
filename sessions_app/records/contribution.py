"""The programme as plain data: one contribution a row, with its people and their affiliation of that day."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, IntegerField, QuerySet
from django.db.models.functions import Cast
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
        "duration": contribution.duration,
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
    people = [(each["name"], each["affiliation"]) for each in record["speakers"]]
    return "; ".join([f"{name} ({affiliation})" if affiliation else name for name, affiliation in people])


def roles_in_words(record: Record) -> str:
    return "; ".join([each["role"] for each in record["speakers"]])


# Neighbours of one kind that are kept in memory; some megabytes.
MOST_REMEMBERED = 20_000


# ── Rows: tuples that answer to the names of the models, at a seventh of their price ─────────────
class OrganisationRow(NamedTuple):
    sort_name: str
    pk: int
    name: str


class ProjectRow(NamedTuple):
    sort_title: str
    pk: int
    acronym: str


class SpeakerRow(NamedTuple):
    uuid: UUID
    academic_title: str
    given_name: str
    family_name: str

    plain_name = Speaker.plain_name
    name = Speaker.name


class PersonRow(NamedTuple):
    """A speaker whose words are made once, for all appearances."""

    uuid: str
    name: str

    @classmethod
    def of(cls, values: Iterable) -> "PersonRow":
        speaker = SpeakerRow._make(values)
        return cls(str(speaker.uuid), speaker.name)


class AppearanceRow(NamedTuple):
    role: str
    office: str
    affiliation_text: str
    is_former: bool
    visible_speaker: PersonRow
    visible_organisations: list[OrganisationRow]

    affiliation = Appearance.affiliation


class EventRow(NamedTuple):
    number: int
    title: str
    date: datetime.date
    start_time: datetime.time | None
    end_time: datetime.time | None
    visible_conference: Conference | None
    address: str
    state_label: str

    def get_absolute_url(self) -> str:
        return self.address


class ContributionRow(NamedTuple):
    pk: int
    uuid: str
    start_time: datetime.time | None
    duration: datetime.timedelta | None
    title: str
    kind_label: str
    event: EventRow
    visible_appearances: list[AppearanceRow]
    visible_projects: list[ProjectRow]

    anchor = Contribution.anchor
    get_absolute_url = Contribution.get_absolute_url

    def get_kind_display(self) -> str:
        return self.kind_label


def programme_rows(contributions: QuerySet, viewer, known: dict) -> Iterable[ContributionRow]:
    """At most eight queries, however many contributions. Links are asked for by event, a tenth of the keys."""
    # As the text it is stored as: an object for each of them costs more than the rest of the row.
    text = Cast("uuid", CharField())
    found = list(contributions.values_list("pk", text, "start_time", "duration", "title", "kind", "event_id"))
    kinds = {kind.value: str(kind.label) for kind in Contribution.Kind}
    keys = {row[-1] for row in found}
    events = _events(keys, viewer, known)
    appearances = _appearances(keys, viewer, known)
    projects = _projects(keys, viewer, known)
    return [
        ContributionRow(
            *(key, _hyphenated(uuid), start, duration, title, kinds[kind], events[event]),
            *(appearances.get(key, ()), projects.get(key, ())),
        )
        for key, uuid, start, duration, title, kind, event in found
    ]


def _hyphenated(uuid: str) -> str:
    """SQLite keeps it without hyphens."""
    return uuid if len(uuid) == 36 else f"{uuid[:8]}-{uuid[8:12]}-{uuid[12:16]}-{uuid[16:20]}-{uuid[20:]}"


def _events(keys, viewer, known: dict) -> dict[int, EventRow]:
    """The events of the rows, their words made once for all contributions. Who sees those sees their event."""
    events = Event.objects.filter(pk__in=keys).defer("introduction", "findings", "summary", "remark").in_bulk()
    conferences = known.setdefault(Conference, {})
    if missing := {event.conference_id for event in events.values()} - conferences.keys():
        conferences.update(dict.fromkeys(missing))
        conferences.update(Conference.objects.visible_to(viewer).in_bulk(missing))
    rows = {}
    for key, event in events.items():
        event.conference = conference = conferences[event.conference_id]
        address = event.get_absolute_url() if conference else ""
        words = (event.number, event.title, event.date, event.start_time, event.end_time)
        rows[key] = EventRow(*words, conference, address, str(event.state_label))
    return rows


def _appearances(events, viewer, known: dict) -> dict[int, list[AppearanceRow]]:
    """Who appears in the contributions, in order; without those whose speaker `viewer` may not see.

    One row for each organisation of that day, one after another.
    """
    # Not a boolean: SQLite has none, and turning a number into one makes every row twice.
    former = Cast("is_former", IntegerField())
    links = ("pk", "contribution_id", "speaker_id", "organisations")
    appearances = Appearance.objects.filter(contribution__event__in=events).order_by("position", "pk")
    found = list(appearances.values_list(*links, "role", "office", "affiliation_text", former))
    shown = Speaker.objects.visible_to(viewer).order_by()
    speakers = _known(known, shown, {row[2] for row in found}, SpeakerRow, PersonRow.of)
    visible = Organisation.objects.visible_to(viewer).order_by()
    organisations = _known(known, visible, {row[3] for row in found}, OrganisationRow)
    people = defaultdict(list)
    last, here = None, []
    for key, contribution, speaker, link, *words in found:
        organisation = organisations.get(link)
        if key == last:
            if organisation:
                here.append(organisation)
                here.sort()
        elif person := speakers[speaker]:
            last, here = key, [organisation] if organisation else []
            people[contribution].append(AppearanceRow(*words, person, here))
    return people


def _projects(events, viewer, known: dict) -> dict[int, list[ProjectRow]]:
    """The projects each contribution presents, in the order of their titles."""
    links = Contribution.projects.through.objects.filter(contribution__event__in=events)
    pairs = list(links.values_list("contribution_id", "project_id"))
    visible = Project.objects.visible_to(viewer).order_by()
    projects = _known(known, visible, {pair[1] for pair in pairs}, ProjectRow)
    joined = {}
    for contribution, key in pairs:
        if project := projects[key]:
            here = joined.setdefault(contribution, [])
            here.append(project)
            here.sort()
    return joined


def _known(known: dict, visible: QuerySet, keys: set, row_type: type, make: Callable | None = None) -> dict[int, Any]:
    """Neighbours by primary key, as far as they are `visible`; each is read once for the whole listing.

    None stands for one that is out of sight. `make` turns what was read into what is kept.
    """
    rows = known.setdefault(row_type, {})
    if len(rows) > MOST_REMEMBERED:
        rows.clear()
    if missing := keys - rows.keys():
        rows.update(dict.fromkeys(missing))
        fields = visible.filter(pk__in=missing).values_list("pk", *row_type._fields)
        make = make or row_type._make
        rows.update((key, make(values)) for key, *values in fields)
    return rows


PROGRAMME = Dataset(
    name="programm",
    title=_("Programm"),
    summary=_("Eine Zeile je Beitrag, mit den Mitwirkenden und ihrer Einrichtung an diesem Tag."),
    noun=Event,
    columns=(
        Column("conference", _("Konferenz"), is_printed=False),
        Column("number", _("Nr."), Kind.NUMBER),
        Column("event", _("Veranstaltung"), Kind.LONG),
        Column("date", _("Datum"), Kind.DATE),
        Column("event_start", _("Beginn der Veranstaltung"), Kind.TIME, is_printed=False),
        Column("event_end", _("Ende der Veranstaltung"), Kind.TIME, is_printed=False),
        Column("start", _("Beginn des Beitrags"), Kind.TIME),
        Column("duration", _("Dauer"), Kind.DURATION),
        Column("kind", _("Art")),
        Column("title", _("Beitrag"), Kind.LONG),
        Column("speakers", _("Mitwirkende"), Kind.LONG, cell=people_in_words),
        Column("roles", _("Rollen"), Kind.LIST, cell=roles_in_words, is_printed=False),
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
