"""Deleting in the admin: what the page says, who may, and one press to take it back."""

import datetime
import html
import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conference.models import Conference, Image, Material, Page, SearchDocument, Theme
from conference.models.editing import EditorScope, TrashedRecord
from conference.search import rebuild_index
from conference.trash import goes_to_trash, restore, trash
from conference.trash.references import survey
from sessions_app.models import Contribution, Cue, Event, Speaker
from tests import make
from tests.desk import made, url, words
from tests.trashed import World, everything

pytestmark = pytest.mark.django_db

MODELS = sorted((model for model in admin.site._registry if goes_to_trash(model)), key=lambda model: model.__name__)
LIST, RESTORE = "/admin/papierkorb/", "/admin/papierkorb/wiederherstellen/"


def text(response):
    return " ".join(words(response).split())


def pressed(client, response):
    """The button in the message: the form as the page shows it, sent."""
    form = re.search(
        r'<form method="post" action="([^"]+)" class="in-message">(.*?)</form>', response.content.decode(), re.S
    )
    fields = re.findall(r'name="uuid" value="([^"]+)"', form[2])
    return client.post(html.unescape(form[1]), {"uuid": fields}, follow=True)


def test_all_content_and_no_account_goes_to_the_trash():
    assert {model for model in admin.site._registry if not goes_to_trash(model)} <= {User, Group}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_kind_goes_and_comes_back_with_one_press(publisher_client, model):
    thing = made(model)
    before = everything()
    page = publisher_client.get(url(model, "delete", thing.pk))
    assert "In den Papierkorb legen" in text(page)
    response = publisher_client.post(url(model, "delete", thing.pk), {"post": "yes"}, follow=True)
    assert response.status_code == 200
    assert "liegt im Papierkorb. Rückgängig" in text(response)
    assert not model._base_manager.filter(pk=thing.pk).exists()
    assert TrashedRecord.objects.get().deleted_by.username == "publisher"
    response = pressed(publisher_client, response)
    assert "ist wiederhergestellt" in text(response)
    assert everything() == before
    flags = LogEntry.objects.filter(object_id=str(thing.pk)).values_list("action_flag", flat=True)
    assert sorted(flags) == [2, 3]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_selection_goes_and_comes_back_with_one_press(publisher_client, model):
    things = [made(model), made(model)]
    before = everything()
    action = {"action": "delete_selected", "_selected_action": [thing.pk for thing in things]}
    listed = text(publisher_client.get(url(model, "changelist")))
    assert "Ausgewählte in den Papierkorb legen" in listed and "löschen" not in listed
    page = publisher_client.post(url(model, "changelist"), action)
    assert "In den Papierkorb legen" in text(page)
    assert model._base_manager.count() >= 2
    response = publisher_client.post(url(model, "changelist"), action | {"post": "yes"}, follow=True)
    assert "2 Einträge liegen im Papierkorb." in text(response)
    assert not model._base_manager.filter(pk__in=[thing.pk for thing in things]).exists()
    assert "2 Einträge sind wiederhergestellt." in text(pressed(publisher_client, response))
    assert everything() == before


def test_the_page_says_what_goes_along_and_where_it_is_taken_out(publisher_client):
    world = World()
    page = text(publisher_client.get(url(Conference, "delete", world.conference.pk)))
    for sentence in (
        "Der Inhalt ist veröffentlicht und verschwindet sofort von der Website.",
        "Im Papierkorb bleibt alles 90 Tage",
        "2 Veranstaltungen : „Abend 1“, „Abend 2“",
        "1 Kernbotschaft : „Flächen sparen“",
        "4 Leitfragen",
        "4 Textstellen",
        "Wird dort ausgetragen",
        "Verbundvorhaben „KoDa eG“ Kernbotschaften",
    ):
        assert sentence in page
    assert "Sammelband" not in page


def test_what_is_needed_says_by_whom_and_stays(publisher_client):
    world = World()
    address = url(Speaker, "delete", world.speaker.pk)
    page = publisher_client.get(address)
    assert "Lässt sich nicht löschen" in text(page)
    assert "Beitrag „Vortrag 1“ in „Abend 1“ Auftritt" in text(page)
    contribution = Contribution.objects.get(title="Vortrag 1")
    assert f'href="{url(Contribution, "change", contribution.pk)}"' in page.content.decode()
    assert 'value="In den Papierkorb legen"' not in page.content.decode()
    publisher_client.post(address, {"post": "yes"})
    action = {"action": "delete_selected", "_selected_action": [world.speaker.pk], "post": "yes"}
    publisher_client.post(url(Speaker, "changelist"), action)
    assert Speaker.objects.filter(pk=world.speaker.pk).exists()
    assert not TrashedRecord.objects.exists()
    page = text(publisher_client.get(url(Image, "delete", world.image.pk)))
    assert "Konferenz „Herbst-Konferenz“ Bild" in page and "Video „Film 1“ Vorschaubild" in page


