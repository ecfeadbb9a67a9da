"""Core messages: what a conference wants to be remembered for."""

from django.db import models
from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.models.choices import Motif, Palette
from conference.models.conference import Conference
from conference.models.fields import SortKeyField
from conference.models.image import Image
from conference.models.material import Material
from conference.publishing import PUBLIC, Publishable, PublishableQuerySet
from conference.richtext import RichTextField


class ThemeQuerySet(PublishableQuerySet):
    def with_relations(self, viewer=PUBLIC):
        return self.with_conference(viewer).prefetch_related(
            Prefetch("materials", Material.objects.visible_to(viewer), to_attr="visible_materials"),
        )

    def with_conference(self, viewer=PUBLIC):
        conferences = Conference.objects.visible_to(viewer)
        return self.select_related("image").prefetch_related(
            Prefetch("conference", conferences, to_attr="visible_conference")
        )

    def of_conferences(self, conferences):
        return self.filter(conference__in=conferences)

    def beside(self, theme):
        """The themes of the same conference, `theme` among them."""
        return self.filter(conference=theme.conference_id)

    def in_order(self):
        return self.order_by("position", "sort_title")

    def by_conference(self):
        """The latest conference first, its themes in order."""
        return self.order_by(
            F("conference__starts_on").desc(nulls_last=True), "conference_id", "position", "sort_title"
        )


class Theme(Publishable):
    """Eine Kernbotschaft."""

    visible_within = ("conference",)
    search_fields = ("title", "subtitle", "summary", "background")
    search_filter = "thema"
    search_events = {"events": ()}

    conference = models.ForeignKey(
        Conference,
        verbose_name=_("Konferenz"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="themes",
        help_text=_("Leer: gehört zu keiner einzelnen Konferenz."),
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    title = models.CharField(_("Titel"), max_length=200)
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Titel gebildet."),
    )
    sort_title = SortKeyField(sources=["title"])
    subtitle = models.CharField(_("Untertitel"), max_length=250, blank=True)
    summary = models.TextField(
        _("Kurzfassung"),
        max_length=600,
        blank=True,
        help_text=_("Ein bis drei Sätze für Listen, Suche und Vorschauen."),
    )
    background = RichTextField(_("Hintergrund"), blank=True)
    palette = models.CharField(
        _("Farbe"),
        max_length=10,
        choices=Palette.choices,
        default=Palette.INK,
        help_text=_("Jede Farbe ist auf Lesbarkeit geprüft."),
    )
    motif = models.CharField(_("Motiv"), max_length=20, choices=Motif.choices, default=Motif.BLICKWINKEL)
    image = models.ForeignKey(
        Image, verbose_name=_("Bild"), null=True, blank=True, on_delete=models.PROTECT, related_name="themes"
    )
    materials = models.ManyToManyField(Material, verbose_name=_("Materialien"), blank=True, related_name="themes")

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kernbotschaft")
        verbose_name_plural = _("Kernbotschaften")
        ordering = ["position", "sort_title"]
        permissions = [("publish_theme", _("Kann Kernbotschaften veröffentlichen"))]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("theme_detail", args=[self.slug])
