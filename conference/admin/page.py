"""The form of a plain page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import yes_or_no
from conference.admin.base import PublishableAdmin
from conference.models import Page


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    list_display = ("title", "state", "position", yes_or_no("is_in_footer", _("Fußzeile")), "updated_at")
    list_filter = ("is_in_footer",)
    search_fields = ("title", "summary", "body")
    fieldsets = [
        (_("Seite"), {"fields": ["title", "slug", "summary"]}),
        (_("Text"), {"fields": ["body"]}),
        (_("Fußzeile"), {"fields": [("is_in_footer", "position")]}),
    ]
