"""What is asked of an event. What is asked of its recordings stands in `recordings`."""

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.board.links import alive, tried_links
from conference.board.pictures import pictured
from conference.board.requirement import Checklist, Lack, Requirement, filled, form_of, some
from conference.models import Material, Theme
from projects_app.models import Project
from sessions_app.board.recordings import (
    is_watchable,
    lack_of_captions,
    lack_of_chapters,
    lack_of_licenses,
    lack_of_posters,
    lack_of_recording,
    licensable,
    recordings_of,
    whole_events,
)
from sessions_app.models import Appearance, Contribution, Event, Speaker, Video


def load_events(events):
    """With everything asked below: nine queries."""
    stands_for = Appearance.organisations.through.objects.filter(appearance=OuterRef("pk"))
    names_project = Contribution.projects.through.objects.filter(contribution=OuterRef("pk"))
    appearances = (
        Appearance.objects.select_related("speaker")
        .annotate(has_organisation=Exists(stands_for))
        .order_by("position", "pk")
    )
    contributions = (
        Contribution.objects.annotate(has_project=Exists(names_project))
        .in_order()
        .prefetch_related(
            Prefetch("appearances", appearances, to_attr="board_appearances"),
            Prefetch("materials", Material.objects.order_by(), to_attr="board_materials"),
        )
    )
    loaded = list(
        events.select_related("conference", "theme", "image").prefetch_related(
            Prefetch("questions", to_attr="board_questions"),
            Prefetch("contributions", contributions, to_attr="board_contributions"),
            Prefetch("materials", Material.objects.order_by(), to_attr="board_own"),
        )
    )
    recordings = recordings_of(loaded)
    videos = [video for videos in recordings.values() for video in videos]
    links = tried_links((Event, [event.pk for event in loaded]), (Video, [video.pk for video in videos]))
    for event in loaded:
        parts = [material for part in event.board_contributions for material in part.board_materials]
        event.board_own_materials = list({material.pk: material for material in [*event.board_own, *parts]}.values())
        event.board_recordings = recordings[event.pk]
        event.board_watchable = [video for video in event.board_recordings if is_watchable(video)]
        event.board_links = [
            link
            for thing in (event, *event.board_recordings)
            for link in links.get((thing._meta.label_lower, thing.pk), ())
        ]
    return loaded


# ── For whom it holds ────────────────────────────────────────────────────────────────────────
def is_thematic(event) -> bool:
    return event.kind == Event.Kind.THEMATIC


def takes_place(event) -> bool:
    return not event.is_cancelled


def was_held(event) -> bool:
    return takes_place(event) and event.date < timezone.localdate(timezone=event.conference.zone)


def is_to_be_recorded(event) -> bool:
    """Held, and not all that is known of recordings is that there are none."""
    states = {video.availability for video in event.board_recordings}
    return was_held(event) and states != {Video.Availability.NOT_RECORDED}


def is_to_be_licensed(event) -> bool:
    return bool(licensable(event)) and not event.conference.default_license


# ── What may be missing ──────────────────────────────────────────────────────────────────────
def lack_of_time(event) -> list[Lack]:
    return [] if event.start_time else [Lack(_("Die Uhrzeit des Beginns fehlt."), form_of(event, "id_start_time"))]


def lack_of_theme(event) -> list[Lack]:
    return [] if event.theme_id else [Lack(_("Die Kernbotschaft fehlt."), form_of(event, "id_theme"))]


def lack_of_people(event) -> list[Lack]:
    if not any(part.board_appearances for part in event.board_contributions):
        group = "contributions-0-appearances-group" if event.board_contributions else "contributions-group"
        return [Lack(_("Es ist niemand eingetragen, der mitwirkt."), form_of(event, group))]
    return [
        Lack(
            _("Bei %(person)s („%(part)s“) fehlt die Einrichtung.") % {"person": appearance.speaker, "part": part},
            form_of(event, f"id_contributions-{place}-appearances-{index}-organisations"),
        )
        for place, part in enumerate(event.board_contributions)
        for index, appearance in enumerate(part.board_appearances)
        if not has_affiliation(appearance)
    ]


def has_affiliation(appearance) -> bool:
    return bool(appearance.has_organisation or appearance.affiliation_text.strip() or appearance.office.strip())


def lack_of_projects(event) -> list[Lack]:
    if any(part.has_project for part in event.board_contributions):
        return []
    parts = event.board_contributions
    url = form_of(parts[0], "id_projects") if parts else form_of(event, "contributions-group")
    return [Lack(_("Kein Beitrag nennt ein Vorhaben."), url)]


def _new_video(event) -> str:
    return f"{reverse('admin:sessions_app_video_add')}?event={event.pk}"


WHEN_HELD = gettext_lazy("Sobald die Veranstaltung stattgefunden hat.")

