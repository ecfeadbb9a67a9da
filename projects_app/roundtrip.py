"""The listing of projects that can be edited. Partners and places have rows of their own and stay as they are."""

from conference.roundtrip.editable import Editable
from conference.roundtrip.fields import edit_fields
from projects_app.models import Project

EDIT_PROJECTS = Editable(
    name="vorhaben",
    title=Project._meta.verbose_name_plural,
    noun=Project,
    fields=edit_fields(
        Project,
        "acronym",
        "title",
        "title_en",
        "slug",
        "other_names",
        "headline",
        "summary",
        "goals",
        "results",
        "themes",
        "focus_topic",
        "federal_states",
        "region",
        "start",
        "end",
        "funding_code",
        "website",
        "image",
        "materials",
        "remark",
    ),
    ordered=lambda rows: rows.by_acronym(),
)
