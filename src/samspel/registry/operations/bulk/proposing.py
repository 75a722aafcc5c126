"""Look at a list of people and keep it until it is carried out. Nobody gets a role by this."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.registry import permissions
from samspel.registry.models import Organizer, PeopleBatch, PeopleBatchState, University
from samspel.registry.queries import bulk as queries
from samspel.registry.queries.holdings import place_of
from samspel.registry.rules.people_rows import FAULTS_TOLD, PeopleRows, RowFault, to_stored

GOOD_FOR: Final = timedelta(days=7)


class ListRefused(Refusal):
    """The list cannot be used as it stands; `faults` names every one. Nothing is kept."""

    code = "list_refused"

    def __init__(self, faults: list[RowFault]) -> None:
        super().__init__(_("Nothing has been changed. Put right what is listed, and hand the list in again."))
        self.faults = faults


class BatchClosed(Refusal):
    """The list has been carried out, thrown away or is too old."""

    code = "batch_closed"

    def __init__(self) -> None:
        super().__init__(_("This list has been carried out already, or its time is over. Hand it in again."))


@transaction.atomic
def propose(
    *,
    read: PeopleRows,
    by: Any,
    at: datetime,
    organizer: Organizer | None = None,
    university: University | None = None,
) -> PeopleBatch:
    """Keep a list that was read without fault, for a week. Bound to an organization, or to none by the agency.

    Raises ListRefused with every fault, PermissionDenied unless `by` adds people there.
    """
    batch = PeopleBatch(
        organizer=organizer, university=university, proposed_at=at, proposed_by=by.key, expires_at=at + GOOD_FOR
    )
    require_may_add(batch, by, at)
    faults = list(read.faults)
    if not faults:
        places, faults = queries.located(read.rows, queries.bound_of(batch), timezone.localdate(at))
        faults += _not_to_give(read, places, batch, by, at)
    if faults:
        raise ListRefused(sorted(faults, key=lambda fault: fault.number)[:FAULTS_TOLD])
    batch.rows = to_stored(read.rows)
    batch.save()
    record(action="registry.people_batch.proposed", on=batch, by=by, at=at, rows=len(batch.rows))
    return batch


@transaction.atomic
def choose(*, batch: PeopleBatch, choices: Mapping[int, str], by: Any, at: datetime) -> PeopleBatch:
    """Note what was chosen of rows (row number to choice); what is not one of a row's choices is left out."""
    kept = locked(batch, by, at)
    reading = queries.reading_of(kept, by, at)
    is_merger = queries.may_merge(by, at)
    for verdict in reading.verdicts:
        choice = choices.get(verdict.row.number, "")
        if choice and verdict.outcome == queries.TWIN and queries.is_open_choice(choice, verdict, is_merger=is_merger):
            kept.choices[str(verdict.row.number)] = choice
    kept.save(update_fields=["choices"])
    return kept


def require_may_add(batch: PeopleBatch, by: Any, at: datetime) -> None:
    """Raises PermissionDenied unless `by` adds people to the batch's organization; anywhere for one bound to none."""
    if (batch.organizer_id or batch.university_id) and not queries.may_add_anywhere(by, at):
        permissions.TABLE.require(by, permissions.ADD_PEOPLE_AT_HOME, at, place=place_of(batch))
    else:
        permissions.TABLE.require(by, permissions.ADD_PEOPLE_ANYWHERE, at)


def locked(batch: PeopleBatch, by: Any, at: datetime) -> PeopleBatch:
    """The batch, locked. Raises PermissionDenied for anybody but who handed it in, BatchClosed."""
    rows = PeopleBatch.objects.select_for_update(of=("self",)).select_related("organizer", "university")
    found = rows.filter(pk=batch.pk).first()
    if found is None or found.state != PeopleBatchState.PROPOSED or found.expires_at <= at:
        raise BatchClosed
    permissions.require(found.proposed_by == by.key)
    require_may_add(found, by, at)
    return found


def _not_to_give(read: PeopleRows, places: Any, batch: PeopleBatch, by: Any, at: datetime) -> list[RowFault]:
    """Rows whose role she may not give at her own organization; the agency's officers give any outside the agency."""
    if queries.may_add_anywhere(by, at):
        return []
    given = set(permissions.roles_to_give(by, place_of(batch), at))
    return [RowFault(row.number, "role", "not_to_give", row.role) for row in read.rows if row.role not in given]
