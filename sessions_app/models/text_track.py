"""What is said, with its second: text tracks and their sentences."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.models.choices import Language
from conference.publishing import WithinQuerySet
from sessions_app.models.media_file import VIDEO_CHAIN
from sessions_app.models.speaker import Speaker
from sessions_app.transcripts.timecodes import clock


class TextTrackQuerySet(WithinQuerySet):
    def captions_first(self):
        return self.order_by("kind", "position", "language", "pk")


class TextTrack(models.Model):
    """Eine Textspur: Untertitel, Übersetzung oder Bildbeschreibung."""

    class Kind(models.TextChoices):
        CAPTIONS = "captions", _("Untertitel")
        DESCRIPTIONS = "descriptions", _("Bildbeschreibung")
        SUBTITLES = "subtitles", _("Übersetzung")

    class Origin(models.TextChoices):
        PERSON = "person", _("von Hand geschrieben")
        MACHINE = "machine", _("automatisch erzeugt")
        MACHINE_CHECKED = "machine_checked", _("automatisch erzeugt und geprüft")

    visible_within = VIDEO_CHAIN
    part_of = "video"
    parts = ("cues",)

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    video = models.ForeignKey(
        "sessions_app.Video", verbose_name=_("Video"), on_delete=models.CASCADE, related_name="tracks"
    )
    kind = models.CharField(_("Art"), max_length=12, choices=Kind.choices, default=Kind.CAPTIONS)
    language = models.CharField(_("Sprache"), max_length=3, choices=Language.choices, default=Language.DE)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    origin = models.CharField(_("Entstehung"), max_length=15, choices=Origin.choices, default=Origin.PERSON)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Geprüft von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_on = models.DateField(_("Geprüft am"), null=True, blank=True)
    # What the file held beside its cues (header, notes, styles), for giving it back as it came.
    layout = models.JSONField(editable=False, default=dict, blank=True)
    updated_at = models.DateTimeField(_("Zuletzt geändert"), auto_now=True)

    objects = TextTrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("Textspur")
        verbose_name_plural = _("Textspuren")
        ordering = ["kind", "position", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["video", "kind", "language"],
                name="one_text_track_of_a_kind_and_language",
                violation_error_message=_("Für dieses Video gibt es schon eine solche Textspur in dieser Sprache."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.get_language_display()}"

    @property
    def is_checked(self) -> bool:
        """By a person: written by hand, or checked after a machine made it."""
        return self.origin != self.Origin.MACHINE


class CueQuerySet(WithinQuerySet):
    def for_reading(self, track):
        """The sentences of a track in order, without what only files need."""
        return self.filter(track=track).in_order().defer("payload", "cue_settings", "identifier")

    def with_key(self, video, key: str):
        """The sentence an address names, in whichever track of the video. `key` is eight hexadecimal digits."""
        first, last = uuid.UUID(f"{key}{'0' * 24}"), uuid.UUID(f"{key}{'f' * 24}")
        return self.filter(track__video=video, uuid__range=(first, last))

    def in_order(self):
        return self.order_by("track_id", "start_ms", "number", "pk")

    def between(self, start_ms, end_ms):
        return self.filter(start_ms__lt=end_ms, end_ms__gt=start_ms)


class Cue(models.Model):
    """Eine Textstelle: ein Satz mit seiner Sekunde."""

    visible_within = tuple(f"track__{step}" for step in VIDEO_CHAIN)

    # The first eight digits are the sentence's address; it survives a corrected file.
    part_of = "track"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    track = models.ForeignKey(TextTrack, verbose_name=_("Textspur"), on_delete=models.CASCADE, related_name="cues")
    number = models.PositiveIntegerField(_("Nummer"))
    start_ms = models.PositiveIntegerField(_("Beginn in Millisekunden"))
    end_ms = models.PositiveIntegerField(_("Ende in Millisekunden"))
    speaker_name = models.CharField(_("Wer spricht"), max_length=200, blank=True)
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("Person"), null=True, blank=True, on_delete=models.SET_NULL, related_name="cues"
    )
    text = models.TextField(_("Text"))
    payload = models.TextField(_("Text mit Auszeichnung"), blank=True)
    cue_settings = models.CharField(max_length=250, blank=True)
    identifier = models.CharField(max_length=250, blank=True)

    objects = CueQuerySet.as_manager()

    class Meta:
        verbose_name = _("Textstelle")
        verbose_name_plural = _("Textstellen")
        ordering = ["start_ms", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_ms__gt=F("start_ms")),
                name="cue_ends_after_it_starts",
                violation_error_message=_("Das Ende muss nach dem Beginn liegen."),
            ),
        ]
        indexes = [models.Index(fields=["track", "start_ms"], name="cue_by_time")]

    def __str__(self):
        return f"{clock(self.start_ms)} {self.text}"

    @property
    def anchor(self) -> str:
        return f"s-{self.key}"

    @property
    def key(self) -> str:
        """How an address names this sentence: `?s=1f2e3d4c`."""
        return self.uuid.hex[:8]

    @property
    def seconds(self) -> int:
        return self.start_ms // 1000

    @property
    def clock(self) -> str:
        return clock(self.start_ms)
