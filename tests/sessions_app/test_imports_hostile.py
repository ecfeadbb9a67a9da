"""Programmes made to hurt, brought to the page where editors bring theirs: a sentence, and nothing has changed."""

import json
import re
import time

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from conference.models import ChangeRun, Conference, Material
from sessions_app.imports.speakers import free_slug
from sessions_app.models import Contribution, Event, Speaker, Video
from tests import make
from tests.conference.tables_made import HOSTILE, xlsx
from tests.programme_files import FOSDEM, MUNICH, event, packed, schedule
from tests.programmes import every_table
from tests.sessions_app.test_imports_desk import ADDRESS, TABLE, _answers, _columns, _send
from tests.sessions_app.test_interchange_hostile import BOMB, GUID

pytestmark = pytest.mark.django_db
MOST_SECONDS = 5
WORDS = (
    '<script>alert(1)</script>Wasser<a href="javascript:alert(1)" onclick="x()">k</a><img src=x onerror=alert(1)>'
    '<svg onload=alert(1)></svg><iframe srcdoc="x"></iframe>[k](javascript:alert(1))<a href="java&#9;script:x">z</a>'
)
ESCAPED = WORDS.replace("&", "&amp;").replace("<", "&lt;")
FORMULA = '<row><c t="inlineStr"><is><t>Titel</t></is></c></row><row><c t="str"><f>A1&amp;"x"</f></c></row>'
FILES = {
    "dtd.xml": (BOMB.encode(), "Zeile 1"),
    "rows.xlsx": (HOSTILE["300,000 rows"][0], "Zeile 20001"),
    "columns.xlsx": (HOSTILE["a million columns"][0], "KO1"),
    "formula.xlsx": (xlsx(FORMULA), "A2"),
    "rows.ods": (HOSTILE["rows repeated"][0], "Zeile 1"),
    "depth.json": (b'{"schedule":' + b"[" * 100_000, "Zeile 1"),
    "number.json": (b'{"schedule": ' + b"9" * 1_000_000 + b"}", "Zeile 1"),
    "half.json": (json.dumps({"schedule": {"conference": {"title": "a\ud800"}}}).encode(), "half.json"),
    "path.zip": (packed({"a/category.json": "{}", "a/videos/../../../x.json": "{}"}), "x.json"),
    "drive.zip": (packed({"a/category.json": "{}", "C:/x.json": "{}"}), "C:/x.json"),
    "bomb.zip": (lambda: packed({f"a/videos/{n}.json": b"0" * 4_900_000 for n in range(16)}), "bomb.zip"),
    "guids.xml": (schedule(event(guid=GUID), event(guid=GUID, title="Wege")), "Zeile 4"),
    "talks.xml": (lambda: schedule(*[event(number=number) for number in range(20_000)]), "Zeile"),
    "nul.csv": (b"Titel;Datum\na\0b;06.05.2025\n", "Zeile 2"),
    "mixed.csv": ("Titel\nGrüße\n".encode() + "Grüße".encode("latin-1"), "Zeile 3"),
    "cut.xml": (FOSDEM.read_bytes()[:100_000], "Zeile 1413"),
    "cut.xlsx": (MUNICH.read_bytes()[:8_000], "cut.xlsx"),
    "wrong.png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "wrong.png"),
    "empty.csv": (b"", ""),
}


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


def _state() -> list:
    """Everything but sessions, in which messages wait."""
    tables = json.loads(every_table())
    return [table for table in tables if table and table[0]["model"] != "sessions.session"]


def _alert(page) -> str:
    """What the page says went wrong, markup dropped."""
    text = page.content.decode()
    found = re.search(r'role="alert".*?</div>|class="errorlist".*?</ul>', text, re.DOTALL)
    return re.sub(r"<[^>]*>", " ", found[0]) if found else ""


def test_hostile_files_end_in_a_sentence_and_change_nothing(publisher_client):
    publisher_client.get(ADDRESS)
    before = _state()
    for name, (made, place) in FILES.items():
        content = made() if callable(made) else made
        started = time.process_time()
        page = _send(publisher_client, content, name)
        assert time.process_time() - started < MOST_SECONDS, name
        assert page.status_code == 200, name
        assert place in _alert(page) and "." in _alert(page), (name, _alert(page))
    assert _state() == before


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "C:\\x\\y.csv", "a\x1b[31m\x00\n.csv", "x" * 5_000 + ".csv", "<b>.csv"]
)
def test_names_of_files_lead_nowhere(publisher_client, name, tmp_path):
    answer = _send(publisher_client, TABLE, name)
    if answer.status_code == 302:
        page = publisher_client.get(answer.url)
        assert page.status_code == 200
        assert not re.search(r"etc/passwd|\x1b|\x00|<b>\.csv", page.content.decode())
    else:
        assert "200" in _alert(answer) or "Zeichen" in _alert(answer)
    assert {path.parent.name for path in tmp_path.rglob("*") if path.is_file()} <= {"eingang"}


