"""A talk as a contribution with its people: a new row, or what the file changes about the one that is there."""

import uuid

from conference.editing.snapshot import blank
from conference.models import Organisation
from sessions_app.imports.identity import free_uuid
from sessions_app.imports.matching import Item
from sessions_app.imports.names import same_words
from sessions_app.imports.people import people_of
from sessions_app.imports.plan import Plan
from sessions_app.imports.settling import Clash, Said, settle, words_of
from sessions_app.imports.shelf import Shelf
from sessions_app.imports.values import text_of
from sessions_app.models import Appearance, Contribution

CONCLUDED = {"start_time", "duration"}
# Words that say no more than that somebody is there.
_NO_ROLE = {"speaker", "speakers", "presenter", "referent", "referentin", "vortragende", "vortragender", "person"}


def said_of(plan: Plan, item: Item) -> dict[int, Said]:
    """Who appears and as what, each person once, by the key they have or will have."""
    found: dict[int, Said] = {}
    was = _last_said(plan, plan.base_of(item)) or {}
    for person in people_of(item.talk):
        human = plan.crowd.of(person)
        organisation = plan.crowd.organisations.get(same_words(person.affiliation))
        role = "" if same_words(person.role) in _NO_ROLE else text_of(Appearance, "role", person.role)
        words = "" if organisation else text_of(Appearance, "affiliation_text", person.affiliation)
        told = " ".join(person.affiliation.split())
        said = Said(human.uuid, role, words, (organisation.pk,) if organisation else (), told)
        found.setdefault(human.number, said.after(was.get(human.number)))
    return found


def read_of(plan: Plan, item: Item, shelf: Shelf) -> dict:
    """What is remembered of the talk, for the next version of the file to be measured by."""
    said = [each.plain() for each in said_of(plan, item).values()]
    whole = {"whole_title": item.talk.title} if item.values["title"] != " ".join(item.talk.title.split()) else {}
    beside = {"group": item.group, "track": same_words(item.talk.track)}
    return item.values | {"people": said, "materials": shelf.of(item.talk)} | beside | whole


def extra_of(item: Item) -> dict:
    """What we have no place for and give back."""
    talk = item.talk
    names = ("number", "code", "slug", "subtitle", "kind", "room", "track", "language", "url", "logo", "license")
    given = {name: getattr(talk, name) for name in names}
    given["is_optout"], given["tags"] = talk.is_optout, list(talk.tags)
    given["links"] = [
        {"href": link.href, "title": link.title, "kind": link.kind, "is_file": link.is_file, "extra": link.extra}
        for link in talk.links
    ]
    given["recordings"] = [{"url": each.url, "kind": each.kind, "size": each.size} for each in talk.recordings]
    given["extra"] = talk.extra
    return {name: value for name, value in given.items() if value}


def new_row(plan: Plan, item: Item, shelf: Shelf, taken: set[str]) -> dict:
    guid = "" if item.was_deleted else item.talk.guid
    row = blank(Contribution) | {"uuid": free_uuid(guid, taken), "pk": item.number}
    row["fields"] |= item.values
    row["links"]["materials"] = sorted(shelf.numbers[href] for href in shelf.of(item.talk))
    people = said_of(plan, item).items()
    row["parts"]["appearances"] = [_appearance(number, said, place) for place, (number, said) in enumerate(people)]
    return row


def _appearance(number: int, said: Said, position: int) -> dict:
    row = blank(Appearance) | {"uuid": str(uuid.uuid4())}
    row["fields"] |= {"speaker_id": number, "position": position, **_columns(said)}
    row["links"]["organisations"] = sorted(said.organisations)
    return row


def _columns(said: Said) -> dict:
    return {"role": said.role, "affiliation_text": said.affiliation_text}


