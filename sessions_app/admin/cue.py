"""The sentences of all text tracks: to be found, and corrected one by one."""

import textwrap

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from conference.admin.accessible import AccessibleAdmin
from conference.admin.parts import PartEditing
from conference.search import update_index
from sessions_app.models import Cue
from sessions_app.transcripts import markup
from sessions_app.transcripts.cues import LONGEST_LINE


@admin.register(Cue)
class CueAdmin(PartEditing, AccessibleAdmin):
    """New ones come with a caption file; times are corrected there, too."""

    list_display = ("clock", "words", "speaker_name", "video")
    list_display_links = ("words",)
    list_filter = ("track__kind", "track__language", "track__origin")
    list_select_related = ("track__video",)
    list_per_page = 100
    show_full_result_count = False
    ordering = ("track", "start_ms", "number")
    search_fields = ("text", "speaker_name", "track__video__title")
    autocomplete_fields = ("speaker",)
    readonly_fields = ("video", "track", "clock", "key")
    fields = ("video", "track", "clock", "key", "text", "speaker_name", "speaker")

    def view_on_site(self, obj):
        return f"{obj.track.video.get_absolute_url()}?s={obj.key}#{obj.anchor}"

    @admin.display(description=_("Beginn"), ordering="start_ms")
    def clock(self, obj):
        return obj.clock

    @admin.display(description=_("Kennung in der Adresse"))
    def key(self, obj):
        return obj.key

    @admin.display(description=_("Text"))
    def words(self, obj):
        return Truncator(obj.text).chars(120) or "–"

    @admin.display(description=_("Video"), ordering="track__video")
    def video(self, obj):
        return obj.track.video

    def save_model(self, request, obj, form, change):
        if {"text", "speaker_name"} & set(form.changed_data):
            obj.text, obj.speaker_name = markup.one_line(obj.text), markup.one_line(obj.speaker_name)
            obj.payload = markup.voiced(obj.speaker_name, "\n".join(textwrap.wrap(obj.text, LONGEST_LINE)))
        super().save_model(request, obj, form, change)
        update_index(obj.track.video)
