"""Back to a revision: exactly what was asked for changes, and nothing is half saved."""

import copy
import random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.editing.copies import MOMENTS, copy_of, current, store
from conference.editing.restoring import restore
from conference.editing.revisions import keep
from conference.editing.snapshot import flatten, same, take
from conference.models import Material, Revision, WorkingCopy
from sessions_app.models import Appearance, Contribution, Event, GuidingQuestion, Speaker
from tests import make

pytestmark = pytest.mark.django_db


def an_event(**fields):
    event = make.event("Auftakt", questions=["Warum?", "Wozu?"], summary="Kurz.", **({"status": "draft"} | fields))
    event.materials.set([make.material()])
    for number, title in enumerate(("Begrüßung", "Vortrag")):
        contribution = make.contribution(event=event, title=title, position=number, projects=[make.project()])
        for place in range(2):
            make.appearance(contribution=contribution, position=place, organisations=[make.organisation()])
    return event


def changed(before, after):
    """The paths at which two snapshots differ."""
    old, new = flatten(before), flatten(after)
    return {path for path in {*old, *new} if old.get(path) != new.get(path)}


def path_of(row, *names):
    steps = [f"contributions/{row.uuid}"] if isinstance(row, Contribution) else []
    if isinstance(row, GuidingQuestion):
        steps = [f"questions/{row.uuid}"]
    if isinstance(row, Appearance):
        steps = [f"contributions/{row.contribution.uuid}/appearances/{row.uuid}"]
    return "/".join([*steps, *names])


@pytest.fixture
def editor():
    return make.editor(username="erika", first_name="Erika", last_name="Muster")


# ── One field (must show 5) ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("what", ["title", "materials", "question", "contribution", "appearance", "organisations"])
@pytest.mark.parametrize("status", ["draft", "published"])
def test_one_field_of_the_third_last_revision_is_all_that_changes(editor, what, status):
    event = an_event(status=status)
    question, contribution = event.questions.first(), event.contributions.first()
    appearance = contribution.appearances.first()
    path = {
        "title": "title",
        "materials": "materials",
        "question": path_of(question, "text"),
        "contribution": path_of(contribution, "title"),
        "appearance": path_of(appearance, "role"),
        "organisations": path_of(appearance, "organisations"),
    }[what]
    keep(event, Revision.Kind.CREATED)
    revisions = []
    for number in range(3):
        Event.objects.filter(pk=event.pk).update(title=f"Titel {number}", summary=f"Kurz {number}", place=f"{number}")
        event.materials.set([make.material()])
        GuidingQuestion.objects.update(text=f"Frage {number}?")
        Contribution.objects.update(title=f"Beitrag {number}")
        Appearance.objects.update(role=f"Rolle {number}")
        appearance.organisations.set([make.organisation()])
        if number == 1:
            make.appearance(contribution=contribution, position=7)
            event.contributions.last().delete()
        revisions.append(keep(event, Revision.Kind.SAVED))
    before, live = current(event), take(event)
    restored = restore(event, revisions[0], editor, path)
    assert changed(before, current(event)) == {path}
    assert flatten(current(event))[path] == flatten(revisions[0].data)[path]
    assert restored.where == ("copy" if status == "published" else "live")
    assert same(take(event), live) == (status == "published")
    last = Revision.objects.of(event).first()
    assert (last.kind, last.user, last.is_live) == (Revision.Kind.RESTORED, editor, status != "published")
    assert last.note.startswith(f"Stand {revisions[0].number} wiederhergestellt: ")


def test_a_row_comes_back_with_all_it_holds_and_goes_again(editor):
    event = an_event()
    first = keep(event, Revision.Kind.CREATED)
    contribution = event.contributions.first()
    path, inner = path_of(contribution), path_of(contribution.appearances.last())
    contribution.appearances.last().delete()
    restore(event, first, editor, inner)
    assert same(take(event), first.data)
    contribution.delete()
    gone = keep(event, Revision.Kind.SAVED)
    restore(event, first, editor, path)
    assert same(take(event), first.data)
    restore(event, gone, editor, path)
    assert same(take(event), gone.data)


def test_a_field_of_a_row_that_is_gone_is_refused(editor):
    event = an_event()
    first = keep(event, Revision.Kind.CREATED)
    contribution = event.contributions.first()
    appearance = contribution.appearances.first()
    paths = [path_of(contribution, "title"), path_of(appearance), path_of(appearance, "role")]
    contribution.delete()
    before = take(event)
    for path in paths:
        with pytest.raises(ValidationError, match="Die Zeile, zu der es gehört, ist heute nicht mehr da"):
            restore(event, first, editor, path)
    for path in ("nichts", "questions/nichts", "questions/nichts/text", "a/b/c/d/e", "/", "published_at"):
        with pytest.raises(ValidationError):
            restore(event, first, editor, path)
    assert same(take(event), before)
    assert Revision.objects.of(event).count() == 1


# ── All of it ────────────────────────────────────────────────────────────────────────────────
def without_moments(data):
    return {path: value for path, value in flatten(data).items() if path not in MOMENTS}


