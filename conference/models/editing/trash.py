"""The trash: what was deleted, with everything that went along."""

import datetime
import math
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
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
    # The numbers of all rows in `data`, {"sessions_app.event": [3, 7], …}: whether something lies in here.
    numbers = models.JSONField(_("Nummern"), default=dict)
    # The conferences it belonged to, as `|3|7|`: who works for some conferences only sees theirs.
    conferences = models.TextField(_("Konferenzen"), blank=True, default="")

    class Meta:
        verbose_name = _("Inhalt im Papierkorb")
        verbose_name_plural = _("Papierkorb")
        ordering = ["-deleted_at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def kind(self) -> str:
        return self.model._meta.verbose_name if self.model else self.content_type.model

    @property
    def goes_at(self) -> datetime.datetime:
        """When `empty_trash` removes it for good."""
        return self.deleted_at + datetime.timedelta(days=settings.TRASH_DAYS)

    @property
    def days_left(self) -> int:
        return max(math.ceil((self.goes_at - timezone.now()) / datetime.timedelta(days=1)), 0)
