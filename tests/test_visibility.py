"""No draft shows anywhere the public can look.

First the public world is read completely, every address of it. Then things nobody may see are planted everywhere: of
each kind, in each state, as neighbours, parts and parents of what is public. Then all is read again, and nothing may
have changed: not a page, not a count, not a byte.
"""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import translate_url
from django.utils import timezone

from conference.models import Conference, Image, Material, Organisation, Theme
from conference.publishing import publishable_models
from conference.search.index import rebuild_index
from projects_app.models import Partnership, Project
from sessions_app.models import Contribution, Event, Speaker, Video
from tests import make
from tests.crawl import crawl, fetch, world

pytestmark = pytest.mark.django_db
MARK = "xqzgeheim"
# Words that a search finds in hidden and in public things alike, and one that stands in hidden ones alone.
SHARED, SECRET = "Zitronenbaum", "Quittenmarmelade"
WORDS = f"{MARK} {SHARED} {SECRET}"
STARTS = [f"/suche/?q={query}" for query in (SHARED, SECRET, "Quitenmarmelade", "Zitronenbaeume", "Oeffentlich")]
NOW = timezone.now()
DAY = datetime.timedelta(days=1)
STATES = {
    "draft": {"status": "draft"},
    "review": {"status": "in_review"},
    "withdrawn": {"status": "withdrawn"},
    "scheduled": {"published_at": NOW + DAY},
    "expired": {"published_at": NOW - 2 * DAY, "expires_at": NOW - DAY},
}


class Public:
    """One of each kind, for all to see, every relation filled."""

    def __init__(self):
        self.organisation = make.organisation("Stadtwerke Öffentlich", kind="company", summary=SHARED)
        self.image = make.image(alt_text="Marktplatz", file=make.picture_file(colour="orange"))
        self.material = make.material(
            "Offenes Heft", file=SimpleUploadedFile("offen.pdf", b"%PDF-1.7 offen"), year=2020
        )
        shown = {"image": self.image, "materials": [self.material]}
        self.conference = make.conference("Offene Konferenz", organisers=[self.organisation], is_featured=True, **shown)
        self.theme = make.theme("Offenes Thema", conference=self.conference, summary=SHARED, **shown)
        self.project = make.project("OffenesVorhaben", themes=[self.theme], federal_states=["DE-NI"], places=["Celle"])
        self.speaker = make.speaker("Offenherz", organisations=[self.organisation], portrait=self.image)
        self.event = make.event("Offener Abend", conference=self.conference, theme=self.theme, summary=SHARED, **shown)
        self.contribution = make.contribution("Offener Vortrag", event=self.event, projects=[self.project])
        self.appearance = make.appearance(
            contribution=self.contribution, speaker=self.speaker, organisations=[self.organisation]
        )
        make.partnership(self.project, self.organisation)
        make.involvement(speaker=self.speaker, project=self.project)
        self.video = make.video("Offener Film", event=self.event, poster=self.image)
        self.page = make.page("Impressum", summary=SHARED)
        # Nothing hides behind these two, but something will: they have no theme and no funder yet.
        self.plain_event = make.event("Schlichter Abend", conference=self.conference, summary="Ohne Thema.")
        self.plain_project = make.project("Schlicht")

    @property
    def things(self):
        return [
            *(self.conference, self.theme, self.organisation, self.material, self.page),
            *(self.project, self.event, self.speaker, self.video),
        ]


