"""The load-bearing wall: who may see what, and how a draft becomes public."""

import uuid
from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.scope import own
from conference.slugs import unique_slug

PUBLIC = AnonymousUser()


class Status(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    IN_REVIEW = "in_review", _("Wartet auf Freigabe")
    PUBLISHED = "published", _("Veröffentlicht")
    WITHDRAWN = "withdrawn", _("Zurückgezogen")


def _is_public(prefix: str = "") -> Q:
    now = timezone.now()
    return Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": now}) & (
        Q(**{f"{prefix}expires_at__isnull": True}) | Q(**{f"{prefix}expires_at__gt": now})
    )


def _is_public_within(model) -> Q:
    """Whatever a thing stands in is public, as far as it stands in something."""
    rule = Q()
    for parent in model.visible_within:
        rule &= Q(**{f"{parent}__isnull": True}) | _is_public(f"{parent}__")
    return rule


def _previewed(queryset, user, public: Q):
    """All, or for an editor of some conferences what is theirs and what is public."""
    theirs = own(queryset.model, user)
    return queryset.all() if theirs is None else queryset.filter(public | theirs if theirs else Q())


def publishable_models() -> list[type["Publishable"]]:
    """Every kind of thing that can be published, in the order the apps are installed, top floor first."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def may_preview(user, model) -> bool:
    """Staff who may view a kind of thing see its drafts."""
    return bool(user.is_active and user.is_staff and user.has_perm(model.permission("view")))


class PublishableQuerySet(models.QuerySet):
    def published(self):
        """What the public sees now: itself published, and so are its parents."""
        return self.filter(_is_public() & _is_public_within(self.model))

    def visible_to(self, user):
        """What `user` may open: the published, plus drafts for staff who may view them and work on them."""
        if not may_preview(user, self.model):
            return self.published()
        return _previewed(self, user, _is_public() & _is_public_within(self.model))

    def with_relations(self, viewer=PUBLIC):
        """Load what the page of each shows, narrowed to what `viewer` may see. Each kind adds its own."""
        return self.all()

    def in_review(self):
        return self.filter(status=Status.IN_REVIEW)

    def drafts(self):
        return self.filter(status=Status.DRAFT)

    def scheduled(self):
        """Published on a day that is still to come."""
        return self.filter(status=Status.PUBLISHED, published_at__gt=timezone.now())

    def withdrawn(self):
        return self.filter(status=Status.WITHDRAWN)

    def show_in_rehearsal(self):
        """As if published by now; for previews, inside a transaction that is rolled back."""
        now = timezone.now()
        self.update(status=Status.PUBLISHED, published_at=Coalesce("published_at", now), expires_at=None)
        self.filter(published_at__gt=now).update(published_at=now)

    def hide_in_rehearsal(self):
        """What is hidden by what it stands in stays so when that is shown."""
        self.exclude(pk__in=self.model.objects.published().values("pk")).update(status=Status.DRAFT)

    def with_status(self, status):
        return self.filter(status=status)

    def state_counts(self) -> dict[str, int]:
        """How many there are in all, public, planned, waiting and in draft; parents are not asked. One query."""
        return self.aggregate(
            total=Count("pk"),
            published=Count("pk", filter=_is_public()),
            in_review=Count("pk", filter=Q(status=Status.IN_REVIEW)),
            scheduled=Count("pk", filter=Q(status=Status.PUBLISHED, published_at__gt=timezone.now())),
            drafts=Count("pk", filter=Q(status=Status.DRAFT)),
        )


class WithinQuerySet(models.QuerySet):
    """Things without a state of their own: they are seen where their owner (`visible_within`) is seen."""

    def published(self):
        return self.filter(_is_public_within(self.model))

    def visible_to(self, user):
        owner = self.model
        for step in self.model.visible_within[0].split("__"):
            owner = owner._meta.get_field(step).related_model
        return _previewed(self, user, _is_public_within(self.model)) if may_preview(user, owner) else self.published()


class Publishable(models.Model):
    """Something the public can read once an editor has published it."""

    visible_within: tuple[str, ...] = ()
    # For the search: whose words are found and shown; which weigh as much as the title, shown or not; what
    # `search_parts` reads (to be fetched beforehand); the field of its day, and the way to it from its theme, shown
    # beside a hit; its name in `?art=`, if not the German name of its kind; the parameter that narrows it to one thing.
    search_fields: tuple[str, ...] = ("title", "summary")
    search_names: tuple[str, ...] = ()
    search_relations: tuple[str, ...] = ()
    search_date: str = ""
    search_theme: str = ""
    search_kind: str = ""
    search_filter: str = ""
    # Ways from here to events, each with the publishable things on it that must be public for it to count.
    search_events: dict[str, tuple[str, ...]] = {}
    # What the slug is made from when the editor leaves it empty, and within which it is unique.
    slug_from: str = "title"
    slug_scope: tuple[str, ...] = ()
    # The relations to its rows, kept and restored with it. A row says in `part_of` whose it is, and may have `parts`.
    parts: tuple[str, ...] = ()

    uuid = models.UUIDField(_("Kennung"), default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(
        _("Status"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False, db_index=True
    )
    published_at = models.DateTimeField(
        _("Öffentlich ab"),
        null=True,
        blank=True,
        help_text=_("Leer: ab dem Moment der Veröffentlichung. Ein Zeitpunkt in der Zukunft plant sie."),
    )
    expires_at = models.DateTimeField(
        _("Öffentlich bis"),
        null=True,
        blank=True,
        help_text=_("Leer: ohne Ende. Danach ist der Inhalt nicht mehr zu sehen."),
    )
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Zuletzt geändert"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(app_label)s_%(class)s_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_since_a_moment",
                violation_error_message=_(
                    "Ein veröffentlichter Inhalt braucht den Zeitpunkt, ab dem er öffentlich ist."
                ),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=F("published_at")),
                name="%(app_label)s_%(class)s_expires_after_publication",
                violation_error_message=_("„Öffentlich bis“ muss nach „Öffentlich ab“ liegen."),
            ),
        ]

    @classmethod
    def permission(cls, action: str) -> str:
        """The full name of a permission: `Event.permission("publish")` is `sessions_app.publish_event`."""
        return f"{cls._meta.app_label}.{action}_{cls._meta.model_name}"

    @property
    def is_public(self) -> bool:
        """Ask the rule itself, so that it is written once. Costs a query."""
        return type(self).objects.published().filter(pk=self.pk).exists()

    @property
    def state_label(self) -> str:
        """The status in words, with "scheduled" and "expired" told from the clock. No query; parents are not asked."""
        if self.status != Status.PUBLISHED:
            return Status(self.status).label
        if self.published_at and self.published_at > timezone.now():
            return _("Geplant")
        if self.expires_at and self.expires_at <= timezone.now():
            return _("Abgelaufen")
        return Status(self.status).label

    @property
    def is_released(self) -> bool:
        """Published, now or at a moment: what is changed then is not to be seen before it is published again."""
        return self.status == Status.PUBLISHED

    @property
    def is_shown_as_public(self) -> bool:
        """By its own state and the clock, without a query; parents are not asked. For badges only."""
        now = timezone.now()
        has_begun = self.published_at is not None and self.published_at <= now
        return self.status == Status.PUBLISHED and has_begun and not (self.expires_at and self.expires_at <= now)

    @property
    def is_waiting(self) -> bool:
        """Waits for somebody, or for its moment. For badges only."""
        is_planned = self.status == Status.PUBLISHED and bool(self.published_at) and self.published_at > timezone.now()
        return is_planned or self.status == Status.IN_REVIEW

    @property
    def next_steps(self) -> tuple[str, ...]:
        """Which of `submit`, `publish` and `withdraw` make sense now."""
        return {
            Status.DRAFT: ("submit", "publish"),
            Status.IN_REVIEW: ("publish", "withdraw"),
            Status.PUBLISHED: ("withdraw",),
            Status.WITHDRAWN: ("submit", "publish"),
        }[self.status]

    @property
    def changed_at(self):
        """When the public last saw something new here: the last change, or the scheduled publication after it."""
        return max(filter(None, (self.updated_at, self.published_at)))

    def clean(self):
        super().clean()
        if not self.slug:
            self.slug = unique_slug(self)

    def search_parts(self) -> list[str]:
        """Plain words of its parts. Never of neighbours: what can be a draft itself has a document of its own."""
        return []

    def search_passages(self) -> Iterable:
        """What is said in it, in passages (`conference.search.passages.Passage`), each found on its own."""
        return ()

    def publishing_obstacles(self) -> list[str]:
        """What is still missing before this may be published, each a sentence for the editor."""
        images = [
            getattr(self, field.name) for field in self._meta.fields if hasattr(field.related_model, "is_described")
        ]
        return [
            _("Das Bild „%(image)s“ braucht einen Alternativtext oder das Häkchen „Nur Schmuck“.") % {"image": image}
            for image in images
            if image and not image.is_described
        ]

    def submit(self):
        """Hand in for review. Raises ValidationError where that makes no sense."""
        if self.status == Status.PUBLISHED:
            raise ValidationError(_("„%(name)s“ ist schon veröffentlicht."), params={"name": self})
        self._become(Status.IN_REVIEW)

    def publish(self, at=None):
        """Make public now, or `at` a moment (the future schedules). Raises ValidationError with what is missing."""
        if obstacles := self.publishing_obstacles():
            raise ValidationError(obstacles)
        now = timezone.now()
        if at:
            self.published_at = at
        elif self.published_at is None or self.published_at > now:
            self.published_at = now
        if self.expires_at and self.expires_at <= max(self.published_at, now):
            raise ValidationError(
                _("„Öffentlich bis“ liegt in der Vergangenheit. Bitte ändern oder leeren Sie das Feld.")
            )
        self._become(Status.PUBLISHED)

    def give_back(self):
        """From review to whoever wrote it. Raises ValidationError where nobody waits for anything."""
        if self.status != Status.IN_REVIEW:
            raise ValidationError(_("„%(name)s“ wartet nicht auf Freigabe."), params={"name": self})
        self._become(Status.DRAFT)

    def withdraw(self):
        """Take back from the public at once; nothing is deleted."""
        self._become(Status.WITHDRAWN)

    def _become(self, status: Status):
        self.status = status
        self.save(update_fields=["status", "published_at", "updated_at"])
