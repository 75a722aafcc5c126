"""Health, for whoever watches the machine: does the process answer, and is it ready for people."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspel.post.queries import jobs as queries


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as soon as the process answers; asks nothing of anything else."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is in; else 503 with which of the two is missing.

    `workers` tells whether a job worker has been seen in the last half minute, and when. Without one no mail leaves,
    but pages are answered all the same: that alone is no 503 here, but at `/halsa/arbetare`.
    """
    try:
        missing = _missing_migrations()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False, "migrations": False}, status=503)
    told = {"ready": not missing, "database": True, "migrations": not missing}
    return JsonResponse(told | (_workers() if not missing else {}), status=503 if missing else 200)


@require_safe
@never_cache
def workers(request: HttpRequest) -> JsonResponse:
    """200 while a job worker is seen; 503 when none has been for half a minute, and since when."""
    try:
        told = _workers()
    except DatabaseError:
        return JsonResponse({"workers": False, "worker_seen_at": None}, status=503)
    return JsonResponse(told, status=200 if told["workers"] else 503)


def _workers() -> dict[str, object]:
    seen = queries.workers(timezone.now())
    return {"workers": bool(seen.alive), "worker_seen_at": seen.seen_at}


def _missing_migrations() -> list[object]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