def test_addresses_of_files_that_are_not_theirs(publisher_client, client):
    """Made up, damaged, of yesterday, somebody else's, without a file at all."""
    assert publisher_client.post(ADDRESS, {}).status_code == 200
    assert publisher_client.post(ADDRESS, {"file": "kein Upload"}).status_code == 200
    address = _send(publisher_client).url
    before = _state()
    for wrong in ("?datei=", "?datei=../../etc/passwd", "?datei=%00", address[:-3] + "abc", address + "&x=1&datei=y"):
        answer = publisher_client.post(ADDRESS + wrong if wrong[0] == "?" else wrong, {"_apply": "1", "source": "Q"})
        assert (answer.status_code, answer.headers.get("Location")) == (302, ADDRESS)
    assert _state() == before
    client = type(client)()
    client.force_login(make.publisher(username="andere"))
    assert client.get(address).headers["Location"] == ADDRESS
    assert publisher_client.post(address, {"_apply": "1", "source": "\x00", "grouping": "nie"}).status_code == 200
    with time_machine.travel(timezone.now() + timezone.timedelta(days=2)):
        publisher_client.force_login(make.publisher(username="morgen"))
        assert publisher_client.get(address).headers["Location"] == ADDRESS


def test_sent_twice_and_once_more_after_it_was_taken_back(publisher_client):
    address = _send(publisher_client).url
    page = publisher_client.post(address, _columns(publisher_client.get(address)))
    answers = _answers(page, _apply="1")
    answer = publisher_client.post(address, answers)
    assert publisher_client.post(address, answers).headers["Location"] == ADDRESS
    assert (Contribution.objects.count(), ChangeRun.objects.count()) == (2, 1)
    publisher_client.post(answer.url, {"_undo": "1"})
    assert publisher_client.post(address, answers).headers["Location"] == ADDRESS
    assert (Contribution._base_manager.count(), Conference._base_manager.count()) == (0, 0)


def _bring(client, content: bytes, name: str):
    address = _send(client, content, name).url
    page = client.get(address)
    if "columns" in page.context and "plan" not in page.context:
        page = client.post(address, _columns(page))
    shown = page.content.decode()
    answer = client.post(address, _answers(page, _apply="1"))
    assert answer.status_code == 302, _alert(answer)
    return shown + client.get(answer.url).content.decode()


def _video() -> bytes:
    said = {"title": WORDS, "description": WORDS, "speakers": [WORDS], "recorded": "2025-05-06", "tags": [WORDS]}
    said |= {"related_urls": [{"label": WORDS, "url": "javascript:alert(1)"}], "copyright_text": WORDS}
    said |= {"videos": [{"type": WORDS, "url": "javascript:alert(1)"}, {"url": "https://a.example/x"}]}
    return packed({"a/category.json": json.dumps({"title": WORDS}), "a/videos/x.json": json.dumps(said)})


def _event() -> bytes:
    texts = "".join(f"<{name}>{ESCAPED}</{name}>" for name in ("subtitle", "track", "type", "abstract", "description"))
    links = f'<links><link href="javascript:alert(1)">x</link><link href="https://a.example/1">{ESCAPED}</link></links>'
    files = '<attachments><attachment href="data:text/html,x">x</attachment></attachments>'
    people = f'<persons><person id="1">{ESCAPED}</person></persons><url>javascript:alert(1)</url>'
    return schedule(event(texts + links + files + people, guid=GUID, title=ESCAPED), head=f"<title>{ESCAPED}</title>")


def _row() -> bytes:
    quoted = '"' + WORDS.replace('"', '""') + '"'
    cells = ";".join([quoted, "06.05.2025", quoted, quoted, quoted, "javascript:x"])
    return f"Titel;Datum;Referenten;Raum;Abstract;Folien\n{cells}\n".encode()


@pytest.mark.parametrize(("content", "name"), [(_event(), "a.xml"), (_video(), "a.zip"), (_row(), "a.csv")])
def test_scripts_in_every_text_come_out_as_harmless_words(client, content, name):
    client.force_login(make.administrator())
    shown = _bring(client, content, name)
    things = [thing for kind in (Conference, Event, Speaker, Material, Video) for thing in kind._base_manager.all()]
    assert len(things) >= 3
    for thing in things:
        type(thing)._base_manager.filter(pk=thing.pk).update(status="published", published_at=timezone.now())
        shown += client.get(thing.get_absolute_url()).content.decode()
        form = f"admin:{thing._meta.label_lower.replace('.', '_')}_change"
        shown += client.get(reverse(form, args=[thing.pk])).content.decode()
    assert not re.search(r"<script>alert|<img src=x|<svg onload|<iframe srcdoc", shown)
    assert not re.search(r"""(?:href|src|value)=["'](?:javascript|data:text|vbscript)""", shown)
    rich = [
        text for kind in (Event, Contribution, Speaker) for row in kind._base_manager.values() for text in row.values()
    ]
    assert not any(re.search(r"<[^>]*\s(on\w+|href=.java)", text) for text in map(str, rich) if text.startswith("<p>"))


def test_ten_thousand_of_one_name_are_numbered_at_once():
    taken = {"wasser-2"}
    started = time.process_time()
    slugs = [free_slug("Wasser", "x", taken) for _number in range(10_000)]
    assert time.process_time() - started < 2
    assert (slugs[:3], len(set(slugs))) == (["wasser", "wasser-3", "wasser-4"], 10_000)
