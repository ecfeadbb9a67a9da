"""The collections of the whole house: which rows, and what each can be narrowed by."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from conference.api import nouns
from conference.api.collection import Collection, since, updated_since
from conference.api.parameters import by_uuid, choice, day, related
from conference.models import Conference, Image, Material, Organisation, Page, Theme
from conference.models.choices import FederalState, Language
from projects_app.api import PROJECT
from projects_app.models import Project
from sessions_app.api import narrowing, programme, recordings
from sessions_app.models import Contribution, Cue, Event, Speaker, TextTrack, Video


# ── Filters that several have ────────────────────────────────────────────────────────────────
def _conference(narrow):
    return related("conference", Conference, narrow)


def _theme(narrow):
    return related("theme", Theme, narrow)


def _speaker(narrow):
    return related("speaker", Speaker, narrow)


def _project(narrow):
    return related("project", Project, narrow)


def _organisation(narrow):
    return related("organisation", Organisation, narrow)


def _event(narrow):
    return by_uuid("event", Event, narrow)


def _kind(choices, name="kind", label=None):
    label = label or _("Art")
    return choice(name, label, choices, lambda rows, code: rows.filter(**{name: code}))


def _language():
    return _kind(Language.choices, "language", _("Sprache"))


def _days(first, last=None):
    """From one day to another, both of them counted."""
    return (
        day("date_from", _("Ab diesem Tag"), lambda rows, value: rows.filter(**{f"{last or first}__gte": value})),
        day("date_to", _("Bis zu diesem Tag"), lambda rows, value: rows.filter(**{f"{first}__lte": value})),
    )


# ── The ground floor ─────────────────────────────────────────────────────────────────────────
CONFERENCES = Collection(
    "conferences",
    _("Konferenzen"),
    _("Die Konferenzen selbst, die neueste zuerst."),
    nouns.CONFERENCE,
    rows=lambda: Conference.objects.published().order_by("-starts_on", "pk"),
    load=lambda rows: rows.with_relations(),
    filters=(
        _kind(Conference.Format.choices, "format", _("Form")),
        *_days("starts_on", "ends_on"),
        updated_since(),
    ),
    of_conferences=lambda rows, conferences: rows.filter(pk__in=conferences),
)
THEMES = Collection(
    "themes",
    _("Kernbotschaften"),
    _("Wofür eine Konferenz in Erinnerung bleiben will."),
    nouns.THEME,
    rows=lambda: Theme.objects.published().order_by("conference_id", "position", "pk"),
    load=lambda rows: rows.with_relations(),
    filters=(_conference(lambda rows, found: rows.of_conferences(found)), updated_since()),
    of_conferences=lambda rows, conferences: rows.of_conferences(conferences),
)
ORGANISATIONS = Collection(
    "organisations",
    _("Einrichtungen"),
    _("Kommunen, Forschung, Ministerien und andere, mit Ort und Koordinaten."),
    nouns.ORGANISATION,
    rows=lambda: Organisation.objects.published().by_name(),
    filters=(
        _conference(narrowing.organisations_in),
        _kind(Organisation.Kind.choices),
        _kind(FederalState.choices, "federal_state", _("Bundesland")),
        updated_since(),
    ),
    of_conferences=narrowing.organisations_in,
)
MATERIALS = Collection(
    "materials",
    _("Materialien"),
    _("Veröffentlichungen, Präsentationen und Werkzeuge mit Nachweis und Lizenz."),
    nouns.MATERIAL,
    rows=lambda: Material.objects.published().by_title(),
    filters=(
        _conference(narrowing.materials_in),
        _theme(narrowing.materials_by_theme),
        _event(narrowing.materials_by_event),
        _project(lambda rows, found: rows.used_by(found)),
        _kind(Material.Kind.choices),
        _language(),
        updated_since(),
    ),
    of_conferences=narrowing.materials_in,
)
IMAGES = Collection(
    "images",
    _("Bilder"),
    _("Was öffentliche Seiten zeigen, mit Nachweis und Lizenz."),
    nouns.IMAGE,
    rows=lambda: Image.objects.published().order_by("pk"),
    filters=(
        _conference(narrowing.images_in),
        updated_since(lambda rows, value: rows.filter(updated_at__gte=value)),
    ),
    of_conferences=narrowing.images_in,
)
PAGES = Collection(
    "pages",
    _("Seiten"),
    _("Einfache Seiten des Hauses: Impressum, Datenschutz, Barrierefreiheit."),
    nouns.PAGE,
    rows=lambda: Page.objects.published().order_by("position", "sort_title", "pk"),
    filters=(updated_since(),),
)

# ── The first floor ──────────────────────────────────────────────────────────────────────────
PROJECTS = Collection(
    "projects",
    Project._meta.verbose_name_plural,
    _("Vorhaben mit Partnern, Förderkennzeichen und Orten."),
    PROJECT,
    rows=lambda: Project.objects.published().by_acronym(),
    load=lambda rows: rows.with_relations(),
    filters=(
        _conference(lambda rows, found: rows.filter(pk__in=narrowing.projects_of(found))),
        _theme(lambda rows, found: rows.on_themes(found)),
        _speaker(lambda rows, found: rows.filter(pk__in=narrowing.projects_with(found))),
        _organisation(lambda rows, found: rows.filter(pk__in=narrowing.projects_by(found))),
        choice("federal_state", _("Bundesland"), FederalState.choices, lambda rows, code: rows.in_states([code])),
        updated_since(),
    ),
    of_conferences=lambda rows, conferences: rows.filter(pk__in=narrowing.projects_of(conferences)),
)

# ── The programme ────────────────────────────────────────────────────────────────────────────
EVENTS = Collection(
    "events",
    _("Veranstaltungen"),
    _("Termine einer Konferenz mit ihren Leitfragen, der Reihe nach."),
    programme.EVENT,
    rows=lambda: Event.objects.published().chronological(),
    load=programme.load_events,
    filters=(
        _conference(lambda rows, found: rows.of_conferences(found)),
        _theme(lambda rows, found: rows.on_themes(found)),
        _speaker(lambda rows, found: rows.filter(pk__in=narrowing.of_speaker(found).values("contribution__event"))),
        _project(lambda rows, found: rows.filter(pk__in=narrowing.presenting(found).values("event"))),
        _organisation(
            lambda rows, found: rows.filter(pk__in=narrowing.of_organisation(found).values("contribution__event"))
        ),
        _kind(Event.Kind.choices),
        *_days("date"),
        updated_since(),
    ),
    of_conferences=lambda rows, conferences: rows.of_conferences(conferences),
)
CONTRIBUTIONS = Collection(
    "contributions",
    _("Beiträge"),
    _("Die Teile der Veranstaltungen: wer was sagte, in welcher Rolle und für wen an diesem Tag."),
    programme.CONTRIBUTION,
    rows=lambda: Contribution.objects.published().order_by("event__date", "event_id", "position", "pk"),
    load=programme.load_contributions,
    filters=(
        _conference(lambda rows, found: rows.filter(event__conference__in=found)),
        _event(lambda rows, found: rows.filter(event__in=found)),
        _theme(lambda rows, found: rows.filter(event__theme__in=found)),
        _speaker(lambda rows, found: rows.filter(pk__in=narrowing.of_speaker(found).values("contribution"))),
        _project(lambda rows, found: rows.filter(pk__in=narrowing.presenting(found))),
        _organisation(lambda rows, found: rows.filter(pk__in=narrowing.of_organisation(found).values("contribution"))),
        _kind(Contribution.Kind.choices),
        *_days("event__date"),
        updated_since(lambda rows, value: since(rows, value, "event__")),
    ),
    of_conferences=lambda rows, conferences: rows.filter(event__conference__in=conferences),
)
SPEAKERS = Collection(
    "speakers",
    _("Mitwirkende"),
    _("Personen mit allen ihren Auftritten."),
    programme.SPEAKER,
    rows=lambda: Speaker.objects.published().by_name(),
    load=programme.load_speakers,
    filters=(
        _conference(lambda rows, found: rows.appearing_in(narrowing.appearances_of(found))),
        _event(lambda rows, found: rows.appearing_in(narrowing.at_events(found))),
        _theme(lambda rows, found: rows.appearing_in(narrowing.of_theme(found))),
        _project(lambda rows, found: rows.filter(pk__in=narrowing.people_in(found))),
        _organisation(lambda rows, found: rows.of_organisations(found, narrowing.of_organisation(found))),
        updated_since(),
    ),
    of_conferences=lambda rows, conferences: rows.appearing_in(narrowing.appearances_of(conferences)),
)
VIDEOS = Collection(
    "videos",
    _("Videos"),
    _("Aufzeichnungen mit Mediendateien, Textspuren und Kapiteln."),
    recordings.VIDEO,
    rows=lambda: Video.objects.published().order_by(F("recorded_on").asc(nulls_last=True), "pk"),
    load=recordings.load_videos,
    filters=(
        _conference(lambda rows, found: rows.of_conferences(found)),
        _event(lambda rows, found: rows.of_events(found)),
        _theme(lambda rows, found: rows.on_themes(found)),
        _speaker(lambda rows, found: rows.with_people(narrowing.of_speaker(found))),
        _project(narrowing.videos_by_project),
        _kind(Video.Kind.choices),
        _kind(Video.Availability.choices, "availability", _("Verfügbarkeit")),
        _language(),
        *_days("recorded_on"),
        updated_since(),
    ),
    of_conferences=lambda rows, conferences: rows.of_conferences(conferences),
)
# Each at the address of its video.
CUES = Collection(
    "cues",
    _("Textstellen"),
    _("Jeder Satz eines Videos mit seiner Sekunde."),
    recordings.CUE,
    rows=lambda: Cue.objects.published().in_order(),
    load=recordings.load_cues,
    filters=(by_uuid("track", TextTrack, lambda rows, found: rows.filter(track__in=found)),),
    of_conferences=lambda rows, conferences: rows.filter(track__video__in=narrowing.videos_of(conferences)),
    most=1000,
)
COLLECTIONS = (
    CONFERENCES,
    THEMES,
    EVENTS,
    CONTRIBUTIONS,
    SPEAKERS,
    ORGANISATIONS,
    PROJECTS,
    VIDEOS,
    MATERIALS,
    IMAGES,
    PAGES,
)
