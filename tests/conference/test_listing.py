"""Filters, order and pages of a list, from the query string."""

import pytest
from django.http import Http404, QueryDict
from django.test import RequestFactory

from conference.listing import Filter, Listing, Option, Sort
from conference.models import Organisation
from tests import make

pytestmark = pytest.mark.django_db
KINDS = [Option("research", "Forschung"), Option("ministry", "Ministerium"), Option("company", "Unternehmen")]
SORTS = [
    Sort("name", "Name", lambda rows: rows.by_name()),
    Sort("neu", "Neueste", lambda rows: rows.order_by("-pk")),
]


def listing(query="", **options):
    kind = Filter("art", "Art", KINDS, lambda rows, chosen: rows.of_kind(chosen))
    request = RequestFactory().get(f"/liste/?{query}")
    return Listing(request, Organisation.objects.published(), [kind], SORTS, **options)


@pytest.fixture(autouse=True)
def _organisations():
    make.organisation("Amt", kind="ministry")
    make.organisation("Uni", kind="research")
    make.organisation("Büro", kind="company")


def names(query="", **options):
    return [organisation.name for organisation in listing(query, **options)]


def test_rows_come_in_the_first_order_unless_another_is_chosen():
    assert names() == ["Amt", "Büro", "Uni"]
    assert names("sortierung=neu") == ["Büro", "Uni", "Amt"]
    assert names("sortierung=quatsch") == ["Amt", "Büro", "Uni"]


def test_several_values_of_a_filter_are_joined_by_or():
    assert names("art=ministry&art=research") == ["Amt", "Uni"]


def test_unknown_and_repeated_values_change_nothing():
    assert names("art=geheim") == ["Amt", "Büro", "Uni"]
    assert listing("art=ministry&art=ministry&art=x").kept == [("art", "ministry")]


def test_active_filters_remove_themselves_and_the_page_number():
    active = listing("art=ministry&art=research&sortierung=neu&seite=1").active
    assert [filter_.label for filter_ in active] == ["Forschung", "Ministerium"]
    removed = QueryDict(active[0].remove_query.removeprefix("?"))
    assert removed.getlist("art") == ["ministry"]
    assert removed["sortierung"] == "neu"
    assert "seite" not in removed


def test_the_last_filter_leads_back_to_the_plain_list():
    assert listing("art=ministry").active[0].remove_query == "/liste/"


def test_pages_end_where_the_rows_end():
    assert names("seite=2", per_page=2) == ["Uni"]
    assert listing("seite=2", per_page=2).page_numbers == [1, 2]
    assert listing("art=ministry").total == 1
    for wrong in ("3", "0", "x", ""):
        with pytest.raises(Http404):
            listing(f"seite={wrong}", per_page=2)


def test_an_empty_list_has_its_first_page():
    Organisation.objects.all().delete()
    assert names() == []
