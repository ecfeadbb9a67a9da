"""A tiny web on this machine, for tests of the link check: no name is looked up, nothing outside is asked."""

import contextlib
import socket
import threading
import time

from conference.links.asking import Asker
from conference.links.connecting import Network, UnknownName
from conference.links.pacing import Pace

# An address of the open internet, as far as the check can tell; whoever connects to it comes here.
PUBLIC = "93.184.215.14"


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 1000.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


class Web:
    """What servers say, by address: `web.says("https://a.example/x", 404)`. Everything else answers 200."""

    def __init__(self, context=None):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self._answers, self.names = {}, {}
        # (method, host, path, headers) of each request; (address, port) of each connection; each name asked for.
        self.requests, self.connections, self.lookups = [], [], []
        self._context = context
        threading.Thread(target=self._serve, daemon=True).start()

    # ── What it says ──
    def says(self, address, status=200, location="", **by_method):
        host, _slash, path = address.split("://", 1)[1].partition("/")
        head = f"HTTP/1.1 {status} X\r\n" + (f"Location: {location}\r\n" if location else "")
        answer = head.encode() + b"Content-Length: 2\r\n\r\nok"
        self._answers[host, f"/{path}"] = by_method or answer

    def does(self, address, raw):
        """`raw`: bytes to be sent, or a function that gets the socket."""
        host, _slash, path = address.split("://", 1)[1].partition("/")
        self._answers[host, f"/{path}"] = raw

    # ── The network that leads here ──
    def resolve(self, host, port):
        self.lookups.append(host)
        answer = self.names.get(host, [PUBLIC])
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, list) and answer and isinstance(answer[0], list):
            return answer.pop(0)
        return answer

    def connect(self, place, timeout):
        self.connections.append(place)
        return socket.create_connection(("127.0.0.1", self._port), timeout)

    def asker(self, seconds=5, clock=None, context=None):
        clock = clock or Clock()
        network = Network(resolve=self.resolve, connect=self.connect, context=context)
        return Asker(Pace(clock.sleep, clock), network, seconds)

    def asked(self):
        """Method and address of each request."""
        return [f"{method} {host}{path}" for method, host, path, _headers in self.requests]

    # ── The machinery ──
    def _serve(self):
        while True:
            try:
                sock, _peer = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(sock,), daemon=True).start()

    def _talk(self, sock):
        with contextlib.suppress(OSError, ValueError):
            if self._context:
                sock = self._context.wrap_socket(sock, server_side=True)
            with sock:
                head = b""
                while b"\r\n\r\n" not in head:
                    if not (more := sock.recv(4096)):
                        return
                    head += more
                self._answer(sock, head.decode())

    def _answer(self, sock, head):
        first, *lines = head.split("\r\n")
        method, path, _version = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines if line)
        host = headers.get("Host", "")
        self.requests.append((method, host, path, headers))
        answer = self._answers.get((host, path), b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        if isinstance(answer, dict):
            answer = f"HTTP/1.1 {answer[method]} X\r\nContent-Length: 0\r\n\r\n".encode()
        if callable(answer):
            answer(sock)
        else:
            sock.sendall(answer)

    def close(self):
        self._listener.close()


def drip(sock):
    """One byte of a header now and then, for ever."""
    sock.sendall(b"HTTP/1.1 200 OK\r\n")
    for _second in range(600):
        sock.sendall(b"X-Drip: drop\r\n")
        time.sleep(0.05)


def say_nothing(sock):
    time.sleep(30)


NOWHERE = UnknownName()
