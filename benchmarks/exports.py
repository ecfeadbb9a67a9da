"""The programme as a file against the same rows, asked for one by one."""

import tracemalloc

from benchmarks.prepare import report, times
from conference.exports import FORMATS, Extract
from sessions_app.models import Appearance, Contribution, Event
from sessions_app.records import PROGRAMME

ROWS = 3_000


def _fill():
    event = Event.objects.published().first()
    person = Appearance.objects.first().speaker
    rows = [Contribution(event=event, title=f"Beitrag {number}", position=number) for number in range(ROWS)]
    rows = Contribution.objects.bulk_create(rows, batch_size=500)
    Appearance.objects.bulk_create([Appearance(contribution=row, speaker=person) for row in rows], batch_size=500)
    return rows


def _csv() -> int:
    written = FORMATS["csv"].write(Extract(PROGRAMME), ";")
    return sum(len(part) for part in written)


def _one_by_one() -> int:
    """What a loop over instances does that loads nothing beforehand."""
    length = 0
    for contribution in Contribution.objects.published().iterator():
        for appearance in contribution.appearances.all():
            names = ", ".join(organisation.name for organisation in appearance.organisations.all())
            length += len(f"{contribution.event.title};{contribution.title};{appearance.speaker.name};{names}\r\n")
    return length


def measure():
    rows = _fill()
    file, naive = times(_csv, _one_by_one, rounds=3)
    tracemalloc.start()
    _csv()
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    report(
        f"Programm als CSV, {ROWS} Zeilen und die des Beispiels",
        ("gestreamt, alle Spalten", file, f"{naive / file:.1f}-mal so schnell wie einzeln; höchstens {peak:.0f} MB"),
        ("einzeln gefragt, vier Spalten", naive, ""),
    )
    Contribution.objects.filter(pk__in=[row.pk for row in rows]).delete()
