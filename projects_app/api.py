"""Projects with their partners, funding codes and places, as machines read them."""

from django.utils.translation import gettext_lazy as _

from conference.api.fields import UUID, FieldsOf, Part, changed, field, many, one, parts, picture
from conference.api.nouns import identity, materials
from conference.models.choices import FederalState
from projects_app.models import Partnership, Project, ProjectPlace

_project, _partnership, _place = FieldsOf(Project), FieldsOf(Partnership), FieldsOf(ProjectPlace)

PARTNERSHIP = Part(
    "Partnership",
    Partnership._meta.verbose_name,
    (
        field("uuid", _("Kennung, die sich nie ändert"), UUID, lambda thing: str(thing.uuid)),
        one("organisation", _("Einrichtung"), lambda thing: thing.visible_organisation, "NameReference"),
        _partnership.text("organisation_text"),
        _partnership.code("role"),
        _partnership.text("funding_code", "033L180A"),
    ),
)

PLACE = Part(
    "Place",
    ProjectPlace._meta.verbose_name,
    (
        _place.words("name", "Barnstorf"),
        _place.coordinate("latitude", 52.71),
        _place.coordinate("longitude", 8.5),
    ),
)

_STATES = {"type": "array", "items": {"type": "string", "enum": FederalState.values}, "examples": [["DE-NI"]]}

PROJECT = Part(
    "Project",
    Project._meta.verbose_name,
    (
        *identity(),
        _project.words("slug", "koda-eg"),
        _project.words("acronym", "KoDa eG"),
        _project.text("title"),
        _project.text("title_en"),
        _project.text("headline"),
        _project.text("summary"),
        _project.rich("goals"),
        _project.rich("results"),
        many("themes", _("Kernbotschaften"), lambda thing: thing.visible_themes),
        _project.text("focus_topic"),
        field("federal_states", _("Bundesländer"), _STATES, lambda thing: list(thing.federal_states)),
        _project.text("region"),
        parts("places", _("Orte"), PLACE, lambda thing: thing.places.all()),
        _project.partial_day("start"),
        _project.partial_day("end"),
        _project.text("funding_code", "033L180"),
        parts("partnerships", _("Partnerschaften"), PARTNERSHIP, lambda thing: thing.visible_partnerships),
        _project.web("website"),
        picture("image", _("Bild")),
        materials(),
        _project.text("remark"),
        changed(),
    ),
)
