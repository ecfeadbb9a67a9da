"""Chapters: where a recording turns to something else."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.publishing import WithinQuerySet
from sessions_app.models.contribution import Contribution
from sessions_app.models.media_file import VIDEO_CHAIN
from sessions_app.transcripts.timecodes import clock


class ChapterQuerySet(WithinQuerySet):
    def in_order(self):
        return self.order_by("video_id", "start_ms")


class Chapter(models.Model):
    """Ein Kapitel einer Aufzeichnung."""

    visible_within = VIDEO_CHAIN
    part_of = "video"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    video = models.ForeignKey(
        "sessions_app.Video", verbose_name=_("Video"), on_delete=models.CASCADE, related_name="chapters"
    )
    start_ms = models.PositiveIntegerField(_("Beginn in Millisekunden"))
    title = models.CharField(_("Titel"), max_length=200)
    contribution = models.ForeignKey(
        Contribution,
        verbose_name=_("Beitrag"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="chapters",
    )

    objects = ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kapitel")
        verbose_name_plural = _("Kapitel")
        ordering = ["start_ms", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["video", "start_ms"],
                name="chapters_start_at_different_moments",
                violation_error_message=_("Zu diesem Zeitpunkt beginnt schon ein Kapitel."),
            )
        ]

    def __str__(self):
        return f"{clock(self.start_ms)} {self.title}"

    @property
    def seconds(self) -> int:
        return self.start_ms // 1000

    @property
    def clock(self) -> str:
        return clock(self.start_ms)
