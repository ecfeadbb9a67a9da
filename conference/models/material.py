"""Things to take home."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.file_types import check_material
from conference.models.choices import Language, License
from conference.models.fields import SortKeyField
from conference.publishing import Publishable, PublishableQuerySet


def material_path(material, filename: str) -> str:
    return f"materialien/{material.uuid}/{filename}"


class MaterialQuerySet(PublishableQuerySet):
    def of_kind(self, kinds):
        return self.filter(kind__in=kinds)

    def in_years(self, years):
        return self.filter(year__in=years)

    def used_by(self, *users):
        """What one of `users` offers: querysets of things with `materials`."""
        rule = Q()
        for things in users:
            rule |= Q(pk__in=things.order_by().values("materials"))
        return self.filter(rule)

    def in_language(self, languages):
        return self.filter(language__in=languages)

    def facets(self):
        """What the filters of a list offer: one row a material, small."""
        return self.values_list("kind", "year", "language", named=True)

    def newest_first(self):
        return self.order_by(F("year").desc(nulls_last=True), "sort_title", "pk")

    def by_title(self):
        return self.order_by("sort_title", "pk")


class Material(Publishable):
    """Ein Material: Datei, Adresse oder Nachweis einer Veröffentlichung."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("Präsentation")
        PUBLICATION = "publication", _("Veröffentlichung")
        TOOL = "tool", _("Werkzeug")
        GUIDE = "guide", _("Leitfaden")
        PRESS = "press", _("Presse")
        PHOTOS = "photos", _("Fotodokumentation")
        OTHER = "other", _("Sonstiges")

    search_fields = ("title", "subtitle", "summary", "authors", "publisher", "published_in")
    search_theme = "materials"
    search_events = {"events": (), "contributions__event": ()}

    title = models.CharField(_("Titel"), max_length=300)
    subtitle = models.CharField(_("Untertitel"), max_length=300, blank=True)
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Titel gebildet."),
    )
    sort_title = SortKeyField(sources=["title"])
    summary = models.TextField(_("Kurzfassung"), max_length=600, blank=True)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    kind_text = models.CharField(
        _("Art in Worten"), max_length=60, blank=True, help_text=_("Genauer als die Art, zum Beispiel „Sammelband“.")
    )
    file = models.FileField(_("Datei"), upload_to=material_path, blank=True, max_length=255)
    url = models.URLField(_("Adresse im Netz"), max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(
        _("Jahr"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    authors = models.CharField(_("Verfasst von"), max_length=400, blank=True)
    publisher = models.CharField(_("Herausgegeben von / Verlag"), max_length=300, blank=True)
    published_in = models.CharField(
        _("Erschienen in"), max_length=300, blank=True, help_text=_("Zum Beispiel „PLANERIN 6/19, S. 12–14“.")
    )
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    language = models.CharField(_("Sprache"), max_length=3, choices=Language.choices, default=Language.DE)
    license = models.CharField(_("Lizenz"), max_length=40, choices=License.choices, blank=True)
    remark = models.TextField(
        _("Anmerkung der Redaktion"), blank=True, help_text=_("Öffentlich, zum Beispiel zu Widersprüchen.")
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("Material")
        verbose_name_plural = _("Materialien")
        ordering = ["sort_title", "pk"]
        permissions = [("publish_material", _("Kann Materialien veröffentlichen"))]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(file="") | Q(url=""),
                name="material_is_a_file_or_a_link",
                violation_error_message=_(
                    "Bitte entweder eine Datei hochladen oder eine Adresse angeben, nicht beides."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('material_list')}#{self.slug}"

    @property
    def kind_label(self) -> str:
        return self.kind_text or self.get_kind_display()

    @property
    def address(self) -> str:
        """Where it can be had: our file, else the address elsewhere, else empty."""
        return self.file.url if self.file else self.url

    def clean(self):
        super().clean()
        if self.file:
            try:
                check_material(self.file)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error
