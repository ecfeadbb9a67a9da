"""The conference: the roof over its events."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conference.models.choices import License
from conference.models.fields import SortKeyField
from conference.models.image import Image
from conference.models.material import Material
from conference.models.organisation import Organisation
from conference.publishing import PUBLIC, Publishable, PublishableQuerySet
from conference.richtext import RichTextField


def validate_time_zone(name: str):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("„%(name)s“ ist keine Zeitzone. Üblich ist Europe/Berlin."), params={"name": name})


class ConferenceQuerySet(PublishableQuerySet):
    def with_relations(self, viewer=PUBLIC):
        return self.select_related("image").prefetch_related(
            Prefetch("organisers", Organisation.objects.visible_to(viewer), to_attr="visible_organisers"),
            Prefetch("funder", Organisation.objects.visible_to(viewer), to_attr="visible_funder"),
            Prefetch("materials", Material.objects.visible_to(viewer), to_attr="visible_materials"),
        )

    def featured(self):
        return self.filter(is_featured=True)

    def with_funder_name(self):
        """Annotates the name of a funder everybody may see, without a query of its own."""
        funder = Organisation.objects.published().filter(pk=OuterRef("funder"))
        return self.annotate(funder_name=Subquery(funder.values("name")[:1]))

    def latest_first(self):
        return self.order_by("-starts_on", "sort_title")

    def featured_first(self):
        """The one chosen for the start page, else the latest."""
        return self.order_by("-is_featured", "-starts_on", "sort_title")

    def in_years(self, years):
        return self.filter(starts_on__year__in=years)

    def of_format(self, formats):
        return self.filter(format__in=formats)


class Conference(Publishable):
    """Eine Konferenz mit ihren Veranstaltungen."""

    class Format(models.TextChoices):
        ON_SITE = "on_site", _("vor Ort")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("hybrid")

    search_fields = ("title", "key_question", "summary", "introduction", "closing_statement")
    conference_paths = ("pk",)
    search_date = "starts_on"
    search_filter = "konferenz"
    trash_with = ("events", "themes")

    title = models.CharField(_("Titel"), max_length=200, help_text=_("So heißt die Konferenz überall auf der Website."))
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Titel gebildet."),
    )
    sort_title = SortKeyField(sources=["title"])
    key_question = models.CharField(
        _("Leitfrage der Konferenz"), max_length=200, blank=True, help_text=_("Steht groß auf der Startseite.")
    )
    summary = models.TextField(
        _("Kurzfassung"),
        max_length=600,
        blank=True,
        help_text=_("Ein bis drei Sätze für Listen, Suche und Vorschauen."),
    )
    starts_on = models.DateField(_("Erster Tag"))
    ends_on = models.DateField(_("Letzter Tag"))
    time_zone = models.CharField(_("Zeitzone"), max_length=60, default="Europe/Berlin", validators=[validate_time_zone])
    format = models.CharField(_("Form"), max_length=10, choices=Format.choices, default=Format.ON_SITE)
    place = models.CharField(_("Ort"), max_length=200, blank=True)
    organisers = models.ManyToManyField(
        Organisation, verbose_name=_("Veranstaltet von"), blank=True, related_name="organised_conferences"
    )
    funder = models.ForeignKey(
        Organisation,
        verbose_name=_("Gefördert von"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="funded_conferences",
    )
    programme = models.CharField(
        _("Förderprogramm oder Reihe"),
        max_length=200,
        blank=True,
        help_text=_("Steht klein unter dem Namen der Konferenz."),
    )
    participants = models.PositiveIntegerField(_("Zahl der Teilnehmenden"), null=True, blank=True)
    participants_text = models.CharField(
        _("Teilnehmende in Worten"),
        max_length=100,
        blank=True,
        help_text=_("Zum Beispiel „über 800“; ersetzt die Zahl."),
    )
    introduction = RichTextField(_("Einführung"), blank=True)
    closing_statement = RichTextField(_("Schlusswort"), blank=True)
    image = models.ForeignKey(
        Image, verbose_name=_("Bild"), null=True, blank=True, on_delete=models.PROTECT, related_name="conferences"
    )
    default_license = models.CharField(
        _("Lizenz, wenn nichts anderes angegeben ist"), max_length=40, choices=License.choices, blank=True
    )
    is_featured = models.BooleanField(
        _("Auf der Startseite zeigen"), default=False, help_text=_("Nur eine Konferenz kann auf der Startseite stehen.")
    )
    materials = models.ManyToManyField(Material, verbose_name=_("Materialien"), blank=True, related_name="conferences")

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Konferenz")
        verbose_name_plural = _("Konferenzen")
        ordering = ["-starts_on", "sort_title"]
        permissions = [
            ("publish_conference", _("Kann Konferenzen veröffentlichen")),
            ("export_listings", _("Kann Listen herunterladen")),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="conference_ends_after_it_starts",
                violation_error_message=_("Der letzte Tag liegt vor dem ersten."),
            ),
            models.UniqueConstraint(
                fields=["is_featured"],
                condition=Q(is_featured=True),
                name="one_conference_is_featured",
                violation_error_message=_("Auf der Startseite steht schon eine andere Konferenz."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("conference_detail", args=[self.slug])

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def participants_label(self) -> str:
        """The number of participants as it is to be printed; empty when unknown."""
        return self.participants_text or (str(self.participants) if self.participants else "")
