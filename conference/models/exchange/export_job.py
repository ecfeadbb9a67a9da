"""Listings that take a while: made beside the page that waits for them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportJob(models.Model):
    """Eine Liste, die vorbereitet wird; nur wer sie bestellt hat, bekommt die Datei."""

    class State(models.TextChoices):
        RUNNING = "running", _("wird vorbereitet")
        DONE = "done", _("fertig")
        FAILED = "failed", _("abgebrochen")

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), on_delete=models.CASCADE, related_name="export_jobs"
    )
    listing = models.CharField(_("Liste"), max_length=60)
    file_format = models.CharField(_("Format"), max_length=8)
    # What was chosen, as in the address: {"konferenz": "…", "spalten": "…"}.
    options = models.JSONField(_("Auswahl"), default=dict)
    state = models.CharField(_("Stand"), max_length=8, choices=State.choices, default=State.RUNNING)
    rows_total = models.PositiveIntegerField(_("Zeilen"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(_("Geschriebene Zeilen"), default=0)
    message = models.CharField(_("Meldung"), max_length=300, blank=True)
    # The file's name below PRIVATE_ROOT.
    path = models.CharField(_("Datei"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    # When it was last seen alive: a job whose process is gone never says so itself.
    beat_at = models.DateTimeField(_("Zuletzt gesehen"), auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Vorbereitete Liste")
        verbose_name_plural = _("Vorbereitete Listen")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.listing}.{self.file_format}"
