"""What is wrong now, in words and with since when: for the operations page and the daily mail to administrators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.kernel import jobs
from samspel.kernel.handed_down import HandedDown
from samspel.post.models import Message
from samspel.post.queries import audits, messages
from samspel.post.queries import jobs as job_queries

# A lane with a living worker starts a job in milliseconds; bulk mail may stand in line for a long time.
STANDS_STILL_AFTER = {jobs.URGENT: timedelta(minutes=2), jobs.BULK: timedelta(minutes=30)}

MAILINGS_LOOKED_AT = timedelta(days=90)


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong. code: the same for the same kind of trouble; url: where one can act on it."""

    code: str
    sentence: str
    count: int = 1
    since: datetime | None = None
    url: str = ""


trouble_finders: HandedDown[Callable[[datetime], Iterable[Trouble]]] = HandedDown()
"""What else can be wrong; the app that knows adds its own. Worst first, by `order`; post's own come at 10 to 50."""


@dataclass(frozen=True)
class LaneOfMessages:
    """Messages of a lane that are not delivered yet. due: those that could leave now; since: of the oldest of these."""

    lane: str
    waiting: int
    due: int
    since: datetime | None


def troubles(at: datetime) -> list[Trouble]:
    """All that is wrong at a moment, worst first; nothing if all is well."""
    return [trouble for find in trouble_finders for trouble in find(at)]


def messages_by_lane(at: datetime) -> list[LaneOfMessages]:
    """Both lanes, urgent first, in one query over the rows that wait."""
    waiting = Message.objects.filter(state__in=messages.UNDER_WAY)
    counted = {
        row["lane"]: row
        for row in waiting.values("lane")
        .annotate(waiting=Count("pk"), due=Count("pk", filter=_is_due(at)), since=Min("due_at", filter=_is_due(at)))
        .order_by()
    }
    nothing = {"waiting": 0, "due": 0, "since": None}
    rows = ((lane, counted.get(lane, nothing)) for lane in job_queries.LANES)
    return [LaneOfMessages(lane, row["waiting"], row["due"], row["since"]) for lane, row in rows]


def _is_due(at: datetime) -> Q:
    return Q(due_at__lte=at)


def find_silent_workers(at: datetime) -> Iterator[Trouble]:
    """No worker at all, or a lane in which jobs stand still."""
    seen = job_queries.workers(at)
    if not seen.alive:
        yield Trouble("no-worker", _("No worker has been seen: no mail leaves."), since=seen.seen_at)
    for lane in job_queries.lanes(at):
        if lane.ready_since is not None and lane.ready_since < at - STANDS_STILL_AFTER[lane.name]:
            said = {
                jobs.URGENT: ngettext(
                    "%(number)s urgent job stands still.", "%(number)s urgent jobs stand still.", lane.ready
                ),
                jobs.BULK: ngettext(
                    "%(number)s bulk job stands still.", "%(number)s bulk jobs stand still.", lane.ready
                ),
            }[lane.name]
            yield Trouble(f"lane-{lane.name}", said % {"number": lane.ready}, lane.ready, lane.ready_since)


def find_doubt(at: datetime) -> Iterator[Trouble]:
    """Messages that may have left: each waits for a decision."""
    yield from _counted(
        "in-doubt",
        messages.in_doubt().aggregate(number=Count("pk"), since=Min("claimed_at")),
        lambda number: ngettext(
            "%(number)s message is in doubt: it may have been sent. Decide.",
            "%(number)s messages are in doubt: they may have been sent. Decide.",
            number,
        ),
    )


def find_wrong_mailings(at: datetime) -> Iterator[Trouble]:
    """Mailings of the last months that do not add up."""
    wrong = audits.wrong(since=at - MAILINGS_LOOKED_AT)
    if wrong:
        said = ngettext(
            "%(number)s mailing does not add up: somebody is missing, or has two.",
            "%(number)s mailings do not add up: somebody is missing, or has two.",
            len(wrong),
        )
        oldest = min(audit.written_at for audit in wrong)
        yield Trouble("mailing", said % {"number": len(wrong)}, len(wrong), oldest)


def find_failed_messages(at: datetime) -> Iterator[Trouble]:
    """Messages given up that nobody has looked at."""
    yield from _counted(
        "failed",
        messages.failed_unseen().order_by().aggregate(number=Count("pk"), since=Min("written_at")),
        lambda number: ngettext(
            "%(number)s message could not be sent, and nobody has looked at it.",
            "%(number)s messages could not be sent, and nobody has looked at them.",
            number,
        ),
    )


def find_stopped_jobs(at: datetime) -> Iterator[Trouble]:
    """Jobs at a silent worker, and jobs that ended in an error."""
    if number := job_queries.stalled(at).count():
        said = ngettext(
            "%(number)s job has lost its worker. It is taken up again within a minute, if a worker lives.",
            "%(number)s jobs have lost their worker. They are taken up again within a minute, if a worker lives.",
            number,
        )
        yield Trouble("stalled-jobs", said % {"number": number}, number)
    yield from _counted(
        "failed-jobs",
        job_queries.failed().order_by().aggregate(number=Count("pk"), since=Min("ended_at")),
        lambda number: ngettext("%(number)s job ended in an error.", "%(number)s jobs ended in an error.", number),
    )


def _counted(code: str, found: dict[str, Any], said: Callable[[int], str]) -> Iterator[Trouble]:
    if number := found["number"]:
        yield Trouble(code, said(number) % {"number": number}, number, found["since"])


for _order, _find in enumerate(
    (find_silent_workers, find_doubt, find_wrong_mailings, find_failed_messages, find_stopped_jobs), start=1
):
    trouble_finders.add(f"post.{_find.__name__}", _find, order=10 * _order)
