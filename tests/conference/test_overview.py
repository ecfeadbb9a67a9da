"""The start page: what waits for me, what is planned, what is incomplete, what changed lately."""

import datetime

import pytest
import time_machine
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.urls import reverse
from django.utils import timezone

from conference.models import EditorScope, Gap, OutgoingLink, RequirementSetting, UnsavedInput, WorkingCopy
from sessions_app.models import Event
from tests import make
from tests.desk import url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return make.conference("Herbst-Konferenz 2020", is_featured=True)


def start(client, user):
    client.force_login(user)
    return client.get(reverse("admin:index"))


def read(page):
    return " ".join(words(page).split())


def log(user, record, flag=CHANGE):
    return LogEntry.objects.log_actions(user.pk, [record], flag, "", single_object=True)


# ── What waits for me ────────────────────────────────────────────────────────────────────────
def test_my_gaps_come_first_the_most_urgent_at_the_top(client, conference):
    me, colleague = make.editor(), make.editor()
    event, speaker = make.event("Auftakt", conference=conference), make.speaker("Beispiel")
    done = make.event(conference=conference, questions=["Warum?"])
    for record, key, owner, due in (
        (event, "event.introduction", me, None),
        (event, "event.questions", me, datetime.date(2030, 3, 1)),
        (speaker, "speaker.portrait", me, datetime.date(2020, 1, 1)),
        (event, "event.image", colleague, None),
        (done, "event.questions", me, None),
    ):
        Gap.objects.create(**Gap.keys(record), requirement=key, owner=owner, due_on=due)
    page = start(client, me)
    assert [gap.cell.requirement.key for gap in page.context["gaps"]] == [
        "speaker.portrait",
        "event.questions",
        "event.introduction",
    ]
    assert page.context["gaps"][1].url == f"{url(Event, 'change', event.pk)}#questions-group"
    assert "Leitfragen in „Auftakt“: Die Leitfragen fehlen. Bis 1. März 2030." in read(page)
    assert "Überfällig seit 1. Januar 2020." in read(page)


def test_what_weighs_most_and_nobody_has_taken_on_is_offered(client, conference):
    event = make.event("Auftakt", conference=conference)
    page = start(client, make.publisher())
    assert f"{url(Event, 'change', event.pk)}#questions-group" in [todo.url for todo in page.context["todos"]]
    assert "Leitfragen in „Auftakt“: Die Leitfragen fehlen." in read(page)
    RequirementSetting.objects.create(key="event.image", is_required=True)
    assert start(client, make.publisher()).context["todos"][0].url.endswith("#id_image")
    make.event(conference=conference)
    assert "Bild in 2 Veranstaltungen, zuerst in „Auftakt“: Es fehlt ein Bild." in read(start(client, make.publisher()))


def test_who_may_only_look_is_asked_for_nothing(client, conference):
    make.event(conference=conference)
    page = start(client, make.user())
    assert (page.context["todos"], page.context["gaps"], page.context["panels"]) == ([], [], [])
    assert "Im Moment wartet nichts auf Sie." in read(page)


def test_publishers_are_told_what_waits_for_release(client, conference):
    make.event("Wartet", conference=conference, status="in_review")
    page = start(client, make.publisher())
    assert page.context["todos"][0].url == "#freigabe"
    assert [str(entry.thing) for entry in page.context["waiting"]] == ["Wartet"]


def test_dead_links_are_told_to_those_who_may_mend_them(client, conference):
    checked = datetime.datetime(2030, 1, 1, 12, tzinfo=datetime.UTC)
    for name in ("tot", "vergessen"):
        OutgoingLink.objects.create(url=f"https://{name}.example/", health="dead", checked_at=checked)
    make.speaker(website="https://tot.example/")
    told = [todo for todo in start(client, make.editor()).context["todos"] if "Leere" in todo.heading]
    assert [(todo.heading, todo.text) for todo in told] == [
        ("1 Link führt ins Leere.", "Zuletzt geprüft am 1. Januar 2030.")
    ]
    assert client.get(told[0].url).status_code == 200
    assert start(client, make.analyst()).context["todos"] == []


