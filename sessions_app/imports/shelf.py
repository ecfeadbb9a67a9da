"""What can be taken home from the talks of a file: materials, each address once."""

from dataclasses import dataclass, field

from django.utils.translation import ngettext

from conference.editing.snapshot import SCHEMA, blank
from conference.models import Material
from sessions_app.imports.identity import free_uuid, key_of, present
from sessions_app.imports.plan import Plan, Reading
from sessions_app.imports.settling import settle
from sessions_app.imports.speakers import free_slug, stays_away
from sessions_app.imports.values import attachments, material_values
from sessions_app.interchange.programme import Problem

KIND = Material._meta.label_lower
COMPARED = ("title", "kind")


@dataclass
class Shelf:
    """The numbers of materials by address, placeholders for new ones, and which addresses each talk has by its guid."""

    numbers: dict[str, int] = field(default_factory=dict)
    of_talk: dict[str, list[str]] = field(default_factory=dict)
    # Those of addresses an earlier version of the file had.
    earlier: dict[str, int] = field(default_factory=dict)

    def of(self, talk) -> list[str]:
        return [href for href in self.of_talk.get(talk.guid, ()) if href in self.numbers]


def plan_materials(plan: Plan, may_add: bool, may_change: bool) -> Shelf:
    """Six queries. What is there already under the same address is the same material, and stays as it is for those
    who may not change it."""
    shelf, first = Shelf(), {}
    for item in plan.items:
        links = attachments(item.talk, plan.warnings)
        shelf.of_talk[item.talk.guid] = [link.href for link in links]
        for link in links:
            first.setdefault(link.href, material_values(link, item.talk))
    by_uuid, by_url = _there(plan, first)
    for origin in plan.known.origins(KIND):
        if held := by_uuid.get(str(origin.record)):
            shelf.earlier[origin.data.get("read", {}).get("url", "")] = held.record.pk
    lacking = 0
    taken_slugs = set(Material._base_manager.values_list("slug", flat=True)) if first else set()
    for href, values in first.items():
        origin = plan.known.origin(KIND, href)
        held = (by_uuid.get(str(origin.record)) if origin else None) or by_url.get(href)
        if held:
            shelf.numbers[href] = held.record.pk
            identity = held.uuid
            if not may_change:
                continue
            _compare(plan, held, origin, values)
        elif _is_away(plan, origin, href, shelf):
            plan.warnings.append(stays_away(values["title"]))
            continue
        elif may_add:
            shelf.numbers[href] = -len(shelf.numbers) - 1
            identity = free_uuid("", set())
            plan.names[Material, shelf.numbers[href]] = values["title"]
            plan.add(KIND, _new(values, identity, shelf.numbers[href], taken_slugs))
        else:
            lacking += 1
            continue
        plan.readings.append(Reading(KIND, key_of(href), identity, values))
    _warn(plan, lacking)
    return shelf


def _is_away(plan: Plan, origin, href: str, shelf: Shelf) -> bool:
    """Whether it came earlier, with talks that are here, and has been deleted since."""
    came = plan.known.base(origin) is not None
    return came and any(not item.is_new and href in shelf.of_talk[item.talk.guid] for item in plan.items)


def _warn(plan: Plan, lacking: int):
    if lacking:
        words = ngettext(
            "Ein Material bleibt weg, weil Sie keine Materialien anlegen dürfen.",
            "%(count)d Materialien bleiben weg, weil Sie keine Materialien anlegen dürfen.",
            lacking,
        )
        plan.warnings.append(Problem(words % {"count": lacking}))


def _there(plan: Plan, wanted: dict) -> tuple[dict, dict]:
    """Those that came from this source, and those with one of these addresses: by UUID, by address."""
    records = {str(each.record) for each in plan.known.origins(KIND)}
    found = set(Material._base_manager.filter(uuid__in=records).values_list("pk", flat=True)) if records else set()
    found |= set(Material._base_manager.filter(url__in=list(wanted)).values_list("pk", flat=True)) if wanted else set()
    held = present(Material, sorted(found))
    return {each.uuid: each for each in held}, {each.now["fields"]["url"]: each for each in reversed(held)}


def _compare(plan: Plan, held, origin, values: dict):
    base = plan.known.base(origin)
    if base is None:
        return
    taken, clashes = settle(base, {name: values[name] for name in COMPARED}, held.now["fields"])
    if taken or clashes:
        change = plan.change(held)
        change.after["fields"] |= taken
        change.clashes += clashes


def _new(values: dict, identity: str, number: int, taken_slugs: set[str]) -> dict:
    row = blank(Material) | {"uuid": identity, "pk": number}
    row["fields"] |= values | {"slug": free_slug(values["title"], identity, taken_slugs)}
    return row | {"schema": SCHEMA, "model": KIND}