def test_a_material_shown_somewhere_is_taken_out_there(publisher_client):
    world = World()
    page = text(publisher_client.get(url(Material, "delete", world.material.pk)))
    for place in ("Konferenz „Herbst-Konferenz“ Materialien", "Beitrag „Vortrag 2“ in „Abend 2“ Materialien"):
        assert place in page


def test_somebody_who_comes_to_need_it_meanwhile_is_told(publisher_client, monkeypatch):
    theme, free = make.theme(), make.theme()
    make.event(theme=theme)
    # What is asked first is the state before the event.
    states = iter([[free], [theme]])
    monkeypatch.setattr("conference.admin.trashing.survey", lambda _records, *given: survey(next(states), *given))
    response = publisher_client.post(url(Theme, "delete", theme.pk), {"post": "yes"}, follow=True)
    assert "Wird noch gebraucht" in text(response)
    assert set(Theme.objects.all()) == {theme, free}
    assert not LogEntry.objects.exists()


def test_who_may_not_delete_what_goes_along_deletes_nothing(client):
    editor = make.editor()
    client.force_login(editor)
    video = make.video(contribution=make.contribution())
    contribution = video.contribution
    page = client.get(url(Contribution, "delete", contribution.pk))
    assert "ginge etwas mit, das Sie nicht löschen dürfen: Videos." in text(page)
    assert client.post(url(Contribution, "delete", contribution.pk), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [contribution.pk], "post": "yes"}
    assert client.post(url(Contribution, "changelist"), action).status_code == 403
    assert Contribution.objects.filter(pk=contribution.pk).exists()


# ── The desk ─────────────────────────────────────────────────────────────────────────────────
def test_the_trash_is_searched_and_says_how_long_still(publisher_client):
    for title in ("Impressum", "Datenschutz"):
        trash(make.page(title), make.user(first_name="Grace", last_name="Hopper"))
    entry = trash(make.event("Auftakt", questions=["Warum?", "Wozu?"]))
    TrashedRecord.objects.filter(pk=entry.pk).update(deleted_at=timezone.now() - datetime.timedelta(days=80, hours=1))
    everything_listed = text(publisher_client.get(LIST))
    assert "Impressum Seite" in everything_listed and "Grace Hopper" in everything_listed
    assert "2 Leitfragen" in everything_listed and "10 Tage" in everything_listed
    found = text(publisher_client.get(LIST, {"q": "impress"}))
    assert "Impressum Seite" in found and "Datenschutz Seite" not in found
    found = text(publisher_client.get(LIST, {"art": "sessions_app.event"}))
    assert "Auftakt Veranstaltung" in found and "Impressum Seite" not in found
    assert "Dazu liegt nichts im Papierkorb." in text(publisher_client.get(LIST, {"q": "niemand"}))
    shown = text(publisher_client.get(f"{LIST}{entry.uuid}/"))
    assert "2 Leitfragen" in shown and "Auftakt" in shown and "28. Oktober 2020" in shown


def test_the_list_asks_the_same_number_of_questions_at_one_and_at_sixty(
    publisher_client, django_assert_max_num_queries
):
    trash(make.page())
    with django_assert_max_num_queries(12) as one:
        publisher_client.get(LIST)
    for _number in range(60):
        trash(make.page())
    with django_assert_max_num_queries(12) as many:
        assert "Seite 1 von 2" in text(publisher_client.get(LIST))
    assert len(one) == len(many)


def test_the_trash_stands_in_the_side_bar_of_those_who_may(client, publisher_client):
    assert f'href="{LIST}"' in publisher_client.get("/admin/").content.decode()
    client.force_login(make.user(permissions=["conference.view_page"]))
    assert f'href="{LIST}"' not in client.get("/admin/").content.decode()


def test_what_lies_in_the_trash_too_is_brought_back_with_it(publisher_client):
    world = World()
    before = everything()
    event, whole = trash(world.events[0]), trash(world.conference)
    response = publisher_client.post(RESTORE, {"uuid": [event.uuid]}, follow=True)
    assert "„Abend 1“ gehört zu etwas, das selbst im Papierkorb liegt: Konferenz „Herbst-Konferenz“." in text(response)
    assert set(TrashedRecord.objects.all()) == {event, whole}
    assert "2 Einträge sind wiederhergestellt." in text(pressed(publisher_client, response))
    assert everything() == before


def test_a_second_press_says_that_it_is_back_already(publisher_client):
    entry = trash(make.page("Impressum"))
    publisher_client.post(RESTORE, {"uuid": [entry.uuid]})
    assert "liegt nicht mehr im Papierkorb" in text(publisher_client.post(RESTORE, {"uuid": [entry.uuid]}, follow=True))
    assert publisher_client.post(RESTORE, {"uuid": ["kein-Schlüssel"]}).status_code == 404
    assert publisher_client.get(RESTORE).status_code == 405
    assert list(Page.objects.values_list("title", flat=True)) == ["Impressum"]


