"""What an editor has typed and not saved, and who has which form open."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord, OfRecordQuerySet

STILL_OPEN = datetime.timedelta(seconds=40)


class UnsavedInputQuerySet(models.QuerySet):
    def of(self, user, form: str):
        return self.filter(user=user, form=form[:200])

    def offered(self):
        """Without those whose form has been saved since, newest first."""
        return self.exclude(data="").order_by("-updated_at")


class UnsavedInput(models.Model):
    """Ungesicherte Eingaben einer Person in einem Fenster. Once the form is saved `data` is empty, and stays so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), on_delete=models.CASCADE, related_name="unsaved_inputs"
    )
    form = models.CharField(_("Formular"), max_length=200)
    tab = models.CharField(_("Fenster"), max_length=36)
    data = models.TextField(_("Eingaben"), blank=True)
    files = models.JSONField(_("Dateien"), default=list, blank=True)
    updated_at = models.DateTimeField(_("Zuletzt getippt"), auto_now=True, db_index=True)

    objects = UnsavedInputQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Ungesicherte Eingabe")
        verbose_name_plural = _("Ungesicherte Eingaben")
        constraints = [models.UniqueConstraint(fields=["user", "form", "tab"], name="unsaved_input_once_a_tab")]

    def __str__(self):
        return self.form


class FormPreview(models.Model):
    """Was eine Person in einem Formular zuletzt in der Vorschau angesehen hat."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), on_delete=models.CASCADE, related_name="+"
    )
    form = models.CharField(_("Formular"), max_length=200)
    data = models.JSONField(_("Stand"))
    updated_at = models.DateTimeField(_("Wann"), auto_now=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Vorschau eines Formulars")
        verbose_name_plural = _("Vorschauen von Formularen")
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="form_preview_once_a_form")]

    def __str__(self):
        return self.form


class OpenFormQuerySet(OfRecordQuerySet):
    def still_open(self):
        """Heard of a moment ago: a form reports every 15 seconds."""
        return self.filter(seen_at__gte=timezone.now() - STILL_OPEN)


class OpenForm(OfRecord):
    """Wer das Formular eines Inhalts gerade offen hat."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), on_delete=models.CASCADE, related_name="+"
    )
    tab = models.CharField(_("Fenster"), max_length=36)
    opened_at = models.DateTimeField(_("Geöffnet"), default=timezone.now)
    seen_at = models.DateTimeField(_("Zuletzt gesehen"), db_index=True)

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Offenes Formular")
        verbose_name_plural = _("Offene Formulare")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "user", "tab"], name="open_form_once_a_tab")
        ]

    def __str__(self):
        return f"{self.user}: {self.record}"
