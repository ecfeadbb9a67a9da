"""The trash as editors see it: what lies in it, for whom, and the ways out."""

import datetime
from importlib import import_module

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conference.editorial import DESKS
from conference.models import Conference, Page, Theme
from conference.models.editing import (
    EditorScope,
    FieldComment,
    Gap,
    PreviewLink,
    ReviewRequest,
    Revision,
    TrashedRecord,
    WorkingCopy,
)
from conference.trash import trash
from sessions_app.models import Event
from tests import make
from tests.desk import url
from tests.trashed import World, everything, pressed, text

pytestmark = pytest.mark.django_db

LIST, RESTORE = "/admin/papierkorb/", "/admin/papierkorb/wiederherstellen/"


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


def test_no_other_desk_stumbles_over_what_is_in_the_trash_or_names_it(client):
    ada = make.administrator()
    client.force_login(ada)
    pages = [make.page("xqzgeheim"), make.event("xqzgeheim", conference=make.conference())]
    for record in pages:
        keys = Revision.keys(record)
        Revision.objects.create(**keys, number=7, kind="saved", data={"schema": 1})
        WorkingCopy.objects.create(**keys, base={}, data={}, is_submitted=True, updated_by=ada, publish_at=make.soon())
        ReviewRequest.objects.create(**keys, author=ada, to_user=ada)
        FieldComment.objects.create(**keys, text="Bitte prüfen", author=ada)
        Gap.objects.create(**keys, requirement="image", owner=ada)
        PreviewLink.objects.create(**keys, expires_at=make.soon(), created_by=ada)
        trash(record)
    desks = [url for name in DESKS for url in import_module(name).urls(admin.site)]
    addresses = [reverse(f"admin:{each.name}") for each in desks if "<" not in str(each.pattern)]
    assert len(addresses) > 5
    for address in ["/admin/", *addresses]:
        response = client.get(address, follow=True)
        assert response.status_code in (200, 400, 403, 404, 405), address
        assert (b"xqzgeheim" in response.content) == (address == LIST), address


def test_an_editor_of_one_conference_takes_back_the_conference_itself(client):
    world = World()
    editor = make.publisher()
    EditorScope.objects.create(user=editor).conferences.add(world.conference)
    client.force_login(editor)
    before = everything()
    response = client.post(url(Conference, "delete", world.conference.pk), {"post": "yes"}, follow=True)
    assert not editor.editor_scope.conferences.exists()
    assert "ist wiederhergestellt" in text(pressed(client, response))
    assert everything() == before
