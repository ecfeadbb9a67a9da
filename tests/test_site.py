"""The whole site on the sample: every address, every link, every answer."""

import html
import re
import subprocess
import sys
from collections import defaultdict

import html5lib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import translate_url
from django.utils import translation

from conference.models import Theme
from projects_app.models import Project
from sessions_app.models import Event, Speaker, Video
from tests.crawl import broken_anchors, crawl, fetch, world

pytestmark = pytest.mark.django_db
# At most so many questions to the database, whatever a page shows.
MOST_QUERIES = {"home": 14, "conference_detail": 14, "list": 8, "detail": 12}
# Whole conferences for machines.
MOST_QUERIES |= {"zip": 20, "programme": 20, "oai": 30, "dump": 60}
LISTS = [f"/{path}/" for path in ("veranstaltungen", "themen", "mitwirkende", "vorhaben", "einrichtungen", "videos")]
LISTS += ["/", "/suche/", "/materialien/", "/konferenzen/", "/videos/demonstrationsvideo-auftakt/"]
NONSENSE = ["", "0", "-1", "abc", "9" * 30, "1e9", "ä€😀", "\x00", "' OR 1=1 --", "%", "\\", "a" * 3000, "None", "²"]


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """The Herbst-Konferenz, loaded once for all tests here; they only read."""
    with world(django_db_blocker, tmp_path_factory.mktemp("media")):
        call_command("load_sample", verbosity=0)
        yield


@pytest.fixture(scope="module")
def pages(sample):
    return crawl(Client(), files=12)


@pytest.fixture(scope="module")
def kinds(pages):
    """Two pages of each kind and language, the longest and the shortest."""
    found = defaultdict(list)
    for page in pages.values():
        if page.is_html:
            found[page.kind, page.address.startswith("/en/")].append(page)
    picked = (sorted(group, key=lambda page: len(page.body)) for group in found.values())
    return {page.address: page for group in picked for page in (group[0], group[-1])}


def test_every_link_leads_somewhere(pages):
    assert {page.address: page.status for page in pages.values() if page.status != 200} == {}
    assert broken_anchors(pages) == []


def test_everything_of_the_sample_is_reachable_in_both_languages(pages):
    counts = {Event: 7, Theme: 6, Project: 30, Speaker: 51, Video: 7}
    for model, count in counts.items():
        things = model.objects.published()
        german = {thing.get_absolute_url() for thing in things}
        english = {translate_url(address, "en") for address in german}
        assert len(german) == len(english) == count
        assert german | english <= pages.keys()


def test_every_page_names_itself_and_its_other_language(pages):
    for page in pages.values():
        if not page.is_html or "?" in page.address:
            continue
        text = page.body.decode()
        own = f"{settings.SITE_URL}{page.address}"
        language = "en" if page.address.startswith("/en/") else "de"
        assert f'<html lang="{language}"' in text, page.address
        assert f'<link rel="canonical" href="{own}">' in text, page.address
        for code in ("de", "en"):
            with translation.override(language):
                other = f"{settings.SITE_URL}{translate_url(page.address, code)}"
            assert f'hreflang="{code}" href="{other}"' in text, page.address
        assert len(re.findall(r"<h1[\s>]", text)) == 1, page.address
        assert re.search(r'<meta name="description" content="[^"]+"', text), page.address


def test_titles_tell_pages_apart(pages):
    titles = defaultdict(list)
    for page in pages.values():
        if page.is_html and "?" not in page.address and page.kind != "home":
            titles[re.search(r"<title>(.*?)</title>", page.body.decode(), re.DOTALL)[1]].append(page.address)
    shared = {title: same for title, same in titles.items() if len(same) > 1 and len({a[:4] for a in same}) == 1}
    assert shared == {}


def test_the_markup_is_valid(kinds):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    found = {}
    for page in kinds.values():
        parser.parse(page.body.decode())
        if parser.errors:
            found[page.address] = parser.errors[:3]
        ids = re.findall(r'\sid="([^"]+)"', page.body.decode())
        assert sorted(ids) == sorted(set(ids)), f"{page.address} gives an id twice"
        assert re.findall(r'\s(?:id|src)=""', page.body.decode()) == [], page.address
    assert found == {}


def test_nobody_is_watched(pages):
    """No cookie, no other host in what a page loads, and a policy that would forbid it."""
    assert {page.address: page.cookies for page in pages.values() if page.cookies} == {}
    foreign = {
        (page.address, link)
        for page in pages.values()
        for link in page.loaded
        if re.match(r"(https?:)?//", link) and not link.startswith(settings.SITE_URL)
    }
    assert foreign == set()


def test_every_answer_carries_the_headers(pages):
    for page in pages.values():
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';"), page.address
        assert "unsafe" not in policy and "*" not in policy and "http" not in policy, page.address
        assert "frame-ancestors 'none'" in policy, page.address
        assert page.headers["X-Content-Type-Options"] == "nosniff", page.address
        assert page.headers["Referrer-Policy"] == "same-origin", page.address
        assert "camera=()" in page.headers["Permissions-Policy"], page.address


def test_pages_ask_few_questions(pages):
    most = defaultdict(int)
    for page in pages.values():
        most[page.kind] = max(most[page.kind], page.queries)
    allowed = {kind: MOST_QUERIES.get(kind) or MOST_QUERIES.get(kind.rpartition("_")[2], 12) for kind in most}
    assert {kind: count for kind, count in most.items() if count > allowed[kind]} == {}


def test_the_opening_is_told_as_it_was(pages):
    page = pages["/konferenzen/herbst-konferenz-2020/auftakt/"].body.decode()
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
    assert "28. Oktober 2020" in text
    assert re.search(r"9:30\s?–\s?12:30 Uhr", text)
    assert "ehemals Wuppertal Institut" in text
    event = Event.objects.published().with_relations().get(slug="auftakt")
    assert len(event.people) == 8
    for appearance in event.people:
        assert appearance.speaker.plain_name in text
        assert appearance.affiliation in text


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_what_never_existed_is_the_same_everywhere(sample, prefix):
    code = "en" if prefix == "/en/" else "de"
    missing = ["gibt-es-nicht/", "themen/nie/", "themes/nie/", "vorhaben/nie/", "projects/nie/", "medien/nie.png"]
    answers = {fetch(Client(), f"{prefix}{path}").body for path in [*missing, "seiten/nie/", "a/b/c", "nie.ics"]}
    assert len(answers) == 1
    with translation.override(code):
        assert translation.gettext("Dieses Blatt fehlt.") in answers.pop().decode()


@pytest.fixture(scope="module")
def questions(sample):
    """What each list can be asked."""
    more = {"q", "t", "sortierung", "art"}
    return {path: {name for _form, name, _value in fetch(Client(), path).questions} | more for path in LISTS}


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_address_is_no_accident(questions, value):
    """Whatever is asked of a list, it answers, or says that there is no such page."""
    client = Client()
    for path, names in questions.items():
        for asked in (dict.fromkeys(names, value), {"seite": value}):
            assert client.get(path, asked).status_code in {200, 404}, f"{path} {asked}"


def test_the_deployment_check_has_nothing_to_say():
    """With what an operator must set, and nothing more."""
    variables = {"SECRET_KEY": "k" + "7Zq-" * 15, "PATH": "/usr/bin:/bin", "SITE_URL": "https://konferenz.example.org"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "System check identified no issues (0 silenced)."
