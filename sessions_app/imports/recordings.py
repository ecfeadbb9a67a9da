"""The recordings a file names, as videos of their contributions."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.editing.snapshot import SCHEMA, blank
from sessions_app.imports.identity import free_uuid, key_of, present
from sessions_app.imports.matching import Item
from sessions_app.imports.plan import Plan, Reading
from sessions_app.imports.settling import settle
from sessions_app.imports.speakers import free_slug, stays_away
from sessions_app.imports.values import language_of, video_values
from sessions_app.interchange.programme import Problem
from sessions_app.media_probe import type_of_address
from sessions_app.models import Contribution, MediaFile, Video

KIND = Video._meta.label_lower
# Told once, when the video is made.
_ONLY_NEW = ("files", "availability", "kind")


def plan_videos(plan: Plan, may_add: bool, may_change: bool):
    """A video for each talk with a recording. Seven queries. What has moved to another conference is left alone."""
    wanted = {}
    for position, item in enumerate(plan.items):
        if item.uuid and (values := video_values(item.talk, plan.warnings)):
            wanted[position] = values
    if not wanted:
        return
    by_uuid, by_url = _there(plan, wanted)
    taken_slugs = set(Video._base_manager.values_list("slug", flat=True))
    here, waiting = _places_here(plan), _waiting_rows(plan)
    lacking, unknown_language = 0, 0
    for position, values in wanted.items():
        item = plan.items[position]
        origin = plan.known.origin(KIND, item.talk.guid)
        addresses = ((item.number, address) for address in (values["url"], *values["files"]))
        alike = (by_url[address] for address in addresses if address in by_url)
        held = (by_uuid.get(str(origin.record)) if origin else None) or next(alike, None)
        if held and not (may_change and _place_of(held) in here):
            continue
        if held:
            _compare(plan, item, held, (plan.known.base(origin), values))
            identity = held.uuid
        elif plan.known.base(origin) is not None and not item.is_new:
            plan.warnings.append(stays_away(values["title"]))
            continue
        elif may_add and _can_be_pointed_at(item, waiting):
            identity = free_uuid("", set())
            plan.add(KIND, _new(values, identity, item.number, taken_slugs))
            item.is_changed = True
            unknown_language += not language_of(item.talk.language)
        else:
            lacking += 1
            continue
        plan.readings.append(Reading(KIND, key_of(item.talk.guid), identity, values))
    _warn(plan, lacking, unknown_language)


def _there(plan: Plan, wanted: dict) -> tuple[dict, dict]:
    """By UUID those that came from this source; by contribution and address those of the talks."""
    records = {str(each.record) for each in plan.known.origins(KIND)}
    numbers = [plan.items[position].number for position in wanted if plan.items[position].number > 0]
    found = set(Video._base_manager.filter(uuid__in=records).values_list("pk", flat=True)) if records else set()
    if numbers:
        found |= set(Video._base_manager.filter(contribution__in=numbers).values_list("pk", flat=True))
    held = present(Video, sorted(found))
    by_talk = {(each.now["fields"]["contribution_id"], address): each for each in held for address in _addresses(each)}
    return {each.uuid: each for each in held}, by_talk


def _addresses(held) -> list[str]:
    """Where it can be seen elsewhere: what is uploaded here has none."""
    fields = [held.now["fields"], *(file["fields"] for file in held.now["parts"]["files"])]
    return [each["url"] for each in fields if each["url"]]


def _places_here(plan: Plan) -> set[tuple[str, int]]:
    """Where a video of this conference can be."""
    events = {("event", event.record.pk) for event in plan.known.events.values()}
    return events | {("contribution", row.row["pk"]) for row in plan.known.rows.values()}


def _place_of(held) -> tuple[str, int]:
    fields = held.now["fields"]
    part = fields["contribution_id"]
    return ("contribution", part) if part else ("event", fields["event_id"])


def _waiting_rows(plan: Plan) -> set[str]:
    """Contributions that are or will be in working copies alone, and in no table yet. One query."""
    changed = [change.after for change in plan.changes.values() if change.present.record.is_released]
    copies = [each.now for each in plan.known.events.values() if each.has_copy]
    rows = {row["uuid"] for event in [*changed, *copies] for row in event["parts"].get("contributions", ())}
    numbers = [each.record.pk for each in plan.known.events.values()] if rows else []
    live = Contribution._base_manager.filter(event__in=numbers).values_list("uuid", flat=True)
    return rows - {str(identity) for identity in live}


def _can_be_pointed_at(item: Item, waiting: set[str]) -> bool:
    return item.uuid not in waiting and (item.number > 0 or item.row is None)


def _compare(plan: Plan, item: Item, held, sides: tuple):
    base, values = sides
    theirs = {name: value for name, value in values.items() if name not in _ONLY_NEW}
    if base is None:
        return
    taken, clashes = settle(base, theirs, held.now["fields"])
    if taken or clashes:
        change = plan.change(held)
        change.after["fields"] |= taken
        change.clashes += clashes
        item.is_changed = item.is_changed or bool(taken)


def _new(values: dict, identity: str, contribution: int, taken_slugs: set[str]) -> dict:
    row = blank(Video) | {"uuid": identity}
    columns = {name: value for name, value in values.items() if name != "files"}
    slug = free_slug(values["title"], identity, taken_slugs)
    row["fields"] |= columns | {"slug": slug, "contribution_id": contribution}
    for position, address in enumerate(values["files"]):
        part = blank(MediaFile)
        part["fields"] |= {"url": address, "media_type": type_of_address(address), "position": position}
        part["fields"]["language"] = values["language"]
        row["parts"]["files"].append(part)
    return row | {"schema": SCHEMA, "model": KIND}


def _warn(plan: Plan, lacking: int, unknown_language: int):
    if lacking:
        words = ngettext(
            "Eine Aufzeichnung bleibt weg: Sie dürfen keine Videos anlegen, oder ihr Beitrag ist noch nicht "
            "öffentlich.",
            "%(count)d Aufzeichnungen bleiben weg: Sie dürfen keine Videos anlegen, oder ihre Beiträge sind noch nicht "
            "öffentlich.",
            lacking,
        )
        plan.warnings.append(Problem(words % {"count": lacking}))
    if unknown_language:
        words = _("Zu %(count)d Videos nennt die Datei keine bekannte Sprache; eingetragen ist Deutsch.")
        plan.warnings.append(Problem(words % {"count": unknown_language}))
