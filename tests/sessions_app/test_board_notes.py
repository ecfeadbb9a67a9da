"""What is noted on the board, the list for the meeting, and what the operator requires."""

import csv
import datetime
import io
import json

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from conference.models import Gap, RequirementSetting
from sessions_app.models import Event
from tests import make
from tests.desk import words
from tests.sessions_app.test_board import board, cells, conference, event, fill, gap_url

pytestmark = pytest.mark.django_db
__all__ = ["conference", "event"]


# ── What is noted ────────────────────────────────────────────────────────────────────────────
def test_somebody_takes_a_gap_on_until_a_day(editor_client, event):
    owner = make.editor(first_name="Kim", last_name="Muster")
    data = {"owner": owner.pk, "due_on": "2030-03-01", "note": "fragt nach"}
    response = editor_client.post(gap_url(event), data)
    assert response.url.endswith(f"art=veranstaltungen#zeile-{event.pk}")
    gap = Gap.objects.of(event).get()
    assert (gap.requirement, gap.owner, gap.due_on) == ("event.questions", owner, datetime.date(2030, 3, 1))
    page = editor_client.get(board())
    assert "Kim Muster kümmert sich bis 1. März 2030. fragt nach" in " ".join(words(page).split())
    assert cells(page, event)["event.questions"].words == "in Arbeit"
    entry = LogEntry.objects.latest("pk")
    assert entry.object_id == str(event.pk) and "Leitfragen" in entry.get_change_message()
    with time_machine.travel("2030-03-02 12:00Z"):
        editor_client.force_login(make.editor())
        assert cells(editor_client.get(board()), event)["event.questions"].words == "überfällig"


def test_what_was_noted_is_taken_back_by_emptying_it(editor_client, event):
    Gap.objects.create(**Gap.keys(event), requirement="event.questions", note="fragt nach")
    assert editor_client.post(gap_url(event), {"note": ""}).status_code == 302
    assert not Gap.objects.exists()


def test_not_needed_takes_a_reason_and_makes_the_cell_quiet(editor_client, event):
    page = editor_client.post(gap_url(event), {"is_not_needed": "on"})
    assert "warum" in words(page) and not Gap.objects.exists()
    editor_client.post(gap_url(event), {"is_not_needed": "on", "note": "Ein Grußwort."})
    cell = cells(editor_client.get(board()), event)["event.questions"]
    assert (cell.mark, cell.words, cell.lacks) == ("na", "nicht nötig", [])


def test_only_who_may_publish_waives_what_is_required(client, event):
    RequirementSetting.objects.create(key="event.questions", is_required=True)
    client.force_login(make.editor())
    waiver = {"is_not_needed": "on", "note": "Ein Grußwort."}
    assert client.post(gap_url(event), waiver).status_code == 200
    assert not Gap.objects.exists()
    client.force_login(make.publisher())
    assert client.post(gap_url(event), waiver).status_code == 302
    assert Gap.objects.get().is_not_needed


def test_a_cell_that_is_not_there_is_not_found(editor_client, event):
    stranger = make.event(conference=make.conference())
    for address in (
        gap_url(event, "event.unfug"),
        gap_url(event, noun="unfug"),
        gap_url(event, noun="mitwirkende"),
        reverse("admin:board_gap", args=[event.conference.slug, "veranstaltungen", stranger.pk, "event.questions"]),
        reverse("admin:board_gap", args=["unfug", "veranstaltungen", event.pk, "event.questions"]),
    ):
        assert editor_client.get(address).status_code == 404, address


