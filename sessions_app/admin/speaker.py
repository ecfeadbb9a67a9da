"""The form of a person."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from conference.admin.rows import OrderedInline
from conference.joining.asking import JoiningMixin
from conference.similar.asking import SimilarMixin
from conference.similar.finding import Likeness
from conference.similar.names import same_person
from sessions_app.board import SPEAKERS as CHECKLIST
from sessions_app.models import Involvement, Speaker
from sessions_app.records import SPEAKERS


class InvolvementInline(OrderedInline):
    model = Involvement
    fields = ("position", "project", "role")
    autocomplete_fields = ("project",)


def _same(typed, speaker) -> bool:
    typed_name = (typed["given_name"], typed["family_name"])
    return same_person(typed_name, (speaker.given_name, speaker.family_name), speaker.other_names.splitlines())


@admin.register(Speaker)
class SpeakerAdmin(SimilarMixin, JoiningMixin, PublishableAdmin):
    likeness = Likeness(
        "person",
        {"vorname": "given_name", "nachname": "family_name"},
        ("academic_title", "given_name", "family_name", "other_names"),
        _same,
    )
    dataset = SPEAKERS
    checklist = CHECKLIST
    list_display = ("family_name", "given_name", "academic_title", "state", "updated_at")
    list_display_links = ("family_name", "given_name")
    list_filter = (("organisations", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("family_name", "given_name", "other_names", "organisations__name")
    autocomplete_fields = ("organisations", "portrait")
    inlines = (InvolvementInline,)
    new_label = _("Neue Person")
    fieldsets = [
        (
            _("Name"),
            {
                "fields": [("academic_title", "given_name", "family_name"), "other_names", "slug"],
                "description": _("Nur Fachliches, was die Person selbst veröffentlicht hat. Was fehlt, bleibt leer."),
            },
        ),
        (_("Zur Person"), {"fields": ["biography", "organisations", "portrait"]}),
        (_("Im Netz"), {"fields": ["website", "orcid"]}),
        (_("Anmerkung"), {"fields": ["remark"]}),
    ]
