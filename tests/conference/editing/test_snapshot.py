"""A record as plain data, and back."""

import datetime
import json

import pytest

from conference.editing.applying import apply
from conference.editing.rehearsal import rehearsal
from conference.editing.snapshot import FIRST_UNREAL, packed, same, take, unpacked
from conference.models import Material, Organisation
from projects_app.models import Partnership
from sessions_app.models import Appearance, Contribution, Event, Video
from tests import make

pytestmark = pytest.mark.django_db


def an_event():
    event = make.event("Auftakt", questions=["Warum?", "Wozu?"], start_time=datetime.time(9, 30))
    event.materials.add(make.material(), make.material())
    for number in range(2):
        contribution = make.contribution(event=event, title=f"Beitrag {number}", position=number)
        make.appearance(contribution=contribution, organisations=[make.organisation()])
    return event


def test_take_is_plain_data_with_rows_and_links():
    event = an_event()
    snapshot = take(event)
    assert json.loads(json.dumps(snapshot)) == snapshot
    assert snapshot["fields"]["title"] == "Auftakt"
    assert len(snapshot["links"]["materials"]) == 2
    assert [row["fields"]["text"] for row in snapshot["parts"]["questions"]] == ["Warum?", "Wozu?"]
    appearances = [row["parts"]["appearances"] for row in snapshot["parts"]["contributions"]]
    assert [len(rows[0]["links"]["organisations"]) for rows in appearances] == [1, 1]
    assert not {"status", "created_at", "updated_at", "uuid", "conference"} & set(snapshot["fields"])
    assert unpacked(packed(snapshot)) == snapshot


def test_take_costs_the_same_with_many_rows(django_assert_num_queries):
    event = an_event()
    with django_assert_num_queries(8) as few:
        take(event)
    for _ in range(20):
        contribution = make.contribution(event=event)
        make.appearance(contribution=contribution)
    with django_assert_num_queries(len(few)):
        take(event)


def test_apply_brings_back_what_was_changed_added_and_removed():
    event = an_event()
    before = take(event)
    Contribution.objects.filter(event=event).first().delete()
    Appearance.objects.update(role="Gast")
    make.contribution(event=event, title="Neu")
    event.materials.set([make.material()])
    Event.objects.filter(pk=event.pk).update(title="Anders", start_time=None)
    assert not same(before, take(event))
    apply(before)
    assert same(before, take(event))
    assert Material.objects.count() == 3


def test_apply_swaps_what_must_be_unique():
    project = make.project()
    for _ in range(2):
        make.partnership(project=project, organisation=make.organisation())
    one, other = Partnership.objects.order_by("pk")
    before = take(project)
    first, second = one.organisation_id, other.organisation_id
    Partnership.objects.filter(pk=one.pk).update(organisation=make.organisation())
    Partnership.objects.filter(pk=other.pk).update(organisation=first)
    Partnership.objects.filter(pk=one.pk).update(organisation=second)
    apply(before)
    assert same(before, take(project))
    assert set(Partnership.objects.values_list("pk", flat=True)) == {one.pk, other.pk}


def test_rows_that_are_in_no_table_get_unreal_numbers_in_a_rehearsal():
    event = an_event()
    before = take(event)
    added = make.contribution(event=event, title="Neu")
    make.appearance(contribution=added)
    after = take(event)
    apply(before)
    with rehearsal():
        apply(after, unreal=True)
        rows = {row["pk"] for row in take(event)["parts"]["contributions"]}
        assert added.pk in rows
    assert same(before, take(event))
    for row in after["parts"]["contributions"]:
        row["pk"] = None
    with rehearsal():
        apply(after, unreal=True)
        assert Contribution.objects.filter(pk__gte=FIRST_UNREAL).count() == 1
    apply(after)
    assert Contribution.objects.get(title="Neu").pk < FIRST_UNREAL
    assert same(after, take(event))


def test_a_recording_with_its_sentences_comes_back():
    video = make.video()
    track = make.text_track(video=video)
    for number in range(3):
        make.cue(track=track, start_ms=number * 1000, end_ms=number * 1000 + 900)
    make.chapter(video=video)
    make.media_file(video=video)
    before = take(video)
    assert len(before["parts"]["tracks"][0]["parts"]["cues"]) == 3
    track.delete()
    video.chapters.all().delete()
    apply(before)
    assert same(before, take(video))
    assert Video.objects.get().tracks.get().cues.count() == 3


def test_what_is_gone_since_is_left_out():
    event = an_event()
    before = take(event)
    Material.objects.filter(pk=before["links"]["materials"][0]).delete()
    Appearance.objects.first().organisations.clear()
    Organisation.objects.first().delete()
    apply(before)
    assert event.materials.count() == 1


def test_apply_asks_little_where_little_is_different(django_assert_max_num_queries):
    event = make.event()
    for number in range(30):
        make.appearance(contribution=make.contribution(f"Beitrag {number}", event=event), organisations=[])
    data = take(event)
    data["parts"]["contributions"][7]["fields"]["title"] = "Anders"
    with django_assert_max_num_queries(26):
        apply(data)
    assert same(data, take(event))
