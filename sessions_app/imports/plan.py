"""What an import would do: all of it, before any of it is done."""

import hashlib
import json
from dataclasses import dataclass, field

from conference.editing.snapshot import Snapshot, same
from conference.models import Conference, ImportSource
from sessions_app.imports.choices import Choices
from sessions_app.imports.identity import EVENT, Known, Present
from sessions_app.imports.matching import Item
from sessions_app.imports.people import Crowd
from sessions_app.imports.settling import Clash
from sessions_app.interchange.programme import Problem, Programme, Talk

# More than this share of what came earlier must not just be gone.
SHARE = 10
# The placeholder of a new conference; there is only one.
NEW_CONFERENCE = -1


@dataclass
class Change:
    """A record that is there, and what it would be. `clashes` are what both sides changed."""

    present: Present
    after: Snapshot
    clashes: list[Clash] = field(default_factory=list)

    @property
    def is_real(self) -> bool:
        return not same(self.present.now, self.after)


@dataclass
class Reading:
    """What is kept of the file: which record something is, how it was read, and what we give back."""

    kind: str
    guid: str
    record: str
    read: dict
    extra: dict = field(default_factory=dict)


@dataclass
class Plan:
    """`new` holds snapshots by kind, `changes` those of records that are there by their UUID."""

    programme: Programme
    choices: Choices
    source: ImportSource | None
    conference: Conference | None
    known: Known
    crowd: Crowd
    items: list[Item]
    new: dict[str, list[Snapshot]] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    # Titles of what came earlier and is not in the file any more.
    missing: list[str] = field(default_factory=list)
    known_count: int = 0
    # What the editor leaves out of this file.
    left_out: list[Talk] = field(default_factory=list)
    # New records in words, by their model and placeholder.
    names: dict[tuple[type, int], str] = field(default_factory=dict)

    def change(self, present: Present) -> Change:
        """The change of a record, begun where there is none yet."""
        if present.uuid not in self.changes:
            self.changes[present.uuid] = Change(present, json.loads(json.dumps(present.now)))
        return self.changes[present.uuid]

    def base_of(self, item: Item) -> dict | None:
        """How a talk was last read, from this source or another; None for a new one."""
        return self.known.base(item.origin or self.known.elsewhere(item.uuid)) if item.row else None

    def add(self, kind: str, snapshot: Snapshot):
        self.new.setdefault(kind, []).append(snapshot)

    @property
    def real_changes(self) -> list[Change]:
        return [change for change in self.changes.values() if change.is_real]

    @property
    def is_fewer(self) -> bool:
        return len(self.missing) * SHARE > self.known_count

    @property
    def time_zone(self) -> str:
        """Of the conference, be it one that is still to be made."""
        if self.conference:
            return self.conference.time_zone
        return self.new[Conference._meta.label_lower][0]["fields"]["time_zone"]

    @property
    def is_empty(self) -> bool:
        """Nothing is new and nothing changes."""
        return not any(self.new.values()) and not self.real_changes

    @property
    def new_items(self) -> list[Item]:
        return [item for item in self.items if item.is_new]

    @property
    def changed_items(self) -> list[Item]:
        return [item for item in self.items if item.is_changed and not item.is_new]

    @property
    def clashes(self) -> list[tuple[Item, Clash]]:
        return [(item, clash) for item in self.items for clash in item.clashes]

    def counts(self) -> dict[str, int]:
        """For the report, by a word each."""
        changed, new = len(self.changed_items), len(self.new_items)
        events = sum(change.is_real for change in self.changes.values() if change.after["model"] == EVENT)
        return {
            "talks": len(self.items),
            "new": new,
            "changed": changed,
            "unchanged": len(self.items) - new - changed,
            "missing": len(self.missing),
            "events_new": len(self.new.get(EVENT, ())),
            "events_changed": events,
            "people": len(self.crowd.humans),
            "people_new": len(self.crowd.new),
        }

    @property
    def mark(self) -> str:
        """Changes with everything that is shown: nobody applies something else than what they saw."""
        shown = [
            [(identity, each.present.now, _lasting(each.after)) for identity, each in sorted(self.changes.items())],
            [_nameless(snapshot["fields"]) for made in self.new.values() for snapshot in made],
            self.missing,
            [(human.key, human.how, str(human.speaker and human.speaker.uuid)) for human in self.crowd.humans.values()],
            [(item.how, item.uuid if item.row else "") for item in self.items],
            self.choices.grouping,
            self.conference.pk if self.conference else None,
        ]
        return hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()


def _lasting(row: dict) -> dict:
    """Without the identities new rows get anew with every look."""
    parts = {name: [_lasting(each) for each in rows] for name, rows in row["parts"].items()}
    identity = row["uuid"] if (row["pk"] or 0) > 0 else ""
    return row | {"uuid": identity, "parts": parts}


def _nameless(fields: dict) -> dict:
    return {name: value for name, value in fields.items() if name != "slug"}
