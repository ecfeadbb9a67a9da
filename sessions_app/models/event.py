"""Events: one sitting of a conference each."""

import datetime
import functools
import operator

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Image, Material, Theme
from conference.models.fields import SortKeyField
from conference.publishing import PUBLIC, Publishable, PublishableQuerySet
from conference.richtext import RichTextField, plain_text
from projects_app.models import Project
from sessions_app.models.contribution import Appearance, Contribution
from sessions_app.models.video import Video


class EventQuerySet(PublishableQuerySet):
    def with_relations(self, viewer=PUBLIC):
        """Everything the page of an event shows, in a fixed number of queries."""
        return self.for_cards(viewer).prefetch_related(
            "questions",
            Prefetch("contributions", Contribution.objects.with_relations(viewer), to_attr="visible_contributions"),
            Prefetch("materials", Material.objects.visible_to(viewer), to_attr="visible_materials"),
            Prefetch("videos", Video.objects.visible_to(viewer).with_poster(), to_attr="visible_videos"),
        )

    def for_cards(self, viewer=PUBLIC):
        """What a row in a list shows: conference, theme, picture and state."""
        return (
            self.select_related("conference", "image")
            .prefetch_related(Prefetch("theme", Theme.objects.visible_to(viewer), to_attr="visible_theme"))
            .with_state()
        )

    def in_series(self, conference_slug):
        """The events of one conference in order."""
        return self.filter(conference__slug=conference_slug).chronological()

    def with_state(self):
        """Annotates what `Event.state` is derived from."""
        online = Video.objects.published().online().filter(event=OuterRef("pk"))
        return self.annotate(has_video=Exists(online), has_recording=Exists(online.recordings()))

    def chronological(self):
        return self.order_by("date", F("start_time").asc(nulls_last=True), "number", "pk")

    def on_themes(self, themes):
        return self.filter(theme__in=themes)

    def of_conferences(self, conferences):
        return self.filter(conference__in=conferences)

    def with_speakers(self, speakers):
        """Those in which one of `speakers` appears; each once."""
        return self.filter(pk__in=self.model.objects.filter(contributions__appearances__speaker__in=speakers))

    def presenting(self, projects):
        """Those in which one of `projects` is presented; each once."""
        return self.filter(pk__in=self.model.objects.filter(contributions__projects__in=projects))

    def of_kind(self, kinds):
        return self.filter(kind__in=kinds)

    def in_years(self, years):
        return self.filter(date__year__in=years)

    def in_states(self, states):
        """Those whose derived `state` is one of `states`; the day ends at midnight here. Needs `with_state`."""
        is_over = Q(date__lt=timezone.localdate(), is_cancelled=False)
        is_documented = Q(has_recording=True) | ~Q(findings="")
        rules = {
            Event.State.ANNOUNCED: Q(date__gte=timezone.localdate(), is_cancelled=False),
            Event.State.CANCELLED: Q(is_cancelled=True),
            Event.State.DOCUMENTED: is_over & is_documented,
            Event.State.HELD: is_over & ~is_documented,
        }
        return self.filter(functools.reduce(operator.or_, (rules[state] for state in states)))

    def carrying(self, materials):
        """Those that offer one of `materials`, themselves or in a contribution."""
        return self.filter(Q(materials__in=materials) | Q(contributions__materials__in=materials)).distinct()

    def for_each_material(self):
        """Once for every material of its own or of its contributions, with its `material_id`."""
        light = self.order_by().select_related("conference").defer("introduction", "findings")
        own = light.filter(materials__isnull=False).annotate(material_id=F("materials"))
        parts = light.filter(contributions__materials__isnull=False)
        return own.union(parts.annotate(material_id=F("contributions__materials")))

    def facets(self):
        """What the filters of a list offer: one row an event, small."""
        return self.values_list("conference__slug", "conference__title", "theme", "date__year", "kind", named=True)

    def latest_first(self):
        return self.order_by("-date", F("start_time").desc(nulls_last=True), "-number", "pk")

    def upcoming(self):
        return self.filter(date__gte=timezone.localdate())


