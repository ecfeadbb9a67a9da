"""The editors' start page: what waits, what is planned, what is begun, what is there."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.publishing import Publishable

ROWS = 8
# Of the newest entries of one's own in the log, those that are still drafts are shown.
_OWN_ENTRIES = 200


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


def overview(request, registry, order) -> dict:
    """The context of the start page; `order` names the kinds. A query for each, few more where something is listed."""
    nouns = [model for model in registry if issubclass(model, Publishable) and model.__name__ in order]
    admins = {
        model: registry[model]
        for model in sorted(nouns, key=lambda model: order.index(model.__name__))
        if registry[model].has_view_permission(request)
    }
    counts = {model: model.objects.state_counts() for model in admins}
    waiting = _listed(admins, counts, "in_review", lambda model: model.objects.in_review().order_by("updated_at"))
    planned = _listed(admins, counts, "scheduled", lambda model: model.objects.scheduled().order_by("published_at"))
    return {
        "greeting": _greeting(),
        "todos": _todos(request, registry, admins, counts),
        "panels": [panel for model_admin in admins.values() if (panel := model_admin.overview_panel(request))],
        "waiting": _with_authors(waiting),
        "planned": sorted(planned, key=lambda entry: entry.thing.published_at),
        "drafts": _own_drafts(request.user, admins, counts),
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


def _listed(admins, counts, state: str, query) -> list[Entry]:
    return [_entry(thing) for model in admins if counts[model][state] for thing in query(model)[:ROWS]]


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


def _own_drafts(user, admins, counts) -> list[Entry]:
    touched = defaultdict(set)
    log = LogEntry.objects.filter(user=user, action_flag__in=[ADDITION, CHANGE]).order_by("-action_time")
    for content_type, number in log.values_list("content_type", "object_id")[:_OWN_ENTRIES]:
        touched[content_type].add(number)
    drafts = []
    for model in admins:
        numbers = touched[ContentType.objects.get_for_model(model).pk]
        if numbers and counts[model]["drafts"]:
            drafts += model.objects.drafts().filter(pk__in=numbers).order_by("-updated_at")[:ROWS]
    return [_entry(thing) for thing in sorted(drafts, key=lambda thing: thing.updated_at, reverse=True)[:ROWS]]


def _todos(request, registry, admins, counts) -> list[Todo]:
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
    return todos


def _stock(admins, counts) -> list[tuple[str, str, dict]]:
    return [
        (capfirst(model._meta.verbose_name_plural), _address(model, "changelist"), counts[model])
        for model in admins
        if counts[model]["total"]
    ]
