"""No draft shows anywhere the public can look.

First the public world is read completely, every address of it. Then things nobody may see are planted everywhere: of
each kind, in each state, as neighbours, parts and parents of what is public. Then all is read again, and nothing may
have changed: not a page, not a count, not a byte.
"""

import re

import pytest
from django.test import Client
from django.urls import translate_url

from conference.models import Conference, Image, Material, Organisation, Theme
from conference.publishing import publishable_models
from conference.search.index import rebuild_index
from projects_app.models import Partnership, Project
from sessions_app.models import Contribution, Event, Speaker, Video
from tests import make
from tests.crawl import SITEMAPS, crawl, fetch, timeless, world
from tests.planted import MARK, SECRET, SHARED, STATES, Hidden, Public

pytestmark = pytest.mark.django_db
STARTS = [f"/suche/?q={query}" for query in (SHARED, SECRET, "Quitenmarmelade", "Zitronenbaeume", "Oeffentlich")]


class Worlds:
    """The public world before, all that was hidden in it, and the public world after."""

    def __init__(self):
        self.public = Public()
        rebuild_index()
        self.staff = Client()
        self.staff.force_login(make.user("ohne-rechte"))
        self.exporter = Client()
        self.exporter.force_login(make.analyst(username="auswertung"))
        self.editor = Client()
        self.editor.force_login(make.editor(username="redaktion"))
        self.before, self.listings_before = self.read(Client()), self.read_listings()
        self.plant()
        self.after, self.listings_after = self.read(Client()), self.read_listings()

    def plant(self):
        self.hidden = [Hidden(self.public, state, number) for number, state in enumerate(STATES)]
        first = self.hidden[0]
        # A foreign key is set where it was empty, so that the rows themselves stay as they were.
        Event.objects.filter(pk=self.public.plain_event.pk).update(theme=first.theme)
        Conference.objects.filter(pk=self.public.conference.pk).update(funder=first.organisation)
        for hidden in self.hidden:
            for thing in hidden.things:
                make.former_slug(thing, f"frueher-{thing._meta.model_name}-{thing.pk}")
        rebuild_index()

    def read(self, client):
        return crawl(client, starts=["/", "/en/", *SITEMAPS, *STARTS])

    def read_listings(self):
        """Every file an export-only member of staff can take, and the page that offers them."""
        offered = fetch(self.exporter, "/exporte/")
        files = [link for link in offered.links if re.search(r"\.(csv|json)(\?|$)", link)]
        assert len(files) > 6
        moment = re.compile(rb'"Abgerufen": "[^"]*"')
        return {address: moment.sub(b"", fetch(self.exporter, address).body) for address in ["/exporte/", *files]}

    @property
    def secrets(self):
        return [thing for hidden in self.hidden for thing in hidden.things]


