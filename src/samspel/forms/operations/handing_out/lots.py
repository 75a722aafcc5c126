"""A handing-out is carried out lot by lot, each in a transaction of its own: broken off, it goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Prefetch

from samspel.accounts.models import Person
from samspel.forms.models import HandOut, HandOutReceiver, HandOutState
from samspel.forms.operations.handing_out import withdrawing
from samspel.forms.operations.handing_out.beginning import Lot, begin
from samspel.forms.operations.handing_out.words import GO_ON
from samspel.kernel import jobs
from samspel.kernel.audit import SYSTEM, record
from samspel.registry.models import Municipality

LOT: Final = 25


def queue(decided: HandOut) -> None:
    """The job that goes on with it; one waits at a time."""
    jobs.queue("forms.go_on_handing_out", lane=jobs.BULK, only_one=f"{GO_ON}:{decided.pk}", hand_out=decided.pk)


@transaction.atomic
def go_on(*, hand_out: HandOut, at: datetime) -> Lot | None:
    """The next lot of what somebody has decided, in her name; None when nothing is left. Two at once take turns.

    What has been done is never done again: a receiver is marked in the same transaction as her answers are begun.
    """
    decided = HandOut.objects.select_for_update(of=("self",)).select_related("version__definition").get(pk=hand_out.pk)
    if decided.state == HandOutState.WITHDRAWING:
        return withdrawing.go_on(decided, number=LOT, at=at)
    if decided.state != HandOutState.HANDING:
        return None
    left = _next(decided)
    if not left:
        return _finished(decided, at)
    lot = begin(decided, left, by=_who(decided.decided_by), at=at)
    HandOutReceiver.objects.bulk_update(left, ["done_at", "left"])
    return lot


def carry_out(*, hand_out: HandOut, at: datetime) -> Iterator[Lot]:
    """Lot after lot until nothing is left."""
    while (lot := go_on(hand_out=hand_out, at=at)) is not None:
        yield lot


def _next(decided: HandOut) -> list[HandOutReceiver]:
    """With what forms are filled in beforehand from."""
    rows = decided.receivers.filter(done_at=None).select_related(
        "university", "organizer__municipality__county", "organizer__county"
    )
    members = Prefetch("organizer__members", queryset=Municipality.objects.select_related("county"))
    return list(rows.prefetch_related(members).order_by("pk")[:LOT])


def _finished(decided: HandOut, at: datetime) -> None:
    decided.state, decided.done_at = HandOutState.DONE, at
    decided.save(update_fields=["state", "done_at"])
    record(action="forms.hand_out.done", on=decided, by=SYSTEM, at=at, answers=decided.answers.count())


def _who(key: Any) -> Any:
    return Person.objects.get(key=key) if key else SYSTEM
