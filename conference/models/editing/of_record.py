"""What belongs to a record of any kind: its revisions, its working copy, its comments …"""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class OfRecordQuerySet(models.QuerySet):
    def of(self, record):
        """Those of one record."""
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def of_kind(self, model):
        return self.filter(content_type=ContentType.objects.get_for_model(model))


class OfRecord(models.Model):
    """Belongs to one record. It stays when the record is in the trash, and goes when the trash is emptied."""

    content_type = models.ForeignKey(ContentType, verbose_name=_("Art"), on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField(_("Nummer"))
    record = GenericForeignKey("content_type", "object_id")

    objects = OfRecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def model(self):
        return self.content_type.model_class()

    @classmethod
    def keys(cls, record) -> dict:
        """What names the record, for `create` and `get_or_create`."""
        return {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}
