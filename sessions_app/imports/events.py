"""The talks of a file as contributions in events: new ones, and what the file changes about those that are there."""

import uuid
from itertools import count

from django.utils.translation import gettext as _

from conference.editing.snapshot import SCHEMA, blank
from sessions_app.imports.contributions import compare, extra_of, new_row, read_of
from sessions_app.imports.grouping import Group, Grouping, place_of
from sessions_app.imports.identity import EVENT, TALK, key_of
from sessions_app.imports.matching import Item
from sessions_app.imports.names import same_words
from sessions_app.imports.plan import NEW_CONFERENCE, Plan, Reading
from sessions_app.imports.settling import Clash, settle
from sessions_app.imports.shelf import Shelf
from sessions_app.imports.speakers import free_slug
from sessions_app.interchange.programme import Problem
from sessions_app.models import Contribution, Event

# Of an event of ours that comes back as a talk, so much can be told apart.
OF_OWN_EVENT = ("title", "start_time")


def plan_events(plan: Plan, shelf: Shelf, themes: dict, clock: tuple):
    """`clock` is the conference's zone, and the day of talks without one. One query."""
    there = {guid for guid in (item.talk.guid for item in plan.items if item.is_new) if _is_uuid(guid)}
    taken = {str(each) for each in Contribution._base_manager.filter(uuid__in=there).values_list("uuid", flat=True)}
    groups = _groups(plan, clock)
    making = _Making(plan, shelf, taken)
    for group in groups:
        _plan_group(plan, group, group.values(themes), making)
    making.finish()
    for item in plan.items:
        _note_cut(plan, item)
        if item.event:
            _compare_event(plan, item)
        elif item.row:
            compare(plan, item, shelf)
            plan.readings.append(Reading(TALK, _guid_of(item), item.uuid, read_of(plan, item, shelf), extra_of(item)))


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _guid_of(item: Item) -> str:
    return key_of(item.talk.guid)


def _note_cut(plan: Plan, item: Item):
    if item.values["title"] != " ".join(item.talk.title.split()) and item.talk.title.strip():
        words = _("Der Titel ist zu lang und wird gekürzt: „%(title)s“.") % {"title": item.values["title"][:80]}
        plan.warnings.append(Problem(words, item.talk.place))


def _groups(plan: Plan, clock: tuple) -> list[Group]:
    grouping, found = plan.choices.grouping, {}
    for item in plan.items:
        if item.event:
            continue
        key, day, room = place_of(item.talk, grouping, *clock)
        if grouping == Grouping.OWN and item.origin:
            # Its guid may have changed since.
            key = f"own:{item.origin.guid}"
        item.group = key_of(key)
        found.setdefault(item.group, Group(item.group, grouping, day, room)).members.append(item)
    return sorted(found.values(), key=lambda group: (group.day, group.values({})["start_time"] or "24", group.room))


def _plan_group(plan: Plan, group: Group, values: dict, making: "_Making"):
    origin = plan.known.origin(EVENT, group.key)
    held = plan.known.events.get(str(origin.record)) if origin else None
    new = [item for item in group.members if item.is_new]
    if held:
        base = plan.known.base(origin)
        values |= _known_theme(plan, group, values, base)
        _compare_values(plan, held, base, values)
        for item in group.members:
            if item.row and item.row.event.uuid == held.uuid and plan.choices.grouping == Grouping.OWN:
                item.is_changed = item.is_changed or held.uuid in plan.changes
        if new:
            making.add_rows(plan.change(held).after, new)
        keys = {group.key} | (
            {key_of(f"own:{group.members[0].talk.guid}")} if group.grouping == Grouping.OWN else set()
        )
        plan.readings += [Reading(EVENT, key, held.uuid, values) for key in sorted(keys)]
    elif new:
        made = making.event(values, new)
        plan.readings.append(Reading(EVENT, group.key, made["uuid"], values))
    for item in group.members:
        if item.row and _has_moved(plan, item):
            words = _("„%(title)s“ gehört in der Datei jetzt zu „%(there)s“. Hier bleibt es in „%(here)s“.")
            words %= {"title": item.values["title"], "there": values["title"], "here": item.row.event.record}
            plan.warnings.append(Problem(words, item.talk.place))


def _known_theme(plan: Plan, group: Group, values: dict, base: dict | None) -> dict:
    """A track that is called as before means the theme it meant, whatever that is called here by now."""
    before = {(plan.base_of(item) or {}).get("track") for item in group.members if item.row}
    is_same = before == {same_words(item.talk.track) for item in group.members}
    return {"theme_id": base["theme_id"]} if base and is_same and values["theme_id"] is None else {}


def _has_moved(plan: Plan, item: Item) -> bool:
    """To another day or room than at the last reading, where those make the events."""
    was = (plan.known.base(item.origin) or {}).get("group", "")
    return was != item.group and was.partition(":")[0] == item.group.partition(":")[0] != Grouping.OWN


def _compare_values(plan: Plan, held, base: dict | None, values: dict):
    now = held.now["fields"]
    taken, clashes = settle(base, values, now)
    start, end = ((now | taken)[name] for name in ("start_time", "end_time"))
    if end and (not start or end <= start):
        # Half of it is the editor's: the times stay as they are.
        for name in ("start_time", "end_time"):
            if name in taken:
                clashes.append(Clash(name, now[name], taken.pop(name)))
    if taken or clashes:
        change = plan.change(held)
        change.after["fields"] |= taken
        change.clashes += clashes


def _compare_event(plan: Plan, item: Item):
    theirs = {name: item.values[name] for name in OF_OWN_EVENT}
    theirs["title"] = theirs["title"][: Event._meta.get_field("title").max_length]
    taken, clashes = settle(None, theirs, item.event.now["fields"], is_ours=True)
    item.clashes += clashes
    if taken:
        plan.change(item.event).after["fields"] |= taken
        item.is_changed = True


class _Making:
    """New events, numbered and named within their conference, and new rows in them."""

    def __init__(self, plan: Plan, shelf: Shelf, taken: set[str]):
        self.plan, self.shelf, self.taken = plan, shelf, taken
        there = [fields for each in plan.known.events.values() for fields in (each.now["fields"],)]
        live = [each.record for each in plan.known.events.values()]
        self.slugs = {fields["slug"] for fields in there} | {record.slug for record in live}
        taken_numbers = [fields["number"] or 0 for fields in there] + [record.number for record in live]
        self.numbers = count(max(taken_numbers, default=0) + 1)
        self.placeholders = count(-1, -1)

    def event(self, values: dict, items: list[Item]) -> dict:
        row = blank(Event) | {"schema": SCHEMA, "model": EVENT, "pk": next(self.placeholders)}
        conference = self.plan.conference.pk if self.plan.conference else NEW_CONFERENCE
        slug = free_slug(values["title"], row["uuid"], self.slugs)
        row["fields"] |= values | {"conference_id": conference, "number": next(self.numbers), "slug": slug}
        self.add_rows(row, items)
        self.plan.add(EVENT, row)
        return row

    def add_rows(self, event: dict, items: list[Item]):
        rows = event["parts"]["contributions"]
        position = max((row["fields"]["position"] for row in rows), default=-1) + 1
        for item in items:
            row = new_row(self.plan, item, self.shelf, self.taken)
            row["fields"]["position"] = position
            item.uuid = row["uuid"]
            rows.append(row)
            position += 1

    def finish(self):
        """What new talks were read as."""
        for item in self.plan.items:
            if item.is_new:
                read = read_of(self.plan, item, self.shelf)
                self.plan.readings.append(Reading(TALK, _guid_of(item), item.uuid, read, extra_of(item)))
