"""Where imported programmes come from, and what in them is which record here."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.conference import Conference


class ImportSource(models.Model):
    """Eine Quelle, aus der Programme kommen: derselbe Veranstalter, dieselbe Datei in neuer Fassung."""

    class Grouping(models.TextChoices):
        OWN = "own", _("Jeder Beitrag wird eine eigene Veranstaltung")
        ROOM = "room", _("Eine Veranstaltung je Tag und Raum")
        DAY = "day", _("Eine Veranstaltung je Tag")

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    # What the file says of itself (acronym or address), else what the editor calls it.
    name = models.CharField(_("Name der Quelle"), max_length=200, unique=True)
    file_format = models.CharField(_("Format"), max_length=20)
    conference = models.ForeignKey(
        Conference, verbose_name=_("Konferenz"), on_delete=models.CASCADE, related_name="import_sources"
    )
    grouping = models.CharField(_("Gliederung"), max_length=4, choices=Grouping.choices)
    # What a new version of the file is measured by.
    last_count = models.PositiveIntegerField(_("Beiträge beim letzten Mal"), default=0)
    # Of the conference in the file: what we do not know but give back.
    extra = models.JSONField(_("Weiteres"), default=dict)
    updated_at = models.DateTimeField(_("Zuletzt eingelesen"), auto_now=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Importquelle")
        verbose_name_plural = _("Importquellen")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Origin(models.Model):
    """Woher ein Inhalt kam: Quelle und Kennung dort. Eine Nummer allein ist nie eine Kennung."""

    source = models.ForeignKey(ImportSource, verbose_name=_("Quelle"), on_delete=models.CASCADE, related_name="origins")
    # `sessions_app.contribution`, `sessions_app.speaker` …
    kind = models.CharField(_("Art"), max_length=60)
    guid = models.CharField(_("Kennung in der Quelle"), max_length=300)
    # The UUID of our record, which may be in the trash or gone.
    record = models.UUIDField(_("Kennung hier"), db_index=True)
    # As it was last read: what an editor changed since is told from what the source changed.
    data = models.JSONField(_("Zuletzt eingelesen"), default=dict)
    # What we do not know but give back.
    extra = models.JSONField(_("Weiteres"), default=dict)

    class Meta:
        default_permissions = ()
        verbose_name = _("Herkunft")
        verbose_name_plural = _("Herkünfte")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "guid"], name="origin_is_known_once_in_its_source")
        ]

    def __str__(self):
        return f"{self.source}: {self.guid}"


class ColumnMapping(models.Model):
    """Welche Spalte einer Tabelle was bedeutet, gemerkt für das nächste Mal mit denselben Spalten."""

    # Digest of the headers in order.
    signature = models.CharField(_("Spalten"), max_length=64, unique=True)
    # {header: field, …}
    mapping = models.JSONField(_("Zuordnung"), default=dict)
    updated_at = models.DateTimeField(_("Zuletzt benutzt"), auto_now=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Spaltenzuordnung")
        verbose_name_plural = _("Spaltenzuordnungen")
        ordering = ["-updated_at"]

    def __str__(self):
        return self.signature
