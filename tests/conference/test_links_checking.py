"""A round of checks: what is tried, what is kept, and when it ends."""

import datetime
import time

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from conference.links import checking
from conference.links.asking import Asker, Finding, Outcome
from conference.links.checking import HISTORY, check_links
from conference.links.judging import judge
from conference.links.pacing import Pace
from conference.models import LinkCheck, OutgoingLink
from tests import make
from tests.link_server import NOWHERE, Clock, Web

pytestmark = pytest.mark.django_db
Health = OutgoingLink.Health
NOON = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


def linked(*addresses):
    return [make.project(website=address) for address in addresses]


def run(web, limit=100, seconds=60, **given):
    clock = Clock()
    return check_links(limit, seconds, asker=web.asker(clock=clock), **given)


def health(address):
    return OutgoingLink.objects.get(url=address).health


# ── The verdict ──────────────────────────────────────────────────────────────────────────────
def verdicts(*findings, days=1):
    """What a link is called after each of these findings, a day apart."""
    link, said = OutgoingLink(url="https://a.example/"), []
    for number, outcome in enumerate(findings):
        judge(link, Finding(outcome, "Befund."), NOON + number * days * DAY)
        said.append(link.health)
    return said


GONE, ALIVE, SILENT, DOUBTFUL = Outcome.GONE, Outcome.ALIVE, Outcome.SILENT, Outcome.DOUBTFUL


def test_dead_takes_three_days():
    assert verdicts(GONE, GONE, GONE, GONE) == [Health.DOUBTFUL, Health.DOUBTFUL, Health.DEAD, Health.DEAD]


def test_three_tries_on_one_day_count_once():
    assert verdicts(GONE, GONE, GONE, GONE, days=0.1) == [Health.DOUBTFUL] * 4


def test_a_good_day_begins_anew():
    assert verdicts(GONE, GONE, ALIVE, GONE)[-2:] == [Health.ALIVE, Health.DOUBTFUL]
    assert verdicts(GONE, GONE, Outcome.MOVED, GONE)[-2:] == [Health.MOVED, Health.DOUBTFUL]


def test_silence_neither_kills_nor_revives():
    assert set(verdicts(*[SILENT] * 9)) == {Health.DOUBTFUL}
    assert set(verdicts(*[DOUBTFUL] * 9)) == {Health.DOUBTFUL}
    assert verdicts(GONE, SILENT, GONE, GONE)[-1] == Health.DEAD
    assert verdicts(GONE, GONE, GONE, SILENT)[-1] == Health.DEAD


def test_it_says_how_sure_it_is():
    link = OutgoingLink(url="https://a.example/")
    judge(link, Finding(GONE, "Weg."), NOON)
    assert link.detail == "Weg. Erst an 1 von 3 Tagen so gefunden."
    judge(link, Finding(GONE, "x" * 400), NOON + DAY)
    assert len(link.detail) == 300


# ── A round ──────────────────────────────────────────────────────────────────────────────────
def test_a_round_keeps_what_it_found(web):
    linked("http://a.example/", "http://b.example/x", "http://c.example/x")
    web.says("http://b.example/x", 301, "http://b.example/y")
    web.says("http://c.example/x", 500)
    report = run(web)
    assert dict(report.found) == {Health.ALIVE: 1, Health.MOVED: 1, Health.DOUBTFUL: 1}
    assert (report.checked, report.left, report.offline) == (3, 0, False)
    moved = OutgoingLink.objects.get(url="http://b.example/x")
    assert (moved.moved_to, moved.checks.get().status_code) == ("http://b.example/y", 200)
    assert {check.health for check in LinkCheck.objects.all()} == {Health.ALIVE, Health.MOVED, Health.DOUBTFUL}


def test_a_link_dies_in_three_rounds_and_its_history_is_kept(web):
    linked("http://a.example/weg", "http://b.example/")
    web.says("http://a.example/weg", 404)
    for number in range(3):
        with time_machine.travel(NOON + number * DAY):
            run(web)
    link = OutgoingLink.objects.get(url="http://a.example/weg")
    assert link.health == Health.DEAD
    assert [check.health for check in link.checks.order_by("pk")] == [Health.DOUBTFUL, Health.DOUBTFUL, Health.DEAD]


def test_the_longest_unchecked_come_first(web):
    linked("http://a.example/", "http://b.example/", "http://c.example/")
    now = timezone.now()
    OutgoingLink.objects.create(url="http://a.example/", checked_at=now - DAY)
    OutgoingLink.objects.create(url="http://b.example/", checked_at=now - 2 * DAY)
    report = run(web, limit=2)
    assert web.asked() == ["HEAD c.example/", "HEAD b.example/"]
    assert (report.checked, report.left) == (2, 1)


def test_what_was_tried_since_is_left_out(web):
    linked("http://a.example/", "http://b.example/")
    begun = timezone.now()
    assert run(web, limit=1, since=begun).left == 1
    assert run(web, since=begun).left == 0
    assert run(web, since=begun).checked == 0
    assert len(web.requests) == 2


def test_servers_take_turns(web):
    """While one has to be left in peace, another is asked."""
    linked("http://a.example/1", "http://a.example/2", "http://b.example/1")
    run(web)
    assert web.asked() == ["HEAD a.example/1", "HEAD b.example/1", "HEAD a.example/2"]


