"""An organization's page in the workspace, the way to one's own, its addresses, and the agency's list of them all."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspel.accounts.queries import todo_from
from samspel.kernel.permissions import holdings_of
from samspel.kernel.ui.components import Crumb, Download, Fact
from samspel.kernel.ui.tables import Column, Table
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.kernel.values.spreadsheets import harmless
from samspel.registry import permissions
from samspel.registry.forms.appointments import AddressesForm, OrganizationsForm
from samspel.registry.models import Organizer, Role, University
from samspel.registry.operations import organizations as operations
from samspel.registry.queries import appointments, organization_lists, stand_ins
from samspel.registry.queries.organizations import Organization, asked_of, organization_at
from samspel.registry.views import organization_parts as parts


def organization_of(number: str = "", slug: str = "") -> Organization:
    """The organization of an address. Raises Http404."""
    if number:
        try:
            digits = parse_organization_number(number)
        except IdentifierRefused as refused:
            raise Http404 from refused
        rows = Organizer.objects.select_related("county")
        return Organization(organizer=get_object_or_404(rows, organization_number=digits))
    return Organization(university=get_object_or_404(University, slug=slug)) if slug else Organization()


def seen_by(request: HttpRequest, organization: Organization) -> Organization:
    """The same, to its own people and those at the agency whose work is with it. Raises Http404 to others."""
    if not permissions.may_see_organization(request.user, organization.place, timezone.now()):
        raise Http404
    return organization


@never_cache
@login_required
@require_safe
def detail(request: HttpRequest, number: str = "", slug: str = "") -> HttpResponse:
    """Who holds what, who may act for it, what is asked of it, where mail to it goes, and what has happened."""
    organization = seen_by(request, organization_of(number, slug))
    at, place = timezone.now(), organization.place
    on = timezone.localdate(at)
    people = list(appointments.now_at(place, on))
    deputies = stand_ins.deputies_of(people, on)
    held = [one for one in holdings_of(request.user, at) if one.place == place]
    asks = asked_of(organization, at)
    page = {
        "organization": organization,
        "crumbs": parts.crumbs_to(organization),
        "now": parts.people_now(people, deputies, request.GET),
        "coming": parts.people_coming(appointments.coming_at(place, on), request.GET),
        "former": parts.people_former(appointments.former_at(place, on), request.GET),
        "acting": parts.who_may_act(people, deputies, on),
        "asked": asks,
        "todo": _not_among(todo_from(request.user, at, held) if held else [], asks),
        "addresses": parts.addresses(organization),
        "panels": parts.panels(request, organization),
        "history": parts.history(organization, request.user),
        "has_administrator": any(one.role == Role.ADMINISTRATOR for one in people),
        "has_coordinator": any(one.role == Role.COORDINATOR for one in people),
        "appoint_url": _address(organization, "appoint") if permissions.roles_to_give(request.user, place, at) else "",
        "addresses_url": _address(organization, "addresses")
        if organization.place and permissions.may_correct_addresses(request.user, place, at)
        else "",
    }
    return render(request, "registry/people/organization.html", page)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """To one's own organization; whoever is at several chooses."""
    at = timezone.now()
    places = list(dict.fromkeys(held.place for held in holdings_of(request.user, at)))
    organizations = [organization_at(place) for place in places]
    if len(organizations) == 1:
        return redirect(organizations[0].address)
    page = {"crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("My organizations"))]}
    return render(request, "registry/people/mine.html", page | {"organizations": organizations})


@never_cache
@login_required
def addresses(request: HttpRequest, number: str = "", slug: str = "") -> HttpResponse:
    """Put the official mail and the postal address right."""
    organization = seen_by(request, organization_of(number, slug))
    permissions.require(permissions.may_correct_addresses(request.user, organization.place, timezone.now()))
    thing = organization.organizer or organization.university
    kept = {"official_email": getattr(thing, "official_email", ""), "postal_address": thing.postal_address}
    form = AddressesForm(request.POST or None, initial=kept)
    if organization.university:
        del form.fields["official_email"]
    if request.method == "POST" and form.is_valid():
        _correct(organization, form.cleaned_data, request.user)
        messages.success(request, _("The addresses are saved."))
        return redirect(organization.address)
    page = {
        "title": _("Official mail and postal address"),
        "lead": organization.name,
        "crumbs": parts.crumbs_to(organization, Crumb(_("Addresses"))),
        "form": form,
        "submit": _("Save"),
        "back": organization.address,
    }
    return render(request, "registry/people/form.html", page)


@never_cache
@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every organizer, with and without coordinator and administrator, and those whose mail bounces."""
    permissions.require(permissions.may_list_organizations(request.user, timezone.now()))
    on = timezone.localdate()
    form = OrganizationsForm(_asked(request))
    counted = organization_lists.counts(on)
    page = {
        "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Organizations"))],
        "table": _table(_rows(form, on), request, form),
        "counts": [
            Fact(_("Organizers"), counted["all"]),
            Fact(_("With a coordinator"), counted["with_coordinator"]),
            Fact(_("Without a coordinator"), counted["coordinator"]),
            Fact(_("Without an administrator"), counted["administrator"]),
            Fact(_("With an address that bounces"), counted["bouncing"]),
        ],
        "universities": [Organization(university=one) for one in organization_lists.universities()],
        "agency": Organization(),
        "downloads": [Download(_("The list, with coordinators"), _export_address(request), "CSV")],
    }
    return render(request, "registry/people/organizations.html", page)


@never_cache
@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV, a row for each coordinator. People with protected identity are in no export."""
    permissions.require(permissions.may_list_organizations(request.user, timezone.now()))
    on = timezone.localdate()
    rows = organization_lists.with_coordinators(_rows(OrganizationsForm(_asked(request)), on), on)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_csv_head())
    for organizer in rows:
        writer.writerows(_csv_rows(organizer))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="organisationer.csv"'
    return answer


