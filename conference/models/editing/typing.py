"""What an editor has typed and not saved, and who has which form open."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.editing.of_record import OfRecord


class UnsavedInput(models.Model):
    """Ungesicherte Eingaben einer Person in einem Formular."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), on_delete=models.CASCADE, related_name="unsaved_inputs"
    )
    form = models.CharField(_("Formular"), max_length=200)
    data = models.TextField(_("Eingaben"))
    updated_at = models.DateTimeField(_("Zuletzt getippt"), auto_now=True)

    class Meta:
        verbose_name = _("Ungesicherte Eingabe")
        verbose_name_plural = _("Ungesicherte Eingaben")
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="unsaved_input_once_a_form")]

    def __str__(self):
        return self.form


class FormPreview(models.Model):
    """Was eine Person in einem Formular zuletzt in der Vorschau angesehen hat."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("Wer"), on_delete=models.CASCADE, related_name="+")
    form = models.CharField(_("Formular"), max_length=200)
    data = models.JSONField(_("Stand"))
    updated_at = models.DateTimeField(_("Wann"), auto_now=True)

    class Meta:
        verbose_name = _("Vorschau eines Formulars")
        verbose_name_plural = _("Vorschauen von Formularen")
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="form_preview_once_a_form")]

    def __str__(self):
        return self.form


class OpenForm(OfRecord):
    """Wer das Formular eines Inhalts gerade offen hat."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Wer"), on_delete=models.CASCADE, related_name="+"
    )
    tab = models.CharField(_("Fenster"), max_length=36)
    seen_at = models.DateTimeField(_("Zuletzt gesehen"), db_index=True)

    class Meta:
        verbose_name = _("Offenes Formular")
        verbose_name_plural = _("Offene Formulare")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "user", "tab"], name="open_form_once_a_tab")
        ]

    def __str__(self):
        return f"{self.user}: {self.record}"
