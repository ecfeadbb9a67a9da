"""Who takes part: towns, institutes, ministries, associations."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.models.choices import FederalState
from conference.models.fields import SortKeyField
from conference.publishing import Publishable, PublishableQuerySet

LATITUDE = {"max_digits": 8, "decimal_places": 5, "validators": [MinValueValidator(-90), MaxValueValidator(90)]}
LONGITUDE = {"max_digits": 8, "decimal_places": 5, "validators": [MinValueValidator(-180), MaxValueValidator(180)]}


class OrganisationQuerySet(PublishableQuerySet):
    def of_kind(self, kinds):
        return self.filter(kind__in=kinds)

    def in_state(self, states):
        return self.filter(federal_state__in=states)

    def facets(self):
        """What the filters of a list offer: one row an organisation, small."""
        return self.values_list("kind", "federal_state", named=True)

    def by_name(self):
        return self.order_by("sort_name", "pk")


class Organisation(Publishable):
    """Eine Einrichtung."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kommune")
        RESEARCH = "research", _("Forschung")
        MINISTRY = "ministry", _("Ministerium")
        AUTHORITY = "authority", _("Behörde")
        COMPANY = "company", _("Unternehmen")
        ASSOCIATION = "association", _("Verband oder Verein")

    search_fields = ("name", "place", "summary")
    search_names = ("short_name", "other_names")
    search_events = {"appearances__contribution__event": ("appearances__speaker",)}
    slug_from = "name"

    name = models.CharField(_("Name"), max_length=250)
    short_name = models.CharField(_("Kurzname"), max_length=60, blank=True)
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Namen gebildet."),
    )
    sort_name = SortKeyField(sources=["name"])
    other_names = models.TextField(
        _("Andere Schreibweisen"), blank=True, help_text=_("Eine je Zeile; hilft der Suche.")
    )
    kind = models.CharField(_("Art"), max_length=14, choices=Kind.choices)
    summary = models.TextField(_("Kurzfassung"), max_length=600, blank=True)
    place = models.CharField(_("Ort"), max_length=120, blank=True)
    federal_state = models.CharField(_("Bundesland"), max_length=5, choices=FederalState.choices, blank=True)
    latitude = models.DecimalField(_("Breitengrad"), null=True, blank=True, **LATITUDE)
    longitude = models.DecimalField(_("Längengrad"), null=True, blank=True, **LONGITUDE)
    website = models.URLField(_("Website"), max_length=500, blank=True)
    remark = models.TextField(
        _("Anmerkung der Redaktion"), blank=True, help_text=_("Öffentlich, zum Beispiel zu Widersprüchen.")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einrichtung")
        verbose_name_plural = _("Einrichtungen")
        ordering = ["sort_name", "pk"]
        permissions = [("publish_organisation", _("Kann Einrichtungen veröffentlichen"))]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="organisation_has_both_coordinates_or_none",
                violation_error_message=_("Bitte beide Koordinaten angeben oder keine."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation_detail", args=[self.slug])

    @property
    def title(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def initial(self) -> str:
        """The letter it is listed under."""
        return self.sort_name[:1].upper()

    def clean(self):
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Bitte beide Koordinaten angeben oder keine.")})
