"""What would be, seen as if it were: everything written inside a rehearsal is taken back at its end."""

from contextlib import contextmanager

from django.db import transaction


class _Over(Exception):
    pass


@contextmanager
def rehearsal():
    """A transaction that is rolled back in any case. An answer must be rendered before it ends.

    On SQLite it holds the write lock, so it should not take longer than a page does.
    """
    try:
        with transaction.atomic():
            yield
            raise _Over
    except _Over:
        pass
