"""Programmes in foreign formats, for tests: the real ones, small made-up ones, and how to compare what was read."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from conference.tables import Book, Row, Sheet
from sessions_app.interchange.programme import Programme

REAL = Path(__file__).parent / "data" / "interchange"
FOSDEM, PYCON, MUNICH = (
    REAL / name for name in ("fosdem-2025-slice.xml", "pyvideo-pycon-jp-2012.zip", "schedule-example.xlsx")
)


def content(programme: Programme) -> Programme:
    """What it says, without where it stood and what was noticed."""
    talks = tuple(replace(talk, place="") for talk in programme.talks)
    return replace(programme, talks=talks, warnings=())


def sentences(programme: Programme) -> str:
    return "\n".join(f"{problem.place}: {problem.sentence}" for problem in programme.warnings)


def schedule(*events: str, head: str = "", day: str = 'date="2024-05-01"', room: str = "Saal") -> bytes:
    """A schedule.xml with these events in one room of one day."""
    inside = "\n".join(events)
    return (
        f"<schedule><version>1</version><conference><title>Tagung</title><acronym>tagung24</acronym>{head}</conference>\n"
        f'<day index="1" {day}><room name="{room}">\n{inside}\n</room></day></schedule>'
    ).encode()


def event(inside: str = "", guid: str = "", number: int = 1, title: str = "Wasser", **attributes: str) -> str:
    given = {"guid": guid, "id": str(number), **attributes}
    words = " ".join(f'{name}="{value}"' for name, value in given.items() if value)
    return f"<event {words}><title>{title}</title>{inside}</event>"


def packed(files: dict[str, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return written.getvalue()


def book(*rows: list, kind: str = "xlsx", title: str = "Programm") -> Book:
    """Empty rows are left out, as in a real one."""
    told = [Row(number, list(cells)) for number, cells in enumerate(rows, start=1) if any(cells)]
    return Book(kind, [Sheet(title, told)])
