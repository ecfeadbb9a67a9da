"""The index follows what is written, in the same transaction."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from conference.models import Page, SearchDocument, SearchTerm
from conference.search import rebuild_index, remove_from_index, update_index
from conference.search.index import missing_documents
from tests import make
from tests.conference.search.pages import results, titles
from tests.conference.search.test_query import HITS

pytestmark = pytest.mark.django_db


def test_update_index_replaces_what_was_there():
    page = make.page("Brache")
    update_index(page)
    page.title = "Garten"
    page.save()
    update_index(page)
    assert titles("Brache") == []
    assert titles("Garten") == ["Garten"]
    assert missing_documents() == 0


def test_remove_from_index():
    page = make.page("Brache")
    update_index(page)
    remove_from_index(page)
    page.delete()
    assert titles("Brache") == []
    assert missing_documents() == 0


def test_update_index_takes_part_in_the_transaction():
    page = make.page("Brache")
    with pytest.raises(RuntimeError), transaction.atomic():
        update_index(page)
        raise RuntimeError
    assert titles("Brache") == []


def test_rebuild_search_finds_the_same_as_single_updates(library):
    single = {text: titles(text) for text, _expected in HITS}
    for document in SearchDocument.objects.all():
        document.delete()
    update_index(*Page.objects.all())
    assert {text: titles(text) for text, _expected in HITS} == single


def test_rebuild_search_command_repairs_what_its_check_finds(library, capsys):
    call_command("rebuild_search", check=True)
    SearchDocument.objects.first().delete()
    with pytest.raises(CommandError):
        call_command("rebuild_search", check=True)
    call_command("rebuild_search")
    call_command("rebuild_search", check=True)
    assert "6 Einträge" in capsys.readouterr().out


def test_deleted_things_without_a_word_to_the_index_are_not_found():
    page = make.page("Brache")
    rebuild_index()
    page.delete()
    assert results("Brache").total == 0


def test_terms_hold_the_words_of_all_documents(library):
    assert SearchTerm.objects.get(word="kommunen").stem == "kommun"
    assert SearchTerm.objects.get(word="offentlichkeit").stem == "offent"
