"""A requirement tells in a sentence what a record lacks, and in which field; a checklist holds those of one kind."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from conference.models import Conference
from conference.publishing import Publishable, may_preview
from conference.richtext import plain_text


class State(enum.Enum):
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True)
class Lack:
    """What is missing, as a sentence, and the very field where it is entered."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Requirement:
    """`lacks` and `is_needed` take a record as its checklist loads it, and run no query."""

    # Kept with gaps and settings: "event.theme".
    key: str
    # The head of the column.
    label: str
    # When it is met and for whom it holds, in words for editors.
    meaning: str
    lacks: Callable[[Any], list[Lack]]
    is_needed: Callable[[Any], bool] = lambda record: True
    weight: int = 1
    is_required: bool = False

    def judge(self, record) -> tuple[State, list[Lack]]:
        if not self.is_needed(record):
            return State.NOT_NEEDED, []
        found = self.lacks(record)
        return (State.INCOMPLETE if found else State.COMPLETE), found


@dataclass(frozen=True)
class Checklist:
    """What is asked of one kind of record."""

    # As in addresses.
    name: str
    title: str
    model: type[Publishable]
    requirements: tuple[Requirement, ...]
    # Those of one conference, in order.
    of_conference: Callable[[Conference], QuerySet]
    # Some of them with everything the requirements ask about, in a fixed number of queries.
    load: Callable[[QuerySet], Iterable]
    # What else is named in the sentences: who may not see its drafts does not see the board.
    names: tuple[type[Publishable], ...] = ()
    # Before the title, and the colour of its square; both may be empty.
    note: Callable[[Any], str] = lambda record: ""
    palette: Callable[[Any], str] = lambda record: ""

    def may_see(self, user) -> bool:
        return all(may_preview(user, model) for model in (self.model, *self.names))

    def may_change(self, user) -> bool:
        return self.may_see(user) and user.has_perm(self.model.permission("change"))

    def may_publish(self, user) -> bool:
        return user.has_perm(self.model.permission("publish"))

    def requirement(self, key: str) -> Requirement | None:
        return next((requirement for requirement in self.requirements if requirement.key == key), None)


def form_of(record: Model, anchor: str = "") -> str:
    """The address of its form, at a field or a group of rows."""
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    return f"{address}#{anchor}" if anchor else address


def has_words(text: str) -> bool:
    """Whether anything is to be read in it; tags and blanks alone are nothing."""
    return bool(plain_text(text or "").strip())


# ── What several kinds of record are asked ───────────────────────────────────────────────────
def filled(key: str, field: str, label: str, meaning: str, sentence: str, **options) -> Requirement:
    """A field with words in it."""

    def lacks(record):
        if has_words(getattr(record, field)):
            return []
        return [Lack(str(sentence), form_of(record, f"id_{field}"))]

    return Requirement(key, label, meaning, lacks, **options)


def some(key: str, loaded: str, anchor: str, *words: str, **options) -> Requirement:
    """At least one in the list that is `loaded` with the record; `words` are label, meaning and sentence."""
    label, meaning, sentence = words

    def lacks(record):
        return [] if getattr(record, loaded) else [Lack(str(sentence), form_of(record, anchor))]

    return Requirement(key, label, meaning, lacks, **options)
