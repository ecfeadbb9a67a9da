"""Deleting in the admin: what the page says, who may, and one press to take it back."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User

from conference.models import Conference, Image, Material, Page, SearchDocument, Theme
from conference.models.editing import TrashedRecord
from conference.search import rebuild_index
from conference.trash import goes_to_trash, restore, trash
from conference.trash.references import survey
from sessions_app.models import Contribution, Cue, Speaker
from tests import make
from tests.desk import made, url
from tests.trashed import World, everything, pressed, text, unpublished

pytestmark = pytest.mark.django_db

MODELS = sorted((model for model in admin.site._registry if goes_to_trash(model)), key=lambda model: model.__name__)
LIST = "/admin/papierkorb/"


def test_all_content_and_no_account_goes_to_the_trash():
    assert {model for model in admin.site._registry if not goes_to_trash(model)} <= {User, Group}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_kind_goes_and_comes_back_with_one_press(publisher_client, model):
    thing = made(model, **unpublished(model))
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
    things = [made(model, **unpublished(model)) for _number in range(2)]
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
    contribution = make.contribution(event=make.event(status="draft"))
    make.video(contribution=contribution)
    page = client.get(url(Contribution, "delete", contribution.pk))
    assert "ginge etwas mit, das Sie nicht löschen dürfen: Videos." in text(page)
    assert client.post(url(Contribution, "delete", contribution.pk), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [contribution.pk], "post": "yes"}
    assert client.post(url(Contribution, "changelist"), action).status_code == 403
    assert Contribution.objects.filter(pk=contribution.pk).exists()


def test_rows_of_what_is_published_are_not_deleted_here(publisher_client):
    published = make.contribution("Öffentlicher Vortrag")
    draft = make.contribution("Entwurf", event=make.event(status="draft"))
    action = {"action": "delete_selected", "_selected_action": [published.pk, draft.pk]}
    page = text(publisher_client.post(url(Contribution, "changelist"), action))
    assert "Das lässt sich hier nicht löschen: „Öffentlicher Vortrag“." in page
    assert publisher_client.post(url(Contribution, "changelist"), action | {"post": "yes"}).status_code == 403
    assert publisher_client.post(url(Contribution, "delete", published.pk), {"post": "yes"}).status_code == 403
    assert Contribution.objects.count() == 2


def test_a_row_comes_back_into_what_is_published_meanwhile_by_those_who_publish(client):
    contribution = make.contribution("Vortrag", event=make.event(status="draft", summary="Kurz"))
    entry = trash(contribution)
    contribution.event.publish()
    for person, comes in ((make.editor(), False), (make.publisher(), True)):
        client.force_login(person)
        response = client.post("/admin/papierkorb/wiederherstellen/", {"uuid": [entry.uuid]}, follow=True)
        assert ("Wiederherstellen kann das, wer veröffentlichen darf." in text(response)) != comes
        assert Contribution.objects.exists() == comes


def test_titles_are_shown_as_text(publisher_client):
    page = make.page('<b onclick="x">Böse</b>')
    response = publisher_client.post(url(Page, "delete", page.pk), {"post": "yes"}, follow=True)
    assert "<b onclick" not in response.content.decode()
    entry = TrashedRecord.objects.get()
    for address in (LIST, f"{LIST}{entry.uuid}/"):
        assert "<b onclick" not in publisher_client.get(address).content.decode()


def test_a_sentence_alone_leaves_the_search_of_its_video(publisher_client):
    video = make.video(status="draft")
    make.text_track(["Zitronenbaum blüht.", "Quitten reifen."], video=video)
    rebuild_index()
    said = SearchDocument.objects.passages().filter(object_id=video.pk)
    publisher_client.post(url(Cue, "delete", Cue.objects.get(number=1).pk), {"post": "yes"})
    assert [passage.text for passage in said.all()] == ["Quitten reifen."]
    restore(TrashedRecord.objects.get())
    assert [passage.text for passage in said.all()] == ["Zitronenbaum blüht.\nQuitten reifen."]
