"""Where an address leads, taken apart; and which addresses of the network nobody may send us to."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}
# Names that mean something only inside a house, whatever they resolve to there.
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "onion")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# What an old resolver takes for a number: 2130706433, 0x7f.1, 0177.0.0.1.
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NOT_THE_WORLD = (
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("3fff::/20"),
    ipaddress.ip_network("2001:db8::/32"),
)


class Refused(Exception):
    """An address we do not ask, with the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """One hop: whom to ask for what."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_front_page(self) -> bool:
        return self.path == "/"


def target_of(address: str) -> Target:
    """Raises Refused for everything that is not a plain address on the web. Contacts nobody."""
    if re.search(r"[\x00-\x20\x7f\\]", address.strip()):
        raise Refused(_("Die Adresse enthält Zeichen, die dort nicht stehen dürfen."))
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise Refused(_("Die Adresse ist ungültig.")) from None
    if parts.scheme not in PORTS:
        raise Refused(_("Geprüft werden nur Adressen mit http und https."))
    if "@" in parts.netloc:
        raise Refused(_("Die Adresse enthält Zugangsdaten."))
    if port not in (None, *PORTS.values()):
        raise Refused(_("Geprüft werden nur die Ports 80 und 443."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return Target(parts.scheme, ascii_host(host), port or PORTS[parts.scheme], f"{path}?{query}" if query else path)


def ascii_host(host: str) -> str:
    """The name as the network knows it: umlauts become `xn--…`, `ß` stays itself, as in browsers."""
    if ":" in host:
        try:
            if "%" in host:
                raise ValueError
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            raise Refused(_("Die Adresse ist ungültig.")) from None
    labels = unicodedata.normalize("NFKC", host).lower().removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _plain_number(".".join(labels))
    labels = [label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels]
    name = ".".join(labels)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused(_("Der Name des Servers ist ungültig."))
    if len(labels) == 1 or name.endswith(tuple(f".{ending}" for ending in _INSIDE)):
        raise Refused(_("Der Name gilt nur in einem internen Netz."))
    return name


def _plain_number(host: str) -> str:
    """Four decimal numbers without leading zeros; every other way to write one is a disguise."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise Refused(_("Der Server ist als Zahl in ungewöhnlicher Schreibweise angegeben.")) from None


def is_public(address: str) -> bool:
    """Whether this address of the network belongs to the open internet, also in a wrapping (mapped, 6to4, NAT64)."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    if number.version == 6:
        if number in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)))
        # Whatever else wraps an older address (mapped, 6to4, Teredo) is used by nobody who has a website.
        if number.scope_id or number not in _GLOBAL_V6 or number.sixtofour or number.teredo:
            return False
    hidden = number.is_private or number.is_loopback or number.is_link_local or number.is_multicast
    if hidden or number.is_reserved or number.is_unspecified or not number.is_global:
        return False
    return not any(number in network for network in _NOT_THE_WORLD if network.version == number.version)
