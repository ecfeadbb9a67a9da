"""One address asked: what comes back, and what cannot happen on the way."""

import http.client
import socket
import ssl
import time

import pytest

from conference.links.asking import Outcome
from conference.links.connecting import MOST_BYTES, Network, resolve
from tests.link_server import NOWHERE, PUBLIC, Clock, Web, drip, say_nothing

PAGE = "http://a.example/page"


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


def ask(web, address=PAGE, instead="", **given):
    return web.asker(**given).ask(address, instead)


# ── What is found ────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ALIVE),
        (204, Outcome.ALIVE),
        (304, Outcome.DOUBTFUL),
        (400, Outcome.DOUBTFUL),
        (401, Outcome.DOUBTFUL),
        (403, Outcome.DOUBTFUL),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (418, Outcome.DOUBTFUL),
        (429, Outcome.DOUBTFUL),
        (451, Outcome.DOUBTFUL),
        (500, Outcome.DOUBTFUL),
        (503, Outcome.DOUBTFUL),
        (999, Outcome.DOUBTFUL),
    ],
)
def test_a_status_is_judged(web, status, outcome):
    web.says(PAGE, status)
    finding = ask(web)
    assert (finding.outcome, finding.status) == (outcome, status)
    assert finding.detail or outcome == Outcome.ALIVE


def test_it_asks_for_the_head_only(web):
    ask(web)
    assert web.asked() == ["HEAD a.example/page"]


@pytest.mark.parametrize("refusal", [403, 404, 405, 501])
def test_a_server_that_does_not_like_head_is_asked_again(web, refusal):
    web.says(PAGE, HEAD=refusal, GET=200)
    assert ask(web).outcome == Outcome.ALIVE
    assert web.asked() == ["HEAD a.example/page", "GET a.example/page"]


def test_a_server_that_has_enough_is_not_asked_again(web):
    web.says(PAGE, 429)
    ask(web)
    assert web.asked() == ["HEAD a.example/page"]


def test_it_says_who_asks(web, settings):
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://konferenz.example", "post@konferenz.example"
    ask(web)
    headers = web.requests[0][3]
    assert headers["User-Agent"] == "Nachlese-Link-Check/1.0 (+https://konferenz.example; post@konferenz.example)"
    assert not {"Cookie", "Authorization", "Referer"} & headers.keys()


def test_an_unknown_name_is_gone(web):
    web.names["a.example"] = NOWHERE
    assert ask(web).outcome == Outcome.GONE
    assert web.connections == []


def test_a_resolver_in_trouble_is_silence(web):
    web.names["a.example"] = socket.gaierror(socket.EAI_AGAIN, "try again")
    assert ask(web).outcome == Outcome.SILENT