def _edit(event, dice):
    """One random change of any kind."""
    contributions = list(event.contributions.all())
    kinds = ["title", "question", "add", "remove", "swap", "links", "appearance"]
    kind = dice.choice(kinds)
    if kind == "title":
        Event.objects.filter(pk=event.pk).update(title=f"T{dice.random()}", is_cancelled=dice.random() < 0.5)
    elif kind == "question":
        GuidingQuestion.objects.create(event=event, text=f"F{dice.random()}?", position=dice.randrange(9))
    elif kind == "add" or not contributions:
        made = Contribution.objects.create(event=event, title=f"B{dice.random()}", position=dice.randrange(9))
        Appearance.objects.create(contribution=made, speaker=Speaker.objects.first(), role="Gast")
    elif kind == "remove":
        dice.choice(contributions).delete()
    elif kind == "swap":
        Contribution.objects.filter(pk=dice.choice(contributions).pk).update(position=dice.randrange(9))
    elif kind == "links":
        event.materials.set(dice.sample(list(Material.objects.all()), dice.randrange(3)))
    else:
        Appearance.objects.filter(contribution=dice.choice(contributions)).update(role=f"R{dice.random()}")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0), is_public=st.booleans())
def test_any_revision_comes_back_whole(editor, seed, is_public):
    dice = random.Random(seed)
    event = an_event(status="published" if is_public else "draft")
    make.material()
    kept = [keep(event, Revision.Kind.CREATED)]
    for _ in range(4):
        for _ in range(dice.randrange(1, 4)):
            _edit(event, dice)
        kept.append(keep(event, Revision.Kind.SAVED))
    live = take(event)
    revision = dice.choice(kept)
    restore(event, revision, editor)
    assert without_moments(current(event)) == without_moments(revision.data)
    assert same(take(event), live if is_public else current(event))


def test_moments_and_state_stay(editor):
    event = an_event(published_at=make.PAST)
    first = keep(event, Revision.Kind.CREATED)
    soon = make.soon()
    Event.objects.filter(pk=event.pk).update(title="Anders", published_at=soon, expires_at=None)
    restore(event, first, editor)
    event.refresh_from_db()
    assert (event.title, event.published_at, event.is_released) == ("Auftakt", soon, False)


def test_a_scheduled_record_is_not_touched(editor):
    event = an_event(status="published", published_at=make.soon())
    first = keep(event, Revision.Kind.CREATED)
    Event.objects.filter(pk=event.pk).update(title="Anders")
    live = take(event)
    assert restore(event, first, editor).where == "copy"
    assert same(take(event), live)
    assert copy_of(event).data["fields"]["title"] == "Auftakt"


def test_a_field_goes_into_the_working_copy_that_is_there(editor):
    event = an_event(status="published")
    first = keep(event, Revision.Kind.FOUND)
    data = copy.deepcopy(first.data)
    data["fields"] |= {"title": "Neuer Titel", "remark": "In Arbeit"}
    store(event, data, editor)
    restore(event, first, editor, "title")
    assert changed(first.data, copy_of(event).data) == {"remark"}


def test_what_is_so_already_is_not_saved_again(editor):
    event = an_event()
    first = keep(event, Revision.Kind.CREATED)
    assert restore(event, first, editor).where == restore(event, first, editor, "title").where == ""
    assert Revision.objects.of(event).count() == 1


# ── What cannot be brought back ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_taken_slug_is_said_and_nothing_is_saved(editor, status):
    event = an_event(status=status)
    first = keep(event, Revision.Kind.CREATED)
    Event.objects.filter(pk=event.pk).update(slug="anders", title="Anders")
    make.event("Auftakt", conference=event.conference, slug=first.data["fields"]["slug"])
    before = take(event)
    for path in (None, "slug"):
        with pytest.raises(ValidationError, match="Diesen Kurznamen hat in der Konferenz schon"):
            restore(event, first, editor, path)
    assert same(take(event), before)
    assert (Revision.objects.of(event).count(), WorkingCopy.objects.count()) == (1, 0)


def test_links_to_what_is_gone_are_left_out_and_named(editor):
    event = an_event()
    kept, gone = make.material("Bleibt"), make.material("Geht")
    event.materials.set([kept, gone])
    first = keep(event, Revision.Kind.CREATED)
    gone.delete()
    event.materials.set([])
    Event.objects.filter(pk=event.pk).update(title="Anders")
    assert restore(event, first, editor).left_out == ("Materialien",)
    event.refresh_from_db()
    assert (event.title, list(event.materials.all())) == ("Auftakt", [kept])


def test_a_row_whose_person_is_gone_is_refused(editor):
    event = an_event()
    first = keep(event, Revision.Kind.CREATED)
    appearance = Appearance.objects.filter(contribution__event=event).first()
    path, person = path_of(appearance), appearance.speaker
    appearance.delete()
    person.delete()
    before = take(event)
    for wanted in (None, path):
        with pytest.raises(ValidationError, match="Vielleicht liegt es im Papierkorb"):
            restore(event, first, editor, wanted)
    assert same(take(event), before)


def test_a_picture_that_is_gone_is_not_restored_as_nothing(editor):
    picture = make.image()
    event = an_event(image=picture)
    first = keep(event, Revision.Kind.CREATED)
    Event.objects.update(image=None)
    picture.delete()
    with pytest.raises(ValidationError, match="Was in Stand 1 dort stand, ist nicht mehr da"):
        restore(event, first, editor, "image_id")
