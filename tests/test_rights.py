"""Every address of the site and everybody who could come: the table is walked, and no word is read by the wrong one.

An address, a kind of thing or a listing that is new has no row in `rights_table.py`, and fails here until somebody has
said who may open it.
"""

from types import SimpleNamespace

import pytest

from tests.crawl import world as database
from tests.rights_table import ALIKE, TABLE, VARIANTS
from tests.rights_walk import Walk, patterns
from tests.rights_world import MARKERS, OTHER, ROLES, World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rights_world(django_db_setup, django_db_blocker, tmp_path_factory):
    with database(django_db_blocker, tmp_path_factory.mktemp("media")):
        yield World()


@pytest.fixture(scope="module")
def walk(rights_world):
    with pytest.MonkeyPatch.context() as patch:
        # Whoever may ask other servers is let in; here nobody is asked.
        patch.setattr("conference.links.desk.check_links", lambda *args, **options: SimpleNamespace(offline=False))
        return Walk(rights_world)


def _expected(name: str) -> str:
    return VARIANTS.get(name) or next(who for beginning, who in ALIKE.items() if name.startswith(beginning))


def test_every_address_is_in_the_table():
    """And no row is left of one that is gone."""
    assert {name for name, _route in patterns()} == TABLE.keys()


def test_a_name_stands_for_one_address():
    """What is named twice is Django's, hidden behind ours."""
    names = [name for name, _route in patterns()]
    assert {name for name in names if names.count(name) > 1} <= {"admin:view_on_site"}


def test_who_gets_in_is_as_the_table_says(walk):
    found = {name: (by["GET"], by["POST"]) for name, by in walk.entered.items() if "POST" in by}
    assert {name: who for name, who in found.items() if who != TABLE[name]} == {}
    assert found.keys() == TABLE.keys()


def test_who_gets_in_depends_on_what_is_asked(walk):
    found = {name: by["GET"] for name, by in walk.entered.items() if "POST" not in by}
    assert {name: who for name, who in found.items() if who != _expected(name)} == {}
    assert found.keys() >= VARIANTS.keys()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_what_is_theirs_and_no_word_more(walk, role):
    """Both ways: a marker nobody could find would prove nothing."""
    expected = {word for word, who in MARKERS.items() if role in who}
    assert {word: sorted(where)[:3] for word, where in walk.read[role].items() if word not in expected} == {}
    assert walk.read[role].keys() == expected


def test_who_publishes_elsewhere_reads_what_all_share(walk):
    shared = {"shared_draft", "picture"}
    assert {word: sorted(where)[:3] for word, where in walk.read[OTHER].items() if word not in shared} == {}
    assert walk.read[OTHER].keys() == shared