def test_the_system_says_which_names_are_unknown(monkeypatch):
    def nobody(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(type(NOWHERE)):
        resolve("a.example", 80)


def test_a_host_with_umlauts_is_asked_by_its_network_name(web):
    assert ask(web, "http://müller.example/straße").outcome == Outcome.ALIVE
    assert web.lookups == ["xn--mller-kva.example"]
    assert web.asked() == ["HEAD xn--mller-kva.example/stra%C3%9Fe"]


# ── Redirects ────────────────────────────────────────────────────────────────────────────────
def test_a_permanent_redirect_is_a_new_address(web):
    web.says(PAGE, 301, "http://b.example/new")
    web.says("http://b.example/new", 308, "/newer#part")
    finding = ask(web)
    assert (finding.outcome, finding.moved_to) == (Outcome.MOVED, "http://b.example/newer#part")


def test_a_passing_redirect_is_none(web):
    web.says(PAGE, 302, "http://b.example/new")
    assert ask(web).outcome == Outcome.ALIVE


def test_what_is_permanent_ends_with_the_first_passing_redirect(web):
    web.says(PAGE, 301, "http://b.example/one")
    web.says("http://b.example/one", 307, "http://b.example/two")
    web.says("http://b.example/two", 301, "http://b.example/three")
    assert ask(web).moved_to == "http://b.example/one"


def test_the_place_on_the_page_is_kept(web):
    web.says(PAGE, 301, "/new")
    assert ask(web, f"{PAGE}#part").moved_to == "http://a.example/new#part"


def test_a_redirect_to_nothing_is_gone(web):
    web.says(PAGE, 301, "/new")
    web.says("http://a.example/new", 404)
    assert ask(web).outcome == Outcome.GONE


def test_a_redirect_to_the_front_page_is_doubtful(web):
    web.says(PAGE, 301, "/")
    finding = ask(web)
    assert finding.outcome == Outcome.DOUBTFUL
    assert "Startseite" in finding.detail


def test_loops_and_long_ways_end(web):
    web.says(PAGE, 302, PAGE)
    assert ask(web).outcome == Outcome.DOUBTFUL
    assert len(web.requests) == 6


def test_a_redirect_in_raw_utf8_is_understood(web):
    web.does(PAGE, "HTTP/1.1 301 X\r\nLocation: /straße und weg\r\n\r\n".encode())
    assert ask(web).moved_to == "http://a.example/straße%20und%20weg"
    assert web.asked()[-1] == "HEAD a.example/stra%C3%9Fe%20und%20weg"


# ── Servers that behave badly ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("behaviour", [drip, say_nothing])
def test_a_slow_server_is_left_in_time(web, behaviour):
    web.does(PAGE, behaviour)
    begun = time.monotonic()
    assert ask(web, seconds=0.6).outcome == Outcome.SILENT
    assert time.monotonic() - begun < 1.5


def test_a_resolver_that_never_answers_is_left_in_time(web):
    web.resolve = lambda host, port: time.sleep(5)
    begun = time.monotonic()
    assert ask(web, seconds=0.3).outcome == Outcome.SILENT
    assert time.monotonic() - begun < 1


def test_a_huge_body_is_not_read(web):
    sent = []

    def flood(sock):
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _round in range(5000):
            sock.sendall(b"x" * 65536)
            sent.append(65536)

    web.says(PAGE, 405)
    web.does(PAGE, flood)
    assert ask(web).outcome == Outcome.ALIVE
    assert sum(sent) < 50_000_000


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"\x00" * 1000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * (MOST_BYTES + 1),
        b"HTTP/1.1 301 X\r\nLocation: http://[::1\r\n\r\n",
    ],
)
def test_rubbish_is_no_answer(web, rubbish):
    web.does(PAGE, rubbish)
    assert ask(web).outcome in {Outcome.DOUBTFUL, Outcome.REFUSED, Outcome.SILENT}


def test_nobody_at_home_is_silence(web):
    web.close()
    asker = web.asker()
    asker.network = Network(resolve=web.resolve, connect=_refuse)
    assert asker.ask(PAGE).outcome == Outcome.SILENT


def _refuse(place, timeout):
    raise ConnectionRefusedError


def test_another_address_of_the_same_name_is_tried(web):
    web.names["a.example"] = ["2a00:1450:4001:80b::2003", PUBLIC]

    def connect(place, timeout):
        if ":" in place[0]:
            raise OSError("no route")
        return web.connect(place, timeout)

    asker = web.asker()
    asker.network = Network(resolve=web.resolve, connect=connect)
    assert asker.ask(PAGE).outcome == Outcome.ALIVE


# ── Politeness ───────────────────────────────────────────────────────────────────────────────
def test_a_server_is_asked_once_a_second(web):
    clock = Clock()
    asker = web.asker(clock=clock)
    web.says(PAGE, 404)
    asker.ask(PAGE)
    asker.ask("http://a.example/other")
    asker.ask("http://b.example/")
    assert clock.slept == [1.0, 1.0]


# ── Recordings ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ALIVE),
        (400, Outcome.GONE),
        (401, Outcome.DOUBTFUL),
        (403, Outcome.DOUBTFUL),
        (404, Outcome.GONE),
        (429, Outcome.DOUBTFUL),
        (500, Outcome.DOUBTFUL),
    ],
)
def test_the_provider_says_whether_a_recording_is_there(web, status, outcome):
    web.says("http://provider.example/oembed", status)
    assert ask(web, "http://provider.example/watch", "http://provider.example/oembed").outcome == outcome
    assert {path for _method, _host, path, _headers in web.requests} == {"/oembed"}


def test_no_exception_escapes(web, monkeypatch):
    for problem in (http.client.BadStatusLine("x"), UnicodeError(), ssl.SSLError(), OSError(), ValueError()):
        monkeypatch.setattr(Network, "ask", _raising(problem))
        assert ask(web).outcome in {Outcome.DOUBTFUL, Outcome.SILENT}


def _raising(problem):
    def ask(*args):
        raise problem

    return ask
