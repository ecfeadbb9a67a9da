"""Review: who asked whom to look, what they said about which field, and what an editor is told."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord


class ReviewRequest(OfRecord):
    """Eine Bitte um Freigabe, an eine Person oder an eine Gruppe."""

    class Decision(models.TextChoices):
        OPEN = "open", _("Wartet")
        PUBLISHED = "published", _("Veröffentlicht")
        RETURNED = "returned", _("Zurückgegeben")
        OBSOLETE = "obsolete", _("Erledigt")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Von"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField(_("Notiz"), blank=True, max_length=2000)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("An"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="review_requests",
    )
    to_group = models.ForeignKey(
        Group, verbose_name=_("An die Gruppe"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("Eingereicht"), auto_now_add=True)
    decision = models.CharField(_("Stand"), max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Entschieden von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("Entschieden am"), null=True, blank=True)
    answer = models.TextField(_("Antwort"), blank=True, max_length=2000)

    class Meta:
        default_permissions = ()
        verbose_name = _("Bitte um Freigabe")
        verbose_name_plural = _("Bitten um Freigabe")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(decision="open"),
                name="one_open_review_of_a_record",
            )
        ]

    def __str__(self):
        return str(self.record or _("Bitte um Freigabe"))


class FieldComment(OfRecord):
    """Eine Anmerkung zu einem Feld, für die Redaktion; öffentlich ist sie nie."""

    field = models.CharField(_("Feld"), max_length=200, blank=True)
    text = models.TextField(_("Anmerkung"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Von"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("Wann"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("Erledigt am"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Erledigt von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("Anmerkung zu einem Feld")
        verbose_name_plural = _("Anmerkungen zu Feldern")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.text[:60]


class Notice(models.Model):
    """Eine Nachricht an eine Person der Redaktion."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("An"), on_delete=models.CASCADE, related_name="notices"
    )
    text = models.TextField(_("Nachricht"))
    url = models.CharField(_("Wohin"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Wann"), auto_now_add=True)
    read_at = models.DateTimeField(_("Gelesen"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.text[:60]
