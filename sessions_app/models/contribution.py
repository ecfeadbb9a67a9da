"""Contributions: the parts of an event, and who appeared in them."""

import datetime
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from conference.models import Material, Organisation, Theme
from conference.publishing import PUBLIC, WithinQuerySet
from conference.richtext import RichTextField
from projects_app.models import Project
from sessions_app.models.speaker import Speaker

LONGEST = datetime.timedelta(days=7)


class AppearanceQuerySet(WithinQuerySet):
    def with_relations(self, viewer=PUBLIC):
        """Those whose speaker `viewer` may see, joined as `visible_speaker`, and with `visible_organisations`."""
        organisations = Organisation.objects.visible_to(viewer).by_name()
        # Asked of each appearance: of these contributions with all speakers, SQLite would try every pair.
        visible = Speaker.objects.visible_to(viewer).filter(pk=OuterRef("speaker"))
        return (
            self.filter(Exists(visible))
            .select_related("speaker__portrait")
            .prefetch_related(Prefetch("organisations", organisations, to_attr="visible_organisations"))
            .order_by("position", "pk")
        )

    def facets(self):
        """What the filters of a list of people offer: one row an appearance, small."""
        event = "contribution__event"
        return self.values_list(
            "speaker",
            "contribution__kind",
            f"{event}__conference__slug",
            f"{event}__conference__title",
            f"{event}__theme",
        )

    def of_conferences(self, conferences):
        return self.filter(contribution__event__conference__in=conferences)

    def on_themes(self, themes):
        return self.filter(contribution__event__theme__in=themes)

    def of_kind(self, kinds):
        return self.filter(contribution__kind__in=kinds)

    def in_videos(self, videos):
        """Those recorded in one of `videos`: of their contribution, or in the whole event. In a trailer nobody is."""
        videos = videos.exclude(kind="trailer")
        parts = videos.filter(contribution__isnull=False).values("contribution")
        events = videos.filter(contribution__isnull=True).values("event")
        return self.filter(Q(contribution__in=parts) | Q(contribution__event__in=events))

    def for_index(self, viewer=PUBLIC):
        """What a row of the list of people says of each day: event, role, affiliation. Themes are attached there."""
        organisations = Organisation.objects.visible_to(viewer).by_name()
        return (
            self.visible_to(viewer)
            .select_related("contribution__event__conference")
            .prefetch_related(Prefetch("organisations", organisations, to_attr="visible_organisations"))
            .order_by("contribution__event__date", "contribution__position", "position", "pk")
        )

    def with_event(self, viewer=PUBLIC):
        """Those in an event `viewer` may see, with it: for a speaker's page, in the order of the days."""
        return (
            self.visible_to(viewer)
            .select_related("contribution__event__conference")
            .prefetch_related(
                Prefetch(
                    "organisations", Organisation.objects.visible_to(viewer).by_name(), to_attr="visible_organisations"
                ),
                Prefetch("contribution__event__theme", Theme.objects.visible_to(viewer), to_attr="visible_theme"),
            )
            .order_by("contribution__event__date", "contribution__position", "position", "pk")
        )


class Appearance(models.Model):
    """Der Auftritt einer Person in einem Beitrag, mit ihrer Einrichtung an diesem Tag."""

    visible_within = ("contribution__event", "contribution__event__conference", "speaker")
    part_of = "contribution"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        "sessions_app.Contribution", verbose_name=_("Beitrag"), on_delete=models.CASCADE, related_name="appearances"
    )
    speaker = models.ForeignKey(Speaker, verbose_name=_("Person"), on_delete=models.PROTECT, related_name="appearances")
    role = models.CharField(
        _("Rolle in Worten"), max_length=120, blank=True, help_text=_("Zum Beispiel „Externer Blick und Diskussion“.")
    )
    organisations = models.ManyToManyField(
        Organisation,
        verbose_name=_("Einrichtungen an diesem Tag"),
        blank=True,
        related_name="appearances",
    )
    office = models.CharField(
        _("Amt an diesem Tag"), max_length=120, blank=True, help_text=_("Zum Beispiel „Landrat“.")
    )
    affiliation_text = models.CharField(
        _("Einrichtung im Wortlaut"),
        max_length=250,
        blank=True,
        help_text=_("Ersetzt, was sonst aus den Einrichtungen gebildet wird."),
    )
    is_former = models.BooleanField(_("ehemals"), default=False, help_text=_("War an diesem Tag nicht mehr dort."))
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Auftritt")
        verbose_name_plural = _("Auftritte")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "speaker"],
                name="speaker_appears_once_in_a_contribution",
                violation_error_message=_("Diese Person ist in dem Beitrag schon eingetragen."),
            )
        ]

    def __str__(self):
        return f"{self.speaker} ({self.role})" if self.role else str(self.speaker)

    @property
    def visible_speaker(self) -> Speaker:
        """The person. Named in `visible_within`: who may see the appearance may see them."""
        return self.speaker

    @property
    def role_label(self) -> str:
        """The words to print, else the kind of the contribution."""
        return self.role or self.contribution.get_kind_display()

    @property
    def affiliation(self) -> str:
        """The words to print for that day: "Landrat, Landkreis Nienburg/Weser", "ehemals Wuppertal Institut".

        Needs `visible_organisations`, as `with_relations` and `with_event` load it.
        """
        if self.affiliation_text:
            return self.affiliation_text
        names = ", ".join([organisation.name for organisation in self.visible_organisations])
        if names and self.is_former:
            names = pgettext("affiliation", "ehemals %(organisation)s") % {"organisation": names}
        return f"{self.office}, {names}" if self.office and names else self.office or names