def test_another_process_was_there_a_moment_ago(web):
    linked("http://a.example/1", "http://a.example/2")
    OutgoingLink.objects.create(url="http://a.example/1", checked_at=timezone.now())
    clock = Clock()
    check_links(1, 60, only=["http://a.example/2"], asker=web.asker(clock=clock))
    assert clock.slept == [1.0]


def test_what_somebody_else_has_taken_is_not_tried_twice(web):
    """While one of the two is asked, whichever comes first, a colleague's round takes the other."""
    linked("http://a.example/", "http://b.example/")
    asked = []

    def ask(address, instead):
        OutgoingLink.objects.exclude(url=address).update(checked_at=NOON)
        asked.append(address)
        return Finding(Outcome.ALIVE, status=200)

    asker = web.asker()
    asker.ask = ask
    check_links(10, 60, asker=asker)
    assert len(asked) == 1


def test_time_ends_a_round(web):
    """Twenty addresses of one server take twenty seconds; after one second nothing new is begun."""
    linked(*[f"http://a.example/{number}" for number in range(20)])
    begun = time.monotonic()
    report = check_links(100, 1.2, asker=Asker(Pace(), web.asker().network))
    assert time.monotonic() - begun < 3
    assert 1 <= report.checked <= 3
    assert report.left == 20 - report.checked


def test_a_server_that_has_enough_is_left_in_peace(web):
    linked(*[f"http://a.example/{number}" for number in range(4)], "http://b.example/")
    web.says("http://a.example/0", 429)
    report = run(web)
    assert web.asked() == ["HEAD a.example/0", "HEAD b.example/"]
    assert (report.checked, report.postponed, report.left) == (2, 3, 0)


def test_what_is_kept_survives_a_crash(web):
    linked("http://a.example/", "http://b.example/")
    asker = web.asker()
    ask = asker.ask
    asker.ask = lambda address, instead: 1 / 0 if "b.example" in address else ask(address, instead)
    with pytest.raises(ZeroDivisionError):
        check_links(10, 60, asker=asker)
    assert health("http://a.example/") == Health.ALIVE


def test_history_does_not_grow_for_ever(web):
    linked("http://a.example/")
    link = OutgoingLink.objects.create(url="http://a.example/")
    LinkCheck.objects.bulk_create(LinkCheck(link=link, health=Health.DEAD) for _number in range(HISTORY + 5))
    run(web)
    assert link.checks.count() == HISTORY
    assert link.checks.first().health == Health.ALIVE


def test_what_is_no_longer_used_is_forgotten(web):
    (project,) = linked("http://a.example/")
    run(web)
    type(project).objects.filter(pk=project.pk).update(website="")
    report = run(web)
    assert report.removed == 1
    assert OutgoingLink.objects.count() == LinkCheck.objects.count() == 0


def test_what_is_too_long_is_not_listed(web):
    make.page(body=f'<p><a href="http://a.example/{"x" * 600}">x</a></p>')
    assert run(web).checked == 0


def test_nothing_is_concluded_when_our_own_network_is_down(web):
    linked(*[f"http://{name}.example/" for name in "abcdefghijkl"])
    web.names = {f"{name}.example": NOWHERE for name in "abcdefghijkl"}
    report = run(web)
    assert report.offline
    assert (report.checked, report.left, LinkCheck.objects.count()) == (0, 12, 0)
    assert set(OutgoingLink.objects.values_list("health", "checked_at")) == {(Health.UNKNOWN, None)}


def test_the_silent_are_noted_once_somebody_answers(web):
    linked("http://a.example/", "http://b.example/", "http://c.example/")
    web.names = {"a.example": NOWHERE, "b.example": NOWHERE}
    assert run(web).found == {Health.DOUBTFUL: 2, Health.ALIVE: 1}
    assert OutgoingLink.objects.get(url="http://a.example/").failures == 1


def test_an_unknown_name_alone_is_no_proof(web):
    linked("http://a.example/")
    web.names = {"a.example": NOWHERE}
    run(web)
    link = OutgoingLink.objects.get()
    assert (link.health, link.failures) == (Health.DOUBTFUL, 0)


# ── The command ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def command(web, monkeypatch, capsys):
    monkeypatch.setattr(checking, "polite", web.asker)

    def call(*arguments):
        code = 0
        try:
            call_command("check_links", *arguments)
        except SystemExit as end:
            code = end.code
        except CommandError as error:
            return error.returncode, str(error)
        return code, capsys.readouterr().out.strip()

    return call


def test_the_command_says_what_it_found(command, web):
    linked("http://a.example/", "http://b.example/")
    assert command() == (0, "2 Adressen geprüft: 2 erreichbar. 0 noch offen.")
    assert command("--limit", "1") == (0, "1 Adressen geprüft: 1 erreichbar. 1 noch offen.")
    assert command("--seconds", "0") == (0, "0 Adressen geprüft. 2 noch offen.")


def test_the_command_asks_for_one(command, web):
    linked("http://a.example/", "http://b.example/")
    assert command("--only", "http://b.example/")[0] == 0
    assert web.asked() == ["HEAD b.example/"]
    assert command("--only", "http://c.example/") == (2, "Kein Inhalt verweist auf http://c.example/.")


def test_the_command_ends_honestly(command, web):
    linked("http://a.example/weg", *[f"http://{name}.example/" for name in "bcdefghijk"])
    OutgoingLink.objects.create(url="http://a.example/weg", failures=3, checked_at=NOON - DAY)
    web.says("http://a.example/weg", 410)
    assert command()[0] == 1
    web.resolve = lambda host, port: (_ for _ in ()).throw(NOWHERE)
    assert command()[0] == 2
