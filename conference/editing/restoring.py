"""Back to a revision: the whole record, one field, or one row with all it holds."""

import copy
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from conference.editing.copies import MOMENTS, current, write
from conference.editing.merging import is_row
from conference.editing.rehearsal import rehearsal
from conference.editing.revisions import with_value
from conference.editing.saving import locked, save_as
from conference.editing.snapshot import Flat, Snapshot, content_fields, flatten, link_fields, rebuild, same
from conference.editing.words import Place, Reader
from conference.joining.copies import as_of_today
from conference.models import Revision
from conference.scope import is_limited, is_own, paths_of, scoped

NOTE_LENGTH = 400


@dataclass(frozen=True)
class Restored:
    """`where` it went ("live" | "copy"), or "" where nothing had to change; places that stayed empty."""

    where: str
    place: str
    left_out: tuple[str, ...] = ()


@transaction.atomic
def restore(record, revision: Revision, user, path: str | None = None) -> Restored:
    """Make the record as it was in a revision, or only what stands at `path`: a field, or a row with all it holds.

    A published record keeps its live version, and its working copy changes. Moments and the status stay. Raises
    ValidationError with sentences for the editor, and then nothing has changed. The caller checks the right to change.
    """
    record = locked(record)
    revision.data = as_of_today(revision.data)
    now = current(record)
    reader = Reader(now, revision.data)
    place = reader.place(path) if path else None
    wanted = _with_unseen(_wanted(now, revision, path, place), now, type(record), user)
    data, left_out = _without_missing(wanted, now, reader)
    if place and path in left_out:
        raise ValidationError(
            _("„%(place)s“: Was in Stand %(number)d dort stand, ist nicht mehr da. Vielleicht liegt es im Papierkorb."),
            params={"place": place, "number": revision.number},
        )
    if same(data, now):
        return Restored("", str(place or ""))
    _rehearse(record, data, user)
    note = _("Stand %(number)d wiederhergestellt") % {"number": revision.number} + (f": {place}" if place else "")
    where = save_as(record, data, user, Revision.Kind.RESTORED, note[:NOTE_LENGTH])
    return Restored(where, str(place or ""), tuple(str(reader.place(each)) for each in left_out))


def _wanted(now: Snapshot, revision: Revision, path: str | None, place: Place | None) -> Snapshot:
    then = revision.data
    if path is None:
        return _whole(now, then)
    if reason := obstacle(flatten(now), flatten(then), path):
        raise ValidationError(_("„%(place)s“: %(reason)s"), params={"place": place, "reason": reason})
    return with_value(copy.deepcopy(now), copy.deepcopy(then), path)


def _whole(now: Snapshot, then: Snapshot) -> Snapshot:
    """All of it, but the moments. What a revision does not know, because it is younger, stays as it is now."""
    known = {name: value for name, value in then["fields"].items() if name in now["fields"] and name not in MOMENTS}
    return now | {
        "fields": now["fields"] | known,
        "links": now["links"] | {name: value for name, value in then["links"].items() if name in now["links"]},
        "parts": now["parts"] | {name: rows for name, rows in then["parts"].items() if name in now["parts"]},
    }


def _with_unseen(data: Snapshot, now: Snapshot, model: type[models.Model], user) -> Snapshot:
    """Ends of links that belong to the conferences of others stay: an editor changes none that are not shown."""
    hiding = [field for field in link_fields(model) if paths_of(field.related_model)] if is_limited(user) else ()
    links = {}
    for field in hiding:
        then, today = set(data["links"].get(field.name, ())), set(now["links"].get(field.name, ()))
        ends = scoped(field.related_model._default_manager.filter(pk__in=then | today), user)
        seen = set(ends.values_list("pk", flat=True))
        links[field.name] = sorted((then & seen) | (today - seen))
    return data | {"links": data["links"] | links}


def obstacle(ours: Flat, theirs: Flat, path: str) -> str:
    """Why what stands at a path cannot be brought back from `theirs`, in words; "" if it can."""
    holder = path.rpartition("/")[0]
    if is_row(path):
        holder = holder.rpartition("/")[0]
    if path in MOMENTS:
        return _("Zeitpunkte der Veröffentlichung werden nicht wiederhergestellt.")
    if path not in ours and path not in theirs:
        return _("Was wiederhergestellt werden soll, gibt es in diesem Stand nicht.")
    if holder and holder not in ours:
        return _("Die Zeile, zu der es gehört, ist heute nicht mehr da. Holen Sie zuerst diese zurück.")
    if not is_row(path) and path not in theirs:
        return _("Dieses Feld gab es damals noch nicht.")
    if not is_row(path) and path not in ours:
        return _("Dieses Feld gibt es heute nicht mehr.")
    return ""


def _without_missing(data: Snapshot, now: Snapshot, reader: Reader) -> tuple[Snapshot, list[str]]:
    """Without links to what is gone, and where there were any. Raises ValidationError where one is needed."""
    flat, present = flatten(data), flatten(now)
    left_out = []
    for path, value in flat.items():
        field = None if is_row(path) else reader.place(path).field
        if field is None or not field.is_relation or not value or value == present.get(path):
            continue
        there = reader.names.get(field.related_model, {})
        if isinstance(value, tuple):
            flat[path] = tuple(number for number in value if number in there)
        elif value not in there and not field.null:
            raise ValidationError(
                _("„%(place)s“: Was dort stand, ist nicht mehr da. Vielleicht liegt es im Papierkorb."),
                params={"place": reader.place(path)},
            )
        elif value not in there:
            flat[path] = None
        if flat[path] != value:
            left_out.append(path)
    return (rebuild(flat, copy.deepcopy(data)), left_out) if left_out else (data, [])


def _rehearse(record: models.Model, data: Snapshot, user):
    """Whether the record could be so, also where only its working copy changes. Raises ValidationError."""
    _check_constraints(record, data)
    try:
        with rehearsal():
            written = write(record, data)
            if not is_own(written, user):
                raise ValidationError(_("Damals gehörte der Inhalt zu einer Konferenz, an der Sie nicht arbeiten."))
    except IntegrityError:
        raise ValidationError(
            _("So geht es nicht zurück: Ein Wert, den es nur einmal geben darf, ist inzwischen vergeben.")
        ) from None
    except ObjectDoesNotExist:
        raise ValidationError(_("Der Inhalt ist nicht mehr da. Vielleicht liegt er im Papierkorb.")) from None


def _check_constraints(record: models.Model, data: Snapshot):
    """Before the database refuses without a sentence."""
    would_be = copy.copy(record)
    for field in content_fields(type(record)):
        value = data["fields"].get(field.attname)
        if field.attname in data["fields"]:
            with suppress(ValidationError):
                setattr(would_be, field.attname, value if field.is_relation else field.to_python(value))
    would_be.validate_constraints()
