"""Make one of two records: everything moves in one transaction, and what was is kept for the way back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.editing.copies import write
from conference.editing.revisions import keep, keep_found
from conference.editing.snapshot import link_fields, plain, take
from conference.joining.copies import rename_in_copies
from conference.joining.plan import STAYS, Plan
from conference.joining.references import Double, Pointing
from conference.models import ChangeRun, FormerSlug, Revision, WorkingCopy
from conference.publishing import Publishable
from conference.trash import columns, trash
from conference.trash.belonging import chunks
from conference.trash.keeping import index
from conference.trash.words import noun

SCHEMA = 1
# Records by kind and number.
Touched = dict[type[models.Model], set[int]]


class JoinRefused(ValidationError):
    """Nothing was changed: why, in sentences."""


@transaction.atomic
def join(seen: Plan, user, mark: str, choices: Mapping[str, str]) -> ChangeRun:
    """Whatever names `goes` names `stays`, which takes over its names and addresses; `goes` lies in the trash.

    This is live at once, for the public too: it is about who somebody is, not about a text. `mark` is that of the plan
    somebody has looked at. Raises JoinRefused where things are not so any more, ValidationError where the result is
    not valid. The number of queries grows with the records that are touched, and with the working copies there are.
    """
    plan = _held(seen, mark)
    stays, goes, values = plan.stays, plan.goes, plan.values(choices)
    title = _("„%(goes)s“ ist jetzt „%(stays)s“") % {"goes": goes, "stays": stays}
    touched = plan.references.touched()
    touched[plan.model] = touched[plan.model] - {goes.pk} | {stays.pk}
    for record in [*records(touched), goes]:
        keep_found(record)
    extra = {"schema": SCHEMA, "model": plan.model._meta.label_lower, "stays": stays.pk, "goes": goes.pk}
    extra |= {"counts": _counts(plan)} | _point_anew(plan) | _write(plan, values)
    extra["copies"] = rename_in_copies(stays, goes)
    extra["trash"] = str(trash(goes, user).uuid)
    extra["touched"] = {kind._meta.label_lower: sorted(numbers) for kind, numbers in touched.items()}
    note_all(touched, user, title, [copy["pk"] for copy in extra["copies"]])
    entry = {"model": extra["model"], "pk": stays.pk, "title": str(stays)[:300], "where": "live"}
    changes = [entry | {"before": plan.before[STAYS], "after": take(stays)}]
    return ChangeRun.objects.create(
        kind=ChangeRun.Kind.MERGE, title=title[:300], user=user, changes=changes, extra=extra
    )


def _held(seen: Plan, mark: str) -> Plan:
    """The plan as things are now, and nobody can change any of them until the transaction ends."""
    model, numbers = seen.model, [seen.stays.pk, seen.goes.pk]
    held = {each.pk: each for each in model._base_manager.select_for_update().filter(pk__in=numbers).order_by("pk")}
    if len(held) < 2:
        raise JoinRefused(_("Einer der beiden Einträge ist nicht mehr da."))
    hold(seen.references.touched())
    plan = Plan(held[seen.stays.pk], held[seen.goes.pk], seen.fieldsets)
    if plan.mark != mark:
        raise JoinRefused(_("Inzwischen hat sich etwas geändert. Bitte sehen Sie noch einmal nach."))
    if plan.obstacles:
        raise JoinRefused(plan.obstacles)
    return plan


# ── Records that are touched ─────────────────────────────────────────────────────────────────
def hold(touched: Touched):
    """Until the transaction ends nobody else changes them."""
    for model, numbers in sorted(touched.items(), key=lambda item: item[0]._meta.label):
        for some in chunks(sorted(numbers)):
            list(model._base_manager.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


def records(touched: Touched) -> Iterable[models.Model]:
    for model, numbers in touched.items():
        for some in chunks(sorted(numbers)):
            yield from model._base_manager.filter(pk__in=some).order_by("pk")


def note_all(touched: Touched, user, title: str, copies: Iterable[int]):
    """A revision of each, and of each working copy; the search reads them anew, and they were changed now."""
    for model, numbers in touched.items():
        if issubclass(model, Publishable):
            for some in chunks(sorted(numbers)):
                model._base_manager.filter(pk__in=some).update(updated_at=timezone.now())
    for record in records(touched):
        keep(record, Revision.Kind.RUN, user, title[:400])
    for working_copy in WorkingCopy.objects.filter(pk__in=list(copies)).order_by("pk"):
        if working_copy.record is not None:
            keep(working_copy.record, Revision.Kind.RUN, user, title[:400], working_copy.data)
    index(touched)


def _counts(plan: Plan) -> list[str]:
    """What moves, in words that name nobody: "3 Auftritte"."""
    counts = defaultdict(int)
    for key, numbers in plan.references.moved:
        counts[key.model] += len(numbers)
    for double in plan.references.doubles:
        counts[double.model] += 1
    for key, numbers in [*plan.references.links, *plan.references.double_links]:
        counts[key.model._meta.auto_created] += len(numbers)
    return [f"{count} {noun(model, count)}" for model, count in counts.items()]


# ── Writing ──────────────────────────────────────────────────────────────────────────────────
def _point_anew(plan: Plan) -> dict:
    """Rows keep their numbers, order and places; only whom they name is another."""
    references = plan.references
    filled = [_fill(double) for double in references.doubles]
    removed = []
    for double in references.doubles:
        removed += [columns.read(double.model, [double.goes]), *_cut_links(double.model, double.goes)]
        columns.delete(double.model, [double.goes])
    for key, numbers in references.double_links:
        removed.append(columns.read(key.model, numbers))
        columns.delete(key.model, numbers)
    moved = [_move(pointing, plan.stays) for pointing in [*references.moved, *references.links]]
    return {"moved": moved, "removed": removed, "filled": filled}


def _fill(double: Double) -> dict:
    """What the row that is left takes over: {"model", "pk", "before", "after", "links"}."""
    model, fields, links = double.model, double.filled["fields"], double.filled["links"]
    row = model._base_manager.get(pk=double.stays)
    before = {name: plain(getattr(row, name)) for name in fields}
    for name, value in fields.items():
        setattr(row, name, model._meta.get_field(name).to_python(value))
    if fields:
        row.save(update_fields=list(fields))
    for name, numbers in links.items():
        getattr(row, name).add(*numbers)
    keys = {"model": model._meta.label_lower, "pk": row.pk, "key": double.key.name}
    return keys | {"before": before, "after": fields, "links": links}


def _cut_links(model, number: int) -> list[dict]:
    tables = []
    for relation in link_fields(model):
        through = relation.remote_field.through
        rows = through._base_manager.filter(**{relation.m2m_column_name(): number})
        if numbers := list(rows.values_list("pk", flat=True)):
            tables.append(columns.read(through, numbers))
            columns.delete(through, numbers)
    return tables


def _move(pointing: Pointing, stays) -> dict:
    key, numbers = pointing
    for some in chunks(numbers):
        key.model._base_manager.filter(pk__in=some).update(**{key.attname: stays.pk})
    return {"model": key.model._meta.label_lower, "field": key.name, "pks": numbers}


def _write(plan: Plan, values: dict) -> dict:
    """The one that stays as it was chosen, its links, and the addresses that lead to it."""
    model, number = plan.model, [plan.stays.pk]
    before = columns.read(model, number)
    data = take(plan.stays)
    data["fields"] |= values
    for name, numbers in plan.added.items():
        data["links"][name] = sorted({*data["links"][name], *numbers})
    write(plan.stays, data)
    kind = ContentType.objects.get_for_model(model)
    new = [FormerSlug.objects.create(content_type=kind, object_id=plan.stays.pk, slug=slug) for slug in plan.slugs]
    both = {"before": before, "after": columns.read(model, number)}
    return {"values": both, "added": plan.added, "slugs": [slug.pk for slug in new]}
