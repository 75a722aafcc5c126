"""Dates of the registry that somebody has to keep: what came in and waits for an answer, and tasks that end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import Due, DueSource, deed_in_words
from samspel.kernel.permissions import Place
from samspel.registry import permissions
from samspel.registry.models import (
    Appointment,
    AppointmentDraft,
    Authorization,
    AuthorizationState,
    DraftState,
    Interest,
    InterestState,
    Role,
)
from samspel.registry.queries.appointments import RELATED
from samspel.registry.queries.appointments import place_of as name_of_place
from samspel.registry.queries.doing import at_agency, tasks_at
from samspel.registry.queries.endings import ending_by
from samspel.registry.queries.entry import answer_due
from samspel.registry.queries.holdings import organizer_place, place_of

AUTHORIZATION: Final = "registry.authorization"
INTEREST: Final = "registry.interest"
DRAFT: Final = "registry.draft"
ENDING: Final = "registry.ending"
_REPLACE: Final = "replace"
_HAND_OVER: Final = "hand_over"


@dataclass(frozen=True)
class _Sort:
    """What came in from outside and is open until somebody answers: which rows, since when, and the deed."""

    kind: str
    rows: QuerySet[Any]
    came: str
    page: str
    deed: Any

    def still_open(self, keys: Collection[str] | None, *, lock: bool) -> list[Any]:
        """The open rows; of some keys alone, if any are given."""
        rows = self.rows.all().order_by("pk")
        if keys is not None:
            rows = rows.filter(key__in=[key.partition(":")[2] for key in keys])
        return list(rows.select_for_update(of=("self",)) if lock else rows)

    def due(self, row: Any, people: frozenset[int]) -> Due:
        """The date of one row, for these people."""
        organization = row.organizer or getattr(row, "university", None)
        return Due(
            kind=self.kind,
            key=f"{self.kind}:{row.key}",
            deed=deed_in_words(self.deed, organization=str(organization)),
            due_on=answer_due(getattr(row, self.came)),
            address=reverse(self.page, args=[row.key]),
            people=people,
            where=str(organization),
        )


_AUTHORIZATIONS = _Sort(
    AUTHORIZATION,
    Authorization.objects.filter(state=AuthorizationState.SUBMITTED).select_related("organizer", "university"),
    "submitted_at",
    "registry:authorization",
    _("Judge the authorization of %(organization)s"),
)
_INTERESTS = _Sort(
    INTEREST,
    Interest.objects.filter(state=InterestState.NEW).select_related("organizer"),
    "received_at",
    "registry:interest",
    _("Answer the interest of %(organization)s in a coordinator"),
)
_DRAFTS = _Sort(
    DRAFT,
    AppointmentDraft.objects.filter(state=DraftState.WAITING).select_related("organizer"),
    "drafted_at",
    "registry:draft",
    _("Confirm the coordinator of %(organization)s"),
)


def _for_agency(sort: _Sort, deed: str) -> Any:
    """What the agency answers: everybody there who may, and does that task now."""

    def found(keys: Collection[str] | None, at: datetime, *, lock: bool) -> list[Due]:
        rows = sort.still_open(keys, lock=lock)
        if not rows:
            return []
        people = frozenset(one.pk for one in at_agency(at) if permissions.TABLE.allows(one, deed, at))
        return [sort.due(row, people) for row in rows]

    return found


def _drafts(keys: Collection[str] | None, at: datetime, *, lock: bool) -> list[Due]:
    """What an organizer confirms: those who run it."""
    rows = _DRAFTS.still_open(keys, lock=lock)
    heads = permissions.TABLE.deeds[permissions.CONFIRM_DRAFT].at_own_place
    doing = _doing({organizer_place(row.organizer_id) for row in rows}, at, heads) if rows else {}
    return [_DRAFTS.due(row, doing.get((organizer_place(row.organizer_id), None), frozenset())) for row in rows]


def _endings(keys: Collection[str] | None, at: datetime, *, lock: bool) -> list[Due]:
    """Tasks that end soon: for those who can give them to somebody, and else for her whose it is."""
    rows = ending_by(timezone.localdate(at))
    if keys is not None:
        rows = rows.filter(pk__in={key.split(":")[1] for key in keys})
    if lock:
        list(Appointment.objects.select_for_update().filter(pk__in=rows.values("pk")).order_by("pk"))
    found = list(rows.select_related(*RELATED))
    giving = _doing({place_of(row) for row in found}, at, frozenset(Role)) if found else {}
    return [due for row in found for due in _ends(row, giving)]


def _ends(row: Appointment, giving: dict[tuple[Place, str | None], frozenset[int]]) -> Iterator[Due]:
    place = place_of(row)
    givers = permissions.TABLE.deeds[permissions.giving_deed(row.role, place)].roles
    can = frozenset().union(*(giving.get((place, role), frozenset()) for role in givers))
    if can:
        yield _ending(row, _REPLACE, can)
    if row.person_id not in can:
        yield _ending(row, _HAND_OVER, frozenset({row.person_id}))


def _ending(row: Appointment, what: str, people: frozenset[int]) -> Due:
    words = {
        _REPLACE: _("Appoint somebody new, or prolong: %(role)s at %(where)s"),
        _HAND_OVER: _("Hand over your task: %(role)s at %(where)s"),
    }
    pages = {_REPLACE: "registry:appointment", _HAND_OVER: "registry:handover"}
    assert row.to_on is not None
    return Due(
        kind=ENDING,
        key=f"{ENDING}:{row.pk}:{what}",
        deed=deed_in_words(words[what], role=Role(row.role).label, where=name_of_place(row)),
        due_on=row.to_on,
        address=reverse(pages[what], args=[row.pk]),
        people=people,
        where=name_of_place(row),
    )


def _doing(places: set[Place], at: datetime, roles: Collection[str]) -> dict[tuple[Place, str | None], frozenset[int]]:
    """Place and role (None: any of the roles) to those who do it there now."""
    found: dict[tuple[Place, str | None], frozenset[int]] = {}
    for place, tasks in tasks_at(places, at, roles=roles).items():
        for task in tasks:
            for role in (task.role, None):
                found[place, role] = found.get((place, role), frozenset()) | task.done_by
    return found


def _source(kind: str, label: Any, found: Any) -> DueSource:
    def between(first: date, last: date, at: datetime) -> Iterable[Due]:
        return [due for due in found(None, at, lock=False) if first <= due.due_on <= last]

    def now(keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterable[Due]:
        wanted = set(keys)
        return [due for due in found(wanted, at, lock=lock) if due.key in wanted]

    return DueSource(kind, label, between, now)


SOURCES: Final = (
    _source(
        AUTHORIZATION,
        _("Authorizations to judge"),
        _for_agency(_AUTHORIZATIONS, permissions.JUDGE_AUTHORIZATION),
    ),
    _source(INTEREST, _("Interests to answer"), _for_agency(_INTERESTS, permissions.ANSWER_INTEREST)),
    _source(DRAFT, _("Appointments to confirm"), _drafts),
    _source(ENDING, _("Tasks that end"), _endings),
)
