"""Carry a list of people out: everything that was chosen, in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.operations import add_person
from samspel.accounts.operations.adding import Newcomer, add_people
from samspel.accounts.operations.merging import merge
from samspel.accounts.queries.people import standing_for
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.registry.models import Appointment, PeopleBatch, PeopleBatchState
from samspel.registry.operations.appointments import AppointmentRefused, enter, refuse_to_herself
from samspel.registry.operations.bulk.entering import enter_many
from samspel.registry.operations.bulk.proposing import ListRefused, locked
from samspel.registry.queries import bulk as queries
from samspel.registry.queries.bulk import Verdict
from samspel.registry.rules import duplicates
from samspel.registry.rules.people_rows import RowFault


class ChoicesLacking(Refusal):
    """Some rows may be somebody who is known, and nobody has said whether they are; `numbers` are the rows."""

    code = "choices_lacking"

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(_("Choose for every row that may be somebody who is here already. Nothing has been changed."))
        self.numbers = numbers


@transaction.atomic
def apply(
    *, batch: PeopleBatch, by: Any, at: datetime, on_row: Callable[[int], object] = lambda number: None
) -> PeopleBatch:
    """Add and appoint everybody in the list, merge those who were said to be one, and let go of the rows.

    What has changed since the list was looked at is looked at again here. on_row: told each row's number as it is
    done. Raises ChoicesLacking, ListRefused, BatchClosed, NotMerged, PermissionDenied; then nothing is changed.
    """
    kept = locked(batch, by, at)
    reading = queries.reading_of(kept, by, at)
    # Nobody else appoints those who are known between the look and the deed.
    list(queries.known_people(reading.rows).select_for_update(no_key=True).order_by("pk"))
    verdicts = reading.verdicts
    if reading.faults:
        raise ListRefused(reading.faults)
    if closed := [one.row for one in verdicts if one.outcome == queries.CLOSED]:
        raise ListRefused([RowFault(row.number, "email", "account_closed", row.email) for row in closed])
    if lacking := [one.row.number for one in verdicts if one.is_asked]:
        raise ChoicesLacking(lacking)
    carrying = _Carrying(by, at)
    asked = _asked_about(verdicts)
    carrying.carry_plain([one for one in verdicts if one.row.email not in asked], on_row)
    for verdict in verdicts:
        if verdict.row.email in asked:
            carrying.carry(verdict)
            on_row(verdict.row.number)
    kept.counts = {name: count for name, count in carrying.counts.items() if count}
    # Personal data, needed no more.
    kept.rows, kept.choices = [], {}
    kept.state, kept.applied_at = PeopleBatchState.APPLIED, at
    kept.save()
    record(action="registry.people_batch.applied", on=kept, by=by, at=at, **kept.counts)
    return kept


def _asked_about(verdicts: list[Verdict]) -> set[str]:
    """The addresses about which something was chosen, and of those they were said to be: taken one by one, in order."""
    found = set()
    for verdict in verdicts:
        if verdict.choice:
            found |= {verdict.row.email, *(match.known.email for match in verdict.matches)}
    return found


class _Carrying:
    """One list being carried out: who each address turned out to be, and how many of each outcome."""

    def __init__(self, by: Any, at: datetime) -> None:
        self.by, self.at = by, at
        self.counts: Counter[str] = Counter()
        self._people: dict[str, Person | None] = {}
        self._of_row: dict[str, Person | None] = {}

    def carry_plain(self, verdicts: list[Verdict], on_row: Callable[[int], object]) -> None:
        """Rows about which there is no question, in few statements."""
        lacking = {one.row.email: one.row for one in verdicts if one.person is None}
        newcomers = [Newcomer(row.email, row.name, row.phone) for row in lacking.values()]
        added = add_people(newcomers=newcomers, by=self.by, at=self.at) if newcomers else {}
        self.counts["added"] += len(added)
        to_enter = []
        for verdict in verdicts:
            person = verdict.person or added[verdict.row.email]
            self._people[verdict.row.email] = self._of_row[f"row-{verdict.row.number}"] = person
            if verdict.outcome == queries.HELD:
                self.counts["held"] += 1
            else:
                self._require_another(verdict, person)
                to_enter.append((verdict, person))
            on_row(verdict.row.number)
        self.counts["appointed"] += enter_many(verdicts=to_enter, by=self.by, at=self.at)

    def carry(self, verdict: Verdict) -> None:
        """One row: find or add the person, then appoint her."""
        row = verdict.row
        if row.email not in self._people or verdict.choice:
            self._people[row.email] = self._person(verdict)
        person = self._of_row[f"row-{row.number}"] = self._people[row.email]
        if person is None:
            self.counts["skipped"] += 1
        elif verdict.outcome == queries.HELD or self._holds(person, verdict):
            self.counts["held"] += 1
        else:
            self._appoint(person, verdict)

    def _person(self, verdict: Verdict) -> Person | None:
        what, whose = duplicates.parse_choice(verdict.choice) or (duplicates.ANOTHER, "")
        if what == duplicates.SKIP:
            return None
        if what == duplicates.ANOTHER:
            return self._own(verdict)
        same = self._found(whose)
        if same is None or (what == duplicates.KEEP and verdict.person is None):
            return same or self._own(verdict)
        return self._merged(same, verdict, what)

    def _own(self, verdict: Verdict) -> Person:
        row = verdict.row
        if verdict.person is None:
            self.counts["added"] += 1
        return add_person(email=row.email, name=row.name, phone=row.phone, by=self.by, at=self.at)

    def _found(self, whose: str) -> Person | None:
        """The person of a choice: one of this list, or one who was here; merged meanwhile, whom she was merged into."""
        if whose.startswith("row-"):
            return self._of_row.get(whose)
        return standing_for(Person.objects.select_related("merged_into").get(key=UUID(whose)))

    def _merged(self, same: Person, verdict: Verdict, what: str) -> Person:
        """Both histories under the one who was here first, with the address that was chosen."""
        gone = add_person(
            email=verdict.row.email, name=verdict.row.name, phone=verdict.row.phone, by=self.by, at=self.at
        )
        if gone.pk == same.pk:
            return same
        email = gone.email if what == duplicates.TAKE else same.email
        self.counts["merged"] += 1
        kept = merge(keep=same, gone=gone, email=email, by=self.by, at=self.at)
        for people in (self._people, self._of_row):
            people.update(
                {key: kept for key, one in people.items() if one is not None and one.pk in (same.pk, gone.pk)}
            )
        return kept

    def _holds(self, person: Person, verdict: Verdict) -> bool:
        """Asked only of somebody who turned out to be another than the list was looked at for."""
        if verdict.outcome in (queries.NEW, queries.KNOWN) and person == verdict.person:
            return False
        held = Appointment.objects.filter(
            person=person,
            role=verdict.row.role,
            organizer=verdict.where.organizer,
            university=verdict.where.university,
            school_unit=verdict.where.unit,
        )
        return any(queries.span_of(verdict).meets(queries.Span(*days)) for days in held.values_list("from_on", "to_on"))

    def _appoint(self, person: Person, verdict: Verdict) -> None:
        row, where = verdict.row, verdict.where
        try:
            enter(
                person=person,
                role=row.role,
                organizer=where.organizer,
                university=where.university,
                school_unit=where.unit,
                title=row.title,
                from_on=verdict.from_on,
                to_on=row.to_on,
                by=self.by,
                at=self.at,
                is_told=False,
            )
        except AppointmentRefused as refusal:
            raise _refused(verdict, refusal) from refusal
        self.counts["appointed"] += 1

    def _require_another(self, verdict: Verdict, person: Person) -> None:
        """She who hands in the list gives herself nothing that somebody else must give."""
        try:
            refuse_to_herself(self.by, person, verdict.row.role, verdict.where.place)
        except AppointmentRefused as refusal:
            raise _refused(verdict, refusal) from refusal


def _refused(verdict: Verdict, refusal: AppointmentRefused) -> ListRefused:
    row = verdict.row
    return ListRefused([RowFault(row.number, "role", code, row.role) for code in refusal.codes])
