"""How people come in: second factors, where they are logged in, and what happened to accounts."""

import uuid

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupPolicy(models.Model):
    """Was von den Mitgliedern einer Gruppe verlangt wird."""

    group = models.OneToOneField(Group, verbose_name=_("Gruppe"), on_delete=models.CASCADE, related_name="policy")
    requires_second_factor = models.BooleanField(_("Zweiter Faktor ist Pflicht"), default=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("Regel einer Gruppe")
        verbose_name_plural = _("Regeln von Gruppen")

    def __str__(self):
        return str(self.group)


class AuthenticatorApp(models.Model):
    """Die App, die einer Person Codes für die Anmeldung zeigt."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.CASCADE, related_name="authenticator_app"
    )
    secret = models.TextField(_("Schlüssel, verschlüsselt"))
    last_step = models.BigIntegerField(_("Letzter benutzter Zeitschritt"), default=0)
    created_at = models.DateTimeField(_("Eingerichtet"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("Zuletzt benutzt"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Authentifizierungs-App")
        verbose_name_plural = _("Authentifizierungs-Apps")

    def __str__(self):
        return str(self.user)


class Passkey(models.Model):
    """Ein Passkey: ein Gerät oder Sicherheitsschlüssel, mit dem sich eine Person anmeldet."""

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.CASCADE, related_name="passkeys"
    )
    name = models.CharField(_("Name"), max_length=80)
    credential_id = models.CharField(_("Kennung des Schlüssels"), max_length=1400, unique=True)
    credential = models.TextField(_("Öffentlicher Schlüssel"))
    sign_count = models.BigIntegerField(_("Zähler"), default=0)
    created_at = models.DateTimeField(_("Eingerichtet"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("Zuletzt benutzt"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Passkey")
        verbose_name_plural = _("Passkeys")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.name


class RecoveryCode(models.Model):
    """Ein Code für den Fall, dass alles andere verloren ist. Er gilt einmal."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(_("Prüfwert"), max_length=64, unique=True)
    used_at = models.DateTimeField(_("Benutzt"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Wiederherstellungscode")
        verbose_name_plural = _("Wiederherstellungscodes")

    def __str__(self):
        return str(self.user)


class OwnSession(models.Model):
    """Wo eine Person angemeldet ist. Der Schlüssel der Anmeldung steht hier nur als Prüfwert."""

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.CASCADE, related_name="own_sessions"
    )
    digest = models.CharField(_("Prüfwert"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("Angemeldet"))
    last_seen_at = models.DateTimeField(_("Zuletzt gesehen"))
    user_agent = models.CharField(_("Programm"), max_length=300, blank=True)
    network = models.CharField(_("Gekürzte Adresse"), max_length=60, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        ordering = ["-last_seen_at", "-pk"]

    def __str__(self):
        return f"{self.user}, {self.created_at:%d.%m.%Y}"


class AccountEvent(models.Model):
    """Was mit einem Zugang geschah: angemeldet, abgewiesen, zweiter Faktor, Rechte. Ohne Adresse."""

    class Kind(models.TextChoices):
        LOG_IN = "log_in", _("Anmeldung")
        REFUSED = "refused", _("Abgewiesene Anmeldung")
        LOG_OUT = "log_out", _("Abmeldung")
        FACTOR = "factor", _("Zweiter Faktor")
        RIGHTS = "rights", _("Rechte")

    at = models.DateTimeField(_("Wann"), auto_now_add=True, db_index=True)
    kind = models.CharField(_("Art"), max_length=8, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(_("Wessen Zugang"), max_length=150, blank=True)
    text = models.TextField(_("Was"), blank=True)

    class Meta:
        default_permissions = ()
        permissions = [("view_log", _("Kann das Protokoll ansehen"))]
        verbose_name = _("Eintrag im Protokoll")
        verbose_name_plural = _("Einträge im Protokoll")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject}"
