"""The editors' start page: what waits for me, what is planned, what is incomplete, what changed lately."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.begun import begun_by
from conference.board.gaps import taken_on
from conference.links.listing import rows_for
from conference.models import Notice, OutgoingLink, WorkingCopy
from conference.publishing import Publishable
from conference.scope import is_limited, is_own, scoped

ROWS = 8
# Of the newest entries in the log, those are shown whose things an editor of some conferences works on.
_NEW_ENTRIES = 80


@dataclass(frozen=True)
class Todo:
    """Something to do first. `kind` is "no" for a lack, "mid" for what waits."""

    kind: str
    heading: str
    text: str
    url: str
    link: str


@dataclass(frozen=True)
class Entry:
    """A thing in one of the lists, with the way to its form."""

    thing: Publishable
    noun: str
    url: str
    by: str = ""
    since: object = None


@dataclass(frozen=True)
class Planned:
    """Something that becomes public at its moment; `is_change` where an older version is public till then."""

    moment: datetime.datetime
    title: str
    noun: str
    url: str
    is_change: bool = False


def overview(request, registry, order) -> dict:
    """The context of the start page; `order` names the kinds. A query for each, few more where something is listed."""
    user = request.user
    nouns = [model for model in registry if issubclass(model, Publishable) and model.__name__ in order]
    admins = {
        model: registry[model]
        for model in sorted(nouns, key=lambda model: order.index(model.__name__))
        if registry[model].has_view_permission(request)
    }
    things = {model: scoped(model.objects.all(), user) for model in admins}
    counts = {model: things[model].state_counts() for model in admins}
    waiting = _listed(counts, "in_review", lambda model: things[model].in_review().order_by("updated_at"))
    scheduled = _listed(counts, "scheduled", lambda model: things[model].scheduled().order_by("published_at"))
    panels = [panel for model_admin in admins.values() if (panel := model_admin.overview_panel(request))]
    checklists = [model_admin.checklist for model_admin in admins.values() if getattr(model_admin, "checklist", None)]
    gaps = taken_on(user, checklists)
    todos = [
        *_news(user),
        *_todos(request, registry, admins, counts),
        *(todo for panel in panels for todo in panel.get("todos", ())),
    ]
    return {
        "greeting": _greeting(),
        "gaps": gaps[:ROWS],
        "todos": todos,
        "matter_count": len(gaps) + len(todos),
        "panels": panels,
        "waiting": _with_authors([*waiting, *_submitted_copies(user, admins)]),
        "planned": _planned(user, scheduled, admins)[:ROWS],
        "begun": begun_by(user, things, counts),
        "changes": _changes(user, things),
        "stock": _stock(admins, counts),
        "quick": [
            (model_admin.new_label, _address(model, "add"))
            for model, model_admin in admins.items()
            if model_admin.new_label and model_admin.has_add_permission(request)
        ],
    }


def _greeting() -> str:
    hour = timezone.localtime().hour
    return _("Guten Morgen") if hour < 11 else _("Guten Tag") if hour < 18 else _("Guten Abend")


def _address(model, view: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def _entry(thing) -> Entry:
    return Entry(thing, capfirst(thing._meta.verbose_name), _address(type(thing), "change", thing.pk))


def _listed(counts, state: str, query) -> list[Entry]:
    return [_entry(thing) for model in counts if counts[model][state] for thing in query(model)[:ROWS]]


def _planned(user, scheduled: list[Entry], admins) -> list[Planned]:
    """What is published for the first time at its moment, and the working copies that will replace something."""
    types = ContentType.objects.get_for_models(*admins).values()
    copies = WorkingCopy.objects.scheduled().filter(content_type__in=types).prefetch_related("record")[:_NEW_ENTRIES]
    planned = [Planned(entry.thing.published_at, str(entry.thing), entry.noun, entry.url) for entry in scheduled]
    for copy in copies:
        if copy.record and is_own(copy.record, user):
            entry = _entry(copy.record)
            planned.append(Planned(copy.publish_at, str(entry.thing), entry.noun, entry.url, is_change=True))
    return sorted(planned, key=lambda each: each.moment)


def _submitted_copies(user, admins) -> list[Entry]:
    """Changes of what is published that wait for release, the oldest first."""
    types = ContentType.objects.get_for_models(*admins).values()
    copies = WorkingCopy.objects.waiting().filter(content_type__in=types).prefetch_related("record")[:_NEW_ENTRIES]
    return [_entry(copy.record) for copy in copies if copy.record and is_own(copy.record, user)][:ROWS]


def _news(user) -> list[Todo]:
    unread = Notice.objects.filter(user=user, read_at=None).count()
    if not unread:
        return []
    heading = ngettext("%d neue Nachricht", "%d neue Nachrichten", unread) % unread
    return [Todo("mid", heading, _("an Sie."), reverse("admin:notice_list"), _("Lesen"))]


def _changes(user, things) -> list[LogEntry]:
    """The newest entries of the log, whoever made them, about what `user` may see."""
    types = {content_type.pk: model for model, content_type in ContentType.objects.get_for_models(*things).items()}
    log = LogEntry.objects.filter(content_type__in=types).select_related("user", "content_type").order_by("-pk")
    if not is_limited(user):
        return list(log[:ROWS])
    entries = list(log[:_NEW_ENTRIES])
    numbers = defaultdict(set)
    for entry in entries:
        numbers[entry.content_type_id].add(entry.object_id)
    own = {
        (key, str(pk))
        for key, found in numbers.items()
        for pk in things[types[key]].filter(pk__in=found).values_list("pk", flat=True)
    }
    return [entry for entry in entries if (entry.content_type_id, entry.object_id) in own][:ROWS]


def _with_authors(entries: list[Entry]) -> list[Entry]:
    """Who changed each last, and when; from the log, in one query."""
    wanted = Q(pk__in=[])
    for entry in entries:
        content_type = ContentType.objects.get_for_model(entry.thing)
        wanted |= Q(content_type=content_type, object_id=str(entry.thing.pk))
    last = {}
    if entries:
        for log in LogEntry.objects.filter(wanted).select_related("user").order_by("action_time"):
            last[log.content_type_id, log.object_id] = log.user.get_full_name() or log.user.get_username()
    return [
        Entry(
            entry.thing,
            entry.noun,
            entry.url,
            last.get((ContentType.objects.get_for_model(entry.thing).pk, str(entry.thing.pk)), ""),
            entry.thing.updated_at,
        )
        for entry in entries
    ]


def _todos(request, registry, admins, counts) -> list[Todo]:
    """What waits for this person, besides the gaps they have taken on; whoever asks something of them adds it here."""
    waiting = sum(
        counts[model]["in_review"]
        for model, model_admin in admins.items()
        if model_admin.has_publish_permission(request)
    )
    todos = []
    if waiting:
        heading = ngettext("%d Inhalt wartet", "%d Inhalte warten", waiting) % waiting
        todos.append(Todo("mid", heading, _("auf Ihre Freigabe."), "#freigabe", _("Inhalte prüfen")))
    for model_admin in registry.values():
        if model_admin.has_change_permission(request) and hasattr(model_admin, "overview_todos"):
            todos += model_admin.overview_todos(request)
    if any(model_admin.has_change_permission(request) for model_admin in admins.values()):
        todos += _dead_links(request)
    return todos


def _dead_links(request) -> list[Todo]:
    """Those in what this person may see. A query; two more if any link is dead at all."""
    if not OutgoingLink.objects.filter(health=OutgoingLink.Health.DEAD).exists():
        return []
    rows = rows_for(admin.site, request)
    dead = [row.link.checked_at for row in rows if row.link.health == OutgoingLink.Health.DEAD]
    if not dead:
        return []
    heading = ngettext("%d Link führt ins Leere", "%d Links führen ins Leere", len(dead)) % len(dead)
    moment = max((moment for moment in dead if moment), default=None)
    text = _("Zuletzt geprüft am %s.") % date_format(timezone.localtime(moment), "j. F Y") if moment else ""
    return [Todo("mid", f"{heading}.", text, f"{reverse('admin:links')}?befund=tot", _("Links ansehen"))]


def _stock(admins, counts) -> list[tuple[str, str, dict]]:
    return [
        (capfirst(model._meta.verbose_name_plural), _address(model, "changelist"), counts[model])
        for model in admins
        if counts[model]["total"]
    ]