class ContributionQuerySet(WithinQuerySet):
    def with_event(self, viewer=PUBLIC):
        """Those in an event `viewer` may see, with it and its people: for a project's page, day by day."""
        return (
            self.visible_to(viewer)
            .select_related("event__conference")
            .prefetch_related(
                Prefetch("event__theme", Theme.objects.visible_to(viewer), to_attr="visible_theme"),
                Prefetch("appearances", Appearance.objects.with_relations(viewer), to_attr="visible_appearances"),
            )
            .order_by("event__date", F("start_time").asc(nulls_last=True), "position", "pk")
        )

    def with_relations(self, viewer=PUBLIC):
        return self.in_order().prefetch_related(
            Prefetch("appearances", Appearance.objects.with_relations(viewer), to_attr="visible_appearances"),
            Prefetch("projects", Project.objects.visible_to(viewer).by_acronym(), to_attr="visible_projects"),
            Prefetch("materials", Material.objects.visible_to(viewer), to_attr="visible_materials"),
        )

    def for_programme(self, viewer=PUBLIC):
        """What the programme shows: people and projects. Materials stand in a list of their own."""
        return self.in_order().prefetch_related(
            Prefetch("appearances", Appearance.objects.with_relations(viewer), to_attr="visible_appearances"),
            Prefetch("projects", Project.objects.visible_to(viewer).by_acronym(), to_attr="visible_projects"),
        )

    def in_order(self):
        return self.order_by("event_id", F("start_time").asc(nulls_last=True), "position", "pk")


class Contribution(models.Model):
    """Ein Beitrag: ein Teil einer Veranstaltung."""

    class Kind(models.TextChoices):
        WELCOME = "welcome", _("Begrüßung")
        INTRODUCTION = "introduction", _("Einführung")
        KEYNOTE = "keynote", _("Keynote")
        TALK = "talk", _("Vortrag")
        REFLECTION = "reflection", _("Reflexion")
        PANEL = "panel", _("Podium")
        DISCUSSION = "discussion", _("Diskussion")
        MODERATION = "moderation", _("Moderation")
        SUMMARY = "summary", _("Zusammenfassung")

    visible_within = ("event", "event__conference")
    part_of = "event"
    parts = ("appearances",)
    trash_with = ("videos",)

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        "sessions_app.Event", verbose_name=_("Veranstaltung"), on_delete=models.CASCADE, related_name="contributions"
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    start_time = models.TimeField(_("Beginn"), null=True, blank=True, help_text=_("Leer, wenn nicht bekannt."))
    duration = models.DurationField(
        _("Dauer"),
        null=True,
        blank=True,
        validators=[
            MinValueValidator(datetime.timedelta(0), _("Eine Dauer ist nicht negativ.")),
            MaxValueValidator(LONGEST, _("Ein Beitrag dauert höchstens sieben Tage.")),
        ],
        help_text=_("Zum Beispiel 0:20:00 für 20 Minuten."),
    )
    kind = models.CharField(_("Art"), max_length=12, choices=Kind.choices, default=Kind.TALK)
    title = models.CharField(_("Titel"), max_length=300)
    abstract = RichTextField(_("Beschreibung"), blank=True)
    projects = models.ManyToManyField(
        Project, verbose_name=_("Vorgestellte Vorhaben"), blank=True, related_name="contributions"
    )
    materials = models.ManyToManyField(
        Material, verbose_name=_("Materialien"), blank=True, related_name="contributions"
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beitrag")
        verbose_name_plural = _("Beiträge")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="contribution_has_a_title"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.event.get_absolute_url()}#{self.anchor}"

    @property
    def end_time(self) -> datetime.time | None:
        """When it ends, told from its duration; None where one of the two is not known."""
        if self.start_time is None or not self.minutes:
            return None
        begin = datetime.datetime.combine(datetime.date.min, self.start_time)
        return (begin + self.duration % datetime.timedelta(days=1)).time()

    @property
    def minutes(self) -> int:
        """How long it takes, in whole minutes; 0 where that is not known."""
        return max(round(self.duration.total_seconds() / 60), 0) if self.duration else 0

    @property
    def anchor(self) -> str:
        return f"beitrag-{str(self.uuid)[:8]}"
