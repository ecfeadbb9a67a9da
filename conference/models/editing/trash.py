"""The trash: what was deleted, with everything that went along."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord


class TrashedRecord(OfRecord):
    """Ein gelöschter Inhalt mit allem, was dazugehört; wiederherstellbar, bis der Papierkorb geleert wird."""

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Titel"), max_length=300)
    deleted_at = models.DateTimeField(_("Gelöscht am"), auto_now_add=True, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Gelöscht von"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    data = models.JSONField(_("Inhalt"))
    counts = models.JSONField(_("Was dazugehört"), default=list)

    class Meta:
        verbose_name = _("Inhalt im Papierkorb")
        verbose_name_plural = _("Papierkorb")
        ordering = ["-deleted_at", "-pk"]

    def __str__(self):
        return self.title
