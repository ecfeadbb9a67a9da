"""The people of a file as records: new ones, and what the file changes about those that came from it."""

from django.utils.translation import gettext as _

from conference.editing.snapshot import SCHEMA, blank
from conference.slugs import SLUG_LENGTH, slugify_german
from sessions_app.imports.identity import free_uuid, present
from sessions_app.imports.people import KIND, people_of
from sessions_app.imports.plan import Plan, Reading
from sessions_app.imports.settling import settle
from sessions_app.interchange.programme import Problem
from sessions_app.models import Speaker


def plan_people(plan: Plan):
    """Fills `human.uuid`. Five queries."""
    humans = list(plan.crowd.humans.values())
    _leave_away(plan)
    taken_slugs = set(Speaker._base_manager.values_list("slug", flat=True)) if plan.crowd.new else set()
    taken = plan.crowd.identities()
    numbers = [human.speaker.pk for human in humans if human.speaker]
    there = {each.record.pk: each for each in present(Speaker, numbers)}
    for human in humans:
        origin = plan.known.origin(KIND, human.key)
        read = human.values | {"name": human.person.name}
        if human.is_away:
            human.uuid = human.gone
            plan.warnings.append(stays_away(human.name.plain))
        elif human.speaker is None:
            guid = "" if origin else human.person.guid
            human.uuid = free_uuid(guid, taken)
            plan.add(KIND, _new(human, taken_slugs))
            plan.names[Speaker, human.number] = Speaker(**_names(human.values)).name
            if human.name.is_cut:
                words = _("Der Name „%(name)s“ ist zu lang und wird gekürzt.") % {"name": human.person.name[:80]}
                plan.warnings.append(Problem(words))
        else:
            human.uuid = str(human.speaker.uuid)
            if base := plan.known.base(origin):
                held = there[human.speaker.pk]
                taken_over, clashes = settle(base, human.values, held.now["fields"])
                if taken_over or clashes:
                    change = plan.change(held)
                    change.after["fields"] |= taken_over
                    change.clashes += clashes
        plan.readings.append(Reading(KIND, human.key, human.uuid, read, _extra(human.person)))


def _leave_away(plan: Plan):
    """Who was deleted here stays so, unless a talk names them that did not before."""
    needed = set()
    for item in plan.items:
        last = {plan.known.joined(said[0]) for said in (plan.base_of(item) or {}).get("people", ())}
        needed |= {human.key for human in map(plan.crowd.of, people_of(item.talk)) if human.gone not in last}
    for human in plan.crowd.humans.values():
        human.is_away = bool(human.gone) and human.speaker is None and human.key not in needed


def stays_away(name: str) -> Problem:
    return Problem(_("„%(name)s“ ist hier gelöscht worden und bleibt weg.") % {"name": name[:80]})


def _names(values: dict) -> dict:
    return {name: values[name] for name in ("academic_title", "given_name", "family_name")}


def _new(human, taken_slugs: set[str]) -> dict:
    row = blank(Speaker) | {"uuid": human.uuid, "pk": human.number}
    row["fields"] |= human.values
    row["fields"]["slug"] = free_slug(human.name.plain, human.uuid, taken_slugs)
    return row | {"schema": SCHEMA, "model": KIND}


def _extra(person) -> dict:
    links = [{"href": link.href, "title": link.title, "kind": link.kind} | link.extra for link in person.links]
    given = {"number": person.number, "links": links, "extra": person.extra}
    return {name: value for name, value in given.items() if value}


def free_slug(text: str, identity: str, taken: set[str]) -> str:
    """A slug nothing has, and which nothing else gets after it."""
    base = slugify_german(text) or identity[:8]
    slug = base if base not in taken else _numbered(base[: SLUG_LENGTH - 6], taken)
    taken.add(slug)
    return slug


def _numbered(base: str, taken: set[str]) -> str:
    """With a number behind. Not one by one: ten thousand talks may have one title."""
    last, free = 1, 2
    while f"{base}-{free}" in taken:
        last, free = free, free * 2
    while free - last > 1:
        middle = (last + free) // 2
        last, free = (middle, free) if f"{base}-{middle}" in taken else (last, middle)
    return f"{base}-{free}"
