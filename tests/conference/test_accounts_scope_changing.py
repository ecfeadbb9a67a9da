"""Editors of one conference only: what they may change, and what stays as it is."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from conference.editing.copies import store
from conference.editing.snapshot import take
from conference.models import Conference, Page, Revision, Theme, WorkingCopy
from conference.runs.running import change
from projects_app.models import Project
from sessions_app.models import Event, Speaker, Video
from tests import make
from tests.desk import posted, url
from tests.two_conferences import MARK, World, limited_to, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def limited(world):
    """Who may publish, delete and export, but works on one conference only."""
    return limited_to(world.mine[Conference], make.publisher(username="kim"))


@pytest.fixture
def desk(client, limited):
    client.force_login(limited)
    return client


# ── Changing ─────────────────────────────────────────────────────────────────────────────────
def test_actions_leave_others_alone(desk, world):
    for model in (Conference, Theme, Event, Video):
        rows = [each[model].pk for each in (world.mine, world.theirs)]
        desk.post(url(model, "changelist"), {"action": "submit_selected", "_selected_action": rows})
        assert model.objects.get(pk=world.theirs[model].pk).status == "draft", model
        assert model.objects.get(pk=world.mine[model].pk).status == "in_review", model
    for model in (Video, Event, Theme, Conference):
        rows = [each[model].pk for each in (world.mine, world.theirs)]
        desk.post(url(model, "changelist"), {"action": "delete_selected", "_selected_action": rows, "post": "yes"})
        assert model.objects.filter(pk=world.theirs[model].pk).exists(), model


def test_nothing_moves_into_another_conference(desk, world):
    event = world.mine[Event]
    address = url(Event, "change", event.pk)
    response = desk.post(address, posted(desk.get(address)) | {"conference": world.open[Conference].pk})
    assert response.status_code == 200
    event.refresh_from_db()
    assert event.conference == world.mine[Conference]
    response = desk.post(address, posted(desk.get(address)) | {"theme": world.theirs[Theme].pk})
    assert response.status_code == 200
    assert MARK not in text_of(response)


def test_many_at_once_and_their_run_leave_and_name_nothing_of_others(desk, world):
    project = make.project("Geteilt", status="draft", themes=[world.theirs[Theme], world.mine[Theme]])
    kind = ContentType.objects.get_for_model(Project).pk
    address = reverse("admin:bulk_change", args=[kind], query={"nr": project.pk, "field": "themes"})
    form = {"way": "set", "value": []}
    assert MARK not in text_of(desk.post(address, form))
    done = desk.post(address, form | {"_apply": "x"}, follow=True)
    assert "nicht für Sie sichtbar" in text_of(done)
    assert MARK not in text_of(done)
    assert list(project.themes.all()) == [world.theirs[Theme]]


def test_no_run_of_another_conference_is_shown(desk, world):
    title = f"{MARK} Lauf"
    for thing, address in ((world.theirs[Event], 404), (world.mine[Event], 200)):
        after = take(thing)
        after["fields"]["place"] = "Celle"
        run = change(title if address == 404 else "Eigener Lauf", None, [(thing, after)])
        assert desk.get(reverse("admin:run_detail", args=[run.uuid])).status_code == address
        assert desk.post(reverse("admin:run_detail", args=[run.uuid]), {"_undo": "x"}).status_code in (302, address)
    page = text_of(desk.get(reverse("admin:run_list")))
    assert "Eigener Lauf" in page
    assert MARK not in page


@pytest.mark.parametrize("source", [WorkingCopy, Revision])
def test_a_preview_of_another_conference_is_the_public_page(desk, world, source):
    event, own = world.open[Event], world.mine[Event]
    for thing in (event, own):
        data = take(thing)
        data["fields"]["title"] = f"{MARK} Fassung"
        store(thing, data)
    key = {WorkingCopy: "k", Revision: "r"}[source]
    keys = {thing: f"{key}{source.objects.of(thing).order_by('-pk').first().pk}" for thing in (event, own)}
    for page in (event.get_absolute_url(), "/", "/veranstaltungen/"):
        response = desk.get(page, {"vorschau": keys[event]})
        assert "X-Robots-Tag" not in response
        assert f"{MARK} Fassung" not in text_of(response)
    assert f"{MARK} Fassung" in text_of(desk.get(own.get_absolute_url(), {"vorschau": keys[own]}))


def test_no_conference_is_added_and_nothing_of_the_house_changed(desk, world):
    page = make.page("Impressum")
    assert desk.get(url(Conference, "add")).status_code == 403
    for address in (url(Page, "changelist"), url(Page, "change", page.pk), url(Page, "add")):
        assert desk.get(address).status_code in (302, 403), address
    assert "/admin/conference/page/" not in text_of(desk.get("/admin/"))


def test_shared_things_are_changed_and_not_deleted(desk, world):
    speaker = make.speaker("Lang", status="draft")
    assert desk.get(url(Speaker, "change", speaker.pk)).status_code == 200
    assert desk.get(url(Speaker, "add")).status_code == 200
    assert desk.get(url(Speaker, "delete", speaker.pk)).status_code == 403
    desk.post(
        url(Speaker, "changelist"), {"action": "delete_selected", "_selected_action": [speaker.pk], "post": "yes"}
    )
    assert Speaker.objects.filter(pk=speaker.pk).exists()


@pytest.mark.parametrize("status", ["draft", "published"])
def test_relations_that_are_not_seen_stay(desk, world, status):
    themes = [each[Theme] for each in (world.mine, world.theirs, world.open)]
    project = make.project("Gemeinsam", themes=themes, status=status)
    address = url(Project, "change", project.pk)
    page = desk.get(address)
    assert MARK not in text_of(page)
    assert desk.post(address, posted(page) | {"headline": "Neu", "themes": []}).status_code == 302
    project.refresh_from_db()
    # What is public is changed in a working copy.
    copy = WorkingCopy.objects.first()
    kept = copy.data["links"]["themes"] if copy else project.themes.values_list("pk", flat=True)
    assert set(kept) == {theme.pk for theme in themes[1:]}
    assert (copy.data["fields"] if copy else vars(project))["headline"] == "Neu"
    for listed in (url(Project, "changelist"), url(Project, "history", project.pk), address):
        assert MARK not in text_of(desk.get(listed)), listed


def test_who_may_only_look_is_not_shown_the_other_end(client, world):
    project = make.project("Gemeinsam", themes=[world.mine[Theme], world.theirs[Theme]])
    viewer = make.user(username="lou", permissions=["projects_app.view_project", "conference.view_theme"])
    client.force_login(limited_to(world.mine[Conference], viewer))
    response = client.get(url(Project, "change", project.pk))
    assert response.status_code == 200
    assert MARK not in text_of(response)


def test_without_a_limit_all_is_as_before(client, world):
    client.force_login(make.publisher(username="frei"))
    assert MARK in text_of(client.get(url(Event, "changelist")))
    assert client.get(world.theirs[Event].get_absolute_url()).status_code == 200
