"""Editors of one conference only: what belongs to another is nowhere for them, but on its public pages."""

import functools
import itertools

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver

from conference.exports import FORMATS
from conference.models import Conference, Image, Material, Organisation, Page, Theme
from conference.models.editing import TrashedRecord
from conference.publishing import publishable_models
from conference.scope import conferences_of, is_own, paths_of, scoped
from conference.trash.keeping import trash
from projects_app.models import Project
from sessions_app.models import Contribution, Cue, Event, GuidingQuestion, Speaker, TextTrack, Video
from sessions_app.records import LISTINGS
from tests import make
from tests.desk import url
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


# ── The rule ─────────────────────────────────────────────────────────────────────────────────
def test_every_kind_says_whose_it_is():
    assert {model for model in publishable_models() if paths_of(model) == ()} == {
        *(Material, Organisation, Project, Speaker)
    }
    assert {model for model in publishable_models() if paths_of(model) is None} == {Page}
    assert paths_of(Image) == ()
    assert paths_of(GuidingQuestion) == ("event__conference",)


def test_what_leads_to_a_conference_belongs_to_it():
    """A kind of thing with a foreign key to something of a conference is of that conference, or is nobody's."""
    bound = {model for model in apps.get_models() if paths_of(model)}
    found = [
        model
        for model in apps.get_models()
        if model._meta.app_label in ("conference", "projects_app", "sessions_app")
        for field in model._meta.concrete_fields
        if field.related_model in bound and paths_of(model) == ()
    ]
    assert found == []


def test_the_rule_says_the_same_of_one_and_of_many(world, limited):
    for model in (Conference, Theme, Event, Contribution, Video, Cue, TextTrack, GuidingQuestion):
        found = set(scoped(model.objects.all(), limited))
        assert found == {thing for thing in model.objects.all() if is_own(thing, limited)}, model
        assert {world.mine[model]} <= found
        assert world.theirs[model] not in found
        assert world.open[model] not in found
    assert scoped(Page.objects.all(), limited).count() == 0
    shared = make.theme("Ohne Konferenz", conference=None, status="draft")
    assert shared in scoped(Theme.objects.all(), limited)


def test_who_has_no_limit_costs_one_query_and_the_public_none(world, django_assert_num_queries):
    free = make.editor(username="frei")
    with django_assert_num_queries(1):
        assert [conferences_of(free) for _n in range(3)] == [None] * 3
    with django_assert_num_queries(0):
        assert conferences_of(AnonymousUser()) is None
        assert conferences_of(make.User(username="chefin", is_superuser=True)) is None


def test_a_limit_to_a_conference_that_is_gone_leaves_nothing(world, limited):
    limited.editor_scope.conferences.clear()
    assert conferences_of(limited) == frozenset()
    assert scoped(Event.objects.all(), limited).count() == 0


# ── Reading ──────────────────────────────────────────────────────────────────────────────────
def test_pages_of_other_conferences_show_what_all_see(desk, world):
    for model in (Conference, Theme, Event, Video):
        assert desk.get(world.mine[model].get_absolute_url()).status_code == 200, model
        assert desk.get(world.theirs[model].get_absolute_url()).status_code == 404, model
        assert desk.get(world.open[model].get_absolute_url()).status_code == 200, model
    assert desk.get(world.theirs["other"].get_absolute_url()).status_code == 404
    assert (
        desk.get(f"/admin/r/{ContentType.objects.get_for_model(Event).pk}/{world.theirs[Event].pk}/").status_code == 404
    )


def _addresses():
    """Every address of the admin that needs nothing to be named."""
    found = []
    for pattern in get_resolver("conference.urls").url_patterns:
        if str(pattern.pattern) == "admin/":
            found += _without_arguments(pattern, "/")
    return sorted(set(found) - {"/admin/logout/"})


def _without_arguments(pattern, before):
    here = f"{before}{pattern.pattern}"
    if "<" in here or "(" in here:
        return []
    if hasattr(pattern, "url_patterns"):
        return [address for each in pattern.url_patterns for address in _without_arguments(each, here)]
    return [here]


def test_no_page_of_the_admin_names_what_is_of_others(desk, world):
    addresses = _addresses()
    assert len(addresses) > 30
    for address, query in itertools.product(addresses, ("", f"?q={MARK}", f"?q={MARK[:-1]}&konferenz=alle")):
        response = desk.get(address + query)
        # What was asked for is repeated: in its field, and on the way back.
        repeated = (f'value="{MARK}"', f"q={MARK}", f"q%3D{MARK}")
        assert MARK not in functools.reduce(lambda text, each: text.replace(each, ""), repeated, text_of(response))


@pytest.mark.parametrize("state", [{"status": "in_review"}, {"published_at": make.soon()}])
def test_the_start_page_lists_nothing_of_others(desk, world, state):
    for word, conference in (("Mein eigener", world.mine[Conference]), (MARK, world.theirs[Conference])):
        event = make.event(f"{word} Termin", conference=conference, **state)
        make.video(f"{word} Clip", event=event, **state)
        make.theme(f"{word} Kern", conference=conference, **state)
    page = text_of(desk.get("/admin/"))
    assert MARK not in page
    assert "Mein eigener Termin" in page


