"""Old addresses: the slug a thing had before it was renamed."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerSlug(models.Model):
    """Ein früherer Kurzname; die alte Adresse führt dauerhaft zur neuen."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    slug = models.CharField(_("Früherer Kurzname"), max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Früherer Kurzname")
        verbose_name_plural = _("Frühere Kurznamen")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "slug"], name="former_slug_is_kept_once")
        ]
        indexes = [models.Index(fields=["content_type", "slug"])]

    def __str__(self):
        return self.slug
