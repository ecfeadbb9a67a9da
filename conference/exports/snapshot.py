"""One consistent state of the database for as long as a listing takes."""

import contextlib

from django.db import DatabaseError, connection, transaction


@contextlib.contextmanager
def snapshot():
    """All reads inside see the same moment. Nobody waits for it: no lock is taken that a writer needs.

    Inside a transaction of somebody else nothing changes: theirs decides.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # `atomic` would take the write lock (IMMEDIATE, see settings) and keep editors from saving meanwhile.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