def test_what_i_have_begun_is_what_nobody_else_waits_for(client, conference):
    me, colleague = make.editor(), make.editor()
    client.force_login(me)
    event = make.event("Entwurf", conference=conference, status="draft")
    log(me, event)
    log(me, make.event("Längst öffentlich", conference=conference))
    log(colleague, make.event("Fremder Entwurf", conference=conference, status="draft"))
    for name, owner, more in (
        ("Arbeitskopie", me, {}),
        ("Eingereicht", me, {"is_submitted": True}),
        ("Fremde Kopie", colleague, {}),
    ):
        theme = make.theme(name)
        WorkingCopy.objects.create(**WorkingCopy.keys(theme), base={}, data={}, updated_by=owner, **more)
    typed = make.speaker("Getippt")
    for form, user, data in (
        (url(type(typed), "change", typed.pk), me, "a=1"),
        (url(Event, "add"), me, "a=1"),
        (url(Event, "change", event.pk), me, ""),
        (url(Event, "change", event.pk), colleague, "a=1"),
        ("/admin/unfug/", me, "a=1"),
    ):
        for tab in ("1", "2"):
            UnsavedInput.objects.create(user=user, form=form, tab=tab, data=data)
    begun = start(client, me).context["begun"]
    assert {(each.title, each.words) for each in begun} == {
        ("Entwurf", "Entwurf"),
        ("Arbeitskopie", "Arbeitskopie"),
        ("Getippt", "nicht gesicherte Eingaben"),
        ("Neuer Eintrag", "nicht gesicherte Eingaben"),
    }
    assert len(begun) == 4


# ── What is planned ──────────────────────────────────────────────────────────────────────────
def test_planned_are_first_publications_and_working_copies_in_the_order_of_their_moments(client, conference):
    now = timezone.now()
    make.event("Später", conference=conference, published_at=now + datetime.timedelta(3))
    changed, passed = make.theme("Geändert"), make.theme("Schon da")
    for theme, days in ((changed, 2), (passed, -1)):
        moment = now + datetime.timedelta(days)
        WorkingCopy.objects.create(**WorkingCopy.keys(theme), base={}, data={}, publish_at=moment)
    planned = start(client, make.publisher()).context["planned"]
    assert [(each.title, each.is_change) for each in planned] == [("Geändert", True), ("Später", False)]


# ── What is incomplete ───────────────────────────────────────────────────────────────────────
def test_the_board_of_the_first_conference_is_shown_where_most_is_missing(client, conference):
    make.event("Woanders", conference=make.conference())
    events = [make.event(conference=conference, questions=["Warum?"]) for _number in range(2)]
    panel = start(client, make.editor()).context["panels"][0]
    assert [row.record for row, _cells in panel["rows"]] == events
    assert len(panel["requirements"]) == 7
    assert "event.questions" not in {requirement.key for requirement in panel["requirements"]}
    assert all(len(cells) == 7 for _row, cells in panel["rows"])


# ── What changed lately ──────────────────────────────────────────────────────────────────────
def test_changes_of_everybody_are_shown_the_newest_first(client, conference):
    kim = make.editor(first_name="Kim", last_name="Muster")
    first, second = make.event("Erste", conference=conference), make.event("Zweite", conference=conference)
    with time_machine.travel("2030-01-01"):
        log(kim, first, ADDITION)
        log(make.editor(), second)
        log(kim, make.user())
        page = start(client, make.editor())
    assert [entry.object_repr for entry in page.context["changes"]] == ["Zweite", "Erste"]
    assert "Angelegt: Erste Veranstaltung, Kim Muster, 1. Januar 2030" in read(page)


def test_editors_of_one_conference_find_nothing_of_another(client, conference):
    editor, colleague = make.editor(), make.editor()
    EditorScope.objects.create(user=editor).conferences.add(conference)
    other = make.conference("Geheime Tagung", status="draft")
    later = timezone.now() + datetime.timedelta(3)
    for status in ("draft", "in_review"):
        log(colleague, make.event("Geheim, Entwurf", conference=other, status=status))
    make.event("Geheim, geplant", conference=other, published_at=later)
    theme = make.theme("Geheim, Kernbotschaft", conference=other)
    WorkingCopy.objects.create(**WorkingCopy.keys(theme), base={}, data={}, publish_at=later)
    own = make.event("Eigene", conference=conference, status="in_review")
    log(colleague, own)
    page = start(client, editor)
    assert "Geheim" not in page.content.decode()
    assert [entry.object_repr for entry in page.context["changes"]] == ["Eigene"]
    assert "Geheim" in start(client, colleague).content.decode()
