"""The list of case files, a new one, and the page of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.casefiles import permissions
from samspel.casefiles.forms.casefiles import HandlerForm, OpenForm, SearchForm
from samspel.casefiles.models import CaseFile, Series
from samspel.casefiles.operations import casefiles as operations
from samspel.casefiles.queries import casefiles, documents, people
from samspel.casefiles.queries.history import events_of
from samspel.casefiles.views import tables
from samspel.casefiles.views.found import address_of, case_file_for, crumbs_to, may_now, require_now, staff_only
from samspel.casefiles.views.road import badge_of, next_of
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Fact
from samspel.kernel.ui.dates import day_text, moment_text


@staff_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every case file this person may open, and those she looks for."""
    at = timezone.now()
    staff = list(people.handlers(at))
    names = people.names_in(one.key for one in staff)
    form = SearchForm(request.GET or None, years=casefiles.years(), handlers=staff, names=names)
    found = casefiles.visible_to(request.user, at)
    if form.is_bound:
        found = casefiles.looked_for(found, form.wanted())
    page = {
        "table": tables.of_case_files(request, casefiles.with_parties(found), form, names),
        "may_open": may_now(request, permissions.OPEN),
        "may_take_journal": may_now(request, permissions.TAKE_JOURNAL),
    }
    return render(request, "casefiles/list.html", page)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new case file."""
    require_now(request, permissions.OPEN)
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        initial={"series": Series.objects.filter(code="ALM").first()},
    )
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(address_of(_open(request, form)))
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    page = {"form": form, "errors": errors, "crumbs": crumbs_to(here=_("New case file"))}
    return render(request, "casefiles/new.html", page, status=422 if form.errors or errors else 200)


@staff_only
@require_safe
def detail(request: HttpRequest, address: str) -> HttpResponse:
    """A case file: what is next and who does it, its documents, whom it concerns, and what has been done."""
    return render(request, "casefiles/detail.html", page_of(request, case_file_for(request, address)))


def page_of(request: HttpRequest, case_file: CaseFile, **more: Any) -> dict[str, Any]:
    """What the page of a case file shows."""
    at = timezone.now()
    names = people.names_in([case_file.handler, case_file.opened_by])
    found = list(documents.of_case_file(case_file))
    page = {
        "case_file": case_file,
        "crumbs": crumbs_to(case_file),
        "badge": badge_of(case_file),
        "next": next_of(case_file, request.user, at, names),
        "facts": _facts(case_file, names),
        "documents": tables.of_documents(request, found, at),
        "parties": list(case_file.parties.all()),
        "questions": list(case_file.questions.order_by("-received_at"))
        if permissions.may_see_questions(request.user, at)
        else [],
        "history": events_of(case_file),
        "may_register": may_now(request, permissions.REGISTER, case_file),
        "may_handle": may_now(request, permissions.HANDLE, case_file),
        "may_close": may_now(request, permissions.CLOSE, case_file),
        "may_reopen": may_now(request, permissions.REOPEN, case_file),
    }
    if page["may_handle"]:
        staff = list(people.handlers(at))
        initial = {"handler": str(case_file.handler or "")}
        page["handler_form"] = HandlerForm(
            initial=initial, handlers=staff, names=people.names_in(one.key for one in staff)
        )
    return page | more


def _open(request: HttpRequest, form: OpenForm) -> CaseFile:
    given = form.cleaned_data
    opened = operations.open_case(
        series=given["series"].code,
        title=given["title"],
        parties=form.parties(),
        handler=request.user.key if _has_a_desk(request) else None,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("%(number)s is opened.") % {"number": opened.diary_number})
    return opened


def _has_a_desk(request: HttpRequest) -> bool:
    """An officer handles what she opens; what a registrar opens waits for somebody to handle it."""
    return not may_now(request, permissions.TAKE_JOURNAL)


def _facts(case_file: CaseFile, names: dict[Any, str]) -> list[Fact]:
    opened_by = names.get(case_file.opened_by, "") if case_file.opened_by else _("the system itself")
    facts = [
        Fact(_("Diary number"), case_file.diary_number),
        Fact(_("Series"), case_file.series.shown_name),
        Fact(_("Opened"), moment_text(case_file.opened_at), opened_by),
        Fact(_("Handler"), names.get(case_file.handler, "") or _("Nobody yet")),
    ]
    if case_file.closed_at:
        facts.append(Fact(_("Closed"), day_text(timezone.localdate(case_file.closed_at))))
    if case_file.secrecy_ground:
        facts.append(Fact(_("Secrecy mark"), case_file.secrecy_ground))
    return facts