# ── What is there ────────────────────────────────────────────────────────────────────────────
def compare(plan: Plan, item: Item, shelf: Shelf):
    """Put what the source alone changed into the event's change, and note what both changed."""
    base, row = plan.base_of(item), item.row.row
    is_ours = base is None and item.how == "ours"
    # What our own export tells of times may be concluded from the event and its other talks.
    unsure = {name for name in CONCLUDED if item.how == "ours" and not (item.values[name] and row["fields"][name])}
    theirs = {name: value for name, value in item.values.items() if name not in unsure}
    taken, item.clashes[:] = settle(base, theirs, row["fields"], is_ours)
    appearances = _compare_people(plan, item, base)
    materials = _compare_materials(plan, item, base, shelf)
    if not taken and appearances is None and materials is None:
        return
    item.is_changed = True
    rows = plan.change(item.row.event).after["parts"]["contributions"]
    after = next(each for each in rows if each["uuid"] == row["uuid"])
    after["fields"] |= taken
    if appearances is not None:
        after["parts"]["appearances"] = appearances
    if materials is not None:
        after["links"]["materials"] = materials


def _compare_people(plan: Plan, item: Item, base: dict | None) -> list[dict] | None:
    """The appearances as they are to be; None where they stay."""
    theirs, was = said_of(plan, item), _last_said(plan, base)
    rows = {row["fields"]["speaker_id"]: row for row in item.row.row["parts"]["appearances"]}
    after, position = dict(rows), max((row["fields"]["position"] for row in rows.values()), default=-1) + 1
    for number, said in theirs.items():
        if number not in rows:
            if was is None or number not in was:
                after[number] = _appearance(number, said, position)
                position += 1
        elif was and number in was and said.words != was[number].words and not _is_said(plan, item, number, said):
            if words_of(rows[number]) == was[number].words:
                after[number] = _said_anew(rows[number], said)
            elif any(said.words):
                item.clashes.append(Clash("appearances", _shown(words_of(rows[number])), _shown(said.words)))
    # What another source told may be missing here and mean nothing: our own export names the public alone.
    for number, said in (was or {}).items() if item.origin else ():
        if number in rows and number not in theirs:
            if words_of(rows[number]) == said.words:
                del after[number]
            else:
                item.clashes.append(Clash("appearances", _shown(words_of(rows[number])), ""))
    return list(after.values()) if after != rows else None


def _is_said(plan: Plan, item: Item, number: int, said: Said) -> bool:
    """Whether the file tells no more than what stands here, which our own exports put into words."""
    row = next(row for row in item.row.row["parts"]["appearances"] if row["fields"]["speaker_id"] == number)
    if words_of(row) == said.words:
        return True
    names = plan.known.organisation_names
    here = Appearance(**{name: row["fields"][name] for name in ("office", "affiliation_text", "is_former")})
    here.visible_organisations = [
        Organisation(name=name) for pk, name in names.items() if pk in row["links"]["organisations"]
    ]
    there = said.affiliation_text or ", ".join(names.get(pk, "") for pk in said.organisations)
    kind = Contribution.Kind(item.row.row["fields"]["kind"]).label
    return (
        said.role in (row["fields"]["role"], "" if row["fields"]["role"] else str(kind)) and there == here.affiliation
    )


def _last_said(plan: Plan, base: dict | None) -> dict[int, Said] | None:
    if base is None or "people" not in base:
        return None
    said = [Said.read(each) for each in base["people"]]
    return {plan.crowd.number_of(plan.known.joined(each.identity)): each for each in said}


def _said_anew(row: dict, said: Said) -> dict:
    links = row["links"] | {"organisations": sorted(said.organisations)}
    return row | {"fields": row["fields"] | _columns(said), "links": links}


def _shown(words: tuple) -> str:
    return ", ".join(part for part in words[:2] if part)


def _compare_materials(plan: Plan, item: Item, base: dict | None, shelf: Shelf) -> list[int] | None:
    """As sets: what the file has more is added, what it has no more goes from the talk; None where nothing does."""
    now = set(item.row.row["links"]["materials"])
    told, was = set(shelf.of(item.talk)), set((base or {}).get("materials", ()) if item.origin else ())
    after = now | {shelf.numbers[href] for href in told - was}
    after -= {shelf.earlier.get(href) for href in was - told}
    return sorted(after) if after != now else None
