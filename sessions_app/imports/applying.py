"""A plan becomes true: all of it or nothing, as one run that can be taken back as one."""

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.editing.snapshot import Snapshot, take_all
from conference.models import ChangeRun, Conference, ImportSource, Material, Origin, Revision
from conference.publishing import Publishable
from conference.runs.running import RunRefused, change
from sessions_app.imports.building import Builder
from sessions_app.imports.choices import Choices, ImportRefused
from sessions_app.imports.identity import TALK, Known
from sessions_app.imports.plan import Plan, Reading
from sessions_app.imports.planning import make_plan
from sessions_app.interchange.programme import Programme
from sessions_app.models import Contribution, Event, Speaker, Video

AT_ONCE = 300
# Those that others point to first: taken back, they go last.
BEFORE, AFTER = (Conference, Speaker, Material), (Event, Video)


class ImportFailed(ImportRefused):
    """The database or a rule of the house refused: one sentence or more."""


class Changed(ImportRefused):
    """What is here is not any more what somebody has seen in the preview."""


@transaction.atomic
def apply(programme: Programme, choices: Choices, user, mark: str = "") -> tuple[Plan, ChangeRun | None]:
    """Plan anew, and do it; `mark` is that of the plan somebody has looked at. Without a change there is no run.

    Raises ImportRefused with a sentence, and then nothing has changed.
    """
    if choices.conference:
        # One import into a conference at a time.
        list(Conference._base_manager.select_for_update().filter(pk=choices.conference.pk))
    plan = make_plan(programme, choices, user)
    if mark and plan.mark != mark:
        raise Changed(_("Inzwischen hat sich hier etwas geändert. Bitte sehen Sie noch einmal nach."))
    check_whole(plan)
    try:
        with transaction.atomic():
            # Who runs a command without a name is nobody here.
            run = _carry_out(plan, user if user.pk else None)
            _remember(plan, run, may_publish=user.has_perm(Event.permission("publish")))
            return plan, run
    except (IntegrityError, DataError) as error:
        raise ImportFailed(_("Zwei Angaben schließen einander aus; es ist nichts eingelesen worden.")) from error
    except RunRefused as error:
        raise ImportFailed(" ".join(error.messages)) from error
    except ValidationError as error:
        raise ImportFailed(" ".join(error.messages)) from error


def check_whole(plan: Plan):
    """Raises ImportRefused where much is missing that came earlier, and nobody said that it may."""
    if plan.is_fewer and not plan.choices.is_fewer_fine:
        words = ngettext(
            "In der Datei fehlt %(missing)d von %(count)d Beiträgen, die früher aus dieser Quelle kamen.",
            "In der Datei fehlen %(missing)d von %(count)d Beiträgen, die früher aus dieser Quelle kamen.",
            len(plan.missing),
        )
        raise ImportRefused(words % {"missing": len(plan.missing), "count": plan.known_count})


def _carry_out(plan: Plan, user) -> ChangeRun | None:
    builder, run = Builder(), None
    if not plan.is_empty:
        title = _("Programm „%(name)s“ eingelesen") % {"name": plan.choices.source}
        first = _make(builder, plan, BEFORE, user, title)
        changes = [(each.present.record, builder.resolved(each.after)) for each in plan.real_changes]
        run = change(title, user, changes, ChangeRun.Kind.IMPORT)
        last = _make(builder, plan, AFTER, user, title)
        run.changes = [*first, *run.changes, *last]
        run.save(update_fields=["changes"])
    return run


def _make(builder: Builder, plan: Plan, kinds: tuple, user, title: str) -> list[dict]:
    """The new records of these kinds, with their first revisions; gives their lines in the run."""
    kept = []
    for kind in kinds:
        if kind is Video:
            _learn_contributions(builder, plan)
        made = builder.make(plan.new.get(kind._meta.label_lower, []))
        if kind is Conference and made:
            plan.conference = made[0]
        snapshots = take_all(kind, [record.pk for record in made])
        _keep_all(made, snapshots, user, title)
        kept += [_line(record, snapshots[record.pk]) for record in made]
    return kept