class Event(Publishable):
    """Eine Veranstaltung: ein Termin einer Konferenz."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Auftaktveranstaltung")
        THEMATIC = "thematic", _("Themenveranstaltung")

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("angekündigt")
        HELD = "held", _("hat stattgefunden")
        CANCELLED = "cancelled", _("abgesagt")
        DOCUMENTED = "documented", _("dokumentiert")

    visible_within = ("conference",)
    slug_scope = ("conference",)
    parts = ("questions", "contributions")
    trash_with = ("videos",)
    search_fields = ("title", "summary", "introduction", "findings")
    search_relations = ("questions", "contributions")
    search_date = "date"
    search_theme = "events"
    search_events = {"pk": ()}

    conference = models.ForeignKey(
        Conference, verbose_name=_("Konferenz"), on_delete=models.PROTECT, related_name="events"
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("Kernbotschaft"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    number = models.PositiveSmallIntegerField(
        _("Nummer"), validators=[MinValueValidator(1)], help_text=_("Die wievielte der Konferenz?")
    )
    kind = models.CharField(_("Art"), max_length=10, choices=Kind.choices, default=Kind.THEMATIC)
    title = models.CharField(_("Titel"), max_length=200)
    slug = models.SlugField(
        _("Kurzname in der Adresse"), max_length=80, blank=True, help_text=_("Leer: wird aus dem Titel gebildet.")
    )
    sort_title = SortKeyField(sources=["title"])
    summary = models.TextField(
        _("Kurzfassung"),
        max_length=600,
        blank=True,
        help_text=_("Ein bis drei Sätze für Listen, Suche und Vorschauen."),
    )
    date = models.DateField(_("Datum"))
    start_time = models.TimeField(_("Beginn"), null=True, blank=True, help_text=_("Leer, wenn nicht bekannt."))
    end_time = models.TimeField(_("Ende"), null=True, blank=True)
    place = models.CharField(_("Ort"), max_length=200, blank=True, help_text=_("Leer: der Ort der Konferenz."))
    introduction = RichTextField(_("Einführung"), blank=True)
    findings = RichTextField(_("Ergebnisse"), blank=True, help_text=_("Was bleibt? Nach der Veranstaltung."))
    image = models.ForeignKey(
        Image, verbose_name=_("Bild"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    materials = models.ManyToManyField(Material, verbose_name=_("Materialien"), blank=True, related_name="events")
    is_cancelled = models.BooleanField(_("Abgesagt"), default=False)
    remark = models.TextField(
        _("Anmerkung der Redaktion"), blank=True, help_text=_("Öffentlich, zum Beispiel zu Widersprüchen.")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("Veranstaltung")
        verbose_name_plural = _("Veranstaltungen")
        ordering = ["date", "number", "pk"]
        permissions = [("publish_event", _("Kann Veranstaltungen veröffentlichen"))]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["conference", "number"],
                name="event_number_is_unique_in_its_conference",
                violation_error_message=_("Diese Nummer hat in der Konferenz schon eine andere Veranstaltung."),
            ),
            models.UniqueConstraint(
                fields=["conference", "slug"],
                name="event_slug_is_unique_in_its_conference",
                violation_error_message=_("Diesen Kurznamen hat in der Konferenz schon eine andere Veranstaltung."),
            ),
            models.CheckConstraint(
                condition=Q(end_time__isnull=True) | Q(start_time__isnull=False, end_time__gt=F("start_time")),
                name="event_ends_after_it_starts",
                violation_error_message=_("Das Ende muss nach dem Beginn liegen."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("event_detail", args=[self.conference.slug, self.slug])

    @property
    def starts_at(self) -> datetime.datetime | None:
        """The moment it begins, in the conference's time zone; None where no time is known."""
        return self.start_time and datetime.datetime.combine(self.date, self.start_time, self.conference.zone)

    @property
    def ends_at(self) -> datetime.datetime | None:
        return self.end_time and datetime.datetime.combine(self.date, self.end_time, self.conference.zone)

    @property
    def state(self) -> str:
        """What has become of it, derived from what is there. Needs `with_state`."""
        if self.is_cancelled:
            return self.State.CANCELLED
        if self.date >= timezone.localdate(timezone=self.conference.zone):
            return self.State.ANNOUNCED
        if self.has_recording or plain_text(self.findings):
            return self.State.DOCUMENTED
        return self.State.HELD

    def load_page(self, viewer=PUBLIC):
        """Load what the page shows beyond `for_cards`, narrowed to what `viewer` may see, in seven queries."""
        contributions = Contribution.objects.for_programme(viewer)
        prefetch_related_objects(
            [self],
            Prefetch("questions", to_attr="guiding_questions"),
            Prefetch("contributions", contributions, to_attr="visible_contributions"),
        )
        materials = Material.objects.visible_to(viewer).filter(Q(events=self) | Q(contributions__event=self))
        self.visible_materials = list(materials.distinct().by_title())
        self.visible_videos = list(Video.objects.visible_to(viewer).of_events([self]).with_poster().with_badges())
        return self

    @property
    def people(self) -> list[Appearance]:
        """Everybody once, in the order of the programme: their first appearance, with `roles` for all of theirs."""
        first = {}
        for contribution in self.visible_contributions:
            for appearance in contribution.visible_appearances:
                kept = first.setdefault(appearance.speaker_id, appearance)
                roles = [*getattr(kept, "role_list", []), appearance.role_label]
                kept.role_list = list(dict.fromkeys(roles))
        return list(first.values())

    @property
    def presentations(self) -> list[tuple[Project, Contribution]]:
        """The projects presented, each once, with the contribution that did it first."""
        first = {}
        for contribution in self.visible_contributions:
            for project in contribution.visible_projects:
                first.setdefault(project.pk, (project, contribution))
        return list(first.values())

    @property
    def state_name(self) -> str:
        return self.State(self.state).label

    @property
    def location(self) -> str:
        return self.place or self.conference.place or self.conference.get_format_display()

    def search_parts(self):
        """Its guiding questions and contributions; not who appears in them, they have pages of their own."""
        contributions = self.contributions.all()
        texts = [text for each in contributions for text in (each.title, plain_text(each.abstract))]
        return [*(question.text for question in self.questions.all()), *texts]

    def clean(self):
        super().clean()
        if not self.conference_id or not self.date:
            return
        if not self.conference.starts_on <= self.date <= self.conference.ends_on:
            raise ValidationError(
                {
                    "date": _("Die Konferenz dauert vom %(first)s bis zum %(last)s; das Datum liegt nicht darin.")
                    % {"first": f"{self.conference.starts_on:%d.%m.%Y}", "last": f"{self.conference.ends_on:%d.%m.%Y}"}
                }
            )

    def publishing_obstacles(self):
        obstacles = super().publishing_obstacles()
        if not self.questions.exists() and self.kind == self.Kind.THEMATIC and not self.summary:
            obstacles.append(_("Es fehlt eine Kurzfassung oder mindestens eine Leitfrage."))
        return obstacles
