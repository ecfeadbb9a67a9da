"""Where an address may lead, and where never."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.links.targets import Refused, is_public, target_of

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.1.2.3",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "no address",
    "",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_never_admitted(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2a00:1450:4001:80b::2003", "64:ff9b::8.8.8.8"])
def test_public_addresses_are_admitted(address):
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_is_admitted_that_is_not_global(address):
    """Python's own table agrees, for whatever is not wrapped."""
    if is_public(str(address)) and address not in ipaddress.ip_network("64:ff9b::/96"):
        assert address.is_global
        assert not (address.is_private or address.is_multicast or address.is_loopback or address.is_reserved)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http:///path",
        "http://user@example.org/",
        "http://user:password@example.org/",
        "http://@example.org/",
        "http://example.org:22/",
        "http://example.org:8080/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://１２７.1/",
        "http://1.2.3.4.5/",
        "http://localhost/",
        "http://server/",
        "http://printer.local/",
        "http://a.localhost./",
        "http://git.internal/",
        "http://fritz.home.arpa/",
        "http://x.onion/",
        "http://exa mple.org/",
        "http://example.org/a b",
        "http://example.org/\r\nX-Evil: 1",
        "http://example.org/\x00",
        "http://example.org\\@evil.example/",
        "http://exam_ple!.org/",
        "http://-x.example/",
        "http://a..example/",
        f"http://{'a' * 64}.example/",
        f"http://{'a.' * 130}example/",
    ],
)
def test_what_is_no_plain_address_is_refused(address):
    with pytest.raises(Refused) as refusal:
        target_of(address)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("address", "host", "port", "path"),
    [
        ("https://Example.ORG", "example.org", 443, "/"),
        ("http://example.org:80/a?b=c#d", "example.org", 80, "/a?b=c"),
        ("http://example.org:443/", "example.org", 443, "/"),
        ("https://example.org./", "example.org", 443, "/"),
        ("https://müller.example/", "xn--mller-kva.example", 443, "/"),
        ("https://MÜLLER.example/", "xn--mller-kva.example", 443, "/"),
        ("https://straße.example/", "xn--strae-oqa.example", 443, "/"),
        ("https://example.org/Straße?q=ä", "example.org", 443, "/Stra%C3%9Fe?q=%C3%A4"),
        ("https://example.org/a%20b?c[]=1|2", "example.org", 443, "/a%20b?c[]=1%7C2"),
        ("  https://example.org/  ", "example.org", 443, "/"),
        ("http://8.8.8.8/", "8.8.8.8", 80, "/"),
        ("http://[2A00:1450::3]/", "2a00:1450::3", 80, "/"),
    ],
)
def test_an_address_is_taken_apart(address, host, port, path):
    target = target_of(address)
    assert (target.host, target.port, target.path) == (host, port, path)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_taken_apart_or_refused(text):
    for address in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            target = target_of(address)
        except Refused:
            continue
        assert target.host.isascii()
        assert target.path.isascii()
        assert target.path.startswith("/")
        assert not any(sign.isspace() or sign < " " for sign in target.host + target.path)
