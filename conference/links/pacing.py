"""One request per server and second, whoever asks: this run, another one, a colleague's button."""

import threading
import time
from collections.abc import Callable, Iterable

SECONDS_APART = 1.0


class Pace:
    """When each server may be asked again. Safe between threads."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic):
        self._sleep, self._clock = sleep, clock
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str):
        """Until this server may be asked; from then on nobody else may for a second."""
        with self._lock:
            now = self._clock()
            self._free_at = {name: moment for name, moment in self._free_at.items() if moment > now}
            start = max(now, self._free_at.get(host, 0.0))
            self._free_at[host] = start + SECONDS_APART
        if start > now:
            self._sleep(start - now)

    def seconds_until(self, host: str) -> float:
        """How long `wait` would take now."""
        return max(0.0, self._free_at.get(host, 0.0) - self._clock())

    def was_asked(self, hosts: Iterable[str]):
        """By another process, just now."""
        with self._lock:
            for host in hosts:
                self._free_at[host] = max(self._free_at.get(host, 0.0), self._clock() + SECONDS_APART)