def _export_address(request: HttpRequest) -> str:
    return f"{reverse('registry:organizations_export')}?{request.GET.urlencode()}"


def _csv_head() -> list[str]:
    return [
        _("Organization number"), _("Organizer"), _("Type"), _("County"), _("Has a coordinator"),
        _("Has an administrator"), _("Coordinator"), _("Mail address"), _("Work title"), _("First day"),
    ]  # fmt: skip


def _asked(request: HttpRequest) -> Any:
    asked = request.GET.copy()
    asked["q"] = asked.get("q", "").replace("\0", "")
    return asked


def _rows(form: OrganizationsForm, on: Any) -> Any:
    form.is_valid()
    given = form.cleaned_data
    return organization_lists.listed(on, sought=given.get("q", ""), which=given.get("lacking", ""))


def _table(rows: Any, request: HttpRequest, form: OrganizationsForm) -> Table:
    def yes_no(value: bool) -> str:
        return _("Yes") if value else _("No")

    columns = [
        Column("name", _("Organizer"), is_row_header=True, order_by=("sort_key",), url=lambda one: reverse(
            "registry:organization_organizer", args=[one.organization_number])),
        Column("number", _("Organization number"), value="written_number"),
        Column("county", _("County"), value="county__name"),
        Column("coordinator", _("Coordinator"), value=lambda one: yes_no(one.has_coordinator)),
        Column("administrator", _("Administrator"), value=lambda one: yes_no(one.has_administrator)),
        Column("bouncing", _("Mail bounces"), value=lambda one: yes_no(one.has_bouncing)),
    ]  # fmt: skip
    return Table(
        caption=_("Organizers"), columns=columns, rows=rows, params=request.GET, sort="name", filters=form,
        empty=_("No organizer was found."),
    )  # fmt: skip


def _csv_rows(organizer: Any) -> list[list[Any]]:
    head = [
        organizer.written_number, organizer.name, organizer.get_type_display(),
        organizer.county.name if organizer.county else "",
        _("Yes") if organizer.has_coordinator else _("No"), _("Yes") if organizer.has_administrator else _("No"),
    ]  # fmt: skip
    people = [[one.person.name, one.person.email, one.title, one.from_on.isoformat()] for one in organizer.coordinators]
    return [[harmless(cell) for cell in head + person] for person in people or [["", "", "", ""]]]


def _not_among(rows: list[Any], told: list[Any]) -> list[Any]:
    there = {(row.address, str(row.title)) for row in told}
    return [row for row in rows if (row.address, str(row.title)) not in there]


def _address(organization: Organization, what: str) -> str:
    if organization.organizer:
        return reverse(f"registry:organizer_{what}", args=[organization.organizer.organization_number])
    if organization.university:
        return reverse(f"registry:university_{what}", args=[organization.university.slug])
    return reverse(f"registry:agency_{what}")


def _correct(organization: Organization, given: dict[str, str], by: Any) -> None:
    at = timezone.now()
    if organization.organizer:
        operations.correct_organizer(organizer=organization.organizer, by=by, at=at, **given)
    else:
        operations.correct_university(university=organization.university, by=by, at=at, **given)
