"""Changes to many records in one go, kept so that one press takes all of them back."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeRun(models.Model):
    """Ein Lauf, der viele Inhalte auf einmal geändert hat; er lässt sich im Ganzen zurücknehmen."""

    class Kind(models.TextChoices):
        BULK = "bulk", _("Gemeinsame Änderung")
        COPY = "copy", _("Kopie")
        MERGE = "merge", _("Zusammenführung")
        IMPORT = "import", _("Import")

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("Art"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("Was"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("Wann"), auto_now_add=True)
    # What each record was and became: [{"model": "app.model", "pk": 1, "before": snapshot or null, "after": …}].
    changes = models.JSONField(_("Änderungen"), default=list)
    # What else is needed to take it back; each kind says what.
    extra = models.JSONField(_("Weiteres"), default=dict)
    undone_at = models.DateTimeField(_("Zurückgenommen"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Zurückgenommen von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("Lauf")
        verbose_name_plural = _("Läufe")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title
