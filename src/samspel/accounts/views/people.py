"""People as the agency's administrators and registrars see them: the list, and each one's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samspel.accounts import permissions, queries
from samspel.accounts.forms.people import PeopleFilter
from samspel.accounts.models import Person
from samspel.accounts.operations import protecting
from samspel.accounts.queries import lists, role_rows
from samspel.accounts.queries.histories import history_of_person
from samspel.accounts.queries.methods import links_of, methods_of
from samspel.accounts.views.role_tables import role_table
from samspel.kernel.permissions import private_zone
from samspel.kernel.ui.components import Badge, Fact
from samspel.kernel.ui.dates import day_text, moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.post.queries.receivers import bouncing_addresses


@never_cache
@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account, to search and filter."""
    now = timezone.now()
    permissions.require_role(request.user, permissions.SEE_PEOPLE, now)
    page = {
        "crumbs": crumbs(),
        "table": _table(request, now),
        "may_merge": permissions.TABLE.allows(request.user, permissions.MERGE, now),
        "may_see_protected": permissions.TABLE.allows(request.user, permissions.SEE_PROTECTED, now),
    }
    return render(request, "accounts/people.html", page)


@never_cache
@login_required
@private_zone
@require_safe
def protected(request: HttpRequest) -> HttpResponse:
    """How many have protected identity, and the way to each, without a name."""
    now = timezone.now()
    permissions.require_role(request.user, permissions.SEE_PROTECTED, now)
    columns = [
        Column("key", _("Reference"), is_row_header=True, value=reference_of, url=page_of),
        Column("state", _("Where it stands"), kind="badge", value=_state),
    ]
    table = Table(
        caption=_("People with protected identity"),
        columns=columns,
        rows=lists.protected(),
        params=request.GET,
        empty=_("Nobody has protected identity."),
    )
    page = {"crumbs": crumbs((_("Protected identity"), "")), "table": table}
    return render(request, "accounts/people_protected.html", page)


@never_cache
@login_required
@require_safe
def person(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """Who she is, her tasks, how she logs in, what has happened; and what may be done. A duplicate leads to her row."""
    found = seen(request, person_key)
    if found.merged_into_id:
        return redirect(page_of(found.merged_into))
    return render(request, "accounts/person.html", person_page(request, found))


@never_cache
@login_required
@private_zone
@require_POST
def show_name(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """Who somebody with protected identity is: shown once, and on record."""
    found = seen(request, person_key)
    protecting.see_name(person=found, by=request.user, at=timezone.now())
    return render(request, "accounts/person.html", person_page(request, found, is_named=True))


def seen(request: HttpRequest, person_key: UUID) -> Person:
    """The person of an address, for who may see people; a protected one for who may see those. Raises 403, 404."""
    now = timezone.now()
    permissions.require_role(request.user, permissions.SEE_PEOPLE, now)
    found = get_object_or_404(Person.objects.select_related("merged_into"), key=person_key)
    if (found.merged_into or found).is_protected:
        permissions.require_role(request.user, permissions.SEE_PROTECTED, now)
    return found


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way here, from Att göra over the list."""
    return [(_("To do"), reverse("accounts:work")), (_("People"), reverse("accounts:people")), *more]


def page_of(person: Person) -> str:
    """The address of her page."""
    return reverse("accounts:person", args=[person.key])


def reference_of(person: Person) -> str:
    """What a row is called where no name may stand."""
    return str(person.key)[:8]


def person_page(request: HttpRequest, person: Person, *, is_named: bool = False) -> dict[str, Any]:
    """What her page shows; of somebody protected nothing that tells who she is, unless it was asked for."""
    now = timezone.now()
    is_hidden = person.is_protected and not is_named
    rows = history_of_person(person)
    title = person.shown_name if is_hidden or not person.name else person.name
    return {
        "person": person,
        "title": title,
        "is_hidden": is_hidden,
        "badges": _badges(person),
        "facts": _facts(person, is_hidden),
        "roles": None if is_hidden else role_table(request, person, now),
        "history": rows,
        "people": queries.names_of((row.by_key for row in rows), seen_by=request.user),
        "may": _may(request.user, person, now),
        "crumbs": crumbs((title, "")),
    }


def _may(by: Any, person: Person, at: datetime) -> dict[str, bool]:
    """Which of the deeds on the page are hers to do, now."""
    table, is_own = permissions.TABLE, by.pk == person.pk
    living = not person.anonymized_at
    return {
        "correct": living and table.allows(by, permissions.CORRECT, at),
        "protect": living and table.allows(by, permissions.PROTECT, at),
        "close": living and not is_own and table.allows(by, permissions.CLOSE, at),
        "merge": living and table.allows(by, permissions.MERGE, at),
        "extract": living and not is_own and table.allows(by, permissions.EXTRACT, at),
        "empty": living and not is_own and table.allows(by, permissions.EMPTY, at),
        "look": permissions.may_look(by, at) and permissions.may_be_looked_at(person, by, at),
    }


def _table(request: HttpRequest, now: datetime) -> Table:
    form, today = PeopleFilter(request.GET or None), timezone.localdate(now)
    words: dict[int, str] = {}
    columns = [
        Column("name", _("Name"), is_row_header=True, order_by=("sort_key",), url=page_of),
        Column("email", _("Mail address"), order_by=("email",)),
        Column("roles", _("Tasks now"), value=lambda row: words.get(row.pk, "")),
        Column("last_login", _("Last login"), kind="date", order_by=("last_login",)),
        Column("state", _("Where it stands"), kind="badge", value=_state),
    ]
    table = Table(
        caption=_("People"),
        columns=columns,
        rows=lists.people(**form.asked(), on=today),
        params=request.GET,
        sort="name",
        filters=form,
        empty=_("Nobody is like that."),
    )
    words.update(role_rows.words_of([row.pk for row in table.page], today))
    return table


def _state(person: Person) -> Badge:
    return Badge(_("can log in"), "success") if person.is_active else Badge(_("closed"), "warning")


def _badges(person: Person) -> list[Badge]:
    found = []
    if person.anonymized_at:
        return [Badge(_("Data removed"))]
    if not person.is_active:
        found.append(Badge(_("Closed account"), "warning"))
    if person.is_protected:
        found.append(Badge(_("Protected identity"), "warning"))
    if person.is_invented:
        found.append(Badge(_("Invented"), "info"))
    return found


def _facts(person: Person, is_hidden: bool) -> list[Fact]:
    facts = [Fact(_("Reference"), reference_of(person)), Fact(_("Account since"), day_text(person.joined_at))]
    if person.anonymized_at:
        return [*facts, Fact(_("Data removed"), day_text(person.anonymized_at))]
    if is_hidden:
        return facts
    bounces = bouncing_addresses().filter(address=person.email).exists()
    note = _("Mail to this address comes back.") if bounces else ""
    facts = [Fact(_("Mail address"), person.email, note=note), Fact(_("Telephone"), person.phone or "–"), *facts]
    facts.append(Fact(_("Last login"), moment_text(person.last_login) if person.last_login else _("never")))
    facts.append(Fact(_("Logs in with"), _ways(person)))
    if person.emptying_told_at:
        facts.append(Fact(_("Told that the data will be removed"), day_text(person.emptying_told_at)))
    return facts


def _ways(person: Person) -> str:
    has = methods_of(person)
    found = [_("a code by mail")]
    if has.passkeys:
        found.append(_("passkey"))
    if has.app_since:
        found.append(_("an app with codes"))
    return ", ".join([*found, *(link.name for link in links_of(person))])
