"""The desk for tables: out, back, looked at, applied, taken back; and whose it is."""

import pytest
from django.db import connection
from django.urls import reverse

from conference.editing.copies import copy_of, current
from conference.models import ChangeRun, EditorScope, Page
from conference.roundtrip.applying import Overtaken, apply_plan
from conference.runs.running import undo
from sessions_app.models import Contribution, Event
from tests import make
from tests.desk import words
from tests.roundtrips import DESK, LISTINGS, WAYS, apply, edited, planned, rows_of, sent, set_to, upload

pytestmark = pytest.mark.django_db
FILE = f"{DESK}datei/"


def everything() -> dict:
    """All that is in the database."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


# ── Out ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("way", ["xlsx", "csv", "csv-komma", "json"])
def test_a_listing_goes_out_in_every_format(editor_client, way):
    event = make.event("Auftakt")
    make.event("Anderswo")
    query = {"liste": "veranstaltungen", "konferenz": event.conference.slug, "form": way}
    response = editor_client.get(FILE, query)
    content = b"".join(response.streaming_content)
    assert "veranstaltungen-bearbeiten-" in response["Content-Disposition"]
    plan = upload(editor_client, "veranstaltungen", content, f"liste.{way[:4].strip('-')}").context["plan"]
    assert (plan.same_count, plan.rows) == (1, [])


def test_choices_that_are_none_come_back_to_the_desk(editor_client):
    make.event()
    response = editor_client.get(FILE, {"liste": "geheim", "form": "exe", "konferenz": "keine"})
    assert response.status_code == 200 and len(response.context["out"].errors) == 3


# ── Back ─────────────────────────────────────────────────────────────────────────────────────
def test_looking_writes_nothing(editor_client):
    make.event("Auftakt", status="draft")
    make.event("Zweite")
    content = edited("veranstaltungen", set_to("Titel", "Aufbruch"))
    editor_client.get(DESK)
    before = everything()
    response = upload(editor_client, "veranstaltungen", content)
    assert editor_client.get(response.redirect_chain[-1][0]).status_code == 200
    assert everything() == before
    assert "Zeile 2" in words(response) and "1 Änderung" in words(response) and "Aufbruch" in words(response)


def test_all_of_it_is_applied_and_taken_back_as_one(editor_client):
    conference = make.conference("Herbst")
    draft = make.event("Auftakt", status="draft", conference=conference, number=1, questions=["Was?"])
    public = make.event("Zweite", conference=conference, number=2)

    def change(rows):
        rows[0] |= {"Titel": "Aufbruch", "Leitfragen": "Was?\nWarum?"}
        rows[1]["Ort"] = "Kassel"
        new = dict.fromkeys(rows[0], "") | {"Konferenz": "Herbst", "Nummer": "3", "Titel": "Neu", "Datum": "28.10.2020"}
        return [*rows, new]

    seen = upload(editor_client, "veranstaltungen", edited("veranstaltungen", change))
    assert "öffentlich bleibt die bisherige Fassung" in words(seen)
    done = apply(editor_client, seen)
    run = ChangeRun.objects.get()
    assert run.kind == "import" and len(run.changes) == 3
    assert done.redirect_chain[-1][0] == reverse("admin:run_detail", args=[run.uuid])
    assert Event.objects.get(pk=draft.pk).title == "Aufbruch" and draft.questions.count() == 2
    assert Event.objects.get(pk=public.pk).place == "" and current(public)["fields"]["place"] == "Kassel"
    new = Event.objects.get(number=3)
    assert (new.status, new.slug) == ("draft", "neu")
    editor_client.post(done.redirect_chain[-1][0], {"_undo": "x"})
    assert Event.objects.get(pk=draft.pk).title == "Auftakt" and draft.questions.count() == 1
    assert copy_of(public) is None and not Event.objects.filter(pk=new.pk).exists()


def test_contributions_are_changed_in_their_event(editor_client):
    event = make.event("Auftakt", status="draft")
    first, second = (make.contribution(title, event=event, position=n) for n, title in enumerate(["Eins", "Zwei"]))
    make.appearance(contribution=second, speaker=make.speaker("Curie"))
    project = make.project("KOMET")

    def change(rows):
        rows[1] |= {"Titel": "Zwei und mehr", "Dauer": "0:20", "Vorgestellte Vorhaben": "KOMET"}
        return [*rows, dict.fromkeys(rows[0], "") | {"Veranstaltung": "Auftakt", "Titel": "Drei"}]

    apply(editor_client, upload(editor_client, "programm", edited("programm", change)))
    assert [each.title for each in event.contributions.order_by("position")] == ["Eins", "Zwei und mehr", "Drei"]
    second = Contribution.objects.get(pk=second.pk)
    assert second.duration.total_seconds() == 1200 and list(second.projects.all()) == [project]
    assert second.appearances.count() == 1 and first.title == "Eins"
    undo(ChangeRun.objects.get(), None)
    assert [each.title for each in event.contributions.order_by("position")] == ["Eins", "Zwei"]


def test_rows_of_a_working_copy_come_back(editor_client):
    event = make.event("Auftakt")
    make.contribution("Eins", event=event)

    def add(rows):
        return [*rows, dict.fromkeys(rows[0], "") | {"Veranstaltung": "Auftakt", "Titel": "Zwei"}]

    apply(editor_client, upload(editor_client, "programm", edited("programm", add)))
    assert event.contributions.count() == 1 and len(rows_of(sent(LISTINGS["programm"]))) == 2
    assert upload(editor_client, "programm", sent(LISTINGS["programm"])).context["plan"].same_count == 2


def test_one_refused_row_holds_back_all(editor_client):
    make.event("Auftakt", status="draft", number=1)
    make.event("Zweite", status="draft", number=2)

    def change(rows):
        rows[0]["Titel"], rows[1]["Datum"] = "Aufbruch", "gestern"

    before = everything()
    seen = upload(editor_client, "veranstaltungen", edited("veranstaltungen", change))
    assert "abgelehnt" in words(seen) and "Alles übernehmen" not in words(seen)
    assert "Zeile 3, Spalte „Datum“:" in words(seen)
    assert "alles oder nichts" in words(apply(editor_client, seen))
    assert {**everything(), "django_session": 0} == {**before, "django_session": 0}


def test_what_changed_since_it_was_seen_is_seen_again(editor_client):
    event = make.event("Auftakt", status="draft")
    seen = upload(editor_client, "veranstaltungen", edited("veranstaltungen", set_to("Titel", "Aufbruch")))
    Event.objects.filter(pk=event.pk).update(title="Anfang")
    again = apply(editor_client, seen)
    assert "Inzwischen hat sich etwas geändert" in words(again)
    assert Event.objects.get(pk=event.pk).title == "Anfang" and not ChangeRun.objects.exists()


def test_the_file_of_another_listing_is_seen_as_what_it_is(editor_client):
    make.page("Impressum")
    seen = upload(editor_client, "veranstaltungen", sent(LISTINGS["seiten"], "xlsx"), "liste.xlsx")
    assert "Das ist die Liste „Seiten“, gewählt ist „Veranstaltungen“." in words(seen)
    assert "Als „Seiten“ ansehen" in words(seen)
    assert editor_client.get(seen.context["other"]).context["plan"].same_count == 1


def test_rows_that_exclude_each_other_are_taken_back_together(editor_client):
    make.event("Auftakt", status="draft", conference=make.conference("Herbst"), number=1)

    def change(rows):
        rows[0]["Titel"] = "Aufbruch"
        new = dict.fromkeys(rows[0], "") | {"Konferenz": "Herbst", "Nummer": "2", "Titel": "A", "Datum": "28.10.2020"}
        return [*rows, new, new | {"Titel": "B"}]

    refused = apply(editor_client, upload(editor_client, "veranstaltungen", edited("veranstaltungen", change)))
    assert "„B“: Diese Nummer hat in der Konferenz schon eine andere Veranstaltung." in words(refused)
    assert [event.title for event in Event.objects.all()] == ["Auftakt"] and not ChangeRun.objects.exists()


def test_a_plan_is_not_carried_out_over_what_changed_meanwhile():
    event = make.event("Auftakt", status="draft")
    plan = planned("veranstaltungen", set_to("Titel", "Aufbruch"))
    Event.objects.filter(pk=event.pk).update(place="Bremen")
    with pytest.raises(Overtaken):
        apply_plan(plan, None, "liste.csv")
    assert Event.objects.get().title == "Auftakt"


def test_a_sorted_column_has_to_be_confirmed(editor_client):
    for number, title in enumerate("CDAB"):
        make.page(title, position=number, status="draft")

    def change(rows):
        for row, title in zip(rows, sorted(row["Titel"] for row in rows), strict=True):
            row["Titel"] = title

    seen = upload(editor_client, "seiten", edited("seiten", change))
    assert "Das ist gewollt" in words(seen)
    assert "Bitte bestätigen Sie" in words(apply(editor_client, seen))
    assert [page.title for page in Page.objects.order_by("position")] == [*"CDAB"]
    apply(editor_client, seen, gewollt="on")
    assert [page.title for page in Page.objects.order_by("position")] == [*"ABCD"]


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", b"a;b\n1;2\n", b"PK\x03\x04kaputt", b'{"records": 5}'])
def test_what_is_no_such_table_gets_a_sentence(editor_client, content):
    make.page()
    response = upload(editor_client, "seiten", content)
    assert response.status_code == 200
    assert "nichts ist geändert" in words(response) or response.context["back"].errors


# ── Whose it is ──────────────────────────────────────────────────────────────────────────────
def test_only_who_may_edit_a_noun_sees_its_listing(client):
    make.page()
    client.force_login(make.analyst())
    assert [client.get(address).status_code for address in (DESK, FILE)] == [403, 403]
    client.force_login(make.user("seiten", permissions=["conference.view_page", "conference.change_page"]))
    response = client.get(DESK)
    assert [name for name, _label in response.context["out"].fields["liste"].choices] == ["seiten"]
    assert client.get(f"{DESK}veranstaltungen/x/").status_code == 404
    new = edited("seiten", lambda rows: [rows[0], dict.fromkeys(rows[0], "") | {"Titel": "Neu"}])
    assert "Sie dürfen hier nichts Neues anlegen" in words(upload(client, "seiten", new))


def test_a_file_is_seen_by_who_brought_it(client):
    make.page()
    client.force_login(make.editor())
    address = upload(client, "seiten", sent(LISTINGS["seiten"])).redirect_chain[-1][0]
    client.force_login(make.editor(username="andere"))
    assert client.get(address).status_code == 302


def test_editors_of_some_conferences_edit_theirs_alone(client):
    own, foreign = make.conference("Eigene"), make.conference("Fremde")
    theme = make.theme("Fremdes Thema", conference=foreign)
    mine = make.theme("Eigenes Thema", conference=own)
    make.event("Hier", conference=own, number=1, status="draft")
    make.event("Dort", conference=foreign, number=1, status="draft")
    project = make.project("KOMET", themes=[theme, mine], status="draft")
    user = make.editor()
    EditorScope.objects.create(user=user).conferences.set([own])
    client.force_login(user)
    assert [row["Titel"] for row in rows_of(sent(LISTINGS["veranstaltungen"], user=user))] == ["Hier"]
    whole = upload(client, "veranstaltungen", sent(LISTINGS["veranstaltungen"]))
    assert "einer Konferenz, an der Sie nicht arbeiten" in words(whole) and whole.context["plan"].same_count == 1
    moved = upload(client, "veranstaltungen", edited("veranstaltungen", set_to("Konferenz", "Fremde"), user))
    assert "Konferenz „Fremde“ gibt es nicht" in words(moved)
    [row] = rows_of(sent(LISTINGS["vorhaben"], user=user))
    assert row["Kernbotschaften"] == "Eigenes Thema"
    apply(client, upload(client, "vorhaben", edited("vorhaben", set_to("Kernbotschaften", ""), user)))
    assert list(project.themes.all()) == [theme]
    offered = [name for name, _label in client.get(DESK).context["out"].fields["liste"].choices]
    assert "seiten" not in offered and "programm" in offered


# ── Cost ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("count", [1, 3])
def test_rows_as_they_were_cost_no_query_each(editor_client, django_assert_num_queries, count):
    for number in range(count):
        event = make.event(number=number + 1, materials=[make.material()], questions=["Was?"])
        make.contribution(event=event)
    content = sent(LISTINGS["veranstaltungen"])
    address = upload(editor_client, "veranstaltungen", content).redirect_chain[-1][0]
    with django_assert_num_queries(17):
        assert editor_client.get(address).context["plan"].same_count == count


def test_every_listing_has_columns_of_different_names():
    assert len(WAYS) >= 4
    for listing in LISTINGS.values():
        headers = [str(field.header) for field in listing.shown]
        assert len(set(headers)) == len(headers)
