"""What the lists and forms of the editing screens cost: as many queries for many rows as for one."""

import itertools
import uuid

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User

from conference.models import Conference, Image, Material, Organisation, Page, Theme
from projects_app.models import Project
from sessions_app.models import Contribution, Cue, Event, Speaker, Video
from tests import make
from tests.desk import made, url

pytestmark = pytest.mark.django_db

LISTS = [
    *(Conference, Contribution, Cue, Event, Image, Material, Organisation, Page, Project, Speaker, Theme, User, Video)
]
UNIQUE = ("slug", "number", "acronym", "username")
counter = itertools.count(1000)


def many(model, count):
    """Copies of one that is whole, each with what has to be unique."""
    first = made(model)
    unique = [field for field in UNIQUE if hasattr(first, field)]
    rows = []
    for number in itertools.islice(counter, count):
        row = model.objects.get(pk=first.pk)
        row.pk, row._state.adding = None, True
        if hasattr(row, "uuid"):
            row.uuid = uuid.UUID(int=number)
        for field in unique:
            setattr(row, field, number if field == "number" else f"kopie-{number}")
        rows.append(row)
    model.objects.bulk_create(rows)


def test_every_list_is_counted():
    """But that of the groups, of which there are a few."""
    assert set(admin.site._registry) == {*LISTS, Group}


@pytest.mark.parametrize("model", LISTS)
def test_a_list_asks_twelve_times_at_most_however_long(client, django_assert_max_num_queries, model):
    client.force_login(make.administrator())

    def asked():
        with django_assert_max_num_queries(12) as queries:
            response = client.get(url(model, "changelist"))
        assert response.status_code == 200
        return len(queries), response.context["cl"].result_count

    many(model, 0)
    asked()
    few, _rows = asked()
    many(model, 120)
    long, rows = asked()
    assert rows > 120
    assert long <= few + 1  # The pages of a list that has several.


@pytest.mark.parametrize(
    ("model", "rows"),
    [
        (Project, lambda owner: make.partnership(project=owner)),
        (Speaker, lambda owner: make.involvement(speaker=owner)),
        (Contribution, lambda owner: make.appearance(contribution=owner, organisations=[make.organisation()])),
    ],
)
def test_a_form_asks_no_more_for_many_rows(publisher_client, django_assert_max_num_queries, model, rows):
    def asked(count):
        owner = made(model)
        for _row in range(count):
            rows(owner)
        with django_assert_max_num_queries(40) as queries:
            assert publisher_client.get(url(model, "change", owner.pk)).status_code == 200
        return len(queries)

    asked(1)
    assert asked(1) == asked(30)
