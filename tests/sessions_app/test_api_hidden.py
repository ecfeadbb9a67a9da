"""No draft shows to machines: neither a word of it, nor a count, nor a difference between two answers."""

import re

import pytest
from django.conf import settings
from django.test import Client

from sessions_app.api import COLLECTIONS, CUES
from tests import make
from tests.crawl import world
from tests.planted import MARK, SECRET, STATES, Hidden, Public

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
MOMENT = re.compile(rb'"created_at":"[^"]*"')


def _get(client, address) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, (address, response.content)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return MOMENT.sub(b"", body)


def _read(client) -> dict[str, bytes]:
    """Every list, every record, the sentences of every video, and the dump."""
    addresses = ["/api/", "/konferenzen/offene-konferenz/daten.jsonl"]
    for collection in COLLECTIONS:
        addresses.append(f"/api/{collection.name}")
        items = client.get(f"/api/{collection.name}?fields=url&per_page=100").json()["items"]
        addresses += [item["url"].removeprefix(SITE) for item in items]
    addresses += [f"{address}/cues" for address in addresses if address.startswith("/api/videos/")]
    return {address: _get(client, address) for address in addresses}


class Worlds:
    def __init__(self):
        self.public = Public()
        # A sentence of somebody who is still to be shown.
        self.track = self.public.video.tracks.get()
        self.person = make.speaker("Zeugin", **STATES["draft"])
        make.cue("Guten Abend.", track=self.track, number=2, start_ms=6000, end_ms=7000)
        self.before = _read(Client())
        self.hidden = [Hidden(self.public, state, number) for number, state in enumerate(STATES)]
        theme, organisation = self.hidden[0].theme, self.hidden[0].organisation
        type(self.public.plain_event).objects.filter(pk=self.public.plain_event.pk).update(theme=theme)
        type(self.public.conference).objects.filter(pk=self.public.conference.pk).update(funder=organisation)
        self.hidden[0].event.materials.add(self.public.material)
        self.public.video.chapters.update(contribution=self.hidden[0].contribution)
        self.track.cues.filter(number=2).update(speaker=self.person, speaker_name="")


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker, tmp_path_factory):
    with world(django_db_blocker, tmp_path_factory.mktemp("media")):
        yield Worlds()


def test_there_is_something_of_everything(worlds):
    """So that the silence means something."""
    counts = {name: len(Client().get(f"/api/{name}").json()["items"]) for name in (each.name for each in COLLECTIONS)}
    assert all(counts.values()) and counts["events"] == 2 and counts["images"] == 1
    assert b'"cues":2' in worlds.before["/konferenzen/offene-konferenz/daten.jsonl"]


def test_nothing_changed_whoever_asks(worlds):
    for user in (None, make.user(), make.editor(), make.administrator()):
        client = Client()
        if user:
            client.force_login(user)
        after = _read(client)
        assert after.keys() == worlds.before.keys()
        assert [address for address in after if after[address] != worlds.before[address]] == []
        assert not [body for body in after.values() if MARK.encode() in body.lower() or SECRET.encode() in body]


def test_a_hidden_record_is_like_one_that_never_was(worlds):
    never = Client().get("/api/events/00000000-0000-4000-8000-000000000000").content
    names = {each.rows().model: each.name for each in COLLECTIONS}
    editor = Client()
    editor.force_login(make.administrator())
    for thing in [each for hidden in worlds.hidden for each in (*hidden.things, hidden.image, hidden.contribution)]:
        name = names[type(thing)]
        address = f"/api/{name}/{thing.uuid}"
        for client in (Client(), editor):
            answers = [client.get(address)]
            answers += [client.get(f"{address}/cues")] if name == "videos" else []
            answers += [client.get(f"/konferenzen/{thing.slug}/daten.jsonl")] if name == "conferences" else []
            for answer in answers:
                assert (answer.status_code, answer.content) == (404, never), address


def test_no_filter_knows_what_is_hidden(worlds):
    """Whatever is narrowed by something hidden is as empty as if it had never been."""
    hidden, never = worlds.hidden[0], "00000000-0000-4000-8000-000000000000"
    asked = 0
    for collection in (*COLLECTIONS, CUES):
        base = f"/api/videos/{worlds.public.video.uuid}/cues" if collection is CUES else f"/api/{collection.name}"
        for name in {parameter.name for parameter in collection.filters} & {*vars(hidden), "track"}:
            thing = hidden.video.tracks.get() if name == "track" else getattr(hidden, name)
            for value in {str(thing.uuid), getattr(thing, "slug", "")} - {""}:
                if name in ("event", "track") and value != str(thing.uuid):
                    continue
                assert _get(Client(), f"{base}?{name}={value}") == _get(Client(), f"{base}?{name}={never}"), base
                asked += 1
    assert asked > 40


def test_no_filter_finds_a_way_through_something_hidden(worlds):
    """What only a hidden appearance, part or partnership joins is not joined."""
    public = worlds.public
    through = {
        f"organisations?conference={public.conference.slug}": [public.organisation],
        f"materials?conference={public.conference.slug}": [public.material],
        f"images?conference={public.conference.slug}": [public.image],
        f"speakers?project={public.project.slug}": [public.speaker],
        f"speakers?conference={public.conference.slug}": [public.speaker],
        f"projects?organisation={public.organisation.slug}": [public.project],
        f"projects?speaker={public.speaker.slug}": [public.project],
        f"events?speaker={public.speaker.slug}": [public.event],
        f"events?project={public.project.slug}": [public.event],
        f"events?organisation={public.organisation.slug}": [public.event],
        f"contributions?speaker={public.speaker.slug}": [public.contribution],
        f"contributions?organisation={public.organisation.slug}": [public.contribution],
        f"videos?speaker={public.speaker.slug}": [public.video],
        f"videos?project={public.project.slug}": [public.video],
    }
    for question, things in through.items():
        items = Client().get(f"/api/{question}").json()["items"]
        assert [item["uuid"] for item in items] == [str(thing.uuid) for thing in things], question


def test_who_is_not_shown_is_not_named_beside_a_sentence(worlds):
    cues = worlds.track.cues.filter(number=2)
    cues.update(speaker=worlds.person, speaker_name="Zeugin")
    (_first, second) = Client().get(f"/api/videos/{worlds.public.video.uuid}/cues").json()["items"]
    assert (second["speaker"], second["speaker_name"], second["text"]) == (None, None, "Guten Abend.")


def test_images_keep_the_notes_of_the_editors(worlds):
    type(worlds.public.image).objects.filter(pk=worlds.public.image.pk).update(title="Interne Notiz")
    for address in ("/api/images", "/api/events", "/konferenzen/offene-konferenz/daten.jsonl"):
        assert b"Interne Notiz" not in _get(Client(), address)
