"""Old revisions go, the newest and what is published stay."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from conference.editing.pruning import prune
from conference.editing.revisions import keep
from conference.editing.snapshot import take
from conference.models import Revision
from tests import make

pytestmark = pytest.mark.django_db
KIND = Revision.Kind


def revisions(record, *ages, kind=KIND.WORKING_COPY):
    """Of a working copy, so many days old."""
    for days in ages:
        made = keep(record, kind, data=take(record) if kind == KIND.WORKING_COPY else None)
        Revision.objects.filter(pk=made.pk).update(created_at=timezone.now() - datetime.timedelta(days=days))


def left(record):
    return sorted(Revision.objects.of(record).values_list("number", flat=True))


def test_old_revisions_go_but_the_newest_and_what_is_live_stay():
    page, other = make.page(), make.page()
    revisions(page, 990, kind=KIND.FOUND)  # 1
    revisions(page, 980, kind=KIND.PUBLISHED)  # 2: published last
    revisions(page, 970, kind=KIND.WITHDRAWN)  # 3: live last
    revisions(page, 900, 850, 800, 20, 10)
    revisions(other, 900, 800)
    assert prune(730, 2, dry_run=True) == 4
    assert len(left(page)) == 8
    assert prune(730, 2) == 4
    assert (left(page), left(other)) == ([2, 3, 7, 8], [1, 2])
    assert prune(730, 2) == 0
    assert prune(0, 0) == 2
    assert (left(page), left(other)) == ([2, 3, 8], [2])


def test_prune_is_quick_with_many(django_assert_max_num_queries):
    page = make.page()
    data = take(page)
    keys = Revision.keys(page)
    Revision.objects.bulk_create(
        Revision(**keys, number=n, kind=KIND.SAVED, is_live=n == 1, data=data) for n in range(1, 1101)
    )
    Revision.objects.update(created_at=timezone.now() - datetime.timedelta(days=800))
    with django_assert_max_num_queries(12):
        assert prune(730, 20) == 1079
    assert len(left(page)) == 21


def test_command_says_what_it_did():
    page, out = make.page(), StringIO()
    revisions(page, 900, 800, 800)
    call_command("prune_revisions", "--keep=1", "--dry-run", stdout=out)
    call_command("prune_revisions", "--days=850", "--keep=1", stdout=out)
    assert out.getvalue().splitlines() == ["2 Stände zum Löschen.", "1 Stand gelöscht."]
