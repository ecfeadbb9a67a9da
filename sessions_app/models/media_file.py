"""The files of a recording: ours or elsewhere, in several versions and qualities."""

import uuid
from datetime import timedelta
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from conference.models.choices import Language
from conference.publishing import WithinQuerySet
from sessions_app.media_probe import probe, type_of_address

VIDEO_CHAIN = (
    "video",
    "video__event",
    "video__event__conference",
    "video__contribution__event",
    "video__contribution__event__conference",
)


def media_path(media_file, filename: str) -> str:
    return f"videos/{media_file.video.uuid}/{media_file.uuid.hex[:8]}-{filename}"


class MediaFileQuerySet(WithinQuerySet):
    def of_roles(self, roles):
        return self.filter(role__in=roles)


class MediaFile(models.Model):
    """Eine Mediendatei einer Aufzeichnung."""

    class Role(models.TextChoices):
        MAIN = "main", _("Hauptfassung")
        AUDIO = "audio", _("nur Ton")
        AUDIO_DESCRIPTION = "audio_description", _("mit Audiodeskription")
        SIGN_LANGUAGE = "sign_language", _("in Gebärdensprache")
        PLAIN_LANGUAGE = "plain_language", _("in Leichter Sprache")

    class MediaType(models.TextChoices):
        """What browsers play without help."""

        MP4 = "video/mp4", _("MP4-Video")
        WEBM = "video/webm", _("WebM-Video")
        M4A = "audio/mp4", _("MP4-Ton")
        MP3 = "audio/mpeg", _("MP3-Ton")
        OGG = "audio/ogg", _("Ogg-Ton")

    visible_within = VIDEO_CHAIN
    # What an editor should know of the file just read.
    warnings: tuple[str, ...] = ()

    part_of = "video"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    video = models.ForeignKey(
        "sessions_app.Video", verbose_name=_("Video"), on_delete=models.CASCADE, related_name="files"
    )
    role = models.CharField(_("Fassung"), max_length=17, choices=Role.choices, default=Role.MAIN)
    position = models.PositiveSmallIntegerField(
        _("Reihenfolge"),
        default=0,
        help_text=_("Von mehreren Dateien einer Fassung spielt der Browser die erste, die er kann."),
    )
    file = models.FileField(
        _("Datei"), upload_to=media_path, max_length=255, blank=True, help_text=_("MP4, WebM, M4A, MP3 oder Ogg.")
    )
    url = models.URLField(
        _("Adresse der Datei"),
        max_length=500,
        blank=True,
        help_text=_("Die Datei selbst, nicht die Seite darum herum."),
    )
    media_type = models.CharField(
        _("Dateityp"),
        max_length=12,
        choices=MediaType.choices,
        blank=True,
        help_text=_("Leer: wird aus der Datei gelesen."),
    )
    size = models.PositiveBigIntegerField(_("Größe in Bytes"), null=True, blank=True)
    width = models.PositiveIntegerField(_("Breite"), null=True, blank=True)
    height = models.PositiveIntegerField(_("Höhe"), null=True, blank=True)
    duration = models.DurationField(_("Dauer"), null=True, blank=True)
    language = models.CharField(_("Sprache"), max_length=3, choices=Language.choices, default=Language.DE)

    objects = MediaFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mediendatei")
        verbose_name_plural = _("Mediendateien")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
                name="media_file_is_ours_or_elsewhere",
                violation_error_message=_(
                    "Bitte entweder eine Datei hochladen oder eine Adresse angeben, nicht beides."
                ),
            ),
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True) | Q(width__gt=0, height__gt=0),
                name="media_file_has_both_sizes_or_none",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} ({self.get_media_type_display()})"

    def clean(self):
        """A new file is looked into: what it says of itself holds, whatever it is called."""
        super().clean()
        if self.file and not self.file._committed:
            self._read_file()
        elif not self.file and self.url and not self.media_type:
            self.media_type = type_of_address(self.url)
        if not self.media_type and (self.file or self.url):
            sentence = _("Der Adresse ist der Dateityp nicht anzusehen. Bitte wählen Sie ihn.")
            raise ValidationError({"media_type": sentence})

    def _read_file(self):
        if self.file.size > settings.MEDIA_FILE_MAX_BYTES:
            sentence = _("Die Datei ist %(size)s groß. Erlaubt sind höchstens %(limit)s.")
            sizes = {"size": filesizeformat(self.file.size), "limit": filesizeformat(settings.MEDIA_FILE_MAX_BYTES)}
            raise ValidationError({"file": sentence % sizes})
        try:
            found = probe(self.file.file, self.file.size)
        except ValidationError as error:
            raise ValidationError({"file": error}) from error
        finally:
            self.file.seek(0)
        if self.role == self.Role.AUDIO and not found.media_type.startswith("audio/"):
            raise ValidationError({"file": _("Für „nur Ton“ wird eine Tondatei gebraucht; diese enthält ein Bild.")})
        self.file.name = f"{PurePosixPath(self.file.name).stem}.{found.suffix}"
        self.media_type, self.size = found.media_type, self.file.size
        self.width, self.height = found.width, found.height
        self.duration = timedelta(milliseconds=found.duration_ms) if found.duration_ms else None
        self.warnings = found.warnings

    @property
    def address(self) -> str:
        return self.file.url if self.file else self.url

    @property
    def is_audio(self) -> bool:
        return self.media_type.startswith("audio/")