def _line(record, snapshot: Snapshot) -> dict:
    entry = {"model": record._meta.label_lower, "pk": record.pk, "title": str(record)[:300]}
    return entry | {"before": None, "after": snapshot, "where": "live"}


def _keep_all(records: list[Publishable], snapshots: dict[int, Snapshot], user, title: str):
    """Their first revisions, as `conference.editing.revisions.keep` would write them one by one."""
    if not records:
        return
    name = (user.get_full_name() or user.get_username())[:160] if user else ""
    keys = Revision.keys(records[0])
    Revision.objects.bulk_create(
        [
            Revision(
                **keys | {"object_id": record.pk},
                number=1,
                kind=Revision.Kind.CREATED,
                user=user,
                user_name=name,
                note=title[:400],
                data=snapshots[record.pk],
            )
            for record in records
        ],
        batch_size=AT_ONCE,
    )


def _learn_contributions(builder: Builder, plan: Plan):
    """The numbers new talks have by now, for the videos that belong to them."""
    wanted = {item.uuid: item.number for item in plan.items if item.number < 0 and item.uuid}
    rows = Contribution._base_manager.filter(uuid__in=wanted).values_list("uuid", "pk")
    builder.numbers |= {(Contribution, wanted[str(identity)]): number for identity, number in rows}


# ── What is remembered ───────────────────────────────────────────────────────────────────────
def _remember(plan: Plan, run: ChangeRun | None, may_publish: bool):
    programme, source = plan.programme, plan.source
    source = source or ImportSource(name=plan.choices.source[:200], conference=plan.conference)
    source.file_format, source.grouping = programme.file_format[:20], plan.choices.grouping
    source.last_count = len(plan.items)
    source.extra = _extra(programme)
    source.save()
    known = {(each.kind, each.guid): each for each in source.origins.all()}
    new, changed = {}, []
    for reading in plan.readings:
        key = (reading.kind, reading.guid)
        origin = known.get(key) or new.get(key)
        if not may_publish and _is_public(plan, reading):
            # It goes out again with what is public, which is not theirs to change.
            reading.extra = origin.extra if origin else {}
        if origin is None:
            new[key] = _origin(source, reading, run)
        elif _renew(origin, reading, run, plan.known) and key not in new:
            changed.append(origin)
    Origin.objects.bulk_create(new.values(), batch_size=AT_ONCE)
    Origin.objects.bulk_update(changed, ["record", "data", "extra"], batch_size=AT_ONCE)


def _is_public(plan: Plan, reading: Reading) -> bool:
    row = plan.known.rows.get(reading.record) if reading.kind == TALK else None
    return row is not None and row.event.record.is_released


def _origin(source: ImportSource, reading: Reading, run: ChangeRun | None) -> Origin:
    data = {"read": reading.read, "run": str(run.uuid) if run else ""}
    return Origin(
        source=source, kind=reading.kind, guid=reading.guid, record=reading.record, data=data, extra=reading.extra
    )


def _renew(origin: Origin, reading: Reading, run: ChangeRun | None, known: Known) -> bool:
    """Says whether there is anything new to remember.

    Who was made one with another keeps their own identity here: that can still be taken back.
    """
    base, is_there = known.base(origin), known.joined(str(origin.record)) == reading.record
    is_same = base == reading.read and origin.data.get("read") == base and origin.extra == reading.extra
    if is_same and is_there:
        return False
    origin.record = origin.record if is_there else reading.record
    origin.extra = reading.extra
    if base != reading.read or origin.data.get("read") != base:
        # Where the reading is the same, it still belongs to the run that brought it.
        origin.data = {"read": reading.read, "run": str(run.uuid) if run else "", "before": base if is_there else None}
    return True


def _extra(programme: Programme) -> dict:
    """Of the conference: what we have no place for and give back."""
    names = ("key", "acronym", "description", "time_zone", "place", "url", "version")
    given = {name: getattr(programme, name) for name in names}
    given |= {"tracks": list(programme.tracks), "rooms": list(programme.rooms), "extra": programme.extra}
    return {name: value for name, value in given.items() if value}
