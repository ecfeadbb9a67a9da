"""Who may come in, and what they may do. Permission names are Django's and English, so they get words of ours."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import AccessibleAdmin

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


class EditorialUserAdmin(AccessibleAdmin, UserAdmin):
    list_display = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "last_login")
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
