"""People who contribute, in whatever role."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conference.models import Image, Organisation
from conference.models.fields import SortKeyField
from conference.publishing import PUBLIC, Publishable, PublishableQuerySet, WithinQuerySet
from conference.richtext import RichTextField
from projects_app.models import Project


def validate_orcid(value: str):
    """ISO 7064 MOD 11-2, as ORCID prescribes."""
    digits = value.replace("-", "")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2 if digit.isdigit() else -1
        if total < 0:
            break
    check = (12 - total % 11) % 11
    well_formed = len(value) == 19 and value[4::5] == "---" and len(digits) == 16 and total >= 0
    if not well_formed or digits[15].upper() != ("X" if check == 10 else str(check)):
        raise ValidationError(
            _("„%(value)s“ ist keine gültige ORCID. Sie sieht so aus: 0000-0002-1825-0097."), params={"value": value}
        )


class SpeakerQuerySet(PublishableQuerySet):
    def with_relations(self, viewer=PUBLIC):
        return self.for_cards(viewer).prefetch_related(
            Prefetch("involvements", Involvement.objects.with_project(viewer), to_attr="visible_involvements"),
        )

    def for_cards(self, viewer=PUBLIC):
        """What a row in a list shows: portrait and known organisations."""
        return self.select_related("portrait").prefetch_related(
            Prefetch(
                "organisations", Organisation.objects.visible_to(viewer).by_name(), to_attr="visible_organisations"
            )
        )

    def light(self):
        """Without the long texts, for lists that fetch every row."""
        return self.defer("biography", "remark")

    def appearing_in(self, appearances):
        return self.filter(pk__in=appearances.values("speaker"))

    def of_organisations(self, organisations, appearances):
        """Who is known to belong to one of them, or stood for it in one of `appearances`."""
        known = Speaker.organisations.through.objects.filter(organisation__in=organisations)
        that_day = appearances.filter(organisations__in=organisations)
        return self.filter(Q(pk__in=known.values("speaker")) | Q(pk__in=that_day.values("speaker")))

    def by_name(self):
        return self.order_by("sort_name", "pk")


class Speaker(Publishable):
    """Eine Mitwirkende oder ein Mitwirkender, in welcher Rolle auch immer."""

    search_fields = ("biography",)
    search_names = ("other_names",)
    search_filter = "person"
    search_events = {"appearances__contribution__event": ()}
    slug_from = "plain_name"
    # Fields that are shown as links without being addresses, for the check of links.
    linked_identifiers = {"orcid": "https://orcid.org/{}"}
    parts = ("involvements",)

    academic_title = models.CharField(_("Akademischer Titel"), max_length=60, blank=True)
    given_name = models.CharField(_("Vorname"), max_length=80, blank=True)
    family_name = models.CharField(_("Nachname"), max_length=80)
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Namen gebildet."),
    )
    sort_name = SortKeyField(sources=["family_name", "given_name"])
    other_names = models.TextField(
        _("Andere Schreibweisen"), blank=True, help_text=_("Eine je Zeile; hilft der Suche.")
    )
    biography = RichTextField(_("Zur Person"), blank=True)
    portrait = models.ForeignKey(
        Image, verbose_name=_("Porträt"), null=True, blank=True, on_delete=models.PROTECT, related_name="speakers"
    )
    website = models.URLField(_("Website"), max_length=500, blank=True)
    orcid = models.CharField(
        _("ORCID"),
        max_length=19,
        blank=True,
        validators=[validate_orcid],
        help_text=_("Zum Beispiel 0000-0002-1825-0097."),
    )
    organisations = models.ManyToManyField(
        Organisation,
        verbose_name=_("Einrichtungen"),
        blank=True,
        related_name="speakers",
        help_text=_("Zuletzt bekannte. Was an einem bestimmten Tag galt, steht beim Auftritt."),
    )
    remark = models.TextField(
        _("Anmerkung der Redaktion"), blank=True, help_text=_("Öffentlich, zum Beispiel zu Widersprüchen.")
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "Mitwirkende")
        verbose_name_plural = _("Mitwirkende")
        ordering = ["sort_name", "pk"]
        permissions = [("publish_speaker", _("Kann Mitwirkende veröffentlichen"))]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("speaker_detail", args=[self.slug])

    @property
    def plain_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def name(self) -> str:
        """With the academic title: "Prof. Dr. Harald Welzer"."""
        return f"{self.academic_title} {self.plain_name}".strip()

    @property
    def title(self) -> str:
        return self.name

    @property
    def monogram(self) -> str:
        return "".join(part[0] for part in (self.given_name, self.family_name) if part).upper()

    @property
    def initial(self) -> str:
        """The letter they are listed under."""
        return self.sort_name[:1].upper()

    @property
    def kinds(self) -> list[str]:
        """What they did, each kind of contribution once. Needs `visible_appearances`."""
        labels = (appearance.contribution.get_kind_display() for appearance in self.visible_appearances)
        return list(dict.fromkeys(labels))

    @property
    def days(self) -> list:
        """The first appearance at each event, in order. Needs `visible_appearances`."""
        return list({each.contribution.event_id: each for each in reversed(self.visible_appearances)}.values())[::-1]

    @property
    def affiliation(self) -> str:
        """The latest said of them at an event, else where they are known to work. Needs `visible_appearances`."""
        said = [appearance.affiliation for appearance in self.visible_appearances if appearance.affiliation]
        return said[-1] if said else ", ".join(organisation.name for organisation in self.visible_organisations)


class InvolvementQuerySet(WithinQuerySet):
    def with_project(self, viewer=PUBLIC):
        """Those whose project `viewer` may see, joined as `visible_project`."""
        seen = self.filter(project__in=Project.objects.visible_to(viewer))
        return seen.select_related("project").order_by("position", "project__sort_title", "pk")

    def with_speaker(self, viewer=PUBLIC):
        """Those whose speaker `viewer` may see, joined as `visible_speaker`."""
        return (
            self.filter(speaker__in=Speaker.objects.visible_to(viewer))
            .select_related("speaker__portrait")
            .order_by("position", "speaker__sort_name", "pk")
        )


class Involvement(models.Model):
    """Die Aufgabe einer Person in einem Vorhaben."""

    visible_within = ("speaker", "project")
    part_of = "speaker"

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("Person"), on_delete=models.CASCADE, related_name="involvements"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("Vorhaben"), on_delete=models.CASCADE, related_name="involvements"
    )
    role = models.CharField(
        _("Aufgabe"), max_length=120, blank=True, help_text=_("Zum Beispiel „Verbundkoordination“.")
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mitarbeit in einem Vorhaben")
        verbose_name_plural = _("Mitarbeit in Vorhaben")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["speaker", "project"],
                name="speaker_is_involved_in_a_project_once",
                violation_error_message=_("Diese Person ist bei dem Vorhaben schon eingetragen."),
            )
        ]

    def __str__(self):
        return f"{self.speaker} – {self.project}"

    @property
    def visible_speaker(self) -> Speaker:
        """The person. Named in `visible_within`: who may see the involvement may see them."""
        return self.speaker

    @property
    def visible_project(self) -> Project:
        """The project. Named in `visible_within`: who may see the involvement may see it."""
        return self.project
