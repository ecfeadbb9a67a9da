import pytest
from django.db import connection

from conference.exports import snapshot as room
from conference.exports.snapshot import snapshot


@pytest.fixture
def reader_and_writer(monkeypatch, tmp_path, transactional_db):
    """Two connections to one database. SQLite gets a file for it: in memory, readers and writers do not exist."""
    pair = [connection, connection.copy()]
    if connection.vendor == "sqlite":
        pair = [connection.copy(), connection.copy()]
        for each in pair:
            each.settings_dict = each.settings_dict | {"NAME": str(tmp_path / "snapshot.sqlite3")}
        monkeypatch.setattr(room, "connection", pair[0])
    with pair[1].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS snapshot_probe")
        cursor.execute("CREATE TABLE snapshot_probe (number integer)")
    yield pair
    pair[0].close()
    with pair[1].cursor() as cursor:
        cursor.execute("DROP TABLE snapshot_probe")
    pair[1].close()


def count(reader) -> int:
    with reader.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM snapshot_probe")
        return cursor.fetchone()[0]


def add(writer):
    with writer.cursor() as cursor:
        cursor.execute("INSERT INTO snapshot_probe VALUES (1)")


def test_snapshot_shows_one_moment_and_keeps_nobody_from_writing(reader_and_writer):
    reader, writer = reader_and_writer
    with snapshot():
        assert count(reader) == 0
        add(writer)
        assert count(reader) == 0
    assert count(reader) == 1


def test_snapshot_ends_when_a_download_is_given_up(reader_and_writer):
    reader, writer = reader_and_writer

    def pieces():
        with snapshot():
            yield count(reader)
            yield count(reader)

    download = pieces()
    next(download)
    download.close()
    add(writer)
    assert count(reader) == 1
    add(reader)


def test_snapshot_leaves_a_transaction_of_others_alone(db):
    with snapshot():
        assert connection.in_atomic_block
    assert connection.in_atomic_block
