"""A link that tries to lead us inside, by whatever trick; and certificates."""

import ssl
import subprocess

import pytest

from conference.links.asking import Asker, Outcome
from conference.links.connecting import Network
from tests.link_server import PUBLIC, Web

PAGE = "http://a.example/page"


@pytest.fixture
def web():
    web = Web()
    yield web
    web.close()


def ask(web, address=PAGE, **given):
    return web.asker(**given).ask(address)


# ── What must not be reached ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "::ffff:192.168.0.1", "fd00::1"])
def test_a_name_that_leads_inside_is_refused(web, inside):
    web.names["a.example"] = [inside]
    assert ask(web).outcome == Outcome.REFUSED
    assert web.connections == []


def test_one_inner_address_among_public_ones_is_enough(web):
    web.names["a.example"] = [PUBLIC, "10.0.0.1"]
    assert ask(web).outcome == Outcome.REFUSED
    assert web.connections == []


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://inside.example/",
        "http://localhost/",
        "http://b.example:22/",
        "http://user:pw@b.example/",
        "file:///etc/passwd",
        "gopher://b.example/",
    ],
)
def test_a_redirect_that_leads_inside_is_refused(web, inside):
    web.names |= {"inside.example": ["192.168.0.1"], "127.0.0.1": ["127.0.0.1"], "::1": ["::1"]}
    web.names["::ffff:7f00:1"] = ["::ffff:7f00:1"]
    web.says(PAGE, 301, inside)
    assert ask(web).outcome == Outcome.REFUSED
    assert web.connections == [(PUBLIC, 80)]


def test_a_name_that_changes_its_mind_leads_nowhere_new(web):
    """DNS rebinding: public when checked, inside when connected. What is connected to is what was checked."""
    web.names["a.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert ask(web).outcome == Outcome.ALIVE
    assert web.connections == [(PUBLIC, 80)]
    assert web.lookups == ["a.example"]


def test_a_name_is_resolved_and_checked_anew_for_each_request(web):
    web.names["a.example"] = [[PUBLIC], ["127.0.0.1"]]
    web.says(PAGE, HEAD=405, GET=200)
    assert ask(web).outcome == Outcome.REFUSED
    assert web.asked() == ["HEAD a.example/page"]


def test_the_real_network_admits_nothing_inside():
    """No seam, no setting: this is what production uses."""
    assert Network().admits("127.0.0.1") is False
    asker = Asker(Web().asker().pace, Network(resolve=lambda host, port: ["127.0.0.1"]))
    assert asker.ask("http://a.example/").outcome == Outcome.REFUSED


def test_hosts_that_wish_not_to_be_asked_are_not(web, settings):
    settings.LINK_CHECK_SKIP_HOSTS = ["example"]
    assert ask(web).outcome == Outcome.REFUSED
    assert web.lookups == []


# ── Certificates ─────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=a.example"
    names = ["-addext", "subjectAltName=DNS:a.example", "-keyout", str(key), "-out", str(cert)]
    try:
        subprocess.run([*command.split(), *names], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl fehlt")
    return cert, key


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    names = []
    context.sni_callback = lambda sock, name, _context: names.append(name)
    web = Web(context)
    web.names_said = names
    yield web
    web.close()


def test_the_name_is_said_and_the_certificate_checked(secure, certificate):
    context = ssl.create_default_context(cafile=certificate[0])
    assert ask(secure, "https://a.example/", context=context).outcome == Outcome.ALIVE
    assert secure.names_said == ["a.example"]
    assert secure.connections == [(PUBLIC, 443)]


@pytest.mark.parametrize(("address", "trusted"), [("https://a.example/", False), ("https://b.example/", True)])
def test_a_wrong_certificate_is_doubtful(secure, certificate, address, trusted):
    context = ssl.create_default_context(cafile=certificate[0]) if trusted else None
    finding = ask(secure, address, context=context)
    assert finding.outcome == Outcome.DOUBTFUL
    assert "Zertifikat" in finding.detail
    assert secure.requests == []


def test_a_server_without_encryption_is_doubtful(web):
    assert ask(web, "https://a.example/", seconds=0.5).outcome in {Outcome.DOUBTFUL, Outcome.SILENT}
