"""Revisions: how a record was after each save."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord


class Revision(OfRecord):
    """Ein Stand eines Inhalts, mit allem, was in seinem Formular steht."""

    class Kind(models.TextChoices):
        FOUND = "found", _("Vorgefundener Stand")
        CREATED = "created", _("Angelegt")
        SAVED = "saved", _("Gesichert")
        WORKING_COPY = "working_copy", _("Als Arbeitskopie gesichert")
        MERGED = "merged", _("Zusammengeführt")
        SUBMITTED = "submitted", _("Zur Freigabe eingereicht")
        RETURNED = "returned", _("Zurückgegeben")
        PUBLISHED = "published", _("Veröffentlicht")
        WITHDRAWN = "withdrawn", _("Zurückgezogen")
        DISCARDED = "discarded", _("Arbeitskopie verworfen")
        RESTORED = "restored", _("Wiederhergestellt")
        RUN = "run", _("Gemeinsam geändert")

    number = models.PositiveIntegerField(_("Stand"))
    kind = models.CharField(_("Anlass"), max_length=12, choices=Kind.choices)
    is_live = models.BooleanField(_("am Inhalt selbst"), default=True)
    created_at = models.DateTimeField(_("Wann"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Wer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user_name = models.CharField(_("Wer (Name)"), max_length=160, blank=True)
    note = models.CharField(_("Notiz"), max_length=400, blank=True)
    data = models.JSONField(_("Stand"))

    class Meta:
        default_permissions = ()
        verbose_name = _("Stand")
        verbose_name_plural = _("Stände")
        ordering = ["content_type", "object_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="revision_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "found",
                        "created",
                        "saved",
                        "working_copy",
                        "merged",
                        "submitted",
                        "returned",
                        "published",
                        "withdrawn",
                        "discarded",
                        "restored",
                        "run",
                    ]
                ),
                name="revision_kind_is_known",
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="revision_by_time")]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.number})"
