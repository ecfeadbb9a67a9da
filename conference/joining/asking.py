"""For admin classes: two that are one are joined, from the list or from the form."""

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.editing.snapshot import FIRST_UNREAL
from conference.joining.plan import GOES, STAYS, openness


class JoiningMixin:
    """Live at once and with a deletion in it: so it takes the rights to publish and to delete."""

    def has_join_permission(self, request, obj=None) -> bool:
        rights = (self.has_change_permission, self.has_publish_permission, self.has_delete_permission)
        return all(has(request, obj) for has in rights)

    def join_address(self, stays, goes=None) -> str:
        kind = ContentType.objects.get_for_model(self.model).pk
        query = f"{STAYS}={stays.pk}" + (f"&{GOES}={goes.pk}" if goes else "")
        return f"{reverse('admin:join', args=[kind])}?{query}"

    def get_actions(self, request):
        actions = super().get_actions(request)
        # Not in the window that chooses for another form.
        if actions and self.has_join_permission(request):
            actions["join_selected"] = (join_selected, "join_selected", join_selected.short_description)
        return actions

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk < FIRST_UNREAL and self.has_join_permission(request, obj):
            context["join_url"] = self.join_address(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.action(description=_("Zusammenführen …"))
def join_selected(model_admin, request, queryset):
    chosen = sorted(queryset.order_by("pk")[:3], key=openness, reverse=True)
    if len(chosen) != 2:
        words = _("Bitte wählen Sie genau zwei Einträge aus, die dasselbe meinen.")
        model_admin.message_user(request, words, messages.WARNING)
        return None
    return HttpResponseRedirect(model_admin.join_address(*chosen))
