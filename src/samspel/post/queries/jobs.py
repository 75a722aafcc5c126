"""How the workers and their jobs fare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from samspel.kernel import jobs

# Heartbeats come every ten seconds; as the rescue of stalled jobs reckons.
SILENT_AFTER = timedelta(seconds=30)
LANES = (jobs.URGENT, jobs.BULK)


@dataclass(frozen=True)
class Workers:
    """How many workers have been heard of in the last half minute, and when any last was."""

    alive: int
    seen_at: datetime | None


@dataclass(frozen=True)
class Lane:
    """One lane: jobs that could start and have not, and since when; `later` are those that wait for their moment."""

    name: str
    ready: int
    ready_since: datetime | None
    later: int


def workers(at: datetime) -> Workers:
    """The workers, by their heartbeats. One that stopped in order leaves no trace."""
    beats = list(ProcrastinateWorker.objects.values_list("last_heartbeat", flat=True))
    return Workers(sum(beat > at - SILENT_AFTER for beat in beats), max(beats, default=None))


def stalled(at: datetime) -> QuerySet[ProcrastinateJob]:
    """Jobs under way at a worker that has fallen silent, or that is gone; oldest first."""
    silent = Q(worker=None) | Q(worker__last_heartbeat__lt=at - SILENT_AFTER)
    return ProcrastinateJob.objects.filter(silent, status="doing").order_by("id")


def failed() -> QuerySet[ProcrastinateJob]:
    """Jobs that ended in an error and will not be tried again by themselves, newest first; `ended_at` says when."""
    ended = ProcrastinateEvent.objects.filter(job=OuterRef("pk"), type="failed").order_by("-id").values("at")[:1]
    return ProcrastinateJob.objects.filter(status="failed").annotate(ended_at=Subquery(ended)).order_by("-id")


def lanes(at: datetime) -> list[Lane]:
    """Both lanes, urgent first."""
    is_ready = Q(scheduled_at=None) | Q(scheduled_at__lte=at)
    counted = {
        row["queue_name"]: row
        for row in ProcrastinateJob.objects.filter(status="todo", queue_name__in=LANES)
        .values("queue_name")
        .annotate(
            ready=Count("pk", filter=is_ready),
            later=Count("pk", filter=~is_ready),
            first=Min("pk", filter=is_ready),
        )
        .order_by()
    }
    since = _ready_since([row["first"] for row in counted.values() if row["first"]])
    nothing = {"ready": 0, "later": 0, "first": None}
    return [
        Lane(name, row["ready"], since.get(row["first"]), row["later"])
        for name, row in ((name, counted.get(name, nothing)) for name in LANES)
    ]


def _ready_since(numbers: list[int]) -> dict[int, datetime]:
    """Since when jobs could have started: when they were asked for, or the moment they had to wait for."""
    asked = ProcrastinateEvent.objects.filter(job__in=numbers, type__in=["deferred", "deferred_for_retry"])
    rows = asked.values("job").annotate(asked_at=Max("at"), due_at=Max("job__scheduled_at")).order_by()
    return {row["job"]: max(filter(None, (row["asked_at"], row["due_at"]))) for row in rows}
