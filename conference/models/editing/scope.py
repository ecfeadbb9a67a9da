"""Editors of some conferences only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EditorScope(models.Model):
    """Auf welche Konferenzen sich die Arbeit einer Person beschränkt. Ohne Eintrag: auf keine, sie darf an alle."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.CASCADE, related_name="editor_scope"
    )
    conferences = models.ManyToManyField("conference.Conference", verbose_name=_("Konferenzen"), related_name="+")

    class Meta:
        verbose_name = _("Beschränkung auf Konferenzen")
        verbose_name_plural = _("Beschränkungen auf Konferenzen")

    def __str__(self):
        return str(self.user)
