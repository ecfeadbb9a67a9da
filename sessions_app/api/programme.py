"""Events, contributions and people with the affiliation of that day, as machines read them."""

import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from conference.api.fields import (
    UUID,
    Field,
    FieldsOf,
    Part,
    changed,
    choice_schema,
    field,
    many,
    moment,
    one,
    parts,
    picture,
    seconds,
    terms,
)
from conference.api.nouns import identity, materials
from conference.models import Material, Theme
from projects_app.models import Project
from sessions_app.models import Appearance, Contribution, Event, GuidingQuestion, Involvement, Speaker, Video

_event, _contribution, _speaker = FieldsOf(Event), FieldsOf(Contribution), FieldsOf(Speaker)
_appearance, _question, _involvement = FieldsOf(Appearance), FieldsOf(GuidingQuestion), FieldsOf(Involvement)

_DATE = {"type": "string", "format": "date", "examples": ["2020-10-28"]}
_STATE = {"type": "string", **choice_schema(Event.State.choices)}
_WORDS = {"type": ["string", "null"]}


def mark() -> Field:
    return field("uuid", _("Kennung, die sich nie ändert"), UUID, lambda thing: str(thing.uuid))


# ── Appearances: seen from the contribution, and from the person ─────────────────────────────
_that_day = (
    field("role", _("Rolle in Worten"), {"type": "string"}, lambda thing: str(thing.role_label)),
    _appearance.text("office", "Landrat"),
    many("organisations", _("Einrichtungen an diesem Tag"), lambda thing: thing.visible_organisations, "NameReference"),
    _appearance.flag("is_former"),
    field("affiliation", _("Was zu diesem Tag zu drucken ist"), _WORDS, lambda thing: thing.affiliation or None),
)
APPEARANCE = Part(
    "Appearance",
    Appearance._meta.verbose_name,
    (mark(), one("speaker", _("Person"), lambda thing: thing.visible_speaker, "NameReference"), *_that_day),
)
OWN_APPEARANCE = Part(
    "OwnAppearance",
    _("Auftritt einer Person"),
    (
        mark(),
        one("contribution", _("Beitrag"), lambda thing: thing.contribution),
        one("event", _("Veranstaltung"), lambda thing: thing.contribution.event),
        field("date", _("Datum"), _DATE, lambda thing: thing.contribution.event.date.isoformat()),
        *_that_day,
    ),
)
INVOLVEMENT = Part(
    "Involvement",
    Involvement._meta.verbose_name,
    (
        mark(),
        one("project", Project._meta.verbose_name, lambda thing: thing.visible_project),
        _involvement.text("role"),
    ),
)
GUIDING_QUESTION = Part(
    "GuidingQuestion",
    GuidingQuestion._meta.verbose_name,
    (mark(), _question.words("text", "Was kann eine Kommune allein?")),
)


# ── Events ───────────────────────────────────────────────────────────────────────────────────
EVENT = Part(
    "Event",
    Event._meta.verbose_name,
    (
        *identity(),
        _event.words("slug", "auftakt"),
        _event.words("title", "Auftakt"),
        _event.number("number"),
        _event.code("kind"),
        field("state", _("Stand, abgeleitet aus dem, was da ist"), _STATE, lambda thing: str(thing.state)),
        one("conference", _("Konferenz"), lambda thing: thing.conference),
        one("theme", _("Kernbotschaft"), lambda thing: thing.visible_theme),
        _event.day("date", always=True),
        moment("starts_at", _("Beginn, wenn er bekannt ist"), lambda thing: thing.starts_at),
        moment("ends_at", _("Ende, wenn es bekannt ist"), lambda thing: thing.ends_at),
        field("place", _("Ort"), _WORDS, lambda thing: thing.place or thing.conference.place or None),
        _event.text("summary"),
        _event.rich("introduction"),
        _event.rich("findings"),
        parts("guiding_questions", _("Leitfragen"), GUIDING_QUESTION, lambda thing: thing.guiding_questions),
        many("contributions", _("Beiträge"), lambda thing: thing.visible_contributions),
        many("videos", _("Videos"), lambda thing: thing.visible_videos),
        picture("image", _("Bild")),
        materials(),
        _event.text("remark"),
        terms(lambda thing: thing.conference.default_license),
        changed(),
    ),
)


