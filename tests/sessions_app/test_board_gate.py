"""The gate: nothing goes out without what the operator requires, unless somebody says why, and that is kept."""

import pytest
from django.db.models import F
from django.urls import reverse

from conference.board import GateClosed, check_gate, lacks
from conference.models import Gap, GateOverride, RequirementSetting
from sessions_app.board import CHECKLISTS, EVENTS, VIDEOS
from tests import make
from tests.desk import step, url, words

pytestmark = pytest.mark.django_db


def require(*keys, **more):
    for key in keys:
        RequirementSetting.objects.create(key=key, is_required=True, **more)


def test_nothing_is_required_until_the_operator_says_so(django_assert_num_queries):
    event = make.event(status="draft")
    with django_assert_num_queries(1):
        assert lacks(EVENTS, event) == []
    assert check_gate(EVENTS, event, make.editor()) is None
    assert check_gate(None, event, make.editor()) is None


def test_what_is_required_and_missing_is_said_in_sentences():
    require("event.questions", "event.theme", "event.summary")
    event = make.event(status="draft", summary="Kurz.")
    assert lacks(EVENTS, event) == ["Die Kernbotschaft fehlt.", "Die Leitfragen fehlen."]
    assert lacks(EVENTS, make.event(kind="opening", summary="Kurz.")) == []


@pytest.mark.parametrize("checklist", CHECKLISTS, ids=lambda checklist: checklist.name)
def test_every_kind_has_its_gate(checklist):
    name = checklist.model._meta.model_name
    record = getattr(make, name)(status="draft")
    requirement = next(each for each in checklist.requirements if each.key.endswith((".image", ".portrait")))
    require(requirement.key)
    assert len(lacks(checklist, record)) == 1
    with pytest.raises(GateClosed):
        check_gate(checklist, record, make.publisher())


def test_what_is_required_of_recordings_holds_up_the_recording_itself():
    require("event.captions", "event.chapters", "event.license")
    video = make.video("Mitschnitt", status="draft")
    assert lacks(VIDEOS, video) == [
        "„Mitschnitt“ hat keine Untertitel.",
        "„Mitschnitt“ hat keine Kapitel.",
        "Die Lizenz von „Mitschnitt“ fehlt.",
    ]
    part = make.video(contribution=make.contribution(), kind="contribution", license="CC-BY-4.0")
    make.text_track(["Ein Satz."], video=part)
    assert [lacks(VIDEOS, each) for each in (part, make.video(kind="trailer"), make.video(availability="planned"))] == [
        [],
        [],
        [],
    ]


def test_what_is_switched_off_or_not_needed_does_not_hold_anybody_up():
    event = make.event(status="draft")
    require("event.questions", "event.theme")
    RequirementSetting.objects.filter(key="event.theme").update(is_off=True)
    Gap.objects.create(**Gap.keys(event), requirement="event.questions", is_not_needed=True, note="Ein Grußwort.")
    assert lacks(EVENTS, event) == []


def test_the_gate_asks_the_database_and_not_the_record_in_hand():
    require("event.summary")
    event = make.event(status="draft")
    type(event).objects.filter(pk=event.pk).update(summary="Kurz.", number=F("number"))
    assert (event.summary, lacks(EVENTS, event)) == ("", [])


def test_the_gate_holds_and_a_reason_of_a_publisher_opens_it():
    require("event.questions")
    event, publisher = make.event(status="draft"), make.publisher()
    for user, reason in ((publisher, ""), (publisher, "   "), (make.editor(), "Eilt.")):
        with pytest.raises(GateClosed) as caught:
            check_gate(EVENTS, event, user, reason)
        assert caught.value.messages[0] == "Die Leitfragen fehlen."
        assert caught.value.messages[-1].startswith("Das verlangt die Tafel")
    assert not GateOverride.objects.exists()
    check_gate(EVENTS, event, publisher, " Die Fragen kommen am Montag. ")
    kept = GateOverride.objects.of(event).get()
    assert (kept.user, kept.reason, kept.lacks) == (
        publisher,
        "Die Fragen kommen am Montag.",
        ["Die Leitfragen fehlen."],
    )


def test_a_reason_where_nothing_is_missing_keeps_nothing():
    require("event.questions")
    event = make.event(status="draft", questions=["Warum?"])
    assert check_gate(EVENTS, event, make.publisher(), "Vorsichtshalber.") is None
    assert not GateOverride.objects.exists()


def test_the_gate_takes_the_same_few_queries_whatever_the_event_holds(django_assert_num_queries):
    require("event.questions", "event.people")
    for count in (1, 30):
        event = make.event()
        for _number in range(count):
            make.contribution(event=event, speakers=[make.speaker()])
        lacks(EVENTS, event)
        with django_assert_num_queries(10):
            assert len(lacks(EVENTS, event)) == 1 + count


def test_the_board_tells_who_went_past_the_gate_and_why(client):
    require("event.questions")
    event, other = make.event("Auftakt", status="draft"), make.event("Woanders", status="draft")
    publisher = make.publisher(first_name="Kim", last_name="Muster")
    for record in (event, other):
        check_gate(EVENTS, record, publisher, "Die Fragen kommen am Montag.")
    client.force_login(make.editor())
    page = client.get(reverse("admin:board", query={"konferenz": event.conference.slug}))
    assert [(record, override.user) for record, override in page.context["overrides"]] == [(event, publisher)]
    assert "Auftakt Die Leitfragen fehlen. Die Fragen kommen am Montag. Kim Muster" in " ".join(words(page).split())


# ── In the forms ─────────────────────────────────────────────────────────────────────────────
def status_of(event):
    return type(event).objects.values_list("status", flat=True).get(pk=event.pk)


def test_the_button_publishes_nothing_that_lacks_what_is_required_but_with_a_reason(publisher_client):
    require("event.introduction")
    event = make.event(status="draft", questions=["Warum?"])
    page = publisher_client.get(step(publisher_client, event, "publish").url)
    assert status_of(event) == "draft"
    assert "Die Einführung fehlt." in words(page)
    step(publisher_client, event, "publish", _reason="Der Text kommt am Montag.")
    assert status_of(event) == "published"
    assert GateOverride.objects.of(event).get().lacks == ["Die Einführung fehlt."]


def test_the_list_publishes_only_what_has_all_that_is_required(publisher_client):
    require("event.introduction")
    whole = make.event(status="draft", questions=["Warum?"], introduction="<p>Text.</p>")
    bare = make.event(status="draft", questions=["Warum?"])
    data = {"action": "publish_selected", "_selected_action": [whole.pk, bare.pk]}
    page = publisher_client.post(url(type(whole), "changelist"), data, follow=True)
    assert (status_of(whole), status_of(bare)) == ("published", "draft")
    assert "Die Einführung fehlt." in words(page)
    assert not GateOverride.objects.exists()
