"""What an administrator decides about people beyond Django's own: their conferences, their second factor."""

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from conference.accounts.factors import factors_of
from conference.accounts.record import Kind, note
from conference.models import Conference, EditorScope, GroupPolicy

# What decides over somebody's rights, on their form.
DECIDING = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions", "is_limited", "conferences")


class RightsForm(UserChangeForm):
    """The form of an account, with the conferences it is limited to."""

    is_limited = forms.BooleanField(
        label=_("Nur bestimmte Konferenzen"),
        required=False,
        help_text=_(
            "Entwürfe anderer Konferenzen sieht die Person dann nirgends. Personen, Organisationen, Vorhaben, "
            "Materialien und Bilder teilen sich alle. Administratoren beschränkt das nicht."
        ),
    )
    conferences = forms.ModelMultipleChoiceField(
        Conference.objects.none(), label=_("Konferenzen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "conferences" in self.fields:
            scope = EditorScope.objects.filter(user=self.instance).first()
            self.fields["conferences"].queryset = Conference.objects.latest_first()
            self.initial["is_limited"] = scope is not None
            self.initial["conferences"] = list(scope.conferences.latest_first()) if scope else []

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_limited") and not cleaned.get("conferences"):
            raise ValidationError({"conferences": _("Bitte wählen Sie mindestens eine Konferenz.")})
        return cleaned


def keep_scope(user, is_limited: bool, conferences):
    if not is_limited:
        EditorScope.objects.filter(user=user).delete()
        return
    scope, _created = EditorScope.objects.get_or_create(user=user)
    scope.conferences.set(conferences)


def keep_policy(group, requires_second_factor: bool):
    GroupPolicy.objects.update_or_create(group=group, defaults={"requires_second_factor": requires_second_factor})


def requires_second_factor(group) -> bool:
    return GroupPolicy.objects.filter(group=group, requires_second_factor=True).exists()


# ── For the log ──────────────────────────────────────────────────────────────────────────────
def note_rights(request, form, names=DECIDING):
    """What was decided anew, from what to what."""
    changes = [
        f"{form.fields[name].label}: {_difference(form.initial.get(name), form.cleaned_data[name])}"
        for name in names
        if name in form.changed_data
    ]
    if changes:
        note(Kind.RIGHTS, form.instance, "; ".join(changes), user=request.user)


def _difference(before, after) -> str:
    if isinstance(after, bool | str):
        return _now("ja") if after is True else _now("nein") if after is False else after
    old, new = ({str(each) for each in many or ()} for many in (before, after))
    signs = [f"+ {each}" for each in sorted(new - old)] + [f"− {each}" for each in sorted(old - new)]
    return ", ".join(signs)


def factor_state(person) -> str:
    """Whether somebody has a second factor, with the way to take it away."""
    if not person.pk or not factors_of(person):
        return _("nicht eingerichtet")
    address = reverse("admin:account_factor_reset", args=[person.pk])
    return format_html('{} · <a href="{}">{}</a>', _("eingerichtet"), address, _("Zurücksetzen"))