def load_events(rows: QuerySet) -> QuerySet:
    """Five queries more than the rows."""
    contributions = Contribution.objects.published().in_order().defer("abstract")
    return rows.for_cards().prefetch_related(
        Prefetch("questions", to_attr="guiding_questions"),
        Prefetch("contributions", contributions, to_attr="visible_contributions"),
        Prefetch("materials", Material.objects.published().by_title(), to_attr="visible_materials"),
        Prefetch("videos", Video.objects.published().by_title(), to_attr="visible_videos"),
    )


# ── Contributions ────────────────────────────────────────────────────────────────────────────
def _starts_at(contribution):
    event, time = contribution.event, contribution.start_time
    return time and datetime.datetime.combine(event.date, time, event.conference.zone)


CONTRIBUTION = Part(
    "Contribution",
    Contribution._meta.verbose_name,
    (
        *identity(),
        _contribution.words("title", "Was macht Kommunen innovativ?"),
        _contribution.code("kind"),
        one("conference", _("Konferenz"), lambda thing: thing.event.conference),
        one("event", _("Veranstaltung"), lambda thing: thing.event),
        one("theme", _("Kernbotschaft"), lambda thing: thing.event.visible_theme),
        _contribution.number("position"),
        field("date", _("Datum"), _DATE, lambda thing: thing.event.date.isoformat()),
        moment("starts_at", _("Beginn, wenn er bekannt ist"), _starts_at),
        seconds("duration", _("Dauer in Sekunden"), lambda thing: thing.duration),
        _contribution.rich("abstract"),
        parts("appearances", _("Auftritte"), APPEARANCE, lambda thing: thing.visible_appearances),
        many("projects", _("Vorgestellte Vorhaben"), lambda thing: thing.visible_projects),
        many("videos", _("Videos"), lambda thing: thing.visible_videos),
        materials(),
        terms(lambda thing: thing.event.conference.default_license),
        changed(lambda thing: thing.event.changed_at),
    ),
)


def load_contributions(rows: QuerySet) -> QuerySet:
    return rows.select_related("event__conference").prefetch_related(
        Prefetch("event__theme", Theme.objects.published(), to_attr="visible_theme"),
        Prefetch("appearances", Appearance.objects.with_relations(), to_attr="visible_appearances"),
        Prefetch("projects", Project.objects.published().light().by_acronym(), to_attr="visible_projects"),
        Prefetch("materials", Material.objects.published().by_title(), to_attr="visible_materials"),
        Prefetch("videos", Video.objects.published().by_title(), to_attr="visible_videos"),
    )


# ── People ───────────────────────────────────────────────────────────────────────────────────
SPEAKER = Part(
    "Speaker",
    Speaker._meta.verbose_name,
    (
        *identity(),
        _speaker.words("slug", "detlev-kohlmeier"),
        field("name", _("Name mit Titel"), {"type": "string", "examples": ["Detlev Kohlmeier"]}, lambda t: t.name),
        _speaker.text("academic_title"),
        _speaker.text("given_name", "Detlev"),
        _speaker.words("family_name", "Kohlmeier"),
        _speaker.rich("biography"),
        picture("portrait", _("Porträt")),
        _speaker.web("website"),
        _speaker.text("orcid"),
        many("organisations", _("Einrichtungen"), lambda thing: thing.visible_organisations, "NameReference"),
        parts("involvements", _("Mitarbeit in Vorhaben"), INVOLVEMENT, lambda thing: thing.visible_involvements),
        parts("appearances", _("Auftritte"), OWN_APPEARANCE, lambda thing: thing.visible_appearances),
        _speaker.text("remark"),
        changed(),
    ),
)


def load_speakers(rows: QuerySet) -> QuerySet:
    appearances = Appearance.objects.for_index()
    return rows.with_relations().prefetch_related(
        Prefetch("appearances", appearances, to_attr="visible_appearances"),
    )
