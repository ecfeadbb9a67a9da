"""A page before its time, for one who has the link; and for nobody else, and nothing else."""

import datetime
import re

import pytest
from django.test import Client

from conference.models import Image, Page, PreviewLink
from conference.sharing.links import address, make_link
from sessions_app.models import Speaker
from tests import make
from tests.desk import step, words

pytestmark = pytest.mark.django_db
MARK = "Quittenbrot"


def a_link(record, **fields):
    link = make_link(record, None, "Ada", 14)
    PreviewLink.objects.filter(pk=link.pk).update(**fields)
    return address(link)


def nothing(client):
    return client.get("/seiten/gibt-es-nicht/").content


def test_a_draft_is_shown_to_who_has_the_link_and_nothing_else_changes(client):
    picture = make.image(alt_text="Porträt", file=make.picture_file())
    speaker = make.speaker("Renn", status="draft", biography=f"<p>{MARK}</p>", portrait=picture)
    hidden = make.event("Anderer Entwurf", status="draft")
    make.appearance(speaker=speaker, contribution=make.contribution(event=hidden))
    assert client.get(speaker.get_absolute_url()).status_code == 404
    response = client.get(a_link(speaker))
    shown = words(response)
    assert MARK in shown and "Vorschau" in shown
    assert "Anderer Entwurf" not in shown
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert client.get(speaker.get_absolute_url()).status_code == 404
    assert client.get("/mitwirkende/").content.find(b"Renn") == -1
    assert Speaker.objects.get().status == "draft"


def test_the_pictures_come_by_the_same_link(client, django_capture_on_commit_callbacks):
    picture = make.image(alt_text="Porträt", file=make.picture_file())
    speaker = make.speaker("Renn", status="draft", portrait=picture)
    page = client.get(a_link(speaker)).content.decode()
    own = f"/medien/{Image.objects.get().file.name}"
    assert client.get(own).status_code == 404
    assert f'"{own}' not in page
    files = re.findall(r'src="(/vorschau/[^"]+)"', page)
    assert files
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)
    other = make.material("Geheim", status="draft", file=make.picture_file())
    stolen = files[0].partition("/medien/")[0] + f"/medien/{other.file.name}"
    assert client.get(stolen).status_code == 404


def test_a_working_copy_is_shown_as_it_is_at_that_moment(publisher_client):
    page = make.page("Impressum")
    link = a_link(page)
    step(publisher_client, page, "continue", title=f"{MARK} eins")
    assert f"{MARK} eins" in words(Client().get(link))
    step(publisher_client, page, "continue", title=f"{MARK} zwei")
    assert f"{MARK} zwei" in words(Client().get(link))
    assert MARK not in words(Client().get(page.get_absolute_url()))


def test_an_event_of_a_conference_that_is_a_draft_too(client):
    event = make.event(MARK, conference=make.conference(status="draft"), status="draft")
    assert MARK in words(client.get(a_link(event)))


def test_links_end_are_revoked_and_cannot_be_made_up(client, time_machine):
    page = make.page(MARK, status="draft")
    good = a_link(page)
    assert client.get(good).status_code == 200
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    for bad in (
        a_link(page, revoked_at=past),
        a_link(page, expires_at=past),
        good[:-2] + "x/",
        good.replace(good.split("/")[2], "00000000-0000-4000-8000-000000000000"),
    ):
        response = client.get(bad)
        assert (response.status_code, response.content) == (404, nothing(client))
    assert client.post(good).status_code == 405
    time_machine.move_to(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=15))
    assert client.get(good).status_code == 404


def test_a_link_to_what_is_gone_leads_nowhere(client):
    page = make.page(MARK, status="draft")
    link = a_link(page)
    Page.objects.all().delete()
    assert client.get(link).status_code == 404


def test_editors_make_see_and_revoke_links(editor_client):
    page = make.page(MARK, status="draft")
    form = editor_client.get(f"/admin/conference/page/{page.pk}/change/")
    desk = form.context["share_url"]
    response = editor_client.post(desk, {"_make": "x", "recipient": "Dr. Ä", "days": "7"}, follow=True)
    link = PreviewLink.objects.get()
    assert address(link) in response.content.decode()
    assert 6 <= (link.expires_at - link.created_at).days <= 7
    Client().get(address(link))
    assert "zuletzt geöffnet" in words(editor_client.get(desk))
    refused = editor_client.post(desk, {"_make": "x", "recipient": "", "days": "91"})
    assert "zwingend erforderlich" in words(refused) and "90" in words(refused)
    editor_client.post(desk, {"_revoke": str(link.uuid)})
    assert Client().get(address(link)).status_code == 404
    assert editor_client.post(desk, {"_revoke": "unsinn"}).status_code == 404


def test_only_who_may_change_the_record_makes_links(client):
    page = make.page(MARK, status="draft")
    client.force_login(make.editor())
    desk = client.get(f"/admin/conference/page/{page.pk}/change/").context["share_url"]
    client.force_login(make.user(permissions=["conference.view_page"]))
    assert client.get(desk).status_code == 403
    assert client.post(desk, {"_make": "x", "recipient": "A", "days": "7"}).status_code == 403
    assert not PreviewLink.objects.exists()