def test_no_form_history_or_deletion_of_others_opens(desk, world):
    for thing, view in itertools.product([*world.theirs["all"], *world.open["all"]], ("change", "history", "delete")):
        response = desk.get(url(type(thing), view, thing.pk))
        assert response.status_code in (302, 403, 404), (thing, view)
        assert desk.post(url(type(thing), view, thing.pk), {"post": "yes"}).status_code in (302, 403, 404)
        assert type(thing).objects.filter(pk=thing.pk).exists(), (thing, view)
    assert MARK not in text_of(desk.get("/admin/"))


def _places(thing):
    """Whatever stands beside the form of this thing."""
    kind, number = ContentType.objects.get_for_model(thing).pk, thing.pk
    form = url(type(thing), "change", number).removesuffix("change/")
    yield from (f"{form}{each}" for each in ("history/1/", "history/vergleich/?a=1&b=2", "freigabe/"))
    yield from (f"/admin/kopieren/{noun}/{number}/" for noun in ("veranstaltung", "konferenz"))
    yield from (f"/admin/vorschau-links/{kind}/{number}/", f"/admin/gemeinsam/{kind}/?ids={number}")
    yield f"/admin/aehnliche/?art={thing._meta.model_name}&name={MARK}&q={MARK}"


def test_no_place_beside_the_forms_names_what_is_of_others(desk, world):
    for thing in world.theirs["all"]:
        for address in _places(thing):
            for response in (desk.get(address), desk.post(address, {"ids": thing.pk, "_selected_action": thing.pk})):
                assert response.status_code < 500, address
                assert MARK not in text_of(response).replace(f"name={MARK}", "").replace(f"q={MARK}", ""), address
    conference, event = world.theirs[Conference], world.theirs[Event]
    for address in (
        f"/admin/tafel/?konferenz={conference.slug}",
        f"/admin/tafel/liste/?konferenz={conference.slug}",
        f"/admin/tafel/{conference.slug}/veranstaltungen/{event.pk}/date/",
    ):
        response = desk.get(address)
        repeated = (f"konferenz={conference.slug}", f"/tafel/{conference.slug}")
        assert MARK not in functools.reduce(lambda text, each: text.replace(each, ""), repeated, text_of(response))


def test_what_others_threw_away_is_not_in_the_trash(desk, client, world):
    for thing in (world.theirs["other"], world.theirs[Video], world.theirs[Event]):
        trash(thing)
    for entry in TrashedRecord.objects.all():
        assert desk.get(f"/admin/papierkorb/{entry.uuid}/").status_code == 404
        desk.post("/admin/papierkorb/wiederherstellen/", {"uuid": str(entry.uuid)})
    assert MARK not in text_of(desk.get("/admin/papierkorb/"))
    assert not Event.objects.filter(pk=world.theirs[Event].pk).exists()


def test_own_forms_open_and_name_nothing_of_others(desk, world):
    for thing in world.mine["all"]:
        response = desk.get(url(type(thing), "change", thing.pk))
        assert response.status_code == 200, thing
        assert MARK not in text_of(response), thing


def test_no_choice_offers_what_is_of_others(desk, world):
    fields = [
        (model, field)
        for model, model_admin in admin.site._registry.items()
        for name in model_admin.autocomplete_fields
        for field in [model._meta.get_field(name)]
    ]
    assert len(fields) > 10
    for model, field in fields:
        query = {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": field.name,
            "term": "",
        }
        assert MARK not in text_of(desk.get("/admin/autocomplete/", query)), field


@pytest.mark.parametrize("model", [Conference, Event, Contribution, Video, Theme, Speaker, Project])
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_no_list_leaves_with_what_is_of_others(desk, world, model, suffix):
    response = desk.get(f"{url(model, 'changelist')}liste.{suffix}")
    assert MARK not in text_of(response)
    mine = [str(world.mine[model].pk), str(world.theirs[model].pk)] if model in world.mine else []
    response = desk.post(url(model, "changelist"), {"action": "export_csv", "_selected_action": mine})
    assert MARK not in text_of(response)


def test_no_listing_names_what_is_of_others(desk, world):
    for dataset, suffix in itertools.product(LISTINGS, set(FORMATS) - {"xlsx"}):
        response = desk.get(f"/exporte/{dataset.name}.{suffix}?status=alle")
        assert response.status_code == 200, dataset.name
        assert MARK not in text_of(response), dataset.name
    assert MARK not in text_of(desk.get("/exporte/?status=alle"))
    foreign = world.theirs[Conference].slug
    assert desk.get(f"/exporte/programm.csv?konferenz={foreign}&status=alle").status_code == 404
    assert "Meine Abend" in text_of(desk.get("/exporte/veranstaltungen.csv?status=alle"))
