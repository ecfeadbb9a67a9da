"""Outgoing links, and what was found when they were tried."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingLink(models.Model):
    """Eine Adresse außerhalb dieser Website, auf die ein Inhalt verweist, mit dem letzten Befund."""

    class Health(models.TextChoices):
        UNKNOWN = "unknown", _("noch nicht geprüft")
        ALIVE = "alive", _("erreichbar")
        MOVED = "moved", _("dauerhaft umgezogen")
        DOUBTFUL = "doubtful", _("antwortet nicht zuverlässig")
        DEAD = "dead", _("nicht mehr da")
        REFUSED = "refused", _("wird nicht geprüft")

    url = models.URLField(_("Adresse"), max_length=500, unique=True)
    health = models.CharField(_("Befund"), max_length=8, choices=Health.choices, default=Health.UNKNOWN)
    checked_at = models.DateTimeField(_("Zuletzt geprüft"), null=True, blank=True, db_index=True)
    detail = models.CharField(_("Einzelheit"), max_length=300, blank=True)
    moved_to = models.CharField(_("Neue Adresse"), max_length=500, blank=True)
    failures = models.PositiveSmallIntegerField(_("Fehlversuche hintereinander"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("Link nach außen")
        verbose_name_plural = _("Links nach außen")
        ordering = ["url"]

    def __str__(self):
        return self.url


class LinkCheck(models.Model):
    """Ein Versuch, eine Adresse zu erreichen."""

    link = models.ForeignKey(OutgoingLink, verbose_name=_("Link"), on_delete=models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField(_("Wann"), auto_now_add=True)
    health = models.CharField(_("Befund"), max_length=8, choices=OutgoingLink.Health.choices)
    status_code = models.PositiveSmallIntegerField(_("Antwort"), null=True, blank=True)
    detail = models.CharField(_("Einzelheit"), max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Prüfung eines Links")
        verbose_name_plural = _("Prüfungen von Links")
        ordering = ["-checked_at", "-pk"]

    def __str__(self):
        return f"{self.link}: {self.get_health_display()}"
