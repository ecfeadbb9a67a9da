"""Links for those without an account who are to look at one page before it is public."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord


class PreviewLink(OfRecord):
    """Ein Vorschau-Link für jemanden ohne Zugang: nur diese eine Seite, nur eine Zeit lang, widerrufbar."""

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    recipient = models.CharField(_("Für wen"), max_length=160, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Angelegt von"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    expires_at = models.DateTimeField(_("Gilt bis"))
    revoked_at = models.DateTimeField(_("Widerrufen"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("Zuletzt geöffnet"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Vorschau-Link")
        verbose_name_plural = _("Vorschau-Links")
        ordering = ["-created_at"]

    def __str__(self):
        return self.recipient or str(self.uuid)
