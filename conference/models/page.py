"""Plain pages: imprint, privacy, accessibility."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.models.fields import SortKeyField
from conference.publishing import Publishable, PublishableQuerySet
from conference.richtext import RichTextField


class PageQuerySet(PublishableQuerySet):
    def in_footer(self):
        return self.filter(is_in_footer=True).order_by("position", "sort_title")


class Page(Publishable):
    """Eine einfache Seite."""

    # They belong to the house: editors of some conferences only leave them alone.
    conference_paths = None
    search_fields = ("title", "summary", "body")

    title = models.CharField(_("Titel"), max_length=200)
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Titel gebildet."),
    )
    sort_title = SortKeyField(sources=["title"])
    summary = models.TextField(_("Kurzfassung"), max_length=600, blank=True)
    body = RichTextField(_("Text"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    is_in_footer = models.BooleanField(_("In der Fußzeile verlinken"), default=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
        ordering = ["position", "sort_title"]
        permissions = [("publish_page", _("Kann Seiten veröffentlichen"))]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("page_detail", args=[self.slug])
