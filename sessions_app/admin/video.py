"""The form of a video, with everything that belongs to the recording."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import PublishableAdmin, PublishableForm
from sessions_app.admin.recording import ChapterInline, MediaFileInline, TextTrackInline, tell_stored, tell_warnings
from sessions_app.board import VIDEOS as CHECKLIST
from sessions_app.captions import store_transcript
from sessions_app.chapter_lists import chapter_records, read_chapters, store_chapters
from sessions_app.models import MediaFile, TextTrack, Video
from sessions_app.records import VIDEOS
from sessions_app.transcripts.chapters import ChapterList, to_lines
from sessions_app.transcripts.problems import TranscriptError

CHAPTERS = (_("Kapitel"), {"fields": ["chapter_lines", "chapter_file"]})


class VideoForm(PublishableForm):
    """Chapters are typed as lines or come as a file; `chapters` is what was read, None if nothing is to change."""

    chapters = None
    chapter_lines = forms.CharField(
        label=_("Kapitel"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 8}),
        help_text=_("Je Zeile eine Zeit und ein Titel, zum Beispiel „12:34 Begrüßung“ oder „1:02:03 Diskussion“."),
    )
    chapter_file = forms.FileField(
        label=_("Kapitel aus einer Datei"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=_("WebVTT. Was darin steht, ersetzt die Zeilen darüber."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "chapter_lines" in self.fields:
            lines = to_lines(chapter_records(self.instance.chapters.in_order()))
            # As a browser sends it back.
            self.initial["chapter_lines"] = lines.strip().replace("\n", "\r\n")

    def clean(self):
        cleaned = super().clean()
        file, lines = cleaned.get("chapter_file"), _as_typed(cleaned.get("chapter_lines"))
        if file:
            self._read_chapters("chapter_file", file)
        elif "chapter_lines" in cleaned and lines != _as_typed(self.initial.get("chapter_lines")):
            self._read_chapters("chapter_lines", lines)
        return cleaned

    def _read_chapters(self, name, source):
        try:
            self.chapters = read_chapters(source, self.cleaned_data.get("duration")) if source else ChapterList(())
        except TranscriptError as error:
            self.add_error(name, error)


def _as_typed(text: str | None) -> str:
    return "\n".join((text or "").split("\r\n")).strip()


@admin.register(Video)
class VideoAdmin(PublishableAdmin):
    form = VideoForm
    dataset = VIDEOS
    checklist = CHECKLIST
    list_display = ("title", "state", "availability", "kind", "event", "recorded_on", "duration")
    list_filter = ("kind", "availability", ("event", admin.RelatedOnlyFieldListFilter), "language")
    list_select_related = ("event",)
    date_hierarchy = "recorded_on"
    search_fields = ("title", "summary", "rights_holder", "event__title")
    autocomplete_fields = ("event", "contribution", "poster")
    inlines = (MediaFileInline, TextTrackInline, ChapterInline)
    new_label = _("Neues Video")
    fieldsets = [
        (_("Video"), {"fields": ["title", "slug", "kind", "summary"]}),
        (
            _("Wozu es gehört"),
            {
                "fields": ["event", "contribution"],
                "description": _("Eine Veranstaltung, ein Beitrag oder beides."),
            },
        ),
        (_("Aufzeichnung"), {"fields": [("recorded_on", "duration"), "language", "poster"]}),
        (
            _("Wo es liegt"),
            {
                "fields": ["availability", "url"],
                "description": _("Besucherinnen und Besucher entscheiden selbst, ob es von dort geladen wird."),
            },
        ),
        CHAPTERS,
        (_("Rechte"), {"fields": ["license", "rights_holder"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Who may only look sees the chapters on the page itself; these fields are for typing."""
        may_type = self.has_change_permission(request, obj) if obj else True
        return [group for group in super().get_fieldsets(request, obj) if may_type or group is not CHAPTERS]

    def get_inlines(self, request, obj):
        has_chapters = obj is not None and obj.chapters.exists()
        return [inline for inline in self.inlines if has_chapters or inline is not ChapterInline]

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        saved = [row for row in formset.forms if row.instance.pk and row not in formset.deleted_forms]
        if formset.model is TextTrack:
            for row in saved:
                self._store_track(request, row)
        elif formset.model is MediaFile:
            for row in saved:
                tell_warnings(self, request, row.instance, row.instance.warnings)

    def _store_track(self, request, row):
        track = row.instance
        if track.origin == TextTrack.Origin.MACHINE_CHECKED and track.checked_by is None:
            track.checked_by = request.user
            track.save(update_fields=["checked_by"])
        if row.transcript:
            tell_stored(self, request, store_transcript(track, row.transcript))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        video = form.instance
        if video.duration is None and (file := video.files.exclude(duration=None).first()):
            video.duration = file.duration
            video.save(update_fields=["duration", "updated_at"])
        if form.chapters is not None:
            stored = store_chapters(video, form.chapters.chapters)
            count = stored.kept + stored.new
            self.message_user(request, ngettext("%d Kapitel gesichert.", "%d Kapitel gesichert.", count) % count)
            tell_warnings(self, request, _("Kapitel"), form.chapters.warnings)
