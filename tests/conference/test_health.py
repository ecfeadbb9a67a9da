"""What the operator's monitor asks."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_live_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "ok"}


def test_ready_when_everything_is_there(client):
    assert client.get("/health/ready").json() == {"status": "ok"}


def test_not_ready_while_a_migration_waits(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_unapplied("sessions_app", "0001_initial")
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["problems"]) == (503, ["migrations are waiting"])