class Hidden:
    """One of each kind in one state, in reach of everything public."""

    def __init__(self, public, state, colour):
        self.state = STATES[state]
        self.name = f"{MARK}-{state}"
        self.texts = {"summary": WORDS, **self.state}
        picture = make.picture_file(f"{self.name}.png", size=(300 + colour, 300))
        self.image = make.image(title=WORDS, alt_text=WORDS, caption=WORDS, credit=WORDS, file=picture)
        self.plant_ground(public)
        self.plant_people(public)
        self.plant_programme(public)
        self.plant_within_hidden(public)

    def plant_ground(self, public):
        self.organisation = make.organisation(self.name, kind="ministry", place=WORDS, other_names=WORDS, **self.texts)
        upload = SimpleUploadedFile(f"{self.name}.pdf", b"%PDF-1.7 geheim")
        self.material = make.material(self.name, file=upload, authors=WORDS, year=1999, kind="tool", **self.texts)
        self.page = make.page(self.name, body=f"<p>{WORDS}</p>", **self.texts)
        self.conference = make.conference(
            *(self.name, [public.organisation], [public.material]),
            **(self.texts | {"key_question": WORDS, "introduction": f"<p>{WORDS}</p>", "image": self.image}),
            starts_on=datetime.date(2031, 1, 1),
            ends_on=datetime.date(2031, 12, 31),
        )
        self.theme = make.theme(
            *(self.name, [self.material, public.material]),
            **(self.texts | {"subtitle": WORDS, "conference": public.conference, "image": self.image}),
        )
        public.conference.organisers.add(self.organisation)
        for thing in (public.conference, public.theme, public.event, public.project, public.contribution):
            thing.materials.add(self.material)

    def plant_people(self, public):
        self.speaker = make.speaker(
            *(self.name, [public.organisation, self.organisation]),
            **(self.state | {"biography": f"<p>{WORDS}</p>", "other_names": WORDS, "portrait": self.image}),
        )
        self.project = make.project(
            *(self.name, [public.theme, self.theme], [public.material], [self.name]),
            **(self.texts | {"headline": WORDS, "goals": f"<p>{WORDS}</p>", "region": WORDS, "image": self.image}),
            focus_topic=WORDS,
            federal_states=["DE-SH"],
        )
        public.plain_project.themes.add(self.theme)
        public.speaker.organisations.add(self.organisation)
        public.appearance.organisations.add(self.organisation)
        public.contribution.projects.add(self.project)
        make.partnership(public.project, self.organisation, funding_code=WORDS[:40])
        make.partnership(self.project, public.organisation)
        make.involvement(speaker=self.speaker, project=public.project, role=WORDS)
        make.involvement(speaker=public.speaker, project=self.project, role=WORDS)
        make.appearance(contribution=public.contribution, speaker=self.speaker, role=WORDS, office=WORDS)

    def plant_programme(self, public):
        self.event = self.make_event(conference=public.conference, **self.texts)
        self.video = make.video(self.name, event=public.event, rights_holder=WORDS, poster=self.image, **self.texts)
        self.contribution = self.make_contribution(public, self.event)

    def make_event(self, **fields):
        fields = {"image": self.image, "findings": f"<p>{WORDS}</p>", "place": WORDS} | fields
        return make.event(self.name, [self.material], [WORDS], remark=WORDS, **fields)

    def make_contribution(self, public, event):
        made = make.contribution(
            WORDS, [public.speaker], [public.project], [public.material], event=event, abstract=f"<p>{WORDS}</p>"
        )
        make.appearance(contribution=made, speaker=make.speaker(f"Fast{made.pk}", status="draft"), role=WORDS)
        return made

    def plant_within_hidden(self, public):
        """Published themselves, but not what they lie in."""
        texts = {"summary": WORDS}
        day = datetime.date(2031, 5, 5)
        inner = self.make_event(conference=self.conference, theme=public.theme, date=day, **texts)
        self.within = [
            inner,
            make.theme(f"{self.name} innen", conference=self.conference, **texts),
            make.video(f"{self.name} innen", event=inner, **texts),
            make.video(f"{self.name} Abend", event=self.event, **texts),
            make.video(f"{self.name} Beitrag", contribution=self.make_contribution(public, inner), **texts),
        ]

    @property
    def things(self):
        return [
            *(self.conference, self.theme, self.organisation, self.material, self.page),
            *(self.project, self.event, self.speaker, self.video, *self.within),
        ]


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
        return crawl(client, starts=["/", "/en/", "/robots.txt", "/sitemap.xml", "/feeds/neu.atom", *STARTS])

    def read_listings(self):
        """Every file an export-only member of staff can take, and the page that offers them."""
        offered = fetch(self.exporter, "/exporte/")
        files = [link for link in offered.links if re.search(r"\.(csv|json)(\?|$)", link)]
        assert len(files) > 6
        return {address: fetch(self.exporter, address).body for address in ["/exporte/", *files]}

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
    """In both languages, by its slug and by one it had before; events with their calendar."""
    slugs = {thing.slug, f"frueher-{thing._meta.model_name}-{thing.pk}"}
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
    assert [a for a, page in worlds.after.items() if page.body != worlds.before[a].body] == []
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
        for client in (worlds.staff, worlds.exporter):
            assert fetch(client, thing.get_absolute_url()).body == fetch(client, "/nie/").body


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