REQUIREMENTS = (
    Requirement(
        "event.date", gettext_lazy("Termin"), gettext_lazy("Datum und Uhrzeit des Beginns."), lack_of_time, takes_place
    ),
    Requirement(
        "event.theme",
        gettext_lazy("Botschaft"),
        gettext_lazy("Die Kernbotschaft. Nur bei Themenveranstaltungen."),
        lack_of_theme,
        is_thematic,
        weight=2,
    ),
    filled(
        "event.summary",
        "summary",
        gettext_lazy("Kurzfassung"),
        gettext_lazy("Ein bis drei Sätze für Listen, Suche und Vorschauen."),
        gettext_lazy("Die Kurzfassung fehlt."),
    ),
    some(
        "event.questions",
        "board_questions",
        "questions-group",
        gettext_lazy("Leitfragen"),
        gettext_lazy("Mindestens eine Leitfrage. Nur bei Themenveranstaltungen."),
        gettext_lazy("Die Leitfragen fehlen."),
        is_needed=is_thematic,
        weight=2,
    ),
    filled(
        "event.introduction",
        "introduction",
        gettext_lazy("Einführung"),
        gettext_lazy("Der Text am Anfang der Seite."),
        gettext_lazy("Die Einführung fehlt."),
        weight=2,
    ),
    some(
        "event.contributions",
        "board_contributions",
        "contributions-group",
        gettext_lazy("Beiträge"),
        gettext_lazy("Mindestens ein Beitrag. Nicht, wenn abgesagt."),
        gettext_lazy("Die Beiträge fehlen."),
        is_needed=takes_place,
        weight=2,
    ),
    Requirement(
        "event.people",
        gettext_lazy("Mitwirkende"),
        gettext_lazy("Wer mitwirkt, und alle mit ihrer Einrichtung an diesem Tag. Nicht, wenn abgesagt."),
        lack_of_people,
        takes_place,
        weight=2,
    ),
    Requirement(
        "event.projects",
        gettext_lazy("Vorhaben"),
        gettext_lazy(
            "Mindestens ein Beitrag nennt ein Vorhaben. Nur bei Themenveranstaltungen, die nicht abgesagt sind."
        ),
        lack_of_projects,
        lambda event: is_thematic(event) and takes_place(event),
    ),
    pictured("event.image"),
    Requirement(
        "event.video",
        gettext_lazy("Video"),
        gettext_lazy("Eine Aufzeichnung, die zu sehen ist; nicht, wenn sie als „nicht aufgezeichnet“ eingetragen ist."),
        lambda event: lack_of_recording(event, _new_video(event)),
        is_to_be_recorded,
        weight=3,
    ),
    Requirement(
        "event.poster",
        gettext_lazy("Vorschaubild"),
        gettext_lazy("Jede Aufzeichnung hat ein Vorschaubild mit Alternativtext."),
        lack_of_posters,
        lambda event: bool(event.board_watchable),
    ),
    Requirement(
        "event.captions",
        gettext_lazy("Untertitel"),
        gettext_lazy("Jede Aufzeichnung hat Untertitel, die jemand geprüft hat."),
        lack_of_captions,
        lambda event: bool(event.board_watchable),
        weight=3,
    ),
    Requirement(
        "event.chapters",
        gettext_lazy("Kapitel"),
        gettext_lazy("Die Aufzeichnung der ganzen Veranstaltung hat Kapitel."),
        lack_of_chapters,
        lambda event: bool(whole_events(event)),
    ),
    Requirement(
        "event.license",
        gettext_lazy("Lizenz"),
        gettext_lazy("Aufzeichnungen und Dateien haben eine Lizenz; nicht, wenn die Konferenz eine für alles hat."),
        lack_of_licenses,
        is_to_be_licensed,
    ),
    some(
        "event.materials",
        "board_own_materials",
        "id_materials",
        gettext_lazy("Material"),
        gettext_lazy("Mindestens ein Material, das der Veranstaltung oder das eines Beitrags."),
        gettext_lazy("Es fehlt Material zum Mitnehmen."),
        is_needed=was_held,
    ),
    filled(
        "event.findings",
        "findings",
        gettext_lazy("Ergebnisse"),
        WHEN_HELD,
        gettext_lazy("Die Ergebnisse fehlen."),
        is_needed=was_held,
        weight=2,
    ),
    alive("event.links"),
)

EVENTS = Checklist(
    name="veranstaltungen",
    title=gettext_lazy("Veranstaltungen"),
    model=Event,
    requirements=REQUIREMENTS,
    of_conference=lambda conference: conference.events.chronological(),
    load=load_events,
    names=(Theme, Speaker, Project, Material, Video),
    note=lambda event: date_format(event.date, "d.m."),
    palette=lambda event: event.theme.palette if event.theme else "ink",
)
