"""Pictures, with everything the law and good manners ask for."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.choices import License
from conference.publishing import PublishableQuerySet, may_preview


class ImageQuerySet(models.QuerySet):
    def published(self):
        """What a published thing shows. One query, whatever refers to images."""
        rule = Q(pk__in=[])
        for relation in self.model._meta.related_objects:
            if isinstance(relation.related_model._default_manager.all(), PublishableQuerySet):
                shown = relation.related_model._default_manager.published()
                rule |= Q(pk__in=shown.exclude(**{relation.field.name: None}).values(relation.field.name))
        return self.filter(rule)

    def visible_to(self, user):
        return self.all() if may_preview(user, self.model) else self.published()


class Image(models.Model):
    """Ein Bild mit Alternativtext, Nachweis und Lizenz."""

    trash_with = ()

    conference_paths = ()

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(
        _("Bezeichnung"), max_length=200, help_text=_("Nur in der Redaktion zu sehen; hilft beim Suchen.")
    )
    file = models.ImageField(
        _("Datei"),
        width_field="width",
        height_field="height",
        max_length=200,
        help_text=_("JPEG, PNG oder WebP, höchstens 20 MB."),
    )
    alt_text = models.CharField(
        _("Alternativtext"),
        max_length=300,
        blank=True,
        help_text=_("Was ist zu sehen? Für alle, die das Bild nicht sehen."),
    )
    is_decorative = models.BooleanField(
        _("Nur Schmuck"),
        default=False,
        help_text=_("Das Bild sagt nichts, was nicht im Text steht; es wird nicht vorgelesen."),
    )
    caption = models.CharField(_("Bildunterschrift"), max_length=300, blank=True)
    credit = models.CharField(_("Bildnachweis"), max_length=200, blank=True)
    license = models.CharField(_("Lizenz"), max_length=40, choices=License.choices, blank=True)
    focal_x = models.PositiveSmallIntegerField(
        _("Bildmitte waagerecht"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("0 = links, 100 = rechts"),
    )
    focal_y = models.PositiveSmallIntegerField(
        _("Bildmitte senkrecht"), default=50, validators=[MaxValueValidator(100)], help_text=_("0 = oben, 100 = unten")
    )
    width = models.PositiveIntegerField(_("Breite"), editable=False, default=0)
    height = models.PositiveIntegerField(_("Höhe"), editable=False, default=0)
    sha256 = models.CharField(_("Prüfsumme"), max_length=64, editable=False, default="", db_index=True)
    has_avif = models.BooleanField(editable=False, default=False)
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Zuletzt geändert"), auto_now=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(focal_x__lte=100, focal_y__lte=100), name="image_focal_point_is_inside"),
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt_text=""),
                name="image_is_described_or_decorative",
                violation_error_message=_("Ein Bild, das nur Schmuck ist, braucht keinen Alternativtext."),
            ),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def permission(cls, action: str) -> str:
        """The full name of a permission, as publishable things tell theirs."""
        return f"conference.{action}_image"

    @property
    def is_described(self) -> bool:
        """Whether a screen reader knows what to do: an alternative text, or none needed."""
        return self.is_decorative or bool(self.alt_text.strip())

    def clean(self):
        super().clean()
        if self.is_decorative and self.alt_text.strip():
            raise ValidationError(
                {"is_decorative": _("Bitte entscheiden Sie: entweder ein Alternativtext oder „Nur Schmuck“.")}
            )
