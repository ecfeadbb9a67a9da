"""For admin classes: a new one that may be there already is pointed out, while typing and before it is saved."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from conference.scope import scoped
from conference.similar.finding import Likeness

CONSENT = "_anyway"
CONSENT_WORDS = _("Trotzdem neu anlegen")


class SimilarMixin:
    """`likeness` says how. Only for new ones; what is already there is merged, not warned of."""

    likeness: Likeness

    class Media:
        js = ("js/admin/similar.js",)

    def similar_to(self, request, typed) -> list:
        """Those whose names are alike, of those they may view."""
        if not self.has_view_permission(request):
            return []
        return self.likeness.find(scoped(self.get_queryset(request), request.user), typed)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return form if obj or not self.has_view_permission(request) else _asking(form, self, request)


def _asking(form: type, model_admin: SimilarMixin, request) -> type:
    likeness = model_admin.likeness

    class AskingForm(form):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for parameter, name in likeness.parameters.items():
                if name not in self.fields:
                    continue
                self.fields[name].widget.attrs |= {
                    "data-similar": reverse("admin:similar"),
                    "data-similar-kind": likeness.kind,
                    "data-similar-as": parameter,
                }

        def clean(self):
            cleaned = super().clean()
            typed = {name: (self.cleaned_data.get(name) or "") for name in likeness.parameters.values()}
            if CONSENT not in self.data and (found := model_admin.similar_to(request, typed)):
                self.add_error(None, ValidationError(_question(found, model_admin), code="similar"))
            return cleaned

    return AskingForm


def address_of(thing) -> str:
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def _question(found, model_admin):
    links = format_html_join(", ", '<a href="{}">{}</a>', ((address_of(thing), thing) for thing in found))
    return format_html(
        '{} {}<br><label class="anyway"><input type="checkbox" name="{}"> {}</label>',
        _("Ähnlich heißt schon:"),
        links,
        CONSENT,
        CONSENT_WORDS,
    )


def likeness_admins(site) -> dict[str, admin.ModelAdmin]:
    """The admin classes that compare, by the name of their kind."""
    compared = (each for each in site._registry.values() if isinstance(each, SimilarMixin))
    return {each.likeness.kind: each for each in compared}