@pytest.fixture(scope="module")
def uploads(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def all_worlds(django_db_setup, django_db_blocker, uploads):
    with world(django_db_blocker, uploads):
        yield Worlds()


@pytest.fixture
def worlds(all_worlds, uploads, settings):
    settings.MEDIA_ROOT = uploads
    return all_worlds


def _addresses(thing):
    """In both languages, drafts also by a slug they had before; events with their calendar."""
    slugs = {thing.slug} | ({f"frueher-{thing._meta.model_name}-{thing.pk}"} if thing.status == "draft" else set())
    german = [thing.get_absolute_url().replace(f"/{thing.slug}/", f"/{slug}/") for slug in slugs]
    if isinstance(thing, Event | Conference):
        german += [f"{address}kalender.ics" for address in german]
    return [*german, *(translate_url(address, "en") for address in german)]


def test_every_kind_is_planted(worlds):
    """A new kind of thing gets a line in `Public.things` and in `Hidden.things`."""
    kinds = set(publishable_models())
    assert {type(thing) for thing in worlds.public.things} == kinds
    assert {type(thing) for thing in worlds.secrets} == kinds
    assert [thing for thing in worlds.secrets if thing.is_public] == []


def test_what_is_hidden_could_be_seen(worlds):
    """An editor does see it, so that the silence elsewhere means something. Material has no page of its own."""
    for thing in worlds.secrets:
        if isinstance(thing, Material):
            continue
        page = fetch(worlds.editor, thing.get_absolute_url())
        assert page.status == 200 and MARK.encode() in page.body.lower(), thing


def test_nothing_changed_for_the_public(worlds):
    assert worlds.after.keys() == worlds.before.keys()
    assert [a for a, page in worlds.after.items() if timeless(page.body) != timeless(worlds.before[a].body)] == []
    assert {page.status for page in worlds.after.values()} == {200}


def test_no_answer_holds_a_hidden_word(worlds):
    """Neither for strangers nor for staff who may not view."""
    for page in [*worlds.after.values(), *worlds.read(worlds.staff).values()]:
        assert MARK.encode() not in page.body.lower(), page.address
        assert SECRET.encode() not in page.body or "q=" in page.address, page.address


def test_a_hidden_page_is_like_one_that_never_was(worlds):
    never = {prefix: fetch(Client(), f"{prefix}nie/").body for prefix in ("/", "/en/")}
    for thing in worlds.secrets:
        if isinstance(thing, Material):
            continue
        for address in _addresses(thing):
            page = fetch(Client(), address)
            assert (page.status, page.cookies) == (404, []), address
            assert page.body == never["/en/" if address.startswith("/en/") else "/"], address
    for thing in worlds.hidden[0].things:
        for client in (worlds.staff, worlds.exporter):
            if not isinstance(thing, Material):
                assert fetch(client, thing.get_absolute_url()).body == fetch(client, "/nie/").body, thing


def test_no_filter_knows_a_hidden_name(worlds):
    """A list narrowed to something hidden is like one narrowed to something that never was."""
    lists = [page for page in worlds.after.values() if "?" not in page.address and page.questions]
    hidden = worlds.hidden[0]
    chosen = [*hidden.things, hidden.image]
    values = {str(value) for thing in chosen for value in (getattr(thing, "slug", ""), thing.pk + 10**6) if value}
    assert len(lists) > 8
    for page in lists:
        for name in sorted({name for _form, name, _value in page.questions}):
            never = fetch(Client(), f"{page.address}?{name}=nie").body.replace(b"=nie", b"=")
            for value in sorted(values):
                answer = fetch(Client(), f"{page.address}?{name}={value}").body
                assert answer.replace(f"={value}".encode(), b"=") == never, f"{page.address}?{name}={value}"


def test_the_search_finds_the_public_alone(worlds):
    page = fetch(Client(), f"/suche/?q={SHARED}")
    found = {link for link in page.links if any(link == thing.get_absolute_url() for thing in worlds.public.things)}
    public = worlds.public
    assert found == {
        thing.get_absolute_url() for thing in (public.organisation, public.theme, public.event, public.page)
    }
    for query in (SECRET, MARK, "Quitenmarmelade"):
        with_hits = fetch(Client(), f"/suche/?q={query}").body.replace(query.encode(), b"")
        assert with_hits == fetch(Client(), "/suche/?q=Nochniedagewesen").body.replace(b"Nochniedagewesen", b""), query


def test_files_of_hidden_things_are_not_there(worlds):
    public, never = worlds.public, fetch(Client(), "/medien/nie.png")
    assert fetch(Client(), public.material.file.url).status == 200
    assert fetch(Client(), public.image.file.url).status == 200
    for hidden in worlds.hidden:
        for address in (hidden.material.file.url, hidden.image.file.url):
            for client in (Client(), worlds.staff, worlds.exporter):
                assert fetch(client, address).status == 404, address
            assert fetch(Client(), address).body == never.body
            assert fetch(worlds.editor, address).status == 200, address


def test_listings_show_drafts_only_to_those_who_may_see_them(worlds):
    assert worlds.listings_after == worlds.listings_before
    forced = [f"{address}{'&' if '?' in address else '?'}status=alle" for address in worlds.listings_after]
    for address in forced:
        assert MARK.encode() not in fetch(worlds.exporter, address).body.lower(), address
    assert fetch(worlds.staff, "/exporte/").status == 403


def test_counts_of_the_wall_are_exact(worlds):
    """What the models answer themselves: the exact set, of each kind."""
    public = worlds.public
    expected = {
        Conference: {public.conference},
        Event: {public.event, public.plain_event},
        Image: {public.image},
        Material: {public.material},
        Organisation: {public.organisation},
        Project: {public.project, public.plain_project},
        Speaker: {public.speaker},
        Theme: {public.theme},
        Video: {public.video},
        Contribution: {public.contribution},
        Partnership: {public.project.partnerships.get(organisation=public.organisation)},
    }
    for model, things in expected.items():
        if model is not Partnership:
            assert set(model.objects.published()) == things, model
    assert set(Partnership.objects.published().with_organisation()) == expected[Partnership]
