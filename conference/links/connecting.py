"""One question to one server: to exactly the address that was checked, and never longer or more than agreed."""

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from conference.links.targets import PORTS, Refused, Target, is_public

CONNECT_SECONDS = 6
SILENCE_SECONDS = 6
# Status line and headers; of a body nothing is read.
MOST_BYTES = 64 * 1024
# Of several addresses of a server, as many are tried.
_TRIES = 3


class UnknownName(Exception):
    """No server has this name: said by those who keep the names, not guessed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What matters of an answer."""

    status: int
    location: str = ""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, asked of the system. Raises UnknownName, or OSError where nobody answered."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise UnknownName from error
        raise
    return list(dict.fromkeys(place[0] for *_rest, place in found))


@dataclass(frozen=True, slots=True)
class Network:
    """The way out. Only tests make another one than this: no setting opens what is closed here."""

    resolve: Callable[[str, int], list[str]] = resolve
    admits: Callable[[str], bool] = is_public
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    context: ssl.SSLContext | None = None

    def ask(self, method: str, target: Target, headers: dict[str, str], deadline: float) -> Reply:
        """One request, no redirect followed. Raises Refused, UnknownName, OSError or HTTPException.

        The name is resolved once, here; what was checked is what is connected to, so that a name that says something
        else a moment later (DNS rebinding) leads nowhere new.
        """
        addresses = self._addresses(target, deadline)
        connection = http.client.HTTPConnection(target.host, target.port)
        with self._connected(addresses, target, deadline) as sock:
            connection.sock = _Bounded(sock, deadline)
            connection.auto_open = 0
            host = f"[{target.host}]" if ":" in target.host else target.host
            standard = PORTS[target.scheme] == target.port
            connection.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", host if standard else f"{host}:{target.port}")
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.putheader("Connection", "close")
            connection.endheaders()
            response = connection.getresponse()
            return Reply(response.status, response.getheader("Location", ""))

    def _addresses(self, target: Target, deadline: float) -> list[str]:
        addresses = _within(deadline, lambda: self.resolve(target.host, target.port))
        if not addresses:
            raise UnknownName
        if not all(self.admits(address) for address in addresses):
            raise Refused(_("Der Name führt in ein internes Netz."))
        return addresses

    def _connected(self, addresses: list[str], target: Target, deadline: float):
        problem: OSError = TimeoutError()
        for address in addresses[:_TRIES]:
            try:
                sock = self.connect((address, target.port), min(CONNECT_SECONDS, _left(deadline)))
            except OSError as error:
                problem = error
                continue
            if target.scheme == "http":
                return sock
            context = self.context or ssl.create_default_context()
            try:
                return context.wrap_socket(sock, server_hostname=target.host)
            except OSError:
                sock.close()
                raise
        raise problem


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _within(deadline: float, question: Callable[[], list[str]]) -> list[str]:
    """The system's resolver knows no time limit, so it is asked by somebody we need not wait for."""
    answers, problems = [], []

    def ask():
        try:
            answers.append(question())
        except (UnknownName, OSError, UnicodeError) as error:
            problems.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(min(CONNECT_SECONDS, _left(deadline)))
    if problems:
        raise problems[0] if not isinstance(problems[0], UnicodeError) else UnknownName
    if not answers:
        raise TimeoutError
    return answers[0]


class _Bounded(io.RawIOBase):
    """A socket that gives up at the deadline, however slowly the other side drips, and after MOST_BYTES."""

    def __init__(self, sock, deadline: float):
        self._sock, self._deadline, self._read = sock, deadline, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self._sock.settimeout(min(SILENCE_SECONDS, _left(self._deadline)))
        count = self._sock.recv_into(buffer, min(len(buffer), 4096))
        self._read += count
        if self._read > MOST_BYTES:
            raise http.client.HTTPException("too much")
        return count

    def sendall(self, data):
        self._sock.settimeout(min(SILENCE_SECONDS, _left(self._deadline)))
        self._sock.sendall(data)

    def makefile(self, mode):
        return io.BufferedReader(self, 4096)
