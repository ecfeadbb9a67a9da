"""Who may come in, and what they may do. Permission names are Django's and English, so they get words of ours."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group, Permission, User
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import AccessibleAdmin, yes_or_no

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
    permissions = PermissionsField(label=_("Rechte"), required=False, queryset=Permission.objects.none())

    class Meta:
        model = Group
        fields = ("name", "permissions")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        nouns = [(m._meta.app_label, m._meta.model_name) for m in apps.get_models() if admin.site.is_registered(m)]
        named = Permission.objects.filter(content_type__app_label__in=HOUSE).select_related("content_type")
        shown = [
            permission.pk
            for permission in named
            if (permission.content_type.app_label, permission.content_type.model) in nouns
            or permission.codename.split("_")[0] not in ACTIONS
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


class UserForm(UserChangeForm):
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
                "fields": ["groups", "is_active", "is_staff", "is_superuser"],
                "description": _(
                    "„Redaktion“ gibt ein und korrigiert, „Veröffentlichung“ gibt frei, „Auswertung“ lädt Listen. "
                    "In den Redaktionsbereich kommt nur, wer auch „Mitarbeiter-Status“ hat."
                ),
            },
        ),
        (_("Zeitpunkte"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ("last_login", "date_joined")
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

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
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

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        return admin.ModelAdmin.formfield_for_manytomany(self, db_field, request, **kwargs)


for model, model_admin in ((User, EditorialUserAdmin), (Group, EditorialGroupAdmin)):
    admin.site.unregister(model)
    admin.site.register(model, model_admin)
