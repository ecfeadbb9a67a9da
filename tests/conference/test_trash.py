"""What is thrown away comes back as it was, to the last column."""

import pytest

from conference.models import Conference
from conference.trash import restore, trash
from sessions_app.models import Event
from tests import make
from tests.trashed import World, everything, found_by_search

pytestmark = pytest.mark.django_db


def test_a_conference_goes_and_comes_back_row_by_row():
    world = World()
    before, known = everything(), found_by_search()
    entry = trash(world.conference, make.administrator(username="ada"))
    assert not Conference.objects.filter(pk=world.conference.pk).exists()
    assert list(Event.objects.all()) == [world.outside]
    restore(entry)
    assert everything() == before
    assert found_by_search() == known
