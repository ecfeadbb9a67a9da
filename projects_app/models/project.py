"""Joint projects of towns and researchers."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conference.models import Image, Material, Organisation, Theme
from conference.models.choices import FederalState
from conference.models.fields import CodesField, PartialDateField, SortKeyField
from conference.models.organisation import LATITUDE, LONGITUDE
from conference.publishing import PUBLIC, Publishable, PublishableQuerySet
from conference.richtext import RichTextField
from projects_app.models.partnership import Partnership


class ProjectQuerySet(PublishableQuerySet):
    def with_relations(self, viewer=PUBLIC):
        return self.select_related("image").prefetch_related(
            "places",
            Prefetch("themes", Theme.objects.visible_to(viewer).in_order(), to_attr="visible_themes"),
            Prefetch("partnerships", Partnership.objects.with_organisation(viewer), to_attr="visible_partnerships"),
            Prefetch("materials", Material.objects.visible_to(viewer), to_attr="visible_materials"),
        )

    def with_themes(self, viewer=PUBLIC):
        return self.prefetch_related(
            Prefetch("themes", Theme.objects.visible_to(viewer).in_order(), to_attr="visible_themes")
        )

    def for_cards(self, viewer=PUBLIC):
        """What a row or a dot on the map shows: themes and places."""
        return self.with_themes(viewer).prefetch_related("places")

    def light(self):
        """Without the long texts, for lists that fetch every row."""
        return self.defer("goals", "results")

    def facets(self):
        """What the filters of a list offer: one row a project, small."""
        return self.values_list("federal_states", "focus_topic", named=True)

    def of_organisation(self, organisation):
        """Those it is a partner in, each with its `partner_role`."""
        return self.filter(partnerships__organisation=organisation).annotate(partner_role=F("partnerships__role"))

    def themes_with_count(self):
        """The themes of these projects that everybody may see, each with its `project_count`."""
        counted = Count("projects", filter=models.Q(projects__in=self))
        return Theme.objects.published().annotate(project_count=counted).filter(project_count__gt=0).in_order()

    def with_partners_of_kind(self, kinds):
        partners = Partnership.objects.filter(organisation__in=Organisation.objects.published().of_kind(kinds))
        return self.filter(pk__in=partners.values("project"))

    def on_themes(self, themes):
        return self.filter(themes__in=themes).distinct()

    def in_states(self, codes):
        rule = models.Q()
        for code in codes:
            rule |= models.Q(federal_states__contains=f"|{code}|")
        return self.filter(rule)

    def on_focus_topics(self, topics):
        return self.filter(focus_topic__in=topics)

    def by_acronym(self):
        return self.order_by("sort_title", "pk")


class Project(Publishable):
    """Ein Verbundvorhaben."""

    search_fields = ("headline", "summary", "title", "goals", "results", "region")
    search_names = ("title", "title_en", "other_names")
    search_relations = ("places", "partnerships")
    search_theme = "projects"
    search_kind = "vorhaben"
    search_events = {"contributions__event": ()}
    slug_from = "acronym"
    parts = ("partnerships", "places")

    acronym = models.CharField(
        _("Kurztitel"), max_length=80, help_text=_("So heißt das Vorhaben in Listen, zum Beispiel „KoDa eG“.")
    )
    title = models.TextField(_("Voller Titel"), max_length=600, blank=True)
    title_en = models.TextField(_("Englischer Titel"), max_length=600, blank=True)
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Kurztitel gebildet."),
    )
    sort_title = SortKeyField(sources=["acronym"])
    other_names = models.TextField(
        _("Andere Schreibweisen"), blank=True, help_text=_("Eine je Zeile; hilft der Suche.")
    )
    headline = models.CharField(
        _("In einem Satz"), max_length=250, blank=True, help_text=_("Worum geht es? Für Listen und Karten.")
    )
    summary = models.TextField(_("Kurzfassung"), max_length=600, blank=True)
    goals = RichTextField(_("Ziele"), blank=True)
    results = RichTextField(_("Ergebnisse"), blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("Kernbotschaften"), blank=True, related_name="projects")
    focus_topic = models.CharField(_("Fokusthema"), max_length=120, blank=True, db_index=True)
    federal_states = CodesField(_("Bundesländer"), codes=FederalState.choices)
    region = models.CharField(_("Region"), max_length=120, blank=True)
    start = PartialDateField(_("Beginn"), help_text=_("Jahr (2017), Monat (03.2017) oder Tag (01.03.2017)."))
    end = PartialDateField(_("Ende"), help_text=_("Jahr (2020), Monat (06.2020) oder Tag (30.06.2020)."))
    funding_code = models.CharField(
        _("Förderkennzeichen des Verbunds"),
        max_length=40,
        blank=True,
        help_text=_("Kennzeichen einzelner Partner stehen bei den Partnern."),
    )
    website = models.URLField(_("Website"), max_length=500, blank=True)
    image = models.ForeignKey(
        Image, verbose_name=_("Bild"), null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    materials = models.ManyToManyField(Material, verbose_name=_("Materialien"), blank=True, related_name="projects")
    remark = models.TextField(
        _("Anmerkung der Redaktion"), blank=True, help_text=_("Öffentlich, zum Beispiel zu Widersprüchen.")
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("Verbundvorhaben")
        verbose_name_plural = pgettext_lazy("plural", "Verbundvorhaben")
        ordering = ["sort_title", "pk"]
        permissions = [("publish_project", _("Kann Verbundvorhaben veröffentlichen"))]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self):
        return self.acronym

    def get_absolute_url(self):
        return reverse("project_detail", args=[self.slug])

    @property
    def state_names(self) -> list[str]:
        return [FederalState(code).label for code in self.federal_states]

    @property
    def has_long_texts(self) -> bool:
        return bool(self.goals or self.results)

    @property
    def place_names(self) -> list[str]:
        """Where it worked. Needs its places, as `for_cards` and `with_relations` load them."""
        return [place.name for place in self.places.all()]

    @property
    def partner_groups(self) -> list[tuple[str, list[Partnership]]]:
        """The partners by role, who coordinates first. Needs `with_relations`."""
        groups = [
            (role.label, [each for each in self.visible_partnerships if each.role == role]) for role in Partnership.Role
        ]
        return [(label, partners) for label, partners in groups if partners]

    @property
    def partner_role_label(self) -> str:
        """The role of the organisation asked for. Needs `of_organisation`."""
        return Partnership.Role(self.partner_role).label

    def search_parts(self):
        """Its places, what it prints for partners without an entry, and the numbers its funding goes by.

        Not the numbers of partners with an entry: they show only while it does.
        """
        partners = [partner for partner in self.partnerships.all() if partner.organisation_text]
        places = ", ".join(place.name for place in self.places.all())
        codes = ", ".join(partner.funding_code for partner in partners if partner.funding_code)
        return [
            places,
            self.focus_topic,
            *(partner.organisation_text for partner in partners),
            self.funding_code,
            codes,
        ]

    def clean(self):
        super().clean()
        precision = min(len(self.start), len(self.end))
        if precision and self.end[:precision] < self.start[:precision]:
            raise ValidationError({"end": _("Das Ende liegt vor dem Beginn.")})


class ProjectPlace(models.Model):
    """Ein Ort, an dem das Vorhaben gearbeitet hat."""

    part_of = "project"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, verbose_name=_("Vorhaben"), on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    name = models.CharField(_("Ort"), max_length=120)
    latitude = models.DecimalField(_("Breitengrad"), null=True, blank=True, **LATITUDE)
    longitude = models.DecimalField(_("Längengrad"), null=True, blank=True, **LONGITUDE)

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="place_has_both_coordinates_or_none",
                violation_error_message=_("Bitte beide Koordinaten angeben oder keine."),
            )
        ]

    def __str__(self):
        return self.name
