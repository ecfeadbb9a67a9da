"""A file taken over from the command line, with a report in words."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from conference.editing.words import Difference, differences
from conference.roundtrip.applying import apply_plan
from conference.roundtrip.plan import Plan, PlannedRow, place_of

# Of a long text, so much is told, from a little before the first change on.
LONGEST, BESIDE = 120, 30


def import_table(
    plan: Plan, user, file_name: str, *, is_rehearsal: bool = False, is_sorting_meant: bool = False
) -> Iterator[str]:
    """Do what the plan says, all or nothing, and tell it line by line. A rehearsal tells it only.

    Raises Overtaken, and ValidationError with what stands in the way.
    """
    with translation.override(settings.CONTENT_LANGUAGE):
        told = list(_report(plan))
    yield from told
    if plan.refused:
        raise ValidationError(_("Solange Zeilen abgelehnt sind, wird nichts übernommen."))
    if plan.sorted_columns and not is_sorting_meant:
        raise ValidationError(_("Wenn die Werte wirklich zu anderen Zeilen gehören sollen, hilft --gewollt."))
    if plan.is_empty or is_rehearsal:
        return
    apply_plan(plan, user if user.pk else None, file_name)
    yield _("Übernommen. Der Lauf lässt sich in der Redaktion unter „Läufe“ zurücknehmen.")


def _report(plan: Plan) -> Iterator[str]:
    yield from plan.warnings
    for name in plan.sorted_columns:
        yield _("Spalte „%(name)s“: dieselben Werte wie vorher, aber in anderen Zeilen. Ist sie allein sortiert?") % {
            "name": name
        }
    for row in plan.rows:
        yield from _row(row)
    counts = {"changed": len(plan.changed), "new": len(plan.new), "refused": len(plan.refused), "same": plan.same_count}
    yield _("%(changed)d Änderungen, %(new)d neu, %(refused)d abgelehnt, %(same)d unverändert.") % counts


def _row(row: PlannedRow) -> Iterator[str]:
    if row.reasons:
        yield from (f"{place}: {sentence}" for place, sentence in row.places)
        return
    yield from (f"{place_of(row.number)}: {note}" for note in row.notes)
    if row.before is None:
        yield _("%(place)s: „%(title)s“ ist neu.") % {"place": place_of(row.number), "title": row.title}
        return
    for each in differences(row.before, row.after):
        yield f"{place_of(row.number)}, {row.title}, {each.place}: {_in_words(each)}"


def _in_words(each: Difference) -> str:
    if each.kind != "changed":
        return _("neue Zeile") if each.kind == "new" else _("entfernte Zeile")
    sides = [" ".join(side.split()) or "–" for side in (each.before, each.after)]
    if sides[0] == sides[1]:
        return _("Die Wörter sind dieselben; geändert haben sich Auszeichnung, Absätze oder Linkziele.")
    alike = next((n for n, pair in enumerate(zip(*sides, strict=False)) if pair[0] != pair[1]), min(map(len, sides)))
    start = alike - BESIDE
    return " → ".join(_short(side, start if start > BESIDE else 0) for side in sides)


def _short(text: str, start: int) -> str:
    text = f"…{text[start:]}" if start else text
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
