"""What the events of the current conference have and what they lack, for the editors' start page."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from conference.models import Conference
from sessions_app.models import Appearance, Contribution, Event, GuidingQuestion

# What the column says, and what the list of things to do says when it is empty.
LACKS = (
    (_("Zeit"), _("Uhrzeit fehlt")),
    (_("Botschaft"), _("Kernbotschaft fehlt")),
    (_("Fragen"), _("Leitfragen fehlen")),
    (_("Text"), _("Einführung fehlt")),
    (_("Beiträge"), _("Beiträge fehlen")),
    (_("Personen"), _("Mitwirkende fehlen")),
    (_("Bild"), _("Alternativtext fehlt")),
    (_("Material"), _("Material fehlt")),
    (_("Video"), _("Video fehlt")),
)
COLUMNS = tuple(column for column, _lack in LACKS)


@dataclass(frozen=True)
class Cell:
    """One square: "ok", "mid" (there, but not whole) or "no"; `field` is where it is entered."""

    label: str
    lack: str
    mark: str
    words: str
    field: str = ""

    @property
    def is_missing(self) -> bool:
        return self.mark == "no"


@dataclass(frozen=True)
class Row:
    event: Event
    cells: list[Cell]


def completeness() -> list[Row]:
    """A row for each event of the featured, else the latest conference. Two queries."""
    conference = Conference.objects.order_by("-is_featured", "-starts_on", "pk").first()
    if conference is None:
        return []
    return [Row(event, _cells(event)) for event in _events(conference)]


def _count(model, **fields):
    counted = model.objects.filter(**fields).order_by().values(*fields).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _events(conference):
    homeless = Appearance.objects.filter(
        contribution__event=OuterRef("pk"), affiliation_text="", office="", organisations__isnull=True
    )
    return (
        conference.events.select_related("theme", "image", "conference")
        .with_state()
        .annotate(
            question_count=_count(GuidingQuestion, event=OuterRef("pk")),
            contribution_count=_count(Contribution, event=OuterRef("pk")),
            appearance_count=_count(Appearance, contribution__event=OuterRef("pk")),
            lacks_affiliation=Exists(homeless),
            has_material=Exists(Event.objects.filter(Q(pk=OuterRef("pk")), materials__isnull=False)),
        )
        .chronological()
    )


def _cells(event) -> list[Cell]:
    missing, image = _("fehlt"), event.image
    is_opening = event.kind == Event.Kind.OPENING
    states = [
        ("ok", _("ja"), "") if event.start_time else ("mid", _("offen"), "id_start_time"),
        ("ok", _("ja"), "") if event.theme_id or is_opening else ("no", missing, "id_theme"),
        ("ok", str(event.question_count), "") if event.question_count else ("no", missing, "questions-group"),
        ("ok", _("ja"), "") if event.introduction else ("no", missing, "id_introduction"),
        ("ok", str(event.contribution_count), "")
        if event.contribution_count
        else ("no", missing, "contributions-group"),
        _people(event),
        ("mid", _("keines"), "id_image")
        if image is None
        else ("ok", _("ja"), "")
        if image.is_described
        else ("no", missing, "id_image"),
        ("ok", _("ja"), "") if event.has_material else ("mid", _("keines"), "id_materials"),
        ("ok", _("ja"), "") if event.has_video else ("mid", _("keines"), ""),
    ]
    return [
        Cell(label, lack, mark, words, field) for (label, lack), (mark, words, field) in zip(LACKS, states, strict=True)
    ]


def _people(event) -> tuple[str, str, str]:
    if not event.appearance_count:
        return "no", _("fehlt"), "contributions-group"
    if event.lacks_affiliation:
        return "mid", _("prüfen"), "contributions-group"
    return "ok", str(event.appearance_count), ""
