"""Rows that may be one person, and two of them side by side before they are merged."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samspel.accounts import permissions
from samspel.accounts.forms.people import MergeForm, OtherAddressForm
from samspel.accounts.models import Person
from samspel.accounts.operations import merging
from samspel.accounts.queries import lists, role_rows
from samspel.accounts.rules import duplicates as rules
from samspel.accounts.views.people import crumbs, page_of, reference_of, seen
from samspel.kernel.ui.components import Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import pager_of

PAGE_SIZE = 25


@never_cache
@login_required
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that share a name and a place, a telephone, or the name in their address; those most alike first."""
    permissions.require_role(request.user, permissions.MERGE, timezone.now())
    page = Paginator(lists.possible_duplicates(), PAGE_SIZE).get_page(request.GET.get("page"))
    people = lists.people_by_pk([pk for pair in page for pk in (pair.one, pair.other)])
    rows = [
        {
            "one": people[pair.one],
            "other": people[pair.other],
            "reasons": [_reasons()[reason] for reason in pair.reasons],
            "url": reverse("accounts:merge", args=[people[pair.one].key, people[pair.other].key]),
        }
        for pair in page
    ]
    shown = {"crumbs": crumbs((_("Possible duplicates"), "")), "rows": rows, "pager": pager_of(page, request.GET)}
    return render(request, "accounts/people_duplicates.html", shown)


@never_cache
@login_required
@require_POST
def find_other(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """From a person's page, by the other row's address, to the two side by side."""
    person = seen(request, person_key)
    permissions.require_role(request.user, permissions.MERGE, timezone.now())
    form = OtherAddressForm(request.POST)
    email = form.cleaned_data["other"].lower() if form.is_valid() else ""
    other = lists.listed().filter(email=email).exclude(pk=person.pk).first()
    if other is None:
        messages.error(request, _("No other row has that address."))
        return redirect(page_of(person))
    return redirect("accounts:merge", one=person.key, other=other.key)


@never_cache
@login_required
def merge(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """The two side by side; which row and which address stay. Merged, it leads to the row that stayed."""
    now = timezone.now()
    permissions.require_role(request.user, permissions.MERGE, now)
    two = [seen(request, key) for key in (one, other)]
    form = MergeForm(request.POST or None, initial=_proposed(two), **_choices(two))
    if request.method == "POST" and form.is_valid():
        kept = _merged(request, form, two)
        if kept is not None:
            messages.success(request, _("The two are one now. Both histories stand on this page."))
            return redirect(page_of(kept))
    page = {
        "form": form,
        "sides": [_side(person, now) for person in two],
        "crumbs": crumbs((_("Possible duplicates"), reverse("accounts:duplicates")), (_("Merge"), "")),
    }
    return render(request, "accounts/merge.html", page)


def _merged(request: HttpRequest, form: MergeForm, two: list[Person]) -> Person | None:
    by_key = {str(person.key): person for person in two}
    keep = by_key[form.cleaned_data["keep"]]
    gone = next((person for person in two if person.pk != keep.pk), keep)
    email = by_key[form.cleaned_data["address"]].email
    try:
        return merging.merge(keep=keep, gone=gone, by=request.user, at=timezone.now(), email=email)
    except merging.NotMerged as refusal:
        form.add_error(None, str(refusal))
        return None


def _proposed(two: list[Person]) -> dict[str, str]:
    """The row that was used last stays, unless another is chosen."""
    latest = max(two, key=lambda person: (person.is_active, person.last_login or person.joined_at))
    return {"keep": str(latest.key), "address": str(latest.key)}


def _choices(two: list[Person]) -> dict[str, list[tuple[str, str]]]:
    def address(person: Person) -> str:
        return _("The address of %(row)s") % {"row": reference_of(person)} if person.is_protected else person.email

    labels = [(str(one.key), f"{one.shown_name} ({reference_of(one)})") for one in two]
    return {"labels": labels, "addresses": [(str(one.key), address(one)) for one in two]}


def _side(person: Person, at: datetime) -> dict[str, Any]:
    facts = [Fact(_("Reference"), reference_of(person)), Fact(_("Account since"), day_text(person.joined_at))]
    facts.append(Fact(_("Last login"), day_text(person.last_login) if person.last_login else _("never")))
    if not person.is_protected:
        roles = role_rows.words_of([person.pk], timezone.localdate(at)).get(person.pk, "")
        hers = [
            (_("Mail address"), person.email),
            (_("Telephone"), person.phone or "–"),
            (_("Tasks now"), roles or "–"),
        ]
        facts = [*(Fact(label, value) for label, value in hers), *facts]
    return {"person": person, "facts": facts, "url": page_of(person)}


def _reasons() -> dict[str, str]:
    return {
        rules.SAME_NAME: _("the same name, in the same organization"),
        rules.SAME_PHONE: _("the same telephone number"),
        rules.SAME_ADDRESS: _("the same name before the @ in the address"),
    }
