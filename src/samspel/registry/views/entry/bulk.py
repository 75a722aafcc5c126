"""Many people at once: hand a list in, see what becomes of each row, choose, and carry it out."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.kernel.files.uploads import upload_refused
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.tables import Column, Table
from samspel.registry.forms.bulk import PeopleForm
from samspel.registry.models import PeopleBatch, PeopleBatchState, Role
from samspel.registry.operations import bulk as operations
from samspel.registry.queries import bulk as queries
from samspel.registry.queries.bulk import Verdict
from samspel.registry.queries.organizations import Organization, organization_at
from samspel.registry.rules import duplicates, people_rows, roles
from samspel.registry.rules.people_rows import PeopleRows
from samspel.registry.views.entry import bulk_words as words
from samspel.registry.views.entry.gates import only, ways_of

adders_only = only(queries.may_add)
ASKED_AT_ONCE = 200
_FIELD = re.compile(r"rad-(\d{1,7})")


@adders_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The form, and what the columns are."""
    if request.method != "POST":
        return _form(request, PeopleForm())
    form = PeopleForm(request.POST, request.FILES)
    if upload_refused(request):
        return _form(request, form, status=413, errors=[(str(words.FAULTS["too_large"]), "")])
    if not form.is_valid():
        return _form(request, form, status=422)
    where = _where(request)
    try:
        batch = operations.propose(
            read=_read(form),
            organizer=where.organizer,
            university=where.university,
            by=request.user,
            at=timezone.now(),
        )
    except operations.ListRefused as refusal:
        return _form(request, form, status=422, faults=refusal.faults, errors=[(str(refusal), "fel")])
    return redirect("registry:bulk_batch", key=batch.key)


def _read(form: PeopleForm) -> PeopleRows:
    if file := form.cleaned_data["file"]:
        return people_rows.read_file(file.name, file.read())
    return people_rows.read_text(form.cleaned_data["text"])


def _where(request: HttpRequest) -> Organization:
    """Any organization for the agency's people; the one asked for, or the first, for who runs some. 404 for others'."""
    at = timezone.now()
    if queries.may_add_anywhere(request.user, at):
        return Organization()
    asked = request.GET.get("till", "")
    for place in queries.places_to_add(request.user, at):
        one = organization_at(place)
        if asked in ("", _key(one)):
            return one
    raise Http404


def _key(where: Organization) -> str:
    thing = where.organizer.organization_number if where.organizer else where.university and where.university.slug
    return str(thing or "")


def _is_given_there(role: str, where: Organization) -> bool:
    """Whether a list for an organization may say the role; a list for the agency may say any."""
    if where.place is None:
        return True
    return roles.may_be_held(role, roles.ORGANIZER if where.organizer else roles.UNIVERSITY)


def _form(
    request: HttpRequest, form: PeopleForm, *, faults: Any = (), errors: Any = (), status: int = 200
) -> HttpResponse:
    at = timezone.now()
    where = _where(request)
    page = {
        "ways": ways_of(request.user),
        "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Many people at once"))],
        "form": form,
        "errors": errors,
        "faults": _faults(faults) if faults else None,
        "where": where if where.place else None,
        "key": _key(where),
        "columns": [(words.COLUMNS[column], column in people_rows.REQUIRED) for column in people_rows.COLUMNS],
        "roles": [Role(role).label for role in people_rows.ROLES if _is_given_there(role, where)],
        "waiting": list(queries.waiting(request.user, at)),
    }
    return render(request, "registry/entry/bulk.html", page, status=status)


def _faults(faults: Any) -> Table:
    return Table(
        caption=_("What is wrong"),
        columns=[
            Column("row", _("Row"), is_row_header=True, value=lambda one: one["row"]),
            Column("column", _("Column"), value=lambda one: one["column"]),
            Column("stood", _("What stood there"), value=lambda one: one["stood"]),
            Column("wrong", _("What is wrong"), value=lambda one: one["wrong"]),
        ],
        rows=[words.fault_row(fault) for fault in faults],
        params={},
    )


@adders_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """A list: what becomes of each row; what is chosen is kept, and carried out when all is chosen."""
    one = _one(request, key)
    if request.method != "POST":
        return _shown(request, one)
    at = timezone.now()
    try:
        one = operations.choose(batch=one, choices=_choices(request), by=request.user, at=at)
        if request.POST.get("answer") == "apply":
            operations.apply(batch=one, by=request.user, at=at)  # the page that follows says that it is done
    except operations.ChoicesLacking as refusal:
        # What was chosen stays chosen.
        return _shown(request, one, errors=[(str(refusal), f"rad-{refusal.numbers[0]}")], status=422)
    except operations.ListRefused as refusal:
        return _shown(request, one, faults=refusal.faults, errors=[(str(refusal), "fel")], status=409)
    except Refusal as refusal:
        return _shown(request, _one(request, key), errors=[(str(refusal), "")], status=409)
    return redirect("registry:bulk_batch", key=key)


