"""Working copies: what a published record is going to be."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord, OfRecordQuerySet


class WorkingCopyQuerySet(OfRecordQuerySet):
    def due(self):
        """Those whose moment of publication has come."""
        return self.filter(publish_at__lte=timezone.now()).order_by("publish_at", "pk")

    def scheduled(self):
        return self.filter(publish_at__gt=timezone.now()).order_by("publish_at", "pk")

    def waiting(self):
        """Handed in for review."""
        return self.filter(is_submitted=True).order_by("updated_at")


class WorkingCopy(OfRecord):
    """Die Arbeitskopie eines veröffentlichten Inhalts. Öffentlich ist sie erst, wenn sie ihn ersetzt."""

    base = models.JSONField(_("Ausgangsstand"))
    data = models.JSONField(_("Arbeitskopie"))
    created_at = models.DateTimeField(_("Begonnen"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Zuletzt geändert"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Zuletzt geändert von"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_submitted = models.BooleanField(_("Wartet auf Freigabe"), default=False)
    publish_at = models.DateTimeField(_("Wird öffentlich am"), null=True, blank=True, db_index=True)
    problem = models.TextField(_("Was die Veröffentlichung verhindert hat"), blank=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Arbeitskopie")
        verbose_name_plural = _("Arbeitskopien")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_working_copy_of_a_record")
        ]

    def __str__(self):
        return str(self.record or _("Arbeitskopie"))
