"""The rows in the form of a video: its files, its text tracks, the contributions its chapters show."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import Count
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.accessible import NamedFields, NamedFormSet
from conference.admin.rows import OrderedStack, RowForm
from sessions_app.captions import StoredTrack, read_track
from sessions_app.models import Chapter, Contribution, MediaFile, TextTrack
from sessions_app.transcripts.problems import Problem, TranscriptError

SHOWN_WARNINGS = 12


class MediaFileInline(OrderedStack):
    model = MediaFile
    fields = (
        ("role", "language", "position"),
        ("file", "url"),
        ("media_type", "duration"),
        ("size", "width", "height"),
    )
    verbose_name_plural = _("Mediendateien (ohne sie wird die Adresse von oben gezeigt)")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "file":
            field.widget.attrs["accept"] = "video/*,audio/*"
            limit = {"limit": filesizeformat(settings.MEDIA_FILE_MAX_BYTES)}
            field.help_text = _("MP4, WebM, M4A, MP3 oder Ogg, bis %(limit)s; es zählt der Inhalt.") % limit
        return field


class TextTrackForm(RowForm):
    """A file that is read before anything is saved; its sentences are stored with the row."""

    transcript = None
    source = forms.FileField(
        label=_("Datei"),
        required=False,
        help_text=_("WebVTT oder SRT, in UTF-8. Eine korrigierte Fassung ersetzt alle Textstellen, Adressen bleiben."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )

    def clean(self):
        cleaned = super().clean()
        file, kind = cleaned.get("source"), cleaned.get("kind")
        if not file and self.instance._state.adding and "source" not in self.errors:
            self.add_error("source", _("Bitte wählen Sie eine WebVTT- oder SRT-Datei."))
        if file and kind:
            try:
                self.transcript = read_track(file, kind, cleaned["video"])
            except TranscriptError as error:
                self.add_error("source", error)
        if cleaned.get("origin") == TextTrack.Origin.MACHINE_CHECKED and not cleaned.get("checked_on"):
            cleaned["checked_on"] = timezone.localdate()
        return cleaned


class TextTrackInline(OrderedStack):
    model = TextTrack
    form = TextTrackForm
    fields = (
        ("kind", "language", "position"),
        "source",
        ("origin", "checked_by", "checked_on"),
        ("sentences", "downloads"),
    )
    readonly_fields = ("sentences", "downloads")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(sentence_count=Count("cues"))

    def get_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj) or self.has_add_permission(request, obj)
        return self.fields if may_change else [field for field in self.fields if field != "source"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "checked_by":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("username")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "checked_by":
            field.help_text = _("Leer: Sie selbst, sobald „und geprüft“ gewählt ist.")
        return field

    @admin.display(description=_("Textstellen"))
    def sentences(self, obj):
        if not obj.pk:
            return "–"
        address = f"{reverse('admin:sessions_app_cue_changelist')}?track__id__exact={obj.pk}"
        words = ngettext("%d Textstelle ansehen", "%d Textstellen ansehen", obj.sentence_count) % obj.sentence_count
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=_("Herunterladen"))
    def downloads(self, obj):
        if not obj.pk:
            return "–"
        files = ((reverse("track_file", args=[obj.uuid, suffix]), suffix.upper()) for suffix in ("vtt", "srt", "txt"))
        return format_html_join(" · ", '<a href="{}">{}</a>', files)


class ChapterInline(NamedFields, admin.TabularInline):
    """Which contribution a chapter shows. Times and titles are typed above, all in one field."""

    model = Chapter
    formset = NamedFormSet
    fields = ("start", "title", "contribution")
    readonly_fields = ("start", "title")
    extra = 0
    can_delete = False
    verbose_name_plural = _("Beiträge der Kapitel")

    def has_add_permission(self, request, obj):
        return False

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        field = formset.form.base_fields.get("contribution")
        if field and obj:
            field.queryset = Contribution.objects.filter(event=obj.shown_event).in_order()
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return formset

    @admin.display(description=_("Beginn"))
    def start(self, obj):
        return obj.clock


# ── What the editor reads afterwards ─────────────────────────────────────────────────────────
def tell_stored(model_admin, request, stored: StoredTrack):
    numbers = {"track": stored.track, "kept": stored.kept, "new": stored.new, "lost": stored.lost}
    words = _("Textstellen von „%(track)s“: %(new)d neu, %(kept)d wiedererkannt, %(lost)d entfallen.") % numbers
    model_admin.message_user(request, words, messages.SUCCESS)
    tell_warnings(model_admin, request, stored.track, stored.warnings)


def tell_warnings(model_admin, request, subject, warnings: tuple[Problem | str, ...]):
    """Hints that did not keep a file from being taken."""
    if not warnings:
        return
    rows = [(warning,) for warning in warnings[:SHOWN_WARNINGS]]
    if more := len(warnings) - len(rows):
        rows.append((ngettext("… und %d weiterer Hinweis", "… und %d weitere Hinweise", more) % more,))
    lines = format_html_join(mark_safe("<br>"), "{}", rows)
    words = format_html("{}<br>{}", _("Übernommen, mit Hinweisen zu „%(subject)s“:") % {"subject": subject}, lines)
    model_admin.message_user(request, words, messages.WARNING)
