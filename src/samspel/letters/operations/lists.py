"""Named lists are made, filled, looked through, and emptied in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.refusals import Refusal
from samspel.kernel.values.sorting import search_key
from samspel.letters import permissions
from samspel.letters.models import ListRow, NamedList
from samspel.letters.rules.audiences.pasting import MOST_LINES, Line, lines
from samspel.registry.models import Organizer

LONGEST_KEPT: Final = timedelta(days=366)
MOST_ROWS: Final = 5_000
MOST_TOLD: Final = 20


class ListRefused(Refusal):
    """Something about a list was not done, and why. told: more sentences, one for each line that was wrong."""

    code = "list_refused"

    def __init__(self, sentence: Any, *, code: str, told: Sequence[str] = ()) -> None:
        self.told = list(told)
        super().__init__(sentence, code=code)


@transaction.atomic
def make(*, name: str, purpose: str, review_on: date, by: Any, at: datetime) -> NamedList:
    """Make an empty list. Raises ListRefused: no name or purpose, the name is taken, a day too late or past."""
    permissions.TABLE.require(by, permissions.KEEP_LISTS, at)
    named = NamedList(made_at=at, made_by=by.key)
    _give(named, name, purpose, review_on, at)
    named.save()
    record(action="letters.list.made", on=named, by=by, at=at, review_on=review_on.isoformat())
    return named


@transaction.atomic
def change(*, named: NamedList, name: str, purpose: str, review_on: date, by: Any, at: datetime) -> NamedList:
    """Another name, purpose or day of review. Raises ListRefused as `make`, or if it has ended."""
    named = _take(named, by, at)
    was = named.review_on
    _give(named, name, purpose, review_on, at)
    named.save(update_fields=["name", "purpose", "review_on"])
    action = "letters.list.kept" if review_on != was else "letters.list.changed"
    record(action=action, on=named, by=by, at=at, review_on=review_on.isoformat())
    return named


@transaction.atomic
def add(*, named: NamedList, pasted: str, by: Any, at: datetime) -> int:
    """Put all that is pasted on a list, or nothing: addresses, people by theirs, organizers by number or name.

    Returns how many came on it; who is there already is passed over. Raises ListRefused with what is wrong, by line.
    """
    named = _take(named, by, at)
    found = lines(pasted)
    if not found:
        raise ListRefused(_("Write at least one line."), code="nothing")
    if len(found) > MOST_LINES:
        raise ListRefused(_("That is too many lines at a time. Paste at most 2,000."), code="too_many_lines")
    rows, wrong = _rows(named, found, by, at)
    if wrong:
        raise ListRefused(_("Nothing was added. Put these lines right:"), code="lines", told=_told(wrong))
    before = named.rows.count()
    if before + len(rows) > MOST_ROWS:
        raise ListRefused(_("A list holds at most 5,000. Make another one."), code="too_many")
    ListRow.objects.bulk_create(rows, ignore_conflicts=True)
    added = named.rows.count() - before
    record(action="letters.list.added_to", on=named, by=by, at=at, number=added)
    return added


@transaction.atomic
def remove(*, named: NamedList, rows: Iterable[int], by: Any, at: datetime) -> int:
    """Take rows off a list; returns how many."""
    named = _take(named, by, at)
    number, _kinds = named.rows.filter(pk__in=list(rows)).delete()
    if number:
        record(action="letters.list.removed_from", on=named, by=by, at=at, number=number)
    return number


@transaction.atomic
def end(*, named: NamedList, by: Any, at: datetime) -> NamedList:
    """The list is not used any more; whoever is on it is deleted. Letters that name it reach nobody by it."""
    named = _take(named, by, at)
    _empty(named, at)
    record(action="letters.list.ended", on=named, by=by, at=at)
    return named


@transaction.atomic
def run_out(*, at: datetime) -> int:
    """Every list whose day of review is past is emptied and ended. Returns how many."""
    late = NamedList.objects.select_for_update().filter(ended_at=None, review_on__lt=timezone.localdate(at))
    found = list(late.order_by("pk"))
    for named in found:
        _empty(named, at)
        record(action="letters.list.run_out", on=named, by=SYSTEM, at=at)
    return len(found)


def _take(named: NamedList, by: Any, at: datetime) -> NamedList:
    named = NamedList.objects.select_for_update().get(pk=named.pk)
    permissions.TABLE.require(by, permissions.KEEP_LISTS, at)
    if named.ended_at:
        raise ListRefused(_("The list has ended. Make another one."), code="ended")
    return named


def _empty(named: NamedList, at: datetime) -> None:
    named.rows.all().delete()
    named.ended_at = at
    named.save(update_fields=["ended_at"])


def _give(named: NamedList, name: str, purpose: str, review_on: date, at: datetime) -> None:
    name, purpose = (" ".join(text.replace("\x00", "").split()) for text in (name, purpose))
    if not name or not purpose:
        raise ListRefused(_("Say what the list is called, and what it is for."), code="no_name")
    if len(name) > 200 or len(purpose) > 500:
        raise ListRefused(_("Say it in fewer words."), code="too_long")
    if NamedList.objects.filter(name__iexact=name, ended_at=None).exclude(pk=named.pk).exists():
        raise ListRefused(_("There is a list with that name already."), code="name_taken")
    today = timezone.localdate(at)
    if not today < review_on <= today + LONGEST_KEPT:
        raise ListRefused(_("The day to look through the list has to be ahead, and within a year."), code="day")
    named.name, named.purpose, named.review_on = name, purpose, review_on


def _rows(named: NamedList, found: list[Line], by: Any, at: datetime) -> tuple[list[ListRow], list[tuple[Line, str]]]:
    """The rows that lines make, and the lines that make none, with why. Three queries however many."""
    people = Person.objects.filter(email__in=[line.address for line in found if line.address], is_active=True)
    by_email = people.in_bulk(field_name="email")
    numbers = Organizer.objects.filter(organization_number__in=[line.organization_number for line in found])
    by_number = numbers.in_bulk(field_name="organization_number")
    by_name: dict[str, list[Organizer]] = {}
    keys = {line.number: search_key(line.words[:220]) for line in found if line.words}
    for one in Organizer.objects.filter(search_key__in=keys.values(), ended_on=None):
        by_name.setdefault(one.search_key, []).append(one)
    rows, wrong = [], []
    for line in found:
        fields = {"added_at": at, "added_by": by.key, "list": named}
        if line.address and (why := _wrong_address(line)):
            wrong.append((line, why))
        elif line.address:
            person = by_email.get(line.address)
            bare = {"person": person} if person else {"address": line.address, "name": line.name}
            rows.append(ListRow(**fields, **bare))
        else:
            named_so = by_name.get(keys.get(line.number, ""), [])
            organizers = [by_number[line.organization_number]] if line.organization_number in by_number else named_so
            if len(organizers) == 1:
                rows.append(ListRow(**fields, organizer=organizers[0]))
            else:
                wrong.append((line, "several" if organizers else "nobody"))
    return rows, wrong


def _wrong_address(line: Line) -> str:
    try:
        validate_email(line.address)
    except ValidationError:
        return "address"
    return "name" if len(line.name) > 200 else "address" if len(line.address) > 254 else ""


def _told(wrong: list[tuple[Line, str]]) -> list[str]:
    why = {
        "address": _now("Line %(number)d: “%(text)s” is no mail address."),
        "name": _now("Line %(number)d: the name is too long."),
        "nobody": _now("Line %(number)d: “%(text)s” is neither a mail address nor an organizer that there is."),
        "several": _now("Line %(number)d: several are called “%(text)s”. Write the organization number."),
    }
    told = [why[code] % {"number": line.number, "text": line.text[:80]} for line, code in wrong[:MOST_TOLD]]
    if (more := len(wrong) - MOST_TOLD) > 0:
        told.append(_now("And %(number)d more lines.") % {"number": more})
    return told
