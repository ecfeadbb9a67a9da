"""What is measured on, and with."""

import statistics
import time

from django.core.management import call_command
from django.test import Client


def sample():
    """Tables, the sample and its static files, in the temporary folder of this run."""
    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def client() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def times(*works, rounds=15) -> list[float]:
    """The median milliseconds of each, measured in turn, so that a busy machine is equally busy for all."""
    for work in works:
        work()
    taken = [[] for _work in works]
    for _round in range(rounds):
        for work, list_ in zip(works, taken, strict=True):
            start = time.perf_counter()
            work()
            list_.append((time.perf_counter() - start) * 1000)
    return [statistics.median(list_) for list_ in taken]


def report(title, *lines):
    print(f"\n{title}")
    for label, milliseconds, remark in lines:
        print(f"  {label:<52}{milliseconds:>10.1f} ms   {remark}")
