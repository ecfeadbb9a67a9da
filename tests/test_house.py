"""The rules of the house, as far as a machine can check them. Each failure names file and line."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = ("conference", "projects_app", "sessions_app")


def _files(*folders, suffix=".py"):
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob(f"*{suffix}"))]
    return [path for path in found if "migrations" not in path.parts]


CODE = [(path, ast.parse(path.read_text(), str(path))) for path in _files(*APPS)]
TEMPLATES = [(path, path.read_text()) for path in _files("templates", suffix=".html")]
PUBLIC_TEMPLATES = [(path, text) for path, text in TEMPLATES if "admin" not in path.parts]
DELIVERED = [
    (path, path.read_text()) for kind in (".css", ".js", ".svg") for path in _files("static", *APPS, suffix=kind)
]


def _place(path, line) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def _hits(pattern, files):
    return [
        f"{_place(path, text.count(chr(10), 0, hit.start()) + 1)} {hit[0].strip()}"
        for path, text in files
        for hit in re.finditer(pattern, text)
    ]


def _calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, getattr(node.func, "attr", getattr(node.func, "id", ""))


# ── The wall ─────────────────────────────────────────────────────────────────────────────────
def test_only_publishing_knows_what_published_means():
    asked = re.compile(r"(^|__)(status|published_at|expires_at)(__|$)")
    questions = {"filter", "exclude", "get", "Q", "When", "update", "update_or_create", "get_or_create"}
    found = [
        _place(path, call.lineno)
        for path, tree in CODE
        if path.name != "publishing.py"
        for call, name in _calls(tree)
        if name in questions and any(asked.search(keyword.arg or "") for keyword in call.keywords)
    ]
    assert found == []


def test_only_publishing_writes_the_status():
    found = [
        _place(path, node.lineno)
        for path, tree in CODE
        if path.name != "publishing.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "status"
    ]
    assert found == []


# ── Rooms ────────────────────────────────────────────────────────────────────────────────────
def test_no_room_is_a_drawer():
    drawer = re.compile(r"(^|_)(utils?|helpers?|common|core|misc)(_|$)")
    places = [*_files(*APPS, "tests", "scripts"), *_files("templates", suffix=".html")]
    found = [path for path in places if any(drawer.search(Path(part).stem) for part in path.relative_to(ROOT).parts)]
    assert found == []


def test_no_file_is_longer_than_300_lines():
    files = [*_files(*APPS, "tests", "scripts", "benchmarks"), *_files("templates", suffix=".html")]
    found = [_place(path, lines) for path in files if (lines := len(path.read_text().splitlines())) > 300]
    assert found == []


def test_no_function_is_longer_than_40_lines():
    found = [
        f"{_place(path, node.lineno)} {node.name}"
        for path, tree in CODE
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40
    ]
    assert found == []


def test_every_room_says_what_it_is_for():
    found = [path.relative_to(ROOT) for path, tree in CODE if tree.body and not ast.get_docstring(tree)]
    assert found == []


def test_imports_stand_at_the_top():
    """But in `apps.py`, which Django reads before there are models."""
    found = [
        _place(path, inner.lineno)
        for path, tree in CODE
        if path.name != "apps.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_only_the_settings_read_the_environment():
    allowed = {ROOT / "conference" / "settings.py", ROOT / "conference" / "wsgi.py"}
    reading = re.compile(r"environ\b|getenv\b")
    found = [_place(path, 0) for path in _files(*APPS) if path not in allowed and reading.search(path.read_text())]
    assert found == []


def test_models_do_no_unseen_work():
    """No `save()` of our own, and no signal but the one after migrating: call the function."""
    saves = [
        _place(path, node.lineno)
        for path, tree in CODE
        if "models" in path.parts or path.name == "publishing.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    ]
    signals = _hits(
        r"\b(?:pre|post)_(?:save|delete|init)\.connect|m2m_changed|@receiver",
        [(p, p.read_text()) for p in _files(*APPS)],
    )
    assert saves + signals == []


def test_every_migration_can_be_taken_back():
    loader = MigrationLoader(None)
    found = [
        f"{key} {operation}"
        for key, migration in loader.disk_migrations.items()
        if key[0] in APPS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert found == []


def test_sqlite_never_wraps_a_whole_request():
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


# ── Addresses ────────────────────────────────────────────────────────────────────────────────
def _own_patterns(patterns=None):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace is None:
                yield from _own_patterns(pattern.url_patterns)
        elif pattern.callback.__module__.split(".")[0] in APPS:
            yield pattern


def test_every_address_has_one_name_of_its_own():
    names = Counter(pattern.name for pattern in _own_patterns())
    assert len(names) > 20
    assert [name for name, count in names.items() if count > 1 or name is None] == []


def test_a_view_is_called_like_its_address():
    different = [
        (pattern.name, pattern.callback.__name__)
        for pattern in _own_patterns()
        if pattern.callback.__class__.__name__ == "function"
        and pattern.callback.__name__ not in (pattern.name, pattern.name.partition("_")[2])
    ]
    assert different == []


def test_a_page_template_is_called_like_its_address():
    names = {pattern.name for pattern in _own_patterns()}
    found = [path for path, _text in TEMPLATES if path.parent.name in APPS and path.stem not in names]
    assert found == []


# ── Templates ────────────────────────────────────────────────────────────────────────────────
def test_templates_never_query():
    assert _hits(r"\{[{%][^}]*\.(all|objects|exists|[a-z]+_set)\b[^}]*\}", TEMPLATES) == []


def test_there_is_one_parent_and_no_grandparent():
    parents = {hit.split()[-1] for hit in _hits(r'(?<=\{% extends )"[^"]+"', PUBLIC_TEMPLATES)}
    assert parents == {'"base.html"'}
    assert "{% extends" not in (ROOT / "templates" / "base.html").read_text()


def test_a_component_names_its_inputs_in_its_first_line():
    components = [(path, text) for path, text in TEMPLATES if path.parent.name == "components"]
    assert [path.name for path, text in components if "{#" not in text.splitlines()[0]] == []


def test_nothing_is_inline():
    """The policy forbids it: no script, no style, no handler inside the markup. Data blocks are no scripts."""
    inline = (
        r'<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>|<style\b|\sstyle="|\son[a-z]+="|javascript:'
    )
    drawn = [(path, text) for path, text in DELIVERED if path.suffix == ".svg"]
    assert _hits(inline, [*TEMPLATES, *drawn]) == []


def test_no_other_host_is_named():
    """In templates and static files: what is loaded comes from here. A link to a licence or to ORCID loads nothing."""
    names = r"www\.w3\.org/|schema\.org|purl\.org/|www\.sitemaps\.org/|json-schema\.org/"
    assert (
        _hits(
            rf"(?:src|action|@import|url|fetch|<link[^>]+href)\W+(?:https?:)?//(?!{names})[a-z0-9-]+(?:\.[a-z0-9-]+)+",
            [*TEMPLATES, *DELIVERED],
        )
        == []
    )


def test_scripts_keep_nothing_about_the_visitor():
    """But where a video was left, and whose player is welcome: in the browser only, when asked, to be switched off."""
    scripts = [(path, text) for path, text in DELIVERED if path.suffix == ".js" and "static" in path.parts]
    found = _hits(r"document\.cookie|localStorage|sessionStorage|sendBeacon|indexedDB|\beval\(", scripts)
    allowed = re.compile(r"static/js/(admin/.*|player\.js:\d+ localStorage$)")
    assert [hit for hit in found if not allowed.match(hit)] == []


TAGS = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{% comment.*?\{% endcomment %\}|<!--.*?-->|"
    r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<script.*?</script>",
    re.DOTALL,
)


def test_every_string_in_a_template_is_marked():
    """What is left without tags and translations holds no word."""
    found = []
    for path, text in PUBLIC_TEMPLATES:
        bare = TAGS.sub(lambda hit: "\n" * hit[0].count("\n"), text)
        attributes = r'\s(?:aria-label|alt|placeholder|title|content)="([^"]*)"'
        spoken = re.sub(r"<meta(?! name=\"(?:description|author)\")[^>]*>", "", bare)
        words = [*re.findall(attributes, spoken), *re.sub(r"<[^>]*>", " ", spoken).split()]
        found += [f"{path.relative_to(ROOT)} {word}" for word in words if re.search(r"[^\W\d_]{2}", word)]
    names = {"ISBN", "ORCID", "BibTeX", "RIS", "CSL-JSON", "WebVTT", "SRT", "schedule.xml", "schedule.json", "OAI-PMH"}
    signs = {"&amp;", "&nbsp;", "&shy;", "&ndash;", "&middot;"}
    assert [word for word in found if word.split()[-1] not in names | signs] == []


# ── Words ────────────────────────────────────────────────────────────────────────────────────
def test_the_catalogue_is_complete_and_compiled():
    path = ROOT / "conference/locale/en/LC_MESSAGES/django.po"
    source, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))
    assert [entry.msgid for entry in source.untranslated_entries() + source.fuzzy_entries()] == []
    spoken = {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in source if not entry.obsolete}
    assert {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in compiled} == spoken


# ── Packages and papers ──────────────────────────────────────────────────────────────────────
def _pins(name) -> dict[str, str]:
    lines = (ROOT / name).read_text().splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith(" "))


def test_tests_run_on_the_packages_that_run():
    """So that one environment serves both, and `make run` after `make test` installs nothing."""
    running, testing = _pins("requirements.txt"), _pins("requirements-test.txt")
    assert running.items() <= testing.items()


def test_no_file_names_a_registry_or_the_machine_it_was_made_on():
    hosts = (r"py" r"pi\.org", r"python" r"hosted", r"npm" r"js\.(?:org|com)", r"debian" r"\.org/", r"\s/ho" r"me/\w+/")
    kinds = (".py", ".txt", ".toml", ".md", ".html", ".js", ".css", ".yaml", ".in")
    folders = (*APPS, "templates", "static", "tests", "scripts", "benchmarks", "docs")
    files = [path for kind in kinds for path in _files(*folders, suffix=kind)]
    files += [path for path in ROOT.iterdir() if path.suffix in kinds or path.name == "Makefile"]
    assert _hits("|".join(hosts), [(path, path.read_text()) for path in files]) == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_papers_point_to_what_is_there(name):
    text = (ROOT / name).read_text()
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    commands = set(re.findall(r"(?:^|`)(?:[A-Z_]+=\S+ )?make ([a-z]+)", text, re.MULTILINE))
    recipes = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert [path for path in linked if not (ROOT / path).exists()] == []
    assert commands - recipes == set()


def test_the_floors_are_named_once():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    assert contract["layers"] == ["sessions_app", "projects_app", "conference"]
