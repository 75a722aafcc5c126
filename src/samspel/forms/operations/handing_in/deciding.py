"""What a filled PDF says is gone through: what is to stand is written, what is not is remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.forms import permissions
from samspel.forms.models import Answer, HandedIn, HandedInState
from samspel.forms.operations import saving
from samspel.forms.operations.handing_in.refusals import HandedInRefused
from samspel.forms.operations.taking import take
from samspel.forms.queries import handed_in as queries
from samspel.forms.queries.answers import changes_since
from samspel.forms.rules.handed_in import Unit
from samspel.kernel.audit import record


@dataclass(frozen=True)
class Decided:
    """What became of a decision.

    revision: the answer's; accepted, refused: paths decided now; moved: paths that somebody changed since the page was
    opened, left to be looked at anew; left: how many wait still.
    """

    revision: int
    accepted: frozenset[str]
    refused: frozenset[str]
    moved: frozenset[str]
    left: int


@transaction.atomic
def decide(
    *,
    handed_in: HandedIn,
    accepted: Collection[str],
    refused: Collection[str],
    by: Any,
    at: datetime,
    seen: int | None = None,
) -> Decided:
    """Write what is accepted into the answer, remember what is refused; the rest waits.

    accepted, refused: paths of units (`queries.handed_in.units_of`); a path in both, or of nothing to decide, counts
    for nothing. seen: the answer's revision on the page, so that nothing written after it is overwritten unseen.
    Raises PermissionDenied; AnswerRefused if the answer is submitted; HandedInRefused if all is decided.
    """
    answer = take(permissions.WRITE, handed_in.answer, by=by, at=at)
    handed_in = _locked(handed_in, answer)
    waiting = {unit.path: unit for unit in queries.undecided(handed_in, queries.units_of(handed_in))}
    moved = _moved(answer, waiting.values(), seen) & set(accepted)
    chosen = [waiting[path] for path in waiting if path in accepted and path not in refused and path not in moved]
    put_by = {path for path in refused if path in waiting and path not in accepted}
    revision = (
        saving.write(answer=answer, values=_values(chosen), by=by, at=at, way="pdf") if chosen else answer.revision
    )
    taken = {unit.path for unit in chosen}
    left = len(waiting.keys() - taken - put_by)
    _remember(handed_in, taken, put_by, left, by, at)
    if taken or put_by or not left:
        facts = {"accepted": len(taken), "refused": len(put_by), "left": left}
        record(action="forms.answer.pdf_gone_through", on=answer, by=by, at=at, handed_in=handed_in.key, **facts)
    return Decided(revision, frozenset(taken), frozenset(put_by), frozenset(moved), left)


@transaction.atomic
def put_away(*, handed_in: HandedIn, by: Any, at: datetime) -> HandedIn:
    """Nothing more of it is to be used; the file and what it said stay. Raises PermissionDenied, HandedInRefused."""
    answer = take(permissions.WRITE, handed_in.answer, by=by, at=at)
    handed_in = _locked(handed_in, answer)
    handed_in.state, handed_in.done_at, handed_in.done_by = HandedInState.DROPPED, at, by.key
    handed_in.save(update_fields=["state", "done_at", "done_by"])
    record(action="forms.answer.pdf_put_away", on=answer, by=by, at=at, handed_in=handed_in.key)
    return handed_in


def _locked(handed_in: HandedIn, answer: Answer) -> HandedIn:
    locked = HandedIn.objects.select_for_update().get(pk=handed_in.pk, answer=answer)
    locked.answer = answer
    if locked.state != HandedInState.WAITING:
        raise HandedInRefused("gone_through" if locked.state == HandedInState.DONE else "put_away")
    return locked


def _moved(answer: Answer, waiting: Iterable[Unit], seen: int | None) -> set[str]:
    """Units in which somebody wrote after the page was opened."""
    if seen is None or seen >= answer.revision:
        return set()
    changed = changes_since(answer, seen)
    rows = {path.rpartition("/")[0] for path in changed}
    return {
        unit.path
        for unit in waiting
        if any(each.path in changed for each in unit.fields) or (unit.is_row and unit.path in rows)
    }


def _values(chosen: Iterable[Unit]) -> dict[str, Any]:
    """Path to what is written: of a new row its cells (its place comes with them), of one that goes the row alone."""
    found: dict[str, Any] = {}
    for unit in chosen:
        first, *cells = unit.fields
        if not unit.is_row or not first.read.is_new_row:
            found[unit.path] = first.read.value
        else:
            found |= {each.path: each.read.value for each in cells if not each.read.fault}
    return found


def _remember(handed_in: HandedIn, taken: set[str], put_by: set[str], left: int, by: Any, at: datetime) -> None:
    handed_in.decided |= dict.fromkeys(taken, "accepted") | dict.fromkeys(put_by, "refused")
    if not left:
        handed_in.state, handed_in.done_at, handed_in.done_by = HandedInState.DONE, at, by.key
    handed_in.save(update_fields=["decided", "state", "done_at", "done_by"])
