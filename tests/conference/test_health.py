"""What the operator's monitor asks."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db


def test_live_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "ok"}


def test_ready_when_everything_is_there(client):
    assert client.get("/health/ready").json() == {"status": "ok"}


def test_not_ready_while_a_migration_waits(client):
    executor = MigrationExecutor(connection)
    latest = next(leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] == "sessions_app")
    executor.recorder.record_unapplied(*latest)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["problems"]) == (503, ["migrations are waiting"])
