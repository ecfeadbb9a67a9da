"""The form of a picture: a file that is checked, and words for those who do not see it."""

from functools import partial

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.accessible import AccessibleAdmin
from conference.admin.exporting import ExportingMixin
from conference.images import accept_image, make_renditions, renditions
from conference.models import Image
from conference.overview import Todo
from conference.records import IMAGES


class ImageForm(forms.ModelForm):
    accepted = None
    file = forms.FileField(
        label=_("Datei"),
        help_text=_("JPEG, PNG oder WebP. Angaben der Kamera, auch der Aufnahmeort, werden entfernt."),
        widget=admin.widgets.AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self.accepted = accept_image(file)
        return file

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_decorative") and not (cleaned.get("alt_text") or "").strip():
            self.add_error(
                "alt_text",
                _("Bitte beschreiben Sie das Bild in einem Satz, oder setzen Sie das Häkchen „Nur Schmuck“."),
            )
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.accepted and not self.errors:
            self.accepted.store_for(self.instance)


class DescriptionFilter(admin.SimpleListFilter):
    title = _("Alternativtext")
    parameter_name = "text"

    def lookups(self, request, model_admin):
        return [("fehlt", _("fehlt")), ("da", _("vorhanden")), ("schmuck", _("nur Schmuck"))]

    def queryset(self, request, queryset):
        narrowed = {
            "fehlt": {"is_decorative": False, "alt_text": ""},
            "da": {"alt_text__gt": ""},
            "schmuck": {"is_decorative": True},
        }
        return queryset.filter(**narrowed.get(self.value(), {}))


@admin.register(Image)
class ImageAdmin(ExportingMixin, AccessibleAdmin):
    dataset = IMAGES
    form = ImageForm
    list_display = ("preview", "title", "described", "credit", "license", "size", "created_at")
    list_display_links = ("preview", "title")
    list_filter = (DescriptionFilter, "license")
    list_per_page = 50
    date_hierarchy = "created_at"
    search_fields = ("title", "alt_text", "caption", "credit")
    readonly_fields = ("preview", "size", "created_at", "updated_at")
    fieldsets = [
        (_("Bild"), {"fields": ["title", "file", "preview", "size"]}),
        (
            _("Was ist zu sehen?"),
            {
                "fields": ["alt_text", "is_decorative", "caption"],
                "description": _("Eines von beiden ist nötig: ein Alternativtext oder das Häkchen „Nur Schmuck“."),
            },
        ),
        (_("Rechte"), {"fields": ["credit", "license"]}),
        (
            _("Ausschnitt"),
            {
                "fields": [("focal_x", "focal_y")],
                "description": _("Wo beschnitten wird, bleibt dieser Punkt im Bild. 50 und 50 ist die Mitte."),
            },
        ),
    ]

    @admin.display(description=_("Vorschau"))
    def preview(self, obj):
        sizes = renditions(obj, "3x2")
        if not sizes:
            return "–"
        url = default_storage.url(sizes[0].name)
        return format_html('<img class="preview" src="{}" width="120" height="80" alt="{}">', url, obj.title)

    @admin.display(description=_("Größe"))
    def size(self, obj):
        return f"{obj.width} × {obj.height}" if obj.width else "–"

    @admin.display(description=_("Alternativtext"))
    def described(self, obj):
        words = _("nur Schmuck") if obj.is_decorative else _("vorhanden") if obj.is_described else _("fehlt")
        return format_html('<span class="st {}">{}</span>', "st-ok" if obj.is_described else "st-no", words)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # Takes seconds: after the transaction, so that nobody waits for the database meanwhile.
        transaction.on_commit(partial(make_renditions, obj))

    def overview_todos(self, request):
        count = Image.objects.filter(is_decorative=False, alt_text="").count()
        if not count:
            return []
        heading = ngettext("%d Bild ohne Alternativtext", "%d Bilder ohne Alternativtext", count) % count
        url = f"{reverse('admin:conference_image_changelist')}?text=fehlt"
        return [Todo("no", heading, _("lässt sich nicht veröffentlichen."), url, _("Texte schreiben"))]
