"""Events as plain data."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from conference.models import Conference
from conference.records import IDENTITY, Column, Dataset, Kind, Record, absolute, identity
from sessions_app.models import Event


def event_record(event: Event) -> Record:
    """Needs `visible_conference` and what `with_relations` loads."""
    conference = event.visible_conference
    return {
        "conference": conference.title if conference else "",
        "number": event.number,
        "title": event.title,
        "kind": str(event.get_kind_display()),
        "date": event.date,
        "start": event.start_time,
        "end": event.end_time,
        "place": event.place or (str(event.location) if conference else ""),
        "theme": event.visible_theme.title if event.visible_theme else "",
        "state": str(event.state_name),
        "summary": event.summary,
        "questions": [question.text for question in event.questions.all()],
        "contributions": len(event.visible_contributions),
        "speakers": [appearance.speaker.name for appearance in event.people],
        "projects": [project.acronym for project, _contribution in event.presentations],
        "materials": [material.title for material in event.visible_materials],
        "videos": len(event.visible_videos),
        **identity(event),
        "address": absolute(event.get_absolute_url()) if conference else "",
    }


def events_with_neighbours(events: QuerySet, viewer, known: dict) -> QuerySet:
    conferences = Conference.objects.visible_to(viewer)
    return events.with_relations(viewer).prefetch_related(
        Prefetch("conference", conferences, to_attr="visible_conference")
    )


EVENTS = Dataset(
    name="veranstaltungen",
    title=_("Veranstaltungen"),
    summary=_("Eine Zeile je Veranstaltung, mit Zeiten, Leitfragen, Mitwirkenden und Vorhaben."),
    noun=Event,
    columns=(
        Column("conference", _("Konferenz"), is_printed=False),
        Column("number", _("Nr."), Kind.NUMBER),
        Column("title", _("Titel"), Kind.LONG),
        Column("kind", _("Art"), is_printed=False),
        Column("date", _("Datum"), Kind.DATE),
        Column("start", _("Beginn"), Kind.TIME),
        Column("end", _("Ende"), Kind.TIME),
        Column("place", _("Ort")),
        Column("theme", _("Kernbotschaft")),
        Column("state", _("Stand")),
        Column("summary", _("Kurzfassung"), Kind.LONG, is_printed=False),
        Column("questions", _("Leitfragen"), Kind.LIST, is_printed=False),
        Column("contributions", _("Beiträge"), Kind.NUMBER),
        Column("speakers", _("Mitwirkende"), Kind.LIST),
        Column("projects", _("Vorhaben"), Kind.LIST),
        Column("materials", _("Materialien"), Kind.LIST, is_printed=False),
        Column("videos", _("Videos"), Kind.NUMBER, is_printed=False),
        *IDENTITY,
    ),
    rows=lambda viewer: Event.objects.visible_to(viewer).chronological(),
    of_conference=lambda rows, conference, viewer: rows.filter(conference=conference),
    load=events_with_neighbours,
    record=event_record,
    # With their programmes: more of them take a hundred megabytes, and SQLite a way through all speakers.
    chunk=100,
)
