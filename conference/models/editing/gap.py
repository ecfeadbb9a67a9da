"""The board: what the operator requires, who closes which gap until when, and where somebody published nevertheless."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord


class RequirementSetting(models.Model):
    """Wie wichtig eine Anforderung ist, und ob ohne sie veröffentlicht werden darf."""

    key = models.CharField(_("Anforderung"), max_length=60, unique=True)
    weight = models.PositiveSmallIntegerField(_("Gewicht"), default=1)
    is_required = models.BooleanField(_("Pflicht vor der Veröffentlichung"), default=False)
    is_off = models.BooleanField(_("Wird nicht verlangt"), default=False)

    class Meta:
        verbose_name = _("Anforderung")
        verbose_name_plural = _("Anforderungen")
        ordering = ["key"]

    def __str__(self):
        return self.key


class Gap(OfRecord):
    """Eine Lücke, um die sich jemand kümmert, oder eine Anforderung, die hier nicht gilt."""

    requirement = models.CharField(_("Anforderung"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Wer kümmert sich"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="gaps",
    )
    due_on = models.DateField(_("Bis wann"), null=True, blank=True)
    is_not_needed = models.BooleanField(_("Wird hier nicht gebraucht"), default=False)
    note = models.CharField(_("Notiz"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Lücke")
        verbose_name_plural = _("Lücken")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "requirement"], name="gap_once_a_requirement")
        ]

    def __str__(self):
        return self.requirement


class GateOverride(OfRecord):
    """Trotz fehlender Pflichtangaben veröffentlicht: wer, wann, warum."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("Begründung"), max_length=1000)
    lacks = models.JSONField(_("Was fehlte"), default=list)
    created_at = models.DateTimeField(_("Wann"), auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Veröffentlichung trotz Lücken")
        verbose_name_plural = _("Veröffentlichungen trotz Lücken")
        ordering = ["-created_at"]

    def __str__(self):
        return self.reason[:60]
