"""Recordings, ours or elsewhere."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.models import Image, Theme
from conference.models.choices import Language, License
from conference.models.fields import SortKeyField
from conference.publishing import PUBLIC, Publishable, PublishableQuerySet
from conference.search.passages import passages
from sessions_app import embeds
from sessions_app.models import spoken
from sessions_app.models.media_file import MediaFile
from sessions_app.models.text_track import Cue, TextTrack

BADGES = ("has_captions", "has_checked_captions", "has_sign_language", "has_audio_description", "has_plain_language")


class VideoQuerySet(PublishableQuerySet):
    def with_relations(self, viewer=PUBLIC):
        """A video's event is named in `visible_within`, so that it may be followed; its theme is narrowed."""
        return self.with_poster().prefetch_related(
            Prefetch("event__theme", Theme.objects.visible_to(viewer), to_attr="visible_theme"),
            Prefetch("contribution__event__theme", Theme.objects.visible_to(viewer), to_attr="visible_theme"),
        )

    def with_poster(self):
        return self.select_related("poster", "event__conference", "contribution__event__conference")

    def with_recording(self):
        """What plays and what is read along: `loaded_files`, `loaded_tracks` (without cues), `loaded_chapters`."""
        return self.prefetch_related(
            Prefetch("files", to_attr="loaded_files"),
            Prefetch("tracks", to_attr="loaded_tracks"),
            Prefetch("chapters", to_attr="loaded_chapters"),
        )

    def with_badges(self):
        """Annotates what `Video.badges` and the filters of the library are told from; no query of its own."""
        files = MediaFile.objects.filter(video=OuterRef("pk"))
        captions = TextTrack.objects.filter(video=OuterRef("pk"), kind=TextTrack.Kind.CAPTIONS)
        return self.annotate(
            has_captions=Exists(captions),
            has_checked_captions=Exists(captions.exclude(origin=TextTrack.Origin.MACHINE)),
            has_sign_language=Exists(files.of_roles([MediaFile.Role.SIGN_LANGUAGE])),
            has_audio_description=Exists(files.of_roles([MediaFile.Role.AUDIO_DESCRIPTION])),
            has_plain_language=Exists(files.of_roles([MediaFile.Role.PLAIN_LANGUAGE])),
        )

    def for_page(self):
        """What the page of one shows of itself; what is around it is loaded there."""
        return self.with_poster().with_badges().with_recording()

    def online(self):
        return self.filter(availability=Video.Availability.ONLINE)

    def recordings(self):
        """What was said there: neither a trailer nor an interview documents an event."""
        return self.filter(kind__in=[Video.Kind.WHOLE_EVENT, Video.Kind.CONTRIBUTION])

    def of_conferences(self, conferences):
        return self.filter(Q(event__conference__in=conferences) | Q(contribution__event__conference__in=conferences))

    def on_themes(self, themes):
        return self.filter(Q(event__theme__in=themes) | Q(contribution__event__theme__in=themes))

    def of_events(self, events):
        return self.filter(Q(event__in=events) | Q(contribution__event__in=events))

    def of_kind(self, kinds):
        return self.filter(kind__in=kinds)

    def in_language(self, languages):
        return self.filter(language__in=languages)

    def lasting(self, ranges):
        """Within one of `ranges`, each from a duration to below another or None; what lasts unknown is left out."""
        rule = Q(pk__in=[])
        for least, most in ranges:
            rule |= Q(duration__gte=least, duration__lt=most) if most else Q(duration__gte=least)
        return self.filter(rule)

    def with_people(self, appearances):
        """Those of a contribution, or of a whole event, in which one of `appearances` took place; no trailers."""
        in_part = Q(contribution__in=appearances.values("contribution"))
        in_event = Q(contribution__isnull=True, event__in=appearances.values("contribution__event"))
        return self.filter(in_part | in_event).exclude(kind=Video.Kind.TRAILER)

    def with_availability(self, availabilities):
        return self.filter(availability__in=availabilities)

    def facets(self):
        """What the filters of a list offer: one row a video, small. Needs `with_badges`."""
        theme = Coalesce("event__theme", "contribution__event__theme")
        title = Coalesce("event__conference__title", "contribution__event__conference__title")
        slug = Coalesce("event__conference__slug", "contribution__event__conference__slug")
        return self.annotate(theme_pk=theme, conference_slug=slug, conference_title=title).values_list(
            "kind",
            "availability",
            "language",
            "duration",
            "theme_pk",
            "conference_slug",
            "conference_title",
            *BADGES,
            named=True,
        )

    def oldest_first(self):
        return self.order_by(F("recorded_on").asc(nulls_last=True), "sort_title", "pk")

    def longest_first(self):
        return self.order_by(F("duration").desc(nulls_last=True), "sort_title", "pk")

    def by_title(self):
        return self.order_by("sort_title", "pk")

    def newest_first(self):
        return self.order_by(F("recorded_on").desc(nulls_last=True), "sort_title", "pk")