def test_a_refusal_says_what_is_in_the_way(publisher_client):
    event = make.event("Auftakt", number=1)
    entry = trash(event)
    make.event("Anfang", number=1, conference=event.conference)
    response = publisher_client.post(RESTORE, {"uuid": [entry.uuid]}, follow=True)
    assert "Auftakt: Diese Nummer hat in der Konferenz schon eine andere Veranstaltung." in text(response)
    assert response.redirect_chain == [(f"{LIST}{entry.uuid}/", 302)]


def test_for_good_is_asked_once_more(client):
    entry = trash(make.page("Impressum"))
    address = reverse("admin:trash_purge", args=[entry.uuid])
    client.force_login(make.administrator())
    assert "Danach lässt es sich nicht mehr wiederherstellen." in text(client.get(address))
    assert TrashedRecord.objects.exists()
    assert "Endgültig gelöscht: Seite „Impressum“." in text(client.post(address, follow=True))
    assert not TrashedRecord.objects.exists() and not Page.objects.exists()


# ── Rights ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("permissions", "sees", "may_purge"),
    [
        ([], False, False),
        (["conference.view_page", "conference.change_page", "conference.add_page"], False, False),
        (["conference.delete_theme"], "empty", False),
        (["conference.delete_page", "conference.view_page"], True, False),
        (["conference.delete_page", "conference.delete_trashedrecord"], True, True),
        (["conference.delete_trashedrecord"], False, False),
    ],
)
def test_only_who_may_delete_a_kind_sees_it_brings_it_back_or_ends_it(client, permissions, sees, may_purge):
    entry = trash(make.page("Impressum"))
    detail, purge = f"{LIST}{entry.uuid}/", f"{LIST}{entry.uuid}/endgueltig/"
    for address in (LIST, detail, purge):
        assert Client().get(address).status_code == 302
    assert Client().post(RESTORE, {"uuid": [entry.uuid]}).url.startswith("/admin/login/")
    client.force_login(make.user(permissions=permissions))
    listed = client.get(LIST)
    assert listed.status_code == (200 if sees else 403)
    assert (b"Impressum" in listed.content) == (sees is True)
    other = 404 if sees == "empty" else 403
    assert client.get(detail).status_code == (200 if sees is True else other)
    assert client.get(purge).status_code == (200 if may_purge else 403 if sees is True else other)
    if not may_purge:
        assert client.post(purge).status_code in (403, 404)
    client.post(RESTORE, {"uuid": [entry.uuid]})
    assert Page.objects.exists() == (sees is True)


def test_an_editor_of_one_conference_sees_what_was_deleted_there(client):
    world = World()
    editor = make.publisher()
    EditorScope.objects.create(user=editor).conferences.add(world.other)
    client.force_login(editor)
    theirs, others = trash(world.outside), trash(world.events[0])
    shared = trash(make.material("Gemeinsames"))
    page = trash(make.page("Impressum"))
    listed = text(client.get(LIST))
    assert "Anderswo Veranstaltung" in listed
    assert not [title for title in ("Abend 1", "Gemeinsames", "Impressum Seite") if title in listed]
    for entry in (others, shared, page):
        assert client.get(f"{LIST}{entry.uuid}/").status_code == 404
        client.post(RESTORE, {"uuid": [entry.uuid, theirs.uuid]})
    assert not Event.objects.filter(title__in=["Abend 1", "Anderswo"]).exists()
    client.post(RESTORE, {"uuid": [theirs.uuid]})
    assert Event.objects.filter(title="Anderswo").exists()


def test_places_of_another_conference_are_counted_and_not_named(client):
    world = World()
    editor = make.publisher()
    EditorScope.objects.create(user=editor).conferences.add(world.conference)
    Event.objects.filter(pk=world.outside.pk).update(theme=world.theme, title="xqzgeheim")
    client.force_login(editor)
    page = text(client.get(url(Theme, "delete", world.theme.pk)))
    assert "Veranstaltung „Abend 1“" in page and "1 Stelle, die Sie nicht einsehen dürfen" in page
    assert "xqzgeheim" not in page


def test_titles_are_shown_as_text(publisher_client):
    page = make.page('<b onclick="x">Böse</b>')
    response = publisher_client.post(url(Page, "delete", page.pk), {"post": "yes"}, follow=True)
    assert "<b onclick" not in response.content.decode()
    entry = TrashedRecord.objects.get()
    for address in (LIST, f"{LIST}{entry.uuid}/"):
        assert "<b onclick" not in publisher_client.get(address).content.decode()


def test_a_sentence_alone_leaves_the_search_of_its_video(publisher_client):
    video = make.text_track(["Zitronenbaum blüht.", "Quitten reifen."]).video
    rebuild_index()
    said = SearchDocument.objects.passages().filter(object_id=video.pk)
    publisher_client.post(url(Cue, "delete", Cue.objects.get(number=1).pk), {"post": "yes"})
    assert [passage.text for passage in said.all()] == ["Quitten reifen."]
    restore(TrashedRecord.objects.get())
    assert [passage.text for passage in said.all()] == ["Zitronenbaum blüht.\nQuitten reifen."]
