"""Who may come in, and what they may do. Permission names are Django's and English, so they get words of ours."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashWidget,
    UserCreationForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group, Permission, User
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.accounts import own_sessions
from conference.accounts.record import Kind, note
from conference.admin.accessible import AccessibleAdmin, yes_or_no
from conference.admin.rights import (
    RightsForm,
    factor_state,
    keep_policy,
    keep_scope,
    note_rights,
    requires_second_factor,
)

ACTIONS = {
    "view": _("ansehen"),
    "add": _("anlegen"),
    "change": _("ändern"),
    "delete": _("löschen"),
    "publish": _("veröffentlichen"),
}
HOUSE = ("conference", "projects_app", "sessions_app", "auth")


class PermissionsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        action = ACTIONS.get(obj.codename.split("_")[0])
        return f"{capfirst(obj.content_type.name)}: {action}" if action else obj.name


class GroupForm(forms.ModelForm):
    requires_second_factor = forms.BooleanField(
        label=_("Zweiter Faktor ist Pflicht"),
        required=False,
        help_text=_("Wer noch keinen hat, richtet ihn beim nächsten Anmelden ein und kann vorher nichts tun."),
    )
    permissions = PermissionsField(label=_("Rechte"), required=False, queryset=Permission.objects.none())

    class Meta:
        model = Group
        fields = ("name", "requires_second_factor", "permissions")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["requires_second_factor"] = bool(self.instance.pk) and requires_second_factor(self.instance)
        nouns = [(m._meta.app_label, m._meta.model_name) for m in apps.get_models() if admin.site.is_registered(m)]
        named = Permission.objects.filter(content_type__app_label__in=HOUSE).select_related("content_type")
        shown = [
            permission.pk
            for permission in named
            if (permission.content_type.app_label, permission.content_type.model) in nouns
            or permission.codename not in {f"{action}_{permission.content_type.model}" for action in ACTIONS}
        ]
        kept = self.instance.permissions.all() if self.instance.pk else Permission.objects.none()
        self.fields["permissions"].queryset = (
            named.filter(pk__in=shown) | named.filter(pk__in=kept.values("pk"))
        ).distinct()


class PasswordWidget(ReadOnlyPasswordHashWidget):
    """Whether there is a password, and the way to a new one. How it is stored is nobody's business here."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        is_set = bool(value) and is_password_usable(value)
        context["summary"] = [
            {"label": _("Ein Passwort ist gesetzt.") if is_set else _("Es ist kein Passwort gesetzt.")}
        ]
        context["button_label"] = _("Passwort neu setzen")
        return context


class UserForm(RightsForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if password := self.fields.get("password"):
            password.widget, password.help_text = PasswordWidget(), ""


class PasswordForm(AdminPasswordChangeForm):
    """Sets a password. Whoever shall not come in any more is marked as not active."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


class EditorialUserAdmin(AccessibleAdmin, UserAdmin):
    list_display = (
        "username",
        "first_name",
        "last_name",
        "email",
        yes_or_no("is_active", _("Aktiv")),
        yes_or_no("is_staff", _("Redaktion")),
        "last_login",
    )
    list_filter = ("groups", "is_active", "is_staff", "is_superuser")
    filter_horizontal = ()
    fieldsets = [
        (_("Zugang"), {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("Was sie darf"),
            {
                "fields": ["groups", "is_limited", "conferences", "is_active", "is_staff", "is_superuser"],
                "description": _(
                    "„Redaktion“ gibt ein und korrigiert, „Veröffentlichung“ gibt frei, „Auswertung“ lädt Listen. "
                    "In den Redaktionsbereich kommt nur, wer auch „Mitarbeiter-Status“ hat."
                ),
            },
        ),
        (_("Zweiter Faktor"), {"fields": ["second_factor"]}),
        (_("Zeitpunkte"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ("last_login", "date_joined", "second_factor")
    form = UserForm
    change_password_form = PasswordForm
    add_form = UserCreationForm
    add_form_template = None
    add_fieldsets = [
        (
            None,
            {
                "fields": ["username", "password1", "password2"],
                "description": _("Name und Gruppen kommen im nächsten Schritt."),
            },
        )
    ]

    @admin.display(description=_("Zweiter Faktor"))
    def second_factor(self, obj):
        return factor_state(obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "is_limited" in form.cleaned_data:
            keep_scope(form.instance, form.cleaned_data["is_limited"], form.cleaned_data["conferences"])
        if change:
            note_rights(request, form)
        else:
            note(Kind.RIGHTS, form.instance, str(_("Zugang angelegt")), user=request.user)

    def delete_model(self, request, obj):
        note(Kind.RIGHTS, obj, str(_("Zugang gelöscht")), user=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for person in queryset:
            note(Kind.RIGHTS, person, str(_("Zugang gelöscht")), user=request.user)
        super().delete_queryset(request, queryset)

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if response.status_code == 302 and request.method == "POST":
            person = self.get_object(request, id)
            own_sessions.end([row for row in person.own_sessions.all() if not own_sessions.is_current(row, request)])
            note(Kind.FACTOR, person, str(_("Passwort neu gesetzt")), user=request.user)
        if hasattr(response, "context_data"):
            response.context_data["title"] = _("Passwort neu setzen")
        return response

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.widget, field.help_text = forms.CheckboxSelectMultiple(choices=field.widget.choices), ""
        return field


class EditorialGroupAdmin(AccessibleAdmin, GroupAdmin):
    form = GroupForm
    filter_horizontal = ()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        keep_policy(form.instance, form.cleaned_data["requires_second_factor"])
        note_rights(request, form, ("name", "requires_second_factor", "permissions"))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        return admin.ModelAdmin.formfield_for_manytomany(self, db_field, request, **kwargs)


for model, model_admin in ((User, EditorialUserAdmin), (Group, EditorialGroupAdmin)):
    admin.site.unregister(model)
    admin.site.register(model, model_admin)
