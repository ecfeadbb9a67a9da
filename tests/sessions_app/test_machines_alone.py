"""Somebody with the export right alone, at every door for machines and for staff: the published world, word for word.

What lies hidden has every state there is: draft, in review, withdrawn, planned, expired, in the trash, a working copy,
a note of the editors. The files of `/exporte/` themselves are in `test_exports_alone.py`.
"""

import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from conference.exports import FORMATS
from conference.trash import trash
from sessions_app.api import COLLECTIONS
from sessions_app.roundtrip import EDITABLE
from tests import make
from tests.conference.test_exports_alone import MAIL, Notes, plain
from tests.crawl import world
from tests.planted import MARK, NOW, SECRET, STATES, Hidden, Public

pytestmark = pytest.mark.django_db
CITED = ("bib", "ris", "json")
ASKED = (
    "status=draft&alle=1&viewer=1&vorschau=k1&fields=status,remark,email,note,created_by&include=drafts",
    "q=" + SECRET,
    "per_page=100&sort=-updated_at&state=all&published=false&preview=1",
)
OAI = [
    f"verb={verb}&metadataPrefix={prefix}"
    for prefix in ("oai_dc", "oai_datacite")
    for verb in ("ListRecords", "ListIdentifiers")
]
PRIVATE = re.compile(rf"{MARK}|{SECRET}|@example\.", re.IGNORECASE)
# Of pages: what differs from answer to answer.
OF_THE_MOMENT = re.compile(rb'(csrfmiddlewaretoken" value="|nonce=")[^"]*')


def machines(public: Public | Hidden) -> list[str]:
    """Every address that gives data of this world."""
    held, project, video = public.conference.slug, public.project.slug, public.video.slug
    event = public.event.get_absolute_url()
    found = [
        "/exporte/nachweise/",
        "/feeds/neu.atom",
        "/sitemap.xml",
        "/sitemap-videos.xml",
        "/api/",
        "/api/openapi.json",
    ]
    for slug in (project, getattr(public, "plain_project", public.project).slug):
        found += [f"/exporte/nachweise/{slug}/", f"/feeds/vorhaben/{slug}.atom"]
        found += [f"/exporte/nachweise/{slug}.{file_format}" for file_format in FORMATS]
    found += [
        f"/konferenzen/{held}/{name}" for name in ("kalender.ics", "daten.jsonl", "datacite.xml", "datacite.json")
    ]
    found += [f"/konferenzen/{held}/datacite.zip"]
    found += [f"/konferenzen/{held}/export/{name}" for name in ("schedule.xml", "schedule.json", "pyvideo.zip")]
    found += [f"/videos/{video}/datacite.{kind}" for kind in ("xml", "json")] + [f"/videos/{video}/einbetten/"]
    found += [f"/videos/{video}/zitat.{kind}" for kind in CITED] + [f"{event}kalender.ics", f"{event}"]
    found += [f"{event}zitat.{kind}" for kind in CITED]
    found += [f"/materialien/{public.material.slug}/zitat.{kind}" for kind in CITED]
    for noun, slug in (("themen", public.theme.slug), ("mitwirkende", public.speaker.slug)):
        found += [f"/{noun}/{slug}/kalender.ics", f"/feeds/{noun}/{slug}.atom"]
    found += [f"/feeds/konferenzen/{held}.atom", *(f"/feeds/{held}/podcast-{kind}.xml" for kind in ("ton", "video"))]
    found += [f"/api/{collection.name}" for collection in COLLECTIONS]
    return (
        found
        + [f"/oai?{query}" for query in OAI]
        + ["/oai?verb=ListSets", f"/oembed?url={settings.SITE_URL}/videos/{video}/"]
    )


def doors_of(hidden) -> list[str]:
    """The same addresses, of what nobody may see."""
    return [address for address in machines(hidden) if hidden.name.lower() in address and "/oembed" not in address]


class World:
    def __init__(self):
        self.public = Public()
        User.objects.update(email=MAIL)
        self.client = Client()
        self.client.force_login(make.analyst(username="auswertung", email=MAIL))
        self.addresses = machines(self.public)
        self.before = {address: self.answer(address) for address in self.addresses}
        self.hidden = [Hidden(self.public, state, number) for number, state in enumerate(STATES)]
        self.notes = Notes(self.public)
        self.trashed = make.event(f"{MARK} weg", conference=self.public.conference, summary=SECRET)
        trash(self.trashed, make.administrator(username="aufraeumen"))

        self.after = {address: self.answer(address) for address in self.addresses}
        few = [address for address in self.addresses if not address.endswith((".pdf", ".ods", ".xlsx"))]
        self.asked = {
            asked: self.answer(asked)
            for number, address in enumerate(few)
            for asked in [f"{address}{'&' if '?' in address else '?'}{ASKED[number % len(ASKED)]}"]
        }
        # Each state is asked for at some doors, and each door for some state.
        doors = [address for number, hidden in enumerate(self.hidden) for address in doors_of(hidden)[number::5]]
        self.missing = {address: self.answer(address)[0] for address in doors}

    def answer(self, address, method="get") -> tuple[int, bytes]:
        answer = getattr(self.client, method)(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code < 500, address
        return answer.status_code, OF_THE_MOMENT.sub(b"", plain(content))


@pytest.fixture(autouse=True, scope="module")
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def planted(_frozen, django_db_setup, django_db_blocker, tmp_path_factory):
    with world(django_db_blocker, tmp_path_factory.mktemp("media")):
        yield World()


def _tells(content: bytes) -> str:
    found = PRIVATE.search(content.decode("utf-8", "replace"))
    return content[max(0, found.start() - 80) : found.end() + 80].decode("utf-8", "replace") if found else ""


def test_every_door_answers(planted):
    assert [address for address, (status, content) in planted.before.items() if status != 200 or not content] == []
    assert len(planted.before) > 60


def test_every_answer_is_word_for_word_what_it_was(planted):
    assert [address for address, (_status, content) in planted.after.items() if _tells(content)] == []
    assert [address for address in planted.after if planted.after[address] != planted.before[address]] == []


def test_no_question_opens_more(planted):
    for address, (status, content) in planted.asked.items():
        assert not _tells(content.replace(SECRET.encode(), b"")), address
        assert status in (200, 400, 404, 405), address


def test_what_is_hidden_is_at_no_door(planted):
    assert len(planted.missing) > 30
    assert [address for address, status in planted.missing.items() if status not in (403, 404)] == []


def test_the_desks_of_editors_are_closed(planted):
    desks = [
        "/admin/import/",
        "/admin/tabellen/",
        "/admin/laeufe/",
        "/admin/papierkorb/",
        "/admin/tafel/",
        "/admin/links/",
    ]
    desks += [f"/admin/tabellen/datei/?liste={listing.name}&form=csv" for listing in EDITABLE]
    desks += [f"/admin/tabellen/{listing.name}/x/" for listing in EDITABLE]
    for address in desks:
        assert planted.client.get(address).status_code == 403, address
        assert planted.client.post(address, {"liste": "veranstaltungen", "_apply": "1"}).status_code == 403, address
