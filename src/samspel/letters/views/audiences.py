"""Who gets a letter: chosen, counted, listed and taken out as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Download, Fact
from samspel.kernel.ui.tables import Column, Table
from samspel.kernel.values.spreadsheets import harmless
from samspel.letters import permissions
from samspel.letters.forms.audiences import AudienceForm
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations import taking_out, writing
from samspel.letters.queries import audiences, chosen
from samspel.letters.queries.handed import Addressed
from samspel.letters.rules import audiences as rules
from samspel.letters.rules.audiences import Audience, AudienceRefused
from samspel.letters.views.deeds import may_now
from samspel.letters.views.found import address_of, crumbs_to, letter_for, staff_only

# So many stand open on the page; more are folded until they are asked for.
FEW: Final = 10


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose who gets a letter, and see who that is; a choice can be counted before it is saved."""
    letter, at = letter_for(request, key), timezone.now()
    kept = _kept(letter)
    may_write = may_now(request, permissions.WRITE, state=letter.state) and letter.corrects_id is None
    form = AudienceForm(request.POST if request.method == "POST" else None, audience=kept, at=at)
    errors: list[tuple[Any, str]] = []
    seen, is_tried = kept, False
    if request.method == "POST" and form.is_valid():
        seen, is_tried = form.audience, True
        if request.POST.get("deed") != "count":
            try:
                writing.set_audience(letter=letter, audience=rules.as_data(seen), by=request.user, at=at)
                messages.success(request, _("Who gets the letter is saved."))
                return redirect("letters:audience", letter.key)
            except Refusal as refusal:
                errors = [(refusal.sentence, "")]
    page = {"letter": letter, "form": form, "errors": errors, "may_write": may_write, "is_tried": is_tried}
    page |= _who(request, letter, seen, at, is_tried=is_tried)
    page["crumbs"] = crumbs_to(letter, here=_("Recipients"))
    return render(request, "letters/audiences/audience.html", page, status=422 if errors or form.errors else 200)


@staff_only
@require_safe
def audience_csv(request: HttpRequest, key: UUID) -> HttpResponse:
    """Those the letter would go to now, as a table for a spreadsheet. Nobody with protected identity is in it."""
    letter, at = letter_for(request, key), timezone.now()
    permissions.TABLE.require(request.user, permissions.TAKE_OUT, at)
    found = audiences.shown(chosen.recipients(letter, at), get_language() or "sv")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Name"), _("Mail address"), _("Language"), _("Why")])
    for one in found.rows:
        writer.writerow(harmless(cell) for cell in (one.name, one.address, one.language, "; ".join(one.because)))
    taking_out.recipients(letter=letter, number=len(found.rows), by=request.user, at=at)
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mottagare.csv"'
    return answer


def _kept(letter: Letter) -> Audience:
    """What is kept; nobody, where that cannot be read."""
    try:
        return rules.read(letter.audience)
    except AudienceRefused:
        return Audience()


def _who(request: HttpRequest, letter: Letter, seen: Audience, at: datetime, *, is_tried: bool) -> dict[str, Any]:
    """Those it would go to, those who cannot be reached, and both in words."""
    language = get_language() or "sv"
    picked = audiences.picked(seen, at, letter=letter)
    found = chosen.recipients(letter, at) if letter.corrects_id else picked.recipients
    shown = audiences.shown(found, language)
    unreached = audiences.shown(picked.unreached, language)
    said = _("Exactly those who got the first letter.") if letter.corrects_id else audiences.described(seen, language)
    return {
        "described": said,
        "facts": _facts(found, shown.hidden, len(picked.unreached)),
        "number": len(found),
        "is_empty": not found,
        "is_nobody_chosen": not seen and not letter.corrects_id,
        "is_fixed": letter.state != LetterState.DRAFT or letter.corrects_id is not None,
        "unreached": unreached.rows[:50],
        "unreached_number": len(picked.unreached),
        "is_unreached_open": len(picked.unreached) <= FEW,
        "unreached_more": max(0, len(picked.unreached) - 50),
        "hidden": shown.hidden,
        "table": _table(request, shown.rows),
        "is_list_open": "page" in request.GET or len(shown.rows) <= FEW,
        "downloads": _downloads(request, letter) if found and not is_tried else [],
        "back": address_of(letter),
    }


def _facts(found: Sequence[Addressed], hidden: int, unreached: int) -> list[Fact]:
    paper = sum(not one.address for one in found)
    facts = [Fact(_("Recipients"), str(len(found))), Fact(_("By mail"), str(len(found) - paper))]
    facts.append(Fact(_("On paper"), str(paper)))
    if unreached:
        facts.append(Fact(_("Without any address"), str(unreached)))
    if hidden:
        facts.append(Fact(_("With protected identity, not listed"), str(hidden)))
    return facts


def _table(request: HttpRequest, rows: list[audiences.Shown]) -> Table:
    return Table(
        caption=_("Those it would go to today"),
        columns=[
            Column("name", _("Name"), is_row_header=True, value=lambda one: one.name or one.address),
            Column("address", _("Mail address"), value=lambda one: one.address or _("On paper")),
            Column("because", _("Why"), value=lambda one: "; ".join(one.because)),
        ],
        rows=rows,
        params=request.GET,
        page_size=50,
        empty=_("Nobody."),
    )


def _downloads(request: HttpRequest, letter: Letter) -> list[Download]:
    if not permissions.TABLE.allows(request.user, permissions.TAKE_OUT, timezone.now()):
        return []
    return [Download(_("The recipients, for a spreadsheet"), reverse("letters:audience_csv", args=[letter.key]), "CSV")]
