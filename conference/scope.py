"""Editors of some conferences only: what is theirs. Whoever has no such limit is at home everywhere."""

from django.db.models import Model, Q, QuerySet

_UNSAID = object()


def conferences_of(user) -> frozenset[int] | None:
    """The keys of the conferences somebody's work is limited to; None for all. Asks once for each person loaded."""
    if not user.is_authenticated or user.is_superuser:
        return None
    if not hasattr(user, "_conferences"):
        scope = getattr(user, "editor_scope", None)
        user._conferences = frozenset(scope.conferences.values_list("pk", flat=True)) if scope else None
    return user._conferences


def paths_of(model: type[Model]) -> tuple[str, ...] | None:
    """The ways from a thing to its conference. None at all for what the conferences share (people, projects,
    materials, pictures); None for what belongs to the house itself: plain pages, accounts, whatever says nothing.
    """
    declared = getattr(model, "conference_paths", _UNSAID)
    if declared is not _UNSAID:
        return declared
    if hasattr(model, "visible_within"):
        return tuple(way for way in model.visible_within if way.split("__")[-1] == "conference")
    if owner := getattr(model, "part_of", ""):
        ways = paths_of(model._meta.get_field(owner).related_model)
        return None if ways is None else tuple(f"{owner}__{way}" for way in ways)
    return None


def own(model: type[Model], user) -> Q | None:
    """Which things of a kind somebody works on; None for all of them."""
    conferences = conferences_of(user)
    if conferences is None:
        return None
    ways = paths_of(model)
    if ways is None:
        return Q(pk__in=[])
    rule = Q()
    for way in ways:
        rule &= Q(**{f"{way}__in": conferences}) | Q(**{f"{way}__isnull": True})
    return rule


def scoped(queryset: QuerySet, user) -> QuerySet:
    """Those somebody works on."""
    rule = own(queryset.model, user)
    return queryset if not rule else queryset.filter(rule)


def is_limited(user) -> bool:
    return conferences_of(user) is not None


def is_own(thing: Model, user) -> bool:
    """Whether somebody works on this very thing, as it stands in memory."""
    conferences = conferences_of(user)
    if conferences is None:
        return True
    ways = paths_of(type(thing))
    return ways is not None and all(_key(thing, way) in conferences | {None} for way in ways)


def _key(thing: Model, way: str) -> int | None:
    *steps, last = way.split("__")
    for step in steps:
        thing = getattr(thing, step)
        if thing is None:
            return None
    return thing.pk if last == "pk" else getattr(thing, thing._meta.get_field(last).attname)
