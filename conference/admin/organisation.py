"""The form of an organisation."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import PublishableAdmin
from conference.joining.asking import JoiningMixin
from conference.models import Organisation
from conference.records import ORGANISATIONS
from conference.similar.asking import SimilarMixin
from conference.similar.finding import Likeness
from conference.similar.names import same_organisation


def _same(typed, organisation) -> bool:
    names = [organisation.name, organisation.short_name, *organisation.other_names.splitlines()]
    return same_organisation(typed["name"], names)


@admin.register(Organisation)
class OrganisationAdmin(SimilarMixin, JoiningMixin, PublishableAdmin):
    likeness = Likeness("einrichtung", {"name": "name"}, ("name", "short_name", "other_names"), _same)
    dataset = ORGANISATIONS
    list_display = ("name", "state", "kind", "place", "federal_state")
    list_filter = ("kind", "federal_state")
    search_fields = ("name", "short_name", "other_names", "place")
    fieldsets = [
        (_("Einrichtung"), {"fields": ["name", "short_name", "other_names", "slug", "kind", "summary", "website"]}),
        (
            _("Ort"),
            {
                "fields": ["place", "federal_state", ("latitude", "longitude")],
                "description": _(
                    "Die Koordinaten setzen den Punkt auf der Karte; ohne sie steht der Ort nur in der Liste."
                ),
            },
        ),
        (_("Anmerkung"), {"fields": ["remark"]}),
    ]
