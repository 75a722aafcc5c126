"""What an organization's page shows: its people in tables, who may act for it, its addresses and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.ui.components import Badge, Crumb, Event, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table
from samspel.post.queries.addresses import troubled
from samspel.registry.models import Appointment, Role, StandIn
from samspel.registry.queries import appointments
from samspel.registry.queries.holdings import at_place
from samspel.registry.queries.organizations import Organization, organization_panels
from samspel.registry.rules import roles

PAGE_SIZE = 50
MOST_HISTORY = 50


def crumbs_to(organization: Organization, *more: Crumb, is_open: bool = True) -> list[Crumb]:
    """The way to an organization's page, or on from it; without a link for her who cannot open it yet, or any more."""
    here = Crumb(organization.name, organization.address if more and is_open else "")
    return [Crumb(_("To do"), reverse("accounts:work")), here, *more]


def task_name(appointment: Appointment) -> str:
    """The role as a page calls it: a principal's with her school."""
    role = str(Role(appointment.role).label)
    return f"{role}, {appointment.school_unit.name}" if appointment.school_unit else role


def mail_of(person: Person) -> str:
    """Her address, for those who may see the page; a protected person's is told nobody."""
    return "" if person.is_protected else person.email


def people_now(rows: Any, deputies: Mapping[int, list[StandIn]], params: QueryDict) -> Table:
    """Who holds what now. `rows` is a list: the page needs all of it for who may act."""
    bouncing = troubled(one.person.email for one in rows)
    columns = [
        *_who_and_what(),
        Column("mail", _("Mail address"), value=lambda one: mail_of(one.person)),
        Column("from_on", _("First day"), kind="date"),
        *_said_by_some(rows, deputies, bouncing),
    ]
    empty = _("Nobody has a task here now.")
    return Table(caption=_("Now"), columns=columns, rows=rows, params=params, name="now", page_size=100, empty=empty)


def people_coming(rows: QuerySet[Appointment], params: QueryDict) -> Table:
    """Who will hold what."""
    columns = [*_who_and_what(), Column("from_on", _("First day"), kind="date"), _last_day()]
    return Table(caption=_("Coming"), columns=columns, rows=rows, params=params, name="coming", page_size=PAGE_SIZE)


def people_former(rows: QuerySet[Appointment], params: QueryDict) -> Table:
    """Who held what."""
    columns = [
        *_who_and_what(),
        Column("from_on", _("First day"), kind="date"),
        Column("to_on", _("Last day"), value=_former_last_day),
        Column("end_reason", _("Reason")),
    ]
    return Table(caption=_("Former"), columns=columns, rows=rows, params=params, name="former", page_size=PAGE_SIZE)


def who_may_act(rows: Iterable[Appointment], deputies: Mapping[int, list[StandIn]], on: date) -> list[Fact]:
    """Role to the people who may act for the whole organization, with who stands in today."""
    found = []
    for role in roles.ACT_FOR_IT:
        held = [one for one in rows if one.role == role]
        if held:
            names = [_with_deputy(one, deputies.get(one.pk, ()), on) for one in held]
            found.append(Fact(Role(role).label, "; ".join(names)))
    return found


def addresses(organization: Organization) -> list[Fact]:
    """Official mail with its bounces, and postal address."""
    facts = []
    if organizer := organization.organizer:
        trouble = troubled([organizer.official_email])
        note = trouble[organizer.official_email].sentence if trouble else ""
        facts.append(Fact(_("Official mail address"), organizer.official_email or "–", note))
    thing = organization.organizer or organization.university
    if thing is not None:
        facts.append(Fact(_("Postal address"), ", ".join(thing.postal_address.splitlines()) or "–"))
    return facts