# ── The list ─────────────────────────────────────────────────────────────────────────────────
def exported(client, conference, suffix="csv"):
    address = reverse("export_download", args=["vollstaendigkeit", suffix], query={"konferenz": conference.slug})
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_the_export_equals_the_page(client, conference):
    fill(conference, 2)
    event = Event.objects.first()
    owner = make.editor(first_name="Kim", last_name="Muster")
    make.event("Woanders", conference=make.conference())
    Gap.objects.update_or_create(
        **Gap.keys(event), requirement="event.theme", defaults={"owner": owner, "due_on": datetime.date(2021, 1, 1)}
    )
    Gap.objects.create(
        **Gap.keys(event), requirement="event.introduction", owner=owner, due_on=datetime.date(2020, 1, 1)
    )
    client.force_login(make.administrator())
    page = client.get(reverse("admin:board_list", query={"konferenz": conference.slug}))
    rows = [gap.record for gap in page.context["gaps"]]
    assert (rows[0]["requirement"], rows[0]["overdue"], rows[0]["owner"]) == ("Einführung", "ja", "Kim Muster")
    assert {row["noun"] for row in rows} == {"Veranstaltung", "Kernbotschaft", "Verbundvorhaben", "Mitwirkende"}
    assert json.loads(exported(client, conference, "json"))["records"] == [
        row | {"due": row["due"] and row["due"].isoformat()} for row in rows
    ]
    table = list(
        csv.DictReader(io.StringIO(exported(client, conference).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert [row["Was fehlt"] for row in table] == [row["sentence"] for row in rows]
    assert [row["Bis wann"] for row in table] == [str(row["due"] or "") for row in rows]
    shown = " ".join(words(page).split())
    assert [row["sentence"] for row in rows if row["sentence"] not in shown] == []
    assert exported(client, conference, "xlsx")[:2] == b"PK"


def test_the_list_is_for_those_who_may_see_the_board(client, event):
    address = reverse("export_download", args=["vollstaendigkeit", "csv"])
    for user, code, offered in ((make.analyst(), 403, False), (make.administrator(), 200, True)):
        client.force_login(user)
        assert client.get(address).status_code == code
        assert (b"vollstaendigkeit.csv" in client.get(reverse("export_list")).content) == offered


def test_the_list_is_narrowed_to_who_sees_to_it(client, event):
    me = make.editor()
    Gap.objects.create(**Gap.keys(event), requirement="event.questions", owner=me)
    client.force_login(me)

    def shown(who):
        page = client.get(reverse("admin:board_list", query={"wer": who}))
        return [gap.cell.requirement.key for gap in page.context["gaps"]]

    assert shown("ich") == ["event.questions"]
    assert "event.questions" not in shown("niemand")
    assert len(shown("")) == len(shown("niemand")) + 1


# ── What is required ─────────────────────────────────────────────────────────────────────────
def test_administrators_weigh_require_and_switch_off(client, event):
    client.force_login(make.administrator())
    address = reverse("admin:board_requirements")
    page = client.get(address)
    forms = [form for _checklist, group in page.context["groups"] for form in group]
    data = {f"{form.prefix}-weight": form.instance.weight for form in forms}
    assert client.post(address, data).status_code == 302
    assert not RequirementSetting.objects.exists()
    data |= {"event.theme-weight": 5, "event.questions-is_required": "on", "event.image-is_off": "on"}
    assert client.post(address, data).status_code == 302
    found = {
        setting.key: (setting.weight, setting.is_required, setting.is_off)
        for setting in RequirementSetting.objects.all()
    }
    assert found == {
        "event.theme": (5, False, False),
        "event.questions": (2, True, False),
        "event.image": (1, False, True),
    }
    keys = {requirement.key: requirement for requirement in client.get(board()).context["matrix"].requirements}
    assert "event.image" not in keys
    assert (keys["event.theme"].weight, keys["event.questions"].is_required) == (5, True)
    assert client.post(address, data | {"event.theme-weight": "viel"}).status_code == 200
    assert RequirementSetting.objects.count() == 3


def test_without_a_conference_there_is_a_sentence(editor_client):
    for name in ("admin:board", "admin:board_list"):
        assert "Es gibt noch keine Konferenz." in words(editor_client.get(reverse(name)))