@adders_only
@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw a list away."""
    try:
        operations.discard(batch=_one(request, key), by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:bulk_batch", key=key)
    messages.success(request, _("The list is thrown away. Nothing was changed."))
    return redirect("registry:bulk")


def _one(request: HttpRequest, key: UUID) -> PeopleBatch:
    return get_object_or_404(queries.visible_to(request.user, timezone.now()), key=key)


def _choices(request: HttpRequest) -> dict[int, str]:
    return {int(found[1]): value for name, value in request.POST.items() if (found := _FIELD.fullmatch(name))}


def _shown(
    request: HttpRequest, one: PeopleBatch, *, faults: Any = (), errors: Any = (), status: int = 200
) -> HttpResponse:
    page: dict[str, Any] = {
        "one": one,
        "is_open": one.state == PeopleBatchState.PROPOSED,
        "errors": errors,
        "counts": [Fact(label, one.counts.get(code, 0)) for code, label in words.COUNTS.items()],
        "crumbs": [
            Crumb(_("To do"), reverse("accounts:work")),
            Crumb(_("Many people at once"), reverse("registry:bulk")),
            Crumb(_("The list")),
        ],
    }
    if page["is_open"]:
        page |= _open_page(request, one, faults)
    return render(request, "registry/entry/bulk_batch.html", page, status=status)


def _open_page(request: HttpRequest, one: PeopleBatch, faults: Any) -> dict[str, Any]:
    at = timezone.now()
    reading = queries.reading_of(one, request.user, at)
    verdicts = reading.verdicts
    twins = [verdict for verdict in verdicts if verdict.outcome == queries.TWIN]
    unanswered = [verdict for verdict in twins if verdict.is_asked]
    shown = twins if len(twins) <= ASKED_AT_ONCE else unanswered[:ASKED_AT_ONCE]
    is_merger = queries.may_merge(request.user, at)
    late = [*faults, *reading.faults]
    return {
        "faults": _faults(late) if late else None,
        "asked": [_asked(verdict, is_merger=is_merger) for verdict in shown],
        "left": len(unanswered) - sum(verdict.is_asked for verdict in shown),
        "is_merger": is_merger,
        "summary": _summary(verdicts),
        "table": _table(request, verdicts),
        "count": len(verdicts),
    }


def _summary(verdicts: list[Verdict]) -> list[Fact]:
    outcomes = [verdict.outcome for verdict in verdicts]
    return [Fact(label, outcomes.count(code)) for code, (label, _tone) in words.OUTCOMES.items() if code in outcomes]


def _asked(verdict: Verdict, *, is_merger: bool) -> dict[str, Any]:
    """A question: the row, those who may be the same, and what can be chosen."""
    row, options = verdict.row, []
    for match in verdict.matches:
        for value in queries.choices_for(match, verdict, is_merger=is_merger):
            address = match.known.email if value.startswith(duplicates.KEEP) else row.email
            options.append((value, _("The same as %(name)s; the address is %(address)s") % {
                "name": match.known.name, "address": address}))  # fmt: skip
    options += [(duplicates.ANOTHER, _("Another person")), (duplicates.SKIP, _("Leave the row out"))]
    return {
        "number": row.number,
        "row": row,
        "where": verdict.where.name,
        "role": Role(row.role).label,
        "matches": [(match.known, words.WHY[match.why]) for match in verdict.matches],
        "is_known": verdict.person is not None,
        "options": [(value, label, verdict.choice == value) for value, label in options],
        "is_unanswered": verdict.is_asked,
    }


def _table(request: HttpRequest, verdicts: list[Verdict]) -> Table:
    columns = [
        Column("row", _("Row"), is_row_header=True, value="row__number"),
        Column("name", _("Name"), value="row__name"),
        Column("email", _("Mail address"), value="row__email"),
        Column("role", _("Task"), value=lambda one: Role(one.row.role).label),
        Column("where", _("Where"), value="where__name"),
        Column("from_on", _("From"), kind="date", value="from_on"),
        Column("outcome", _("What happens"), kind="badge", value=lambda one: words.outcome_badge(one.outcome)),
    ]
    return Table(caption=_("All rows"), columns=columns, rows=verdicts, params=request.GET, page_size=100)
