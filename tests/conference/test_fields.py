"""Field kinds of this house."""

import pytest
from django.core.exceptions import ValidationError

from conference.models import Organisation
from conference.models.fields import parse_partial_date, sort_key
from projects_app.models import Project
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2017", "2017"),
        ("2017-03", "2017-03"),
        ("2020-02-29", "2020-02-29"),
        ("3.2017", "2017-03"),
        ("1.3.2017", "2017-03-01"),
        (" 01.03.2017 ", "2017-03-01"),
    ],
)
def test_partial_dates(typed, kept):
    assert parse_partial_date(typed) == kept


@pytest.mark.parametrize(
    "typed", ["17", "2017-13", "2019-02-29", "März 2017", "2017-3", "31.4.2017", "2017-03-01T00:00"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValidationError, match="kein Datum"):
        Project(acronym="A", start=typed).full_clean()


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("2017-03", "2017", True),
        ("2017", "2017-03", True),
        ("2017-03", "2016", False),
        ("2017-03-02", "2017-03-01", False),
    ],
)
def test_a_project_ends_after_it_begins_as_far_as_is_known(start, end, fits):
    project = Project(acronym="A", start=start, end=end)
    if fits:
        project.full_clean()
    else:
        with pytest.raises(ValidationError, match="vor dem Beginn"):
            project.full_clean()


def test_codes_come_back_as_they_went_in_and_can_be_asked_for():
    both = make.project(federal_states=["DE-NI", "DE-HE"])
    none = make.project()
    both.refresh_from_db()
    none.refresh_from_db()
    assert (both.federal_states, none.federal_states) == (["DE-HE", "DE-NI"], [])
    assert both.state_names == ["Hessen", "Niedersachsen"]
    assert set(Project.objects.in_states(["DE-NI"])) == {both}
    assert set(Project.objects.in_states(["DE-SN"])) == set()


def test_an_unknown_state_is_refused():
    with pytest.raises(ValidationError, match="DE-XX"):
        Project(acronym="A", federal_states=["DE-XX"]).full_clean()


def test_sort_keys_follow_din_5007():
    names = ["Zimmer", "Öko-Institut", "Oder", "Ähre", "Straße", "Strasser", "Łódź", "Lodi"]
    assert sorted(names, key=sort_key) == [
        "Ähre",
        "Lodi",
        "Łódź",
        "Oder",
        "Öko-Institut",
        "Straße",
        "Strasser",
        "Zimmer",
    ]


def test_the_database_sorts_umlauts_where_readers_look_for_them():
    for name in ("Zimmer", "Ähre", "Oder", "Öko"):
        make.organisation(name=name)
    assert [str(one) for one in Organisation.objects.by_name()] == ["Ähre", "Oder", "Öko", "Zimmer"]
