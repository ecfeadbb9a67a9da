"""What somebody of the editors has begun and not finished: drafts, working copies, input that was never saved."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.board.requirement import form_of
from conference.models import UnsavedInput, WorkingCopy
from conference.unsaved.keeping import form_behind

ROWS = 8
# Of the newest entries of one's own in the log, those that are still drafts are shown.
_OWN_ENTRIES = 200


@dataclass(frozen=True)
class Begun:
    """`words` say what it is: a draft, a working copy, unsaved input."""

    title: str
    noun: str
    words: str
    url: str
    since: datetime.datetime


def begun_by(user, things, counts) -> list[Begun]:
    """The newest first. `things` are the records `user` works on, `counts` their states, both by kind."""
    begun = [*_drafts(user, things, counts), *_working_copies(user, things), *_unsaved(user, things)]
    return sorted(begun, key=lambda each: each.since, reverse=True)[:ROWS]


def _begun(record, words: str, since) -> Begun:
    return Begun(str(record), capfirst(record._meta.verbose_name), words, form_of(record), since)


def _drafts(user, things, counts) -> list[Begun]:
    touched = defaultdict(set)
    log = LogEntry.objects.filter(user=user, action_flag__in=[ADDITION, CHANGE]).order_by("-action_time")
    for content_type, number in log.values_list("content_type", "object_id")[:_OWN_ENTRIES]:
        touched[content_type].add(number)
    drafts = []
    for model, records in things.items():
        numbers = touched[ContentType.objects.get_for_model(model).pk]
        if numbers and counts[model]["drafts"]:
            drafts += records.drafts().filter(pk__in=numbers).order_by("-updated_at")[:ROWS]
    return [_begun(record, _("Entwurf"), record.updated_at) for record in drafts]


def _working_copies(user, things) -> list[Begun]:
    """Those that are neither handed in nor planned: they wait for nobody else."""
    types = {content_type.pk: model for model, content_type in ContentType.objects.get_for_models(*things).items()}
    copies = WorkingCopy.objects.filter(
        updated_by=user, is_submitted=False, publish_at=None, content_type__in=types
    ).order_by("-updated_at")
    since = defaultdict(dict)
    for content_type, number, moment in copies.values_list("content_type", "object_id", "updated_at")[:ROWS]:
        since[types[content_type]][number] = moment
    return [
        _begun(record, _("Arbeitskopie"), numbers[record.pk])
        for model, numbers in since.items()
        for record in things[model].filter(pk__in=numbers)
    ]


def _unsaved(user, things) -> list[Begun]:
    """Each form once, however many windows it was open in."""
    words, begun, since = _("nicht gesicherte Eingaben"), [], defaultdict(dict)
    for form, moment in UnsavedInput.objects.filter(user=user).offered().values_list("form", "updated_at")[:ROWS]:
        model_admin, number = form_behind(form) or (None, None)
        model = getattr(model_admin, "model", None)
        if model not in things or str(number) in since[model]:
            continue
        since[model][str(number)] = moment
        if number is None:
            begun.append(Begun(_("Neuer Eintrag"), capfirst(model._meta.verbose_name), words, form, moment))
    for model, numbers in since.items():
        known = [number for number in numbers if number.isdigit()]
        records = things[model].filter(pk__in=known) if known else ()
        begun += [_begun(record, words, numbers[str(record.pk)]) for record in records]
    return begun
