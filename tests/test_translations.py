"""English speaks to the public: the catalogue is complete, and no page under /en/ falls back into German."""

import ast
import re
from pathlib import Path

import html5lib
import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode
from django.test import Client
from django.urls import reverse
from django.utils import translation

from conference.models import Conference, Organisation, Theme
from projects_app.models import Project
from sessions_app.models import Event, Speaker, Video
from tests.crawl import world

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "conference/locale/en/LC_MESSAGES/django.po"
# What only the editors read; they read German.
INTERNAL = {"admin", "exports", "imports", "interchange", "management", "migrations", "records", "transcripts"}
INTERNAL |= {"accounts", "board", "copying", "editing", "joining", "links", "review", "runs", "similar", "trash"}
INTERNAL |= {"unsaved", "board.py", "desk.py", "begun.py"}
INTERNAL |= {
    "admin.py",
    "editorial.py",
    "file_types.py",
    "images.py",
    "imports.py",
    "overview.py",
    "records.py",
    "begun.py",
}
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
IN_TEMPLATES = re.compile(r"""(?:\{%\s*translate\s+|\b_\()(["'])(.+?)\1""")
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sd]|%[sd]")
READ_ALOUD = ("aria-label", "placeholder", "alt", "title", "data-done", "data-failed")
GERMAN = re.compile(
    r"\b(Veranstaltung|Mitwirkende|Vorhaben|Verbund|Kernbotschaft|Einrichtung|Konferenz|Beitrag|Beiträge|Leitfrage|"
    r"Aufzeichnung|Materialien|Teilnehmende|Programm|Anwenden|Treffer|Suche|Suchen|Alle|Weiter|Zurück|Seite|Seiten|"
    r"Sprache|Sortieren|Schließen|Datum|Uhrzeit|Uhr|Ort|Dauer|Rechte|Lizenz|Stand|Zum|Zur|Zu|Noch|Keine?|nicht|wird|"
    r"aus|bis|und|oder|von|mit|der|die|das)(en|n|s)?\b"
)


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """The Herbst-Konferenz, loaded once for all pages; they only read."""
    with world(django_db_blocker, tmp_path_factory.mktemp("media")):
        call_command("load_sample", verbosity=0)
        yield


def _in_templates():
    """What public templates say: {message: template}."""
    folder, found = ROOT / "templates", {}
    for path in folder.rglob("*.html"):
        name = path.relative_to(folder)
        if name.parts[0] == "admin":
            continue
        found |= {message: str(name) for _quote, message in IN_TEMPLATES.findall(path.read_text())}
        template = engines["django"].get_template(str(name)).template
        for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
            found[node.render_token_list(node.singular)[0]] = str(name)
    return found


def _in_code():
    """What public modules say: {message: module}."""
    found = {}
    for app in ("conference", "projects_app", "sessions_app"):
        for path in (ROOT / app).rglob("*.py"):
            module = path.relative_to(ROOT)
            if INTERNAL.isdisjoint(module.parts):
                found |= {message: str(module) for message in _messages(ast.parse(path.read_text()))}
    return found


def _messages(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if words:
                yield words[-1 if node.func.id.startswith("pgettext") else 0]


@pytest.mark.parametrize("collected", [_in_templates, _in_code])
def test_everything_the_public_reads_is_translated(catalogue, collected):
    messages = collected()
    assert len(messages) > 50
    translated = {entry.msgid for entry in catalogue.translated_entries()}
    assert {message: place for message, place in messages.items() if message not in translated} == {}


def test_no_translation_is_a_guess(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_catalogue_is_compiled(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def words(entries):
        return {(e.msgctxt, e.msgid, e.msgid_plural or ""): (e.msgstr, *e.msgstr_plural.values()) for e in entries}

    assert words(compiled) == words(catalogue.translated_entries())


def test_placeholders_are_kept(catalogue):
    pairs = [(e.msgid, e.msgstr) for e in catalogue.translated_entries() if not e.msgid_plural]
    for entry in catalogue.translated_entries():
        if entry.msgid_plural:
            pairs += [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
    lost = [(ours, theirs) for ours, theirs in pairs if _placeholders(ours) != _placeholders(theirs)]
    assert lost == []


def _placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def _addresses():
    """An address of every kind of page, and of what a search can answer."""
    lists = ("conference", "event", "theme", "speaker", "project", "organisation", "video", "material")
    words = ("", "Kommune", "Komune", "xyzxyz", "-a", "der", "!")
    with translation.override("en"):
        yield from (reverse("home"), reverse("page_detail", args=["datenschutz"]), f"{reverse('home')}gibt-es-nicht/")
        yield from (reverse(f"{name}_list") for name in lists)
        yield from (f"{reverse('event_list')}?thema=gibt-es-nicht", reverse("api_documentation"))
        yield from (f"{reverse('search')}?q={asked}" for asked in words)
        for model in (Conference, Theme, Event, Speaker, Project, Organisation, Video):
            yield from (thing.get_absolute_url() for thing in model.objects.published()[:7])


def _english(element, language=""):
    """The texts of a page in what it calls English, attributes that are read aloud among them."""
    if not isinstance(element.tag, str) or element.tag in {"script", "style", "title", "link", "code"}:
        return
    language = element.get("lang", language)
    if language == "en":
        yield from (element.get(name) for name in READ_ALOUD if element.get(name))
        yield element.text or ""
    for child in element:
        yield from _english(child, language)
        if language == "en":
            yield child.tail or ""


def test_pages_in_english_show_no_german_of_ours(sample, catalogue):
    english = {entry.msgstr for entry in catalogue}
    german = {entry.msgid for entry in catalogue if entry.msgstr.lower() != entry.msgid.lower()} - english
    client, found, read = Client(), [], 0
    for address in _addresses():
        page = html5lib.parse(client.get(address).content, namespaceHTMLElements=False)
        assert page.get("lang") == "en", address
        for text in filter(None, (" ".join(text.split()) for text in _english(page))):
            read += 1
            if GERMAN.search(text) or text.strip(" ·,:–") in german:
                found.append((address, text))
    assert read > 1000
    assert found == []
