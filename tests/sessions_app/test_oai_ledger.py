"""What harvesters are told over time: each change once or again, what has gone as gone, and never a draft."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from conference.models.exchange.harvest import HarvestEntry
from conference.publishing import Status
from projects_app.models import Project
from sessions_app.models import Video
from sessions_app.oai import ledger
from tests import make
from tests.catalogue import SECRET, whole_recording
from tests.harvesting import OAI, Harvester, never_pause
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def harvester(client, monkeypatch):
    never_pause(monkeypatch)
    return Harvester(client)


def _identifier(thing) -> str:
    return f"oai:{urlsplit(settings.SITE_URL).hostname}:record/{thing.uuid}"


def _of(harvester, thing, **arguments) -> str:
    """With a cross: gone. Empty: never heard of."""
    found = [each for each in harvester.identifiers(**arguments) if each.endswith(str(thing.uuid))]
    return found[0].partition("oai")[0] or "there" if found else ""


def _age():
    """As if all had been noticed long ago."""
    HarvestEntry.objects.update(datestamp=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC))


TODAY = f"{timezone.now():%Y-%m-%d}"


def _many(number) -> list[Video]:
    event = make.event()
    videos = [
        Video(
            title=f"Film {each}",
            slug=f"film-{each}",
            event=event,
            availability=Video.Availability.ONLINE,
            url="https://videos.example.org/1",
            status=Status.PUBLISHED,
            published_at=make.PAST,
        )
        for each in range(number)
    ]
    return Video.objects.bulk_create(videos)


def test_a_harvest_misses_nothing_while_things_change(harvester):
    videos = {str(video.uuid): video for video in _many(250)}
    ledger.bring_up_to_date()
    _age()
    seen, deleted, before, after = [], set(), [], []
    for number, root in enumerate(harvester.pages("ListRecords")):
        for identifier, (status, *_rest) in harvester.headers(root).items():
            seen.append(identifier.rpartition("/")[2])
            deleted |= {seen[-1]} if status else set()
        if number == 0:
            before = [uuid for uuid in videos if uuid in seen][:2]
            after = [uuid for uuid in videos if uuid not in seen][:3]
            Video.objects.filter(uuid__in=[before[0], after[0]]).update(title="Neuer Titel")
            videos[before[1]].withdraw()
            videos[after[1]].withdraw()
            Video.objects.filter(uuid=after[2]).delete()
    conference = next(iter(videos.values())).event.conference
    assert set(seen) == {*videos, str(conference.uuid)}
    # The conference too has changed: it names its recordings.
    assert {uuid for uuid in seen if seen.count(uuid) > 1} == {*before, str(conference.uuid)}
    assert deleted == {before[1], after[1], after[2]}


def test_an_undisturbed_harvest_hands_out_each_once(harvester):
    videos = _many(250)
    seen = harvester.identifiers()
    assert len(seen) == len(set(seen)) == len(videos) + 1


def test_who_asks_during_a_long_look_begins_no_second(harvester, monkeypatch):
    looks = []

    def slowly():
        looks.append(1)
        if len(looks) < 3:
            ledger.bring_up_to_date()
        return iter(())

    monkeypatch.setattr(ledger, "_seen_now", slowly)
    ledger.bring_up_to_date()
    assert looks == [1]
    ledger.bring_up_to_date()
    assert looks == [1, 1], "the next one may"


def test_a_look_that_fails_is_not_the_last(harvester, monkeypatch):
    video = make.video()
    with monkeypatch.context() as failing, pytest.raises(ZeroDivisionError):
        failing.setattr(ledger, "_seen_now", lambda: 1 / 0)
        ledger.bring_up_to_date()
    assert _of(harvester, video) == "there"


def test_nothing_new_is_nothing_written(harvester):
    whole_recording()
    ledger.bring_up_to_date()
    _age()
    before = list(HarvestEntry.objects.order_by("pk").values())
    with connection.execute_wrapper(_no_writing):
        ledger.bring_up_to_date()
    assert list(HarvestEntry.objects.order_by("pk").values()) == before


def _no_writing(execute, sql, params, many, context):
    assert not sql.startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, params, many, context)


@pytest.mark.parametrize(
    "change",
    [
        lambda video: Video.objects.filter(pk=video.pk).update(title="Anders"),
        lambda video: video.contribution.appearances.first().speaker.withdraw(),
        lambda video: make.chapter("Neu", video=video, start_ms=90_000),
        lambda video: make.partnership(Project.objects.get(acronym="KoDa eG"), funding_code="033L999", position=7),
        lambda video: video.contribution.event.theme.withdraw(),
    ],
)
def test_a_change_of_what_is_shown_is_a_change(harvester, change):
    video = whole_recording()
    harvester.identifiers()
    _age()
    change(video)
    assert _of(harvester, video, since=TODAY) == "there"


def test_a_change_nobody_sees_is_none(harvester):
    video = whole_recording()
    harvester.identifiers()
    _age()
    video.save()
    hidden = video.contribution.appearances.last().speaker
    hidden.family_name = "Ganz anders"
    hidden.save()
    code = harvester.error(verb="ListIdentifiers", metadataPrefix="oai_dc", **{"from": TODAY})
    assert code == "noRecordsMatch"


def _expire(video):
    Video.objects.filter(pk=video.pk).update(expires_at=timezone.now() - datetime.timedelta(minutes=1))


@pytest.mark.parametrize(
    "vanish",
    [
        lambda video: video.withdraw(),
        lambda video: video.contribution.event.withdraw(),
        lambda video: video.contribution.event.conference.withdraw(),
        lambda video: Video.objects.filter(pk=video.pk).delete(),
        _expire,
    ],
    ids=["withdrawn", "with its event", "with its conference", "purged", "expired"],
)
def test_what_has_gone_stays_known_as_gone_and_tells_nothing(harvester, client, vanish):
    video = whole_recording()
    harvester.identifiers()
    _age()
    vanish(video)
    for _time in range(2):
        assert _of(harvester, video, since=TODAY) == "†"
    root = harvester.ask(verb="GetRecord", identifier=_identifier(video), metadataPrefix="oai_datacite")
    assert root.find(f".//{OAI}metadata") is None
    assert root.find(f".//{OAI}header").get("status") == "deleted"
    text = client.get(f"/oai?verb=ListRecords&metadataPrefix=oai_dc&from={TODAY}").content.decode()
    assert "Die Keynote" not in text and "die-keynote" not in text


def test_a_withdrawn_conference_is_not_named_by_what_is_left(harvester, client):
    video = whole_recording()
    harvester.identifiers()
    video.contribution.event.conference.withdraw()
    text = client.get("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc").content.decode()
    assert text.count('status="deleted"') == 2
    assert "herbst-konferenz" not in text
    assert _of(harvester, video, set="conference:herbst-konferenz") == "†"


def test_what_comes_back_is_there_again(harvester):
    video = make.video()
    harvester.identifiers()
    video.withdraw()
    assert _of(harvester, video) == "†"
    _age()
    video.publish()
    assert _of(harvester, video, since=TODAY) == "there"


def test_gone_between_two_looks_is_told_as_gone_at_once(harvester, monkeypatch):
    video = whole_recording()
    harvester.identifiers()
    monkeypatch.setattr(ledger, "PAUSE_SECONDS", 60)
    harvester.identifiers()
    video.withdraw()
    root = next(harvester.pages())
    (status, *_rest) = harvester.headers(root)[_identifier(video)]
    assert status == "deleted"


def test_a_draft_was_never_there(harvester, client):
    whole_recording()
    hidden = [
        make.video(SECRET, status="draft"),
        make.video(SECRET, status="in_review"),
        make.video(SECRET, published_at=make.soon()),
        make.video(SECRET, event=make.event(SECRET, status="draft")),
        make.video(SECRET, availability="planned"),
        make.conference(SECRET, status="draft"),
        make.conference(SECRET, status="withdrawn"),
    ]
    assert [_of(harvester, thing) for thing in hidden] == [""] * len(hidden)
    for thing in hidden:
        code = harvester.error(verb="GetRecord", identifier=_identifier(thing), metadataPrefix="oai_dc")
        assert code == "idDoesNotExist"
    for query in ("verb=ListSets", *(f"verb=ListRecords&metadataPrefix={each}" for each in ("oai_dc", "datacite"))):
        assert SECRET.lower() not in client.get(f"/oai?{query}").content.decode().lower()


@pytest.mark.parametrize("number", [1, 5])
def test_a_list_costs_the_same_however_long(harvester, number, django_assert_num_queries):
    event = whole_recording().contribution.event
    for _each in range(number):
        make.video(event=event)
    harvester.identifiers()
    cache.set("oai-looked", 1, 60)
    with django_assert_num_queries(23):
        next(harvester.pages())


@pytest.mark.skipif(connection.vendor == "sqlite", reason="The test database lives in memory, where nobody waits.")
@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_agree(harvester):
    whole_recording()
    answers = at_once([lambda: ledger.write_down(dict(ledger._seen_now()))] * 4)
    assert answers == [None] * 4
    assert HarvestEntry.objects.count() == 2


def test_who_writes_second_has_no_news():
    whole_recording()
    seen = dict(ledger._seen_now())
    ledger.write_down(seen)
    _age()
    ledger.write_down(seen)
    assert {entry.datestamp.year for entry in HarvestEntry.objects.all()} == {2021}
