"""The sets a harvest can be narrowed to, as far as they are public."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from conference.models import Conference, Theme
from conference.models.choices import License
from projects_app.models import Project
from sessions_app.scholarly.of_video import FEATURES


class Set(NamedTuple):
    spec: str
    name: str


def public_sets() -> list[Set]:
    """Three queries."""
    conferences = Conference.objects.published().latest_first().values_list("slug", "title")
    themes = Theme.objects.published().in_order().values_list("slug", "title")
    projects = Project.objects.published().by_acronym().values_list("slug", "acronym")
    return [
        *_family("conference", _("Konferenzen"), conferences),
        *_family("theme", _("Kernbotschaften"), themes),
        *_family("project", _("Vorhaben"), projects),
        *_family("license", _("Lizenzen"), License.choices),
        *_family("accessible", _("Barrierefreie Fassungen"), _features()),
    ]


def _family(spec: str, name: str, members) -> list[Set]:
    return [Set(spec, name), *(Set(f"{spec}:{member}", str(label)) for member, label in members)]


def _features() -> list[tuple[str, str]]:
    names = {
        "captions": _("mit Untertiteln"),
        "audio-description": _("mit Audiodeskription"),
        "sign-language": _("mit Gebärdensprache"),
        "plain-language": _("in Leichter Sprache"),
        "chapters": _("mit Kapiteln"),
    }
    return [(feature, names[feature]) for feature in FEATURES]
