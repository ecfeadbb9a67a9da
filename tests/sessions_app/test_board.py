"""The board of a conference: what it costs, who sees it, what it shows."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conference.board import examine
from conference.models import Conference, EditorScope, Gap, RequirementSetting
from conference.publishing import publishable_models
from projects_app.models import Project
from sessions_app.board import CHECKLISTS
from sessions_app.models import Event, Speaker
from tests import make
from tests.desk import url, words

pytestmark = pytest.mark.django_db
NOUNS = ["veranstaltungen", "kernbotschaften", "vorhaben", "mitwirkende"]


@pytest.fixture
def conference():
    return make.conference("Herbst-Konferenz 2020", is_featured=True)


@pytest.fixture
def event(conference):
    return make.event("Auftakt", conference=conference)


def board(**choice):
    return reverse("admin:board", query=choice)


def gap_url(event, key="event.questions", noun="veranstaltungen"):
    return reverse("admin:board_gap", args=[event.conference.slug, noun, event.pk, key])


def cells(response, record):
    row = next(row for row in response.context["rows"] if row.record == record)
    return {cell.requirement.key: cell for cell in row.cells}


def fill(conference, count):
    theme = make.theme(conference=conference, background='<p><a href="https://a.example/">mehr</a></p>')
    for _number in range(count):
        event = make.event(conference=conference, theme=theme, questions=["Warum?"], materials=[make.material()])
        project, speaker = (
            make.project(website="https://a.example/", places=["Kassel"]),
            make.speaker(website="https://a.example/"),
        )
        part = make.contribution(event=event, speakers=[speaker], projects=[project], materials=[make.material()])
        video = make.video(contribution=part)
        make.text_track(["Satz."], video=video)
        Gap.objects.create(**Gap.keys(event), requirement="event.image", note="Foto suchen")


# ── What it costs ────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("checklist", CHECKLISTS, ids=lambda checklist: checklist.name)
def test_a_matrix_takes_the_same_queries_for_one_and_for_thirty(conference, django_assert_num_queries, checklist):
    queries = {"veranstaltungen": 11, "kernbotschaften": 6, "vorhaben": 9, "mitwirkende": 5}[checklist.name]
    ContentType.objects.get_for_model(checklist.model)
    for count in (1, 29):
        fill(conference, count)
        with django_assert_num_queries(queries):
            examine(checklist, checklist.of_conference(conference))


def test_pages_take_the_same_queries_for_one_and_for_thirty(publisher_client, conference):
    pages = [*(board(art=noun) for noun in NOUNS), reverse("admin:board_list"), reverse("admin:index")]
    counts = []
    for count in (1, 29):
        fill(conference, count)
        for page in pages:
            publisher_client.get(page)
            with CaptureQueriesContext(connection) as captured:
                publisher_client.get(page)
            counts.append(len(captured))
    assert counts[:6] == counts[6:]
    assert max(counts) <= 60


# ── Who sees it ──────────────────────────────────────────────────────────────────────────────
def addresses(event):
    return [board(), reverse("admin:board_list"), gap_url(event), reverse("admin:board_requirements")]


def test_who_opens_what(client, event):
    expected = {
        make.user(): [403, 403, 403, 403],
        make.analyst(): [403, 403, 403, 403],
        make.editor(): [200, 200, 200, 403],
        make.administrator(): [200, 200, 200, 200],
    }
    assert [client.get(address).status_code for address in addresses(event)] == [302] * 4
    for user, codes in expected.items():
        client.force_login(user)
        assert [client.get(address).status_code for address in addresses(event)] == codes


def test_only_who_may_change_notes_something_and_only_administrators_weigh(client, event):
    readers = [f"{m._meta.app_label}.view_{m._meta.model_name}" for m in publishable_models()]
    client.force_login(make.user(permissions=readers))
    page = client.get(gap_url(event))
    assert (page.status_code, "Notieren" in words(page)) == (200, False)
    assert client.post(gap_url(event), {"note": "Ich."}).status_code == 403
    assert client.post(reverse("admin:board_requirements"), {}).status_code == 403
    assert not Gap.objects.exists()


def test_who_may_not_see_a_kind_named_in_the_sentences_does_not_see_its_board(client, event):
    named = [
        "sessions_app.view_event",
        "sessions_app.view_speaker",
        "conference.view_theme",
        "conference.view_material",
    ]
    client.force_login(make.user(permissions=named))
    page = client.get(board(art="veranstaltungen"))
    assert [checklist.name for checklist in page.context["checklists"]] == ["kernbotschaften", "mitwirkende"]
    assert client.get(gap_url(event)).status_code == 404
    assert reverse("admin:index") and "Auftakt" not in words(page)


def test_editors_of_one_conference_see_its_board_only(client, event):
    other = make.event("Fremde Tagung", conference=make.conference("Nachbarn"))
    editor = make.editor()
    EditorScope.objects.create(user=editor).conferences.add(event.conference)
    Gap.objects.create(**Gap.keys(other), requirement="event.image", owner=editor)
    client.force_login(editor)
    assert client.get(board(konferenz=event.conference.slug)).status_code == 200
    assert client.get(board(konferenz="nachbarn")).status_code == 404
    assert client.get(gap_url(other)).status_code == 404
    everything = [client.get(address) for address in (board(), reverse("admin:board_list"), reverse("admin:index"))]
    assert [word for page in everything for word in ("Fremde", "Nachbarn") if word in page.content.decode()] == []


# ── What it shows ────────────────────────────────────────────────────────────────────────────
def test_a_cell_says_what_is_missing_and_leads_to_the_field(editor_client, conference):
    event = make.event(conference=conference, start_time="9:30")
    part = make.contribution("Keynote", event=event, speakers=[make.speaker("Beispiel", academic_title="Dr.")])
    found = cells(editor_client.get(board()), event)
    assert found["event.people"].lacks[0].sentence == "Bei Dr. Beispiel („Keynote“) fehlt die Einrichtung."
    assert found["event.people"].lacks[0].url == (
        f"{url(Event, 'change', event.pk)}#id_contributions-0-appearances-0-organisations"
    )
    assert found["event.projects"].lacks[0].url == f"{url(type(part), 'change', part.pk)}#id_projects"
    assert found["event.questions"].lacks[0].url == f"{url(Event, 'change', event.pk)}#questions-group"
    assert found["event.video"].lacks[0].url == f"{url(type(make.video()), 'add')}?event={event.pk}"
    assert (found["event.date"].mark, found["event.questions"].words) == ("ok", "fehlt")


def test_every_field_a_cell_leads_to_is_in_the_form(publisher_client, conference):
    """Of all kinds: what is filled in there is what was missing."""
    event = make.event(conference=conference, image=make.image(alt_text=""))
    part = make.contribution(
        event=event, speakers=[make.speaker()], projects=[make.project(themes=[make.theme()], places=["Kassel"])]
    )
    make.theme(conference=conference)
    make.video(event=event)
    make.video(contribution=part, kind="contribution", availability="planned")
    pages, missing = {}, []
    for noun in NOUNS:
        found = [cell for row in publisher_client.get(board(art=noun)).context["rows"] for cell in row.missing]
        for lack in (lack for cell in found for lack in cell.lacks):
            page, _sign, anchor = lack.url.partition("#")
            pages.setdefault(page, publisher_client.get(page).content.decode())
            if f'id="{anchor}"' not in pages[page]:
                missing.append(lack)
    assert len(pages) >= 6
    assert missing == []


def test_the_share_is_by_weight_and_full_only_if_nothing_is_missing(editor_client, conference):
    from conference.board.matrix import share
    from sessions_app.board import EVENTS

    event = make.event(conference=conference)
    row = editor_client.get(board()).context["rows"][0]
    weights = {requirement.key: requirement.weight for requirement in EVENTS.requirements}
    needed = {key: cell for key, cell in cells(editor_client.get(board()), event).items() if cell.mark != "na"}
    done = sum(weights[key] for key, cell in needed.items() if cell.mark == "ok")
    assert row.share == done * 100 // sum(weights[key] for key in needed)
    RequirementSetting.objects.bulk_create(RequirementSetting(key=key, weight=0) for key in weights)
    assert share(editor_client.get(board()).context["rows"][0].cells) == 99


def test_rows_are_narrowed_and_put_in_order(editor_client, conference):
    bare, better = make.speaker("A"), make.speaker("B", given_name="Bea", biography="<p>Etwas.</p>")
    image, organisation = make.image(), make.organisation()
    whole = make.speaker(
        "C",
        given_name="Cem",
        biography="<p>Etwas.</p>",
        portrait=image,
        website="https://c.example/",
        organisations=[organisation],
    )
    make.contribution(event=make.event(conference=conference), speakers=[bare, better, whole])
    Gap.objects.create(**Gap.keys(better), requirement="speaker.portrait", due_on=datetime.date(2030, 1, 1))

    def shown(**choice):
        return [row.record for row in editor_client.get(board(art="mitwirkende", **choice)).context["rows"]]

    assert shown() == [bare, better, whole]
    assert shown(luecken="on") == [bare, better]
    assert shown(luecken="on", sortierung="frist") == [better, bare]
    assert shown(sortierung="anteil") == [bare, better, whole]
    assert shown(sortierung="quatsch") == [bare, better, whole]


def test_drafts_are_on_the_board(editor_client, conference):
    records = [make.event(conference=conference, status="draft")]
    records += [make.speaker(status="draft"), make.project(status="draft")]
    make.contribution(event=records[0], speakers=[records[1]], projects=[records[2]])
    for noun, record in zip(("veranstaltungen", "mitwirkende", "vorhaben"), records, strict=True):
        assert [row.record for row in editor_client.get(board(art=noun)).context["rows"]] == [record]
    assert {type(record) for record in records} == {Event, Speaker, Project}
    assert Conference.objects.count() == 1 and timezone.localdate() > conference.ends_on