class Video(Publishable):
    """Eine Aufzeichnung."""

    class Kind(models.TextChoices):
        WHOLE_EVENT = "whole_event", _("ganze Veranstaltung")
        CONTRIBUTION = "contribution", _("einzelner Beitrag")
        TRAILER = "trailer", _("Trailer")
        INTERVIEW = "interview", _("Interview")

    class Availability(models.TextChoices):
        ONLINE = "online", _("online")
        PLANNED = "planned", _("in Vorbereitung")
        NOT_RECORDED = "not_recorded", _("nicht aufgezeichnet")
        OFFLINE = "offline", _("nicht mehr online")

    visible_within = ("event", "event__conference", "contribution__event", "contribution__event__conference")
    parts = ("files", "tracks", "chapters")
    search_date = "recorded_on"
    search_theme = "events__videos"
    search_events = {"event": (), "contribution__event": ()}
    search_event_title = Coalesce("event__title", "contribution__event__title")
    search_length = F("duration")

    title = models.CharField(_("Titel"), max_length=250)
    slug = models.SlugField(
        _("Kurzname in der Adresse"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Leer: wird aus dem Titel gebildet."),
    )
    sort_title = SortKeyField(sources=["title"])
    summary = models.TextField(_("Kurzfassung"), max_length=600, blank=True)
    event = models.ForeignKey(
        "sessions_app.Event",
        verbose_name=_("Veranstaltung"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="videos",
    )
    contribution = models.ForeignKey(
        "sessions_app.Contribution",
        verbose_name=_("Beitrag"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="videos",
    )
    kind = models.CharField(_("Art"), max_length=12, choices=Kind.choices, default=Kind.WHOLE_EVENT)
    recorded_on = models.DateField(_("Aufgezeichnet am"), null=True, blank=True)
    duration = models.DurationField(
        _("Dauer"), null=True, blank=True, help_text=_("Stunden:Minuten:Sekunden, zum Beispiel 1:28:40.")
    )
    language = models.CharField(_("Sprache"), max_length=3, choices=Language.choices, default=Language.DE)
    poster = models.ForeignKey(
        Image, verbose_name=_("Vorschaubild"), null=True, blank=True, on_delete=models.PROTECT, related_name="videos"
    )
    license = models.CharField(_("Lizenz"), max_length=40, choices=License.choices, blank=True)
    rights_holder = models.CharField(_("Rechte bei"), max_length=200, blank=True)
    availability = models.CharField(
        _("Verfügbarkeit"), max_length=12, choices=Availability.choices, default=Availability.PLANNED
    )
    url = models.URLField(
        _("Adresse im Netz"),
        max_length=500,
        blank=True,
        help_text=_("Die Seite, auf der die Aufzeichnung liegt, wenn nicht bei uns."),
    )

    objects = VideoQuerySet.as_manager()

    class Meta:
        verbose_name = _("Video")
        verbose_name_plural = _("Videos")
        ordering = ["-recorded_on", "sort_title", "pk"]
        permissions = [("publish_video", _("Kann Videos veröffentlichen"))]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(event__isnull=False) | Q(contribution__isnull=False),
                name="video_belongs_to_something",
                violation_error_message=_("Bitte wählen Sie eine Veranstaltung oder einen Beitrag."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("video_detail", args=[self.slug])

    @property
    def shown_event(self):
        """The event it was recorded at, directly or through its contribution."""
        return self.event or self.contribution.event

    @staticmethod
    def asked_instead(url: str) -> str:
        """Where a provider says whether a recording is still there; "" for every other address."""
        return embeds.asked_instead(url)

    @property
    def is_online(self) -> bool:
        return self.availability == self.Availability.ONLINE

    @property
    def is_about(self) -> bool:
        """Made about the event, not at it: nobody who was there is heard."""
        return self.kind == self.Kind.TRAILER

    @property
    def is_recording(self) -> bool:
        """Whether there is one: what is only planned or was never taken is none yet."""
        return self.availability in (self.Availability.ONLINE, self.Availability.OFFLINE)

    @property
    def badges(self) -> list[str]:
        """What there is, in honest words. A transcript stays when the recording has gone. Needs `with_badges`."""
        found = []
        if self.is_online:
            if self.has_checked_captions:
                found.append(_("Untertitel geprüft"))
            elif self.has_captions:
                found.append(_("automatische Untertitel"))
            versions = [
                (self.has_sign_language, _("Gebärdensprache")),
                (self.has_audio_description, _("Audiodeskription")),
                (self.has_plain_language, _("Leichte Sprache")),
            ]
            found += [label for is_there, label in versions if is_there]
        return [*found, _("Transkript")] if self.has_captions else found

    def search_passages(self):
        return passages(spoken.lines_of(self))

    @staticmethod
    def search_said_by(person, track, start, end):
        """What `person` says in a track between two moments, all of them perhaps SQL."""
        return Cue.objects.filter(speaker=person, track=track, start_ms__gte=start, start_ms__lt=end)

    @staticmethod
    def search_lines(places):
        """The lines the public may read in these passages, each (track, start, end), in order. One query."""
        return spoken.lines_in(places)

    @staticmethod
    def search_voices(lines):
        """Who says these lines, with the affiliation of that day, by key. Two queries; none if nobody is known."""
        return spoken.voices(lines)

    def publishing_obstacles(self):
        obstacles = super().publishing_obstacles()
        if self.is_online and not self.url and not self.files.exists():
            obstacles.append(_("Ein Video, das online ist, braucht eine Mediendatei oder eine Adresse."))
        return obstacles

    def clean(self):
        super().clean()
        if self.event_id and self.contribution_id and self.contribution.event_id != self.event_id:
            raise ValidationError({"contribution": _("Der Beitrag gehört zu einer anderen Veranstaltung.")})
