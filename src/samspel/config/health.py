"""Health, for whoever watches the machine: does the process answer, and is it ready for people."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as soon as the process answers; asks nothing of anything else."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is in; else 503 with which of the two is missing."""
    try:
        missing = _missing_migrations()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False, "migrations": False}, status=503)
    return JsonResponse(
        {"ready": not missing, "database": True, "migrations": not missing}, status=503 if missing else 200
    )


def _missing_migrations() -> list[object]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
