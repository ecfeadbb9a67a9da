"""Guiding questions: what an event set out to answer."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.models.event import Event


class GuidingQuestion(models.Model):
    """Eine Leitfrage einer Veranstaltung."""

    part_of = "event"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        Event, verbose_name=_("Veranstaltung"), on_delete=models.CASCADE, related_name="questions"
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    text = models.TextField(_("Frage"), max_length=400)

    class Meta:
        verbose_name = _("Leitfrage")
        verbose_name_plural = _("Leitfragen")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text
