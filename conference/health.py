"""For the operator's monitor: is the process alive, is everything it needs there?"""

import os

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def live(request):
    """The process answers. No database, no disk."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request):
    """The database answers, no migration waits, uploads can be written. 503 and the reason otherwise."""
    problems = [reason for check in (_database, _media) if (reason := check())]
    if problems:
        return JsonResponse({"status": "not ready", "problems": problems}, status=503)
    return JsonResponse({"status": "ok"})


def _database() -> str | None:
    try:
        executor = MigrationExecutor(connection)
    except Exception:
        return "database does not answer"
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "migrations are waiting"
    return None


def _media() -> str | None:
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    return None if os.access(settings.MEDIA_ROOT, os.W_OK) else "uploads cannot be written"
