"""What harvesters have been told: OAI-PMH promises that what is gone stays known as gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HarvestEntry(models.Model):
    """Ein Datensatz, wie ihn Bibliotheken zuletzt abholen konnten."""

    # That of the thing itself; entries outlive it.
    uuid = models.UUIDField(_("Kennung"), unique=True)
    # `sessions_app.video`, `conference.conference`.
    kind = models.CharField(_("Art"), max_length=60)
    datestamp = models.DateTimeField(_("Stand"))
    is_deleted = models.BooleanField(_("nicht mehr öffentlich"), default=False)
    # `setSpec`s it belongs to, with commas around each: ",conference:x,theme:y,".
    sets = models.TextField(_("Mengen"), blank=True)
    # Of the public record: another one is a change.
    digest = models.CharField(_("Prüfsumme"), max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Abholbarer Datensatz")
        verbose_name_plural = _("Abholbare Datensätze")
        ordering = ["datestamp", "pk"]
        indexes = [models.Index(fields=["datestamp", "id"], name="harvest_in_order")]

    def __str__(self):
        return str(self.uuid)
