"""An organisation's task in a project."""

import uuid

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from conference.models import Organisation
from conference.publishing import PUBLIC, WithinQuerySet


class PartnershipQuerySet(WithinQuerySet):
    def with_organisation(self, viewer=PUBLIC):
        """Those whose organisation `viewer` may see, or that print words instead; each with `visible_organisation`."""
        seen = Organisation.objects.visible_to(viewer)
        return (
            self.filter(Q(organisation__isnull=True) | Q(organisation__in=seen))
            .select_related("organisation")
            .annotate(is_narrowed=Value(True))
            .in_order()
        )

    def facets(self):
        """Which kinds of organisation take part in what, as far as everybody may see: (kind, project) once each."""
        seen = self.published().filter(organisation__in=Organisation.objects.published())
        return seen.order_by().values_list("organisation__kind", "project").distinct()

    def in_order(self):
        return self.order_by("project_id", "position", "pk")


class Partnership(models.Model):
    """Die Aufgabe einer Einrichtung in einem Vorhaben."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Verbundkoordination")
        PARTNER = "partner", _("Partner")
        ASSOCIATED = "associated", _("Assoziierter Partner")

    visible_within = ("project",)
    part_of = "project"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        "projects_app.Project", verbose_name=_("Vorhaben"), on_delete=models.CASCADE, related_name="partnerships"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("Einrichtung"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partnerships",
    )
    organisation_text = models.CharField(
        _("Wortlaut"), max_length=250, blank=True, help_text=_("Nur wenn es keinen Eintrag für die Einrichtung gibt.")
    )
    role = models.CharField(_("Aufgabe"), max_length=10, choices=Role.choices, default=Role.PARTNER)
    funding_code = models.CharField(_("Förderkennzeichen"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Partnerschaft")
        verbose_name_plural = _("Partnerschaften")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(organisation__isnull=False) & Q(organisation_text=""))
                | (Q(organisation__isnull=True) & ~Q(organisation_text="")),
                name="partnership_names_one_organisation",
                violation_error_message=_("Bitte eine Einrichtung wählen oder einen Wortlaut eingeben, nicht beides."),
            ),
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="organisation_joins_a_project_once",
                violation_error_message=_("Diese Einrichtung ist schon Partner des Vorhabens."),
            ),
        ]

    def __str__(self):
        return str(self.organisation or self.organisation_text)

    @property
    def visible_organisation(self) -> Organisation | None:
        """The organisation, joined and narrowed by `with_organisation`; without that, nothing."""
        return self.organisation if getattr(self, "is_narrowed", False) else None
