"""The desk for links: who sees what, and what its buttons do."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from conference.links import desk
from conference.models import EditorScope, LinkCheck, OutgoingLink
from tests import make
from tests.desk import words
from tests.link_server import NOWHERE, Web

pytestmark = pytest.mark.django_db
Health = OutgoingLink.Health
LIST, ROUND = "/admin/links/", "/admin/links/pruefen/"


@pytest.fixture
def web(monkeypatch):
    web = Web()
    monkeypatch.setattr(desk, "polite", lambda seconds: web.asker())
    yield web
    web.close()


def link(url, **fields):
    return OutgoingLink.objects.create(url=url, **fields)


def page_of(link):
    return reverse("admin:link_detail", args=[link.pk])


def test_links_shows_the_worst_first_with_the_way_to_the_field(editor_client):
    project = make.project("Alpha", website="https://dead.example/")
    make.project(website="https://new.example/")
    make.speaker(website="https://fine.example/")
    link("https://dead.example/", health=Health.DEAD, detail="Der Server sagt: weg.", checked_at=timezone.now())
    link("https://fine.example/", health=Health.ALIVE, checked_at=timezone.now())
    response = editor_client.get(LIST)
    assert [row.link.url for row in response.context["page"]] == [
        "https://dead.example/",
        "https://new.example/",
        "https://fine.example/",
    ]
    assert f'href="/admin/projects_app/project/{project.pk}/change/#id_website"' in response.content.decode()
    assert "nicht mehr da (1)" in words(response)
    assert "Der Server sagt: weg." in words(response)


def test_links_leads_to_the_form_that_shows_the_part(editor_client):
    part = make.contribution("Vortrag über Links", abstract='<p><a href="https://a.example/">x</a></p>')
    file = make.media_file(url="https://b.example/film.mp4", file="", video=make.video("Film", url=""))
    found = {use.name: use.url for row in editor_client.get(LIST).context["page"] for use in row.uses}
    assert found == {
        "Vortrag über Links": f"/admin/sessions_app/contribution/{part.pk}/change/#id_abstract",
        "Film": f"/admin/sessions_app/video/{file.video_id}/change/#files-group",
    }


@pytest.mark.parametrize(
    ("befund", "shown"),
    [("tot", ["dead"]), ("umgezogen", ["moved"]), ("ungeprueft", ["new"]), ("quatsch", ["dead", "moved", "new"])],
)
def test_links_are_filtered(editor_client, befund, shown):
    for name, health in (("dead", Health.DEAD), ("moved", Health.MOVED), ("new", None)):
        make.project(website=f"https://{name}.example/")
        if health:
            link(f"https://{name}.example/", health=health, moved_to="https://new.example/")
    response = editor_client.get(LIST, {"befund": befund})
    assert [row.link.url.split(".")[0][8:] for row in response.context["page"]] == shown


def test_links_are_cut_into_pages(editor_client):
    for number in range(desk.ROWS + 1):
        make.organisation(website=f"https://a.example/{number}")
    assert "Seite 1 von 2" in words(editor_client.get(LIST))
    assert len(editor_client.get(LIST, {"seite": "2"}).context["page"]) == 1


def test_links_of_nothing(editor_client):
    assert "Kein Inhalt verweist nach außen." in words(editor_client.get(LIST))


@pytest.mark.parametrize("count", [1, 3])
def test_links_costs_the_same_for_one_and_many(editor_client, django_assert_max_num_queries, count):
    for number in range(count):
        make.project(website=f"https://a.example/{number}")
        make.speaker(website=f"https://b.example/{number}")
        make.contribution(abstract=f'<p><a href="https://c.example/{number}">x</a></p>')
    with django_assert_max_num_queries(12):
        assert len(editor_client.get(LIST).context["page"]) == 3 * count


def test_link_detail_shows_every_try(editor_client):
    make.project("Alpha", website="https://a.example/alt")
    moved = link("https://a.example/alt", health=Health.MOVED, moved_to="https://a.example/neu")
    LinkCheck.objects.create(link=moved, health=Health.DOUBTFUL, detail="Damals schwieg er.")
    LinkCheck.objects.create(link=moved, health=Health.MOVED, status_code=200)
    text = words(editor_client.get(page_of(moved)))
    assert "Damals schwieg er." in text
    assert "https://a.example/neu" in text
    assert "Alpha" in text


def test_links_never_become_scripts(editor_client):
    project = make.project(website="https://a.example/")
    evil = link("https://a.example/", health=Health.MOVED, moved_to='https://b.example/"><script>alert(1)</script>')
    assert "<script>alert" not in editor_client.get(page_of(evil)).content.decode()
    type(project).objects.filter(pk=project.pk).update(website="javascript:alert(1)")
    assert "javascript:alert" not in editor_client.get(LIST).content.decode()


# ── Buttons ──────────────────────────────────────────────────────────────────────────────────
def test_link_check_tries_one_now(editor_client, web):
    make.project(website="http://a.example/")
    make.project(website="http://b.example/")
    response = editor_client.post(f"{page_of(link('http://a.example/'))}pruefen/", follow=True)
    assert "Geprüft: erreichbar." in words(response)
    assert web.asked() == ["HEAD a.example/"]


def test_link_check_wants_a_post(editor_client, web):
    make.project(website="http://a.example/")
    assert editor_client.get(f"{page_of(link('http://a.example/'))}pruefen/").status_code == 405
    assert web.requests == []


def test_links_check_goes_step_by_step(editor_client, web, monkeypatch):
    monkeypatch.setattr(desk, "BATCH", 2)
    for name in "abc":
        make.project(website=f"http://{name}.example/")
    response = editor_client.get(ROUND)
    assert "0 von 3 Adressen sind geprüft, 3 noch nicht." in words(response)
    assert web.requests == []
    began = response.context["since"]
    response = editor_client.post(ROUND, {"seit": began})
    assert "2 von 3 Adressen sind geprüft, 1 noch nicht." in words(response)
    assert "Weiter prüfen" in words(response)
    response = editor_client.post(ROUND, {"seit": response.context["since"]})
    assert "Fertig: Alle 3 Adressen sind geprüft." in words(response)
    assert len(web.requests) == 3


def test_links_check_tells_a_script(editor_client, web):
    make.project(website="http://a.example/")
    began = editor_client.get(ROUND).context["since"]
    answer = editor_client.post(ROUND, {"seit": began}, headers={"Accept": "application/json"})
    assert answer.json() == {
        "left": 0,
        "done": 1,
        "total": 1,
        "offline": False,
        "words": "Fertig: Alle 1 Adressen sind geprüft.",
    }


@pytest.mark.parametrize("since", ["", "gestern", "2999-01-01T00:00:00+00:00", "2020-01-01T00:00:00", "2020-13-01"])
def test_links_check_believes_no_nonsense(editor_client, web, since):
    make.project(website="http://a.example/")
    link("http://a.example/", checked_at=timezone.now() - datetime.timedelta(days=3))
    assert editor_client.post(ROUND, {"seit": since}).status_code == 200
    assert len(web.requests) == 1


def test_links_check_says_when_we_are_offline(editor_client, web):
    for name in "abcdefghij":
        make.project(website=f"http://{name}.example/")
        web.names[f"{name}.example"] = NOWHERE
    assert "Die Website selbst ist wohl nicht am Netz." in words(editor_client.post(ROUND))


def test_the_side_bar_leads_to_the_links(editor_client, client):
    assert f'href="{LIST}"' in editor_client.get("/admin/").content.decode()
    client.force_login(make.user(permissions=["projects_app.view_project"]))
    assert f'href="{LIST}"' not in client.get("/admin/").content.decode()


# ── Rights ───────────────────────────────────────────────────────────────────────────────────
def addresses(number):
    return [LIST, ROUND, f"{LIST}{number}/", f"{LIST}{number}/pruefen/"]


@pytest.mark.parametrize("who", ["nobody", "reader", "analyst", "staff"])
def test_links_are_for_those_who_may_change_something(client, who, web):
    make.project(website="http://a.example/")
    number = link("http://a.example/").pk
    people = {
        "reader": lambda: make.user(is_staff=False),
        "analyst": make.analyst,
        "staff": lambda: make.user(permissions=["projects_app.view_project"]),
    }
    if who in people:
        client.force_login(people[who]())
    codes = {client.post(address).status_code for address in addresses(number)}
    assert codes == ({403} if who in {"analyst", "staff"} else {302})
    assert web.requests == []
    assert LinkCheck.objects.count() == 0


def test_links_of_kinds_one_may_not_view_are_hidden(client, web):
    make.project("Sichtbar", website="http://a.example/")
    make.speaker("Verborgen", website="http://geheim.example/", status="draft")
    make.speaker("Auch", website="http://a.example/")
    hidden, shared = link("http://geheim.example/"), link("http://a.example/")
    client.force_login(make.user(permissions=["projects_app.view_project", "projects_app.change_project"]))
    text = words(client.get(LIST))
    assert "Sichtbar" in text
    assert not any(word in text for word in ("geheim", "Verborgen", "Auch"))
    assert client.get(page_of(hidden)).status_code == 404
    assert client.post(f"{page_of(hidden)}pruefen/").status_code == 403
    assert "Auch" not in words(client.get(page_of(shared)))
    client.post(ROUND)
    assert web.asked() == ["HEAD a.example/"]


def test_checking_takes_the_right_to_change_what_names_it(client, web):
    make.project(website="http://a.example/")
    make.speaker(website="http://b.example/")
    rights = ["projects_app.view_project", "sessions_app.view_speaker", "sessions_app.change_speaker"]
    client.force_login(make.user(permissions=rights))
    seen = link("http://a.example/")
    assert "Jetzt prüfen" not in words(client.get(page_of(seen)))
    assert client.post(f"{page_of(seen)}pruefen/").status_code == 403
    client.post(ROUND)
    assert web.asked() == ["HEAD b.example/"]


def test_editors_of_one_conference_see_its_links(client, web):
    mine, other = make.conference(), make.conference()
    make.event(conference=mine, introduction='<p><a href="http://mine.example/">x</a></p>')
    make.event(conference=other, introduction='<p><a href="http://other.example/">x</a></p>')
    person = make.editor()
    EditorScope.objects.create(user=person).conferences.set([mine])
    client.force_login(person)
    assert [row.link.url for row in client.get(LIST).context["page"]] == ["http://mine.example/"]
    client.post(ROUND)
    assert web.asked() == ["HEAD mine.example/"]
