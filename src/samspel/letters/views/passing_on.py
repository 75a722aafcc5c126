"""A letter is passed on by who got it; and what has been passed on is seen by those who sent it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.tables import Column, Table
from samspel.letters import permissions
from samspel.letters.forms.passing_on import PassOnForm
from samspel.letters.models import Frozen, Letter, LetterState
from samspel.letters.operations import passing_on as operations
from samspel.letters.queries import audiences, passing_on, received, showing
from samspel.letters.queries.letters import title_of
from samspel.letters.views.deeds import at_work, require_now
from samspel.letters.views.found import crumbs_to, letter_for, staff_only


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """Pass a letter on from one of one's places, with a greeting: what, to whom, and whether it has been done."""
    at = timezone.now()
    letter = get_object_or_404(Letter.objects.select_related("sender"), key=key, state=LetterState.SENT)
    require_now(request, permissions.PASS_ON, state=letter.state)
    ways = passing_on.ways(request.user, at, letter)
    if not ways or not received.has_got(request.user, letter, at):
        raise Http404
    way = _chosen(request, ways)
    form = PassOnForm(request.POST if request.method == "POST" else None)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        greeting = form.cleaned_data["greeting"]
        told = {"letter": letter, "passer": way.passer, "place": way.place, "greeting": greeting}
        try:
            made = operations.pass_on(**told, by=request.user, at=at)
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
        else:
            said = ngettext(
                "It is passed on to %(number)s person.", "It is passed on to %(number)s people.", made.expected
            )
            messages.success(request, said % {"number": made.expected})
            return redirect("letters:received")
    page = _page(request, letter, ways, way) | {"form": form, "errors": errors}
    return render(request, "letters/passing_on/pass_on.html", page, status=422 if errors or form.errors else 200)


@staff_only
@require_safe
def passed_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who has passed a letter on, from where, when and to how many."""
    letter = letter_for(request, key)
    rows = list(passing_on.of(letter))
    names = passing_on.place_names({row.place for row in rows})
    total = sum(row.expected for row in rows)
    page = {
        "facts": [Fact(_("Passed on from"), str(len(rows))), Fact(_("Passed on to"), str(total))],
        "table": Table(
            caption=_("Passed on"),
            columns=[
                Column("place", _("From"), is_row_header=True, value=lambda row: names[row.place]),
                Column("by", _("By"), value=lambda row: row.by.shown_name if row.by else "–"),
                Column("at", _("When"), kind="moment"),
                Column("expected", _("To how many"), kind="number"),
                Column("what", _("What"), value=lambda row: _("A part") if row.blocks else _("All of it")),
            ],
            rows=rows,
            params=request.GET,
            empty=_("Nobody has passed the letter on."),
        ),
        "crumbs": crumbs_to(letter, here=_("Passed on")),
    }
    return render(request, "letters/passing_on/passed_on.html", page)


def _chosen(request: HttpRequest, ways: list[passing_on.Way]) -> passing_on.Way:
    """The way that the address names; else the first that has not been taken."""
    asked = (request.GET.get("vag", ""), request.GET.get("plats", ""))
    if any(asked):
        found = next((one for one in ways if (one.passer, one.place) == asked), None)
        if found is None:
            raise Http404
        return found
    return next((one for one in ways if one.done is None), ways[0])


def _page(request: HttpRequest, letter: Letter, ways: list[passing_on.Way], way: passing_on.Way) -> dict[str, Any]:
    at, language = timezone.now(), (get_language() or "sv")[:2]
    frozen = Frozen.objects.filter(letter=letter, language=language).first()
    frozen = frozen or Frozen.objects.get(letter=letter, language="sv")
    shown = showing.shown(letter, frozen.language, at, frozen=frozen)
    part = passing_on.part_of(frozen)
    to = [one for one in passing_on.recipients(letter, way.passer, way.place, at) if one.person != request.user.pk]
    seen = audiences.shown(to, language)
    here = reverse("letters:pass_on", args=[letter.key])
    return {
        "letter": letter,
        "title": title_of(letter, language),
        "way": way,
        "others": [(one, f"{here}?vag={one.passer}&plats={one.place}") for one in ways if one != way],
        "language": shown.language,
        "blocks": [block for block in shown.blocks if not part or block.key in part],
        "is_part": bool(part),
        "number": len(to),
        "names": [one.name or one.address for one in seen.rows],
        "hidden": seen.hidden,
        "crumbs": [Crumb(_("Sent to me"), reverse("letters:received")), Crumb(_("Pass on"))],
    }