def history(organization: Organization, reader: Any) -> list[Event]:
    """What has happened with the organization's people and addresses, the latest first, with names she may see."""
    there = at_place(organization.place).annotate(text=Cast("pk", CharField())).values("text")
    about = Q(subject_type=Appointment._meta.label_lower, subject_key__in=there)
    if thing := organization.organizer or organization.university:
        about |= Q(subject_type=thing._meta.label_lower, subject_key=str(thing.pk))
    entries = list(AuditEntry.objects.filter(about).order_by("-at", "-id")[:MOST_HISTORY])[::-1]
    rows = history_of(Appointment(), entries=entries)
    subjects = _people_of(entries)
    names = names_of({row.by_key for row in rows} | set(subjects.values()), seen_by=reader)
    whom = {entry.pk: names.get(subjects.get(entry.subject_key), "") for entry in entries if _is_about_one(entry)}
    told = zip(rows, entries[::-1], strict=True)
    return [_event(row, whom.get(entry.pk, ""), names) for row, entry in told]


def events_of(rows: Iterable[Any], reader: Any) -> list[Event]:
    """Rows of a history with the names of those who did it."""
    rows = list(rows)
    names = names_of({row.by_key for row in rows}, seen_by=reader)
    return [_event(row, "", names) for row in rows]


def panels(request: HttpRequest, organization: Organization) -> list[Any]:
    """What apps and the other parts of the registry have to show of it."""
    return [panel for provider in organization_panels if (panel := provider(request, organization))]


def _event(row: Any, whom: str, names: Mapping[Any, str]) -> Event:
    facts = {_("Person"): whom} if whom else {}
    for name, label in (("from_on", _("First day")), ("to_on", _("Last day"))):
        if value := row.facts.get(name):
            facts[label] = day_text(date.fromisoformat(value))
    return Event(row.at, row.label, names.get(row.by_key, "") if row.by_key else "", facts)


def _is_about_one(entry: AuditEntry) -> bool:
    return entry.subject_type == Appointment._meta.label_lower


def _people_of(entries: Iterable[AuditEntry]) -> dict[str, Any]:
    keys = {int(entry.subject_key) for entry in entries if _is_about_one(entry)}
    found = Appointment.objects.filter(pk__in=keys).values_list("pk", "person__key")
    return {str(pk): key for pk, key in found}


def _who_and_what() -> list[Column]:
    def address(one: Appointment) -> str:
        return reverse("registry:appointment", args=[one.pk])

    return [
        Column("person", _("Person"), value="person__shown_name", is_row_header=True, url=address),
        Column("role", _("Task"), value=task_name),
    ]


def _said_by_some(rows: Any, deputies: Mapping[int, list[StandIn]], bouncing: Mapping[str, Any]) -> list[Column]:
    """Columns that stand there only when somebody has something in them."""
    found = []
    if any(one.to_on for one in rows):
        found.append(_last_day())
    if any(one.title for one in rows):
        found.append(Column("title", _("Work title")))
    if deputies:
        found.append(Column("deputy", _("Deputy"), value=lambda one: _deputies(deputies.get(one.pk, ()))))
    if bouncing:
        found.append(Column("trouble", _("Mail"), value=lambda one: _bounces(one.person, bouncing)))
    return found


def _last_day() -> Column:
    return Column("to_on", _("Last day"), kind="date")


def _former_last_day(one: Appointment) -> Any:
    is_taken_back = one.to_on is not None and one.to_on < one.from_on
    return Badge(_("Taken back"), "neutral") if is_taken_back else day_text(one.to_on, short=True)


def _bounces(person: Person, bouncing: Mapping[str, Any]) -> Any:
    return Badge(_("Bounces"), "warning") if person.email in bouncing else ""


def _deputies(standing: Iterable[StandIn]) -> str:
    return "; ".join(
        f"{one.deputy.shown_name} ({day_text(one.from_on, short=True)}–{day_text(one.to_on, short=True)})"
        for one in standing
    )


def _with_deputy(one: Appointment, standing: Iterable[StandIn], on: date) -> str:
    now = next((row for row in standing if row.from_on <= on <= row.to_on), None)
    if now is None:
        return one.person.shown_name
    return _("%(name)s (away, %(deputy)s stands in until %(day)s)") % {
        "name": one.person.shown_name,
        "deputy": now.deputy.shown_name,
        "day": day_text(now.to_on),
    }


def whom_there(organization: Organization, on: date) -> QuerySet[Person]:
    """The people a form at the organization offers to choose among."""
    return appointments.known_at(organization.place, on)
