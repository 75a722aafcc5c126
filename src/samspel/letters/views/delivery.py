"""How a letter arrived: counts, who was not reached, who was added since it was planned, and all of it as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Badge, Download, Fact
from samspel.kernel.ui.dates import moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.kernel.values.spreadsheets import harmless
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState, Recipient
from samspel.letters.operations import taking_out
from samspel.letters.queries import audiences, delivery, differences
from samspel.letters.views.deeds import may_now
from samspel.letters.views.found import crumbs_to, letter_for, staff_only
from samspel.post.models import MessageState
from samspel.post.queries import reasons
from samspel.post.queries.messages import state_in_words

KINDS = {
    MessageState.SENT: "success",
    MessageState.WAITING: "info",
    MessageState.SENDING: "info",
    MessageState.PAPER: "info",
    MessageState.IN_DOUBT: "warning",
    MessageState.BOUNCED: "error",
    MessageState.FAILED: "error",
}


class _Wanted(forms.Form):
    """Which recipients to show."""

    state = forms.ChoiceField(label=gettext_lazy("What became of the mail"), required=False)

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(state, f"{state_in_words(state)} ({number})") for state, number in counts.items() if state]
        self.fields["state"].choices = [("", _("All")), *shown]


@staff_only
@require_safe
def delivery_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What became of each mail of a letter that has been sent."""
    letter = _sent(request, key)
    counts = delivery.counts(letter)
    form = _Wanted(request.GET or None, counts=counts)
    rows = delivery.of(letter)
    if form.is_bound and form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    page = {
        "letter": letter,
        "title": _("How it arrived"),
        "next": _next(counts),
        "facts": _facts(letter, counts),
        "table": _table(request, rows, form),
        "difference": differences.since_planned(letter, timezone.now()),
        "may_correct": may_now(request, permissions.CORRECT, state=letter.state),
        "downloads": _downloads(request, letter),
        "crumbs": crumbs_to(letter, here=_("How it arrived")),
    }
    return render(request, "letters/sending/delivery.html", page)


@staff_only
@require_safe
def delivery_csv(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same for a spreadsheet: who, where, why and what became of it. Nobody with protected identity is named."""
    letter = _sent(request, key)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_head())
    rows = list(delivery.of(letter))
    taking_out.delivery(letter=letter, number=len(rows), by=request.user, at=timezone.now())
    whys = audiences.whys([row.reasons for row in rows], (get_language() or "sv")[:2])
    for row, why in zip(rows, whys, strict=True):
        writer.writerow([harmless(cell) for cell in _cells(row, why)])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="leverans-{letter.slug}.csv"'
    return answer


def _downloads(request: HttpRequest, letter: Letter) -> list[Download]:
    if not permissions.TABLE.allows(request.user, permissions.TAKE_OUT, timezone.now()):
        return []
    return [Download(_("All recipients, for a spreadsheet"), reverse("letters:delivery_csv", args=[letter.key]), "CSV")]


def _sent(request: HttpRequest, key: UUID) -> Letter:
    letter = letter_for(request, key)
    if letter.state != LetterState.SENT:
        raise Http404
    return letter


def _next(counts: dict[str, int]) -> dict[str, Any]:
    waiting = sum(counts.get(state, 0) for state in (MessageState.WAITING, MessageState.SENDING))
    troubled = sum(counts.get(state, 0) for state in delivery.TROUBLED)
    if waiting:
        what = ngettext("%(number)s mail is on its way.", "%(number)s mails are on their way.", waiting)
        return {"what": what % {"number": waiting}, "who": _("the system itself")}
    if troubled:
        what = ngettext(
            "%(number)s recipient was not reached. Find out another address, or ring.",
            "%(number)s recipients were not reached. Find out other addresses, or ring.",
            troubled,
        )
        return {"what": what % {"number": troubled}, "who": _("Who sent the letter")}
    if counts.get(MessageState.PAPER):
        return {"what": _("The letters on paper are to be printed and posted."), "who": _("The registrar")}
    return {"what": _("Nothing: everybody has been reached, as far as mail servers tell."), "who": ""}


def _facts(letter: Letter, counts: dict[str, int]) -> list[Fact]:
    expected = letter.expected or 0
    facts = [Fact(_("Recipients"), str(expected)), Fact(_("Sent off"), moment_text(letter.sent_at))]
    facts += [Fact(state_in_words(state), str(counts[state])) for state in MessageState.values if counts.get(state)]
    if missing := expected - sum(number for state, number in counts.items() if state):
        facts.append(Fact(_("Missing"), str(missing)))
    return facts


def _table(request: HttpRequest, rows: Any, form: forms.Form) -> Table:
    return Table(
        caption=_("Recipients"),
        columns=[
            Column("name", _("Who"), value=delivery.name_of, is_row_header=True),
            Column("address", _("Address"), value=_address),
            Column("state", _("What became of the mail"), kind="badge", value=_badge),
            Column("because", _("Why"), value=lambda row: reasons.in_words(row.because or "")),
            Column("left_at", _("When"), kind="moment"),
        ],
        rows=rows,
        params=request.GET,
        page_size=50,
        filters=form,
        empty=_("Nobody is here."),
    )


def _badge(row: Recipient) -> Badge:
    state = row.state  # type: ignore[attr-defined]  # annotated
    return Badge(state_in_words(state), KINDS[MessageState(state)]) if state else Badge(_("Missing"), "error")


def _address(row: Recipient) -> str:
    if row.person is not None and row.person.is_protected:
        return "–"
    return row.address or (_("On paper") if row.forget_at else _("Not kept any more"))


def _head() -> Iterable[str]:
    return [_("Who"), _("Address"), _("Why"), _("Language"), _("What became of the mail"), _("When")]


def _cells(row: Recipient, why: list[str]) -> Iterator[str]:
    yield delivery.name_of(row)
    yield _address(row)
    yield "; ".join(why)
    yield row.language
    yield str(_badge(row).label)
    left_at = row.left_at  # type: ignore[attr-defined]  # annotated
    yield timezone.localtime(left_at).isoformat(timespec="seconds") if left_at else ""
