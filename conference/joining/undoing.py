"""Take it back: two records again, each row naming whom it named, unless somebody has changed the same since."""

from collections import defaultdict

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.editing.snapshot import plain
from conference.joining.carrying import hold, note_all
from conference.models import ChangeRun, FormerSlug, TrashedRecord, WorkingCopy
from conference.runs.running import RunRefused
from conference.trash import RestoreRefused, columns, restore
from conference.trash.belonging import chunks

_MOMENTS = {"updated_at"}


@transaction.atomic
def undo_join(run: ChangeRun, user):
    """All as it was, or nothing. Raises RunRefused with what stands in the way."""
    run = ChangeRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.undone_at:
        raise RunRefused([_("Dieser Lauf ist schon zurückgenommen.")])
    extra, model = run.extra, apps.get_model(run.extra["model"])
    touched = {apps.get_model(name): set(numbers) for name, numbers in extra["touched"].items()}
    hold(touched)
    if problems := _problems(extra, model):
        raise RunRefused(problems)
    _restore(extra)
    _point_back(extra)
    _write_back(extra, model)
    for copy in extra["copies"]:
        WorkingCopy.objects.filter(pk=copy["pk"]).update(**copy["before"])
    touched[model] |= {extra["goes"]}
    note_all(touched, user, _("Zurückgenommen: %s") % run.title, [copy["pk"] for copy in extra["copies"]])
    run.undone_at, run.undone_by = timezone.now(), user
    run.save()


# ── Whether it is still so ───────────────────────────────────────────────────────────────────
def _problems(extra: dict, model) -> list[str]:
    if not model._base_manager.filter(pk=extra["stays"]).exists():
        return [_("Der Eintrag, der geblieben ist, ist nicht mehr da.")]
    found = []
    if not TrashedRecord.objects.filter(uuid=extra["trash"]).exists():
        found.append(_("Der andere Eintrag liegt nicht mehr im Papierkorb: Er ist wiederhergestellt oder gelöscht."))
    if _changed(model, extra["stays"], *(_columns_of(extra["values"][side]) for side in ("before", "after"))):
        found.append(_("Der Eintrag, der geblieben ist, wurde seither geändert."))
    found += [sentence for moved in extra["moved"] if (sentence := _moved_on(moved, extra["stays"]))]
    for row in extra["filled"]:
        kind = apps.get_model(row["model"])
        there = kind._base_manager.filter(pk=row["pk"], **{row["key"]: extra["stays"]}).exists()
        if not there or _changed(kind, row["pk"], row["before"], row["after"]):
            found.append(_("%s: Eine Zeile, die es zweimal gab, wurde seither geändert.") % _noun(kind))
    found += _homeless(extra)
    for copy in extra["copies"]:
        now = WorkingCopy.objects.filter(pk=copy["pk"]).values("base", "data").first()
        if now != copy["after"]:
            record = apps.get_model(copy["model"])._base_manager.filter(pk=copy["record"]).first()
            found.append(_("Die Arbeitskopie von „%s“ wurde seither geändert oder veröffentlicht.") % (record or "–"))
    return list(dict.fromkeys(found))


def _columns_of(table: dict) -> dict:
    return dict(zip(table["fields"], table["rows"][0], strict=True))


def _changed(model, number: int, before: dict, after: dict) -> bool:
    """Whether what was changed then has been changed since."""
    names = [name for name in after if before.get(name) != after[name] and name not in _MOMENTS]
    now = model._base_manager.filter(pk=number).values(*names).first() if names else {}
    return now is None or any(plain(now[name]) != after[name] for name in names)


def _moved_on(moved: dict, stays: int) -> str:
    model = apps.get_model(moved["model"])
    there = sum(
        model._base_manager.filter(pk__in=some, **{moved["field"]: stays}).count() for some in chunks(moved["pks"])
    )
    if there == len(moved["pks"]):
        return ""
    words = {"noun": _noun(model), "count": len(moved["pks"]) - there}
    return _("%(noun)s: %(count)d davon seither geändert oder gelöscht.") % words


def _noun(model) -> str:
    """A row of a many-to-many table goes by the name of the record it belongs to."""
    return str((model._meta.auto_created or model)._meta.verbose_name_plural)


def _homeless(extra: dict) -> list[str]:
    """Rows that were taken out, and what they belonged to has gone since."""
    wanted = defaultdict(set)
    own = (apps.get_model(extra["model"]), extra["goes"])
    back = {(type(row), row.pk) for table in extra["removed"] for row in columns.build(table)}
    for table in extra["removed"]:
        for row in columns.build(table):
            for key in (each for each in row._meta.concrete_fields if each.many_to_one):
                target = (key.related_model, getattr(row, key.attname))
                if target[1] is not None and target != own and target not in back:
                    wanted[target[0]].add(target[1])
    lacking = [model for model, numbers in wanted.items() if len(numbers) > _present(model, numbers)]
    return [_("%s: Wozu eine der Zeilen gehörte, ist nicht mehr da.") % _noun(model) for model in lacking]


def _present(model, numbers) -> int:
    return sum(model._base_manager.filter(pk__in=some).count() for some in chunks(sorted(numbers)))


# ── Writing ──────────────────────────────────────────────────────────────────────────────────
def _restore(extra: dict):
    try:
        restored = restore(TrashedRecord.objects.get(uuid=extra["trash"]))
    except RestoreRefused as error:
        raise RunRefused(error.sentences or [str(error)]) from error
    if restored.remarks:
        raise RunRefused(restored.remarks)


def _point_back(extra: dict):
    for moved in extra["moved"]:
        rows = apps.get_model(moved["model"])._base_manager
        for some in chunks(moved["pks"]):
            rows.filter(pk__in=some).update(**{moved["field"]: extra["goes"]})
    for row in extra["filled"]:
        kept = apps.get_model(row["model"])._base_manager.filter(pk=row["pk"])
        if row["before"]:
            kept.update(**row["before"])
        for name, numbers in row["links"].items():
            getattr(kept.get(), name).remove(*numbers)
    for table in extra["removed"]:
        columns.insert(columns.build(table))


def _write_back(extra: dict, model):
    before, after = (_columns_of(extra["values"][side]) for side in ("before", "after"))
    [then] = columns.build(extra["values"]["before"])
    changed = [name for name in after if before.get(name) != after[name] and name not in _MOMENTS]
    kept = model._base_manager.filter(pk=extra["stays"])
    if changed:
        kept.update(**{name: getattr(then, name) for name in changed})
    for name, numbers in extra["added"].items():
        getattr(kept.get(), name).remove(*numbers)
    FormerSlug.objects.filter(pk__in=extra["slugs"]).delete()
