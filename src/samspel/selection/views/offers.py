"""The offers of a round: who, what they answered, and who is next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.tables import Column, Table
from samspel.selection import permissions
from samspel.selection.forms.steps import EndForm, ResponseForm
from samspel.selection.models import Offer, Response, Round, RoundState
from samspel.selection.operations import offering
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries.facts import facts_of, is_by_lot
from samspel.selection.queries.offers import free_places, next_in_order, offers_of
from samspel.selection.queries.public import is_published
from samspel.selection.queries.public import offers_of as public_offers_of
from samspel.selection.queries.wording import sentence_of
from samspel.selection.rules import road
from samspel.selection.views.found import context_of, round_for

KINDS = {Response.NONE: "neutral", Response.ACCEPTED: "success", Response.DECLINED: "warning"}


@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who was offered. The order of the draw is for those who may see the figures."""
    round = round_for(request, slug)
    at = timezone.now()
    is_inside = permissions.may_see_figures(request.user, round, at)
    if round.state != RoundState.ACCEPTED or not (is_inside or is_published(round)):
        raise Http404
    may_record = permissions.may(request.user, road.RECORD_RESPONSE, round, at)
    context = context_of(
        round,
        _("Offers"),
        table=_table(request, round, is_inside=is_inside, may_record=may_record),
        may_record=may_record,
        by_lot=is_by_lot(round),
    )
    return render(request, "selection/offers.html", context)


@login_required
def response(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Record what an organizer answered."""
    offer = _offer_for(request, slug, order, road.RECORD_RESPONSE)
    initial = {"responded_on": timezone.localdate(), "response": offer.response}
    form = ResponseForm(request.POST or None, initial=initial)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            offering.record_response(offer=offer, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The answer is recorded."))
            return redirect("selection:offers", slug=slug)
        except StepNotOpen as refusal:
            errors = [(refusal.sentence, "")]
    return _offer_page(request, offer, form, errors, _("Record an answer"), explains="")


@login_required
def end(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Record the day the support was over."""
    offer = _offer_for(request, slug, order, road.END_SUPPORT)
    form = EndForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            offering.end_support(offer=offer, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The end of the support is recorded."))
            return redirect("selection:offers", slug=slug)
        except StepNotOpen as refusal:
            errors = [(refusal.sentence, "")]
    explains = _("Lists and the map show the support as ended after that day.")
    return _offer_page(request, offer, form, errors, _("End the support"), explains=explains)


@login_required
def offer_next(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, and offer the next on the reserve list or of the further pairs."""
    round = round_for(request, slug)
    at = timezone.now()
    permissions.require(permissions.may(request.user, road.OFFER_NEXT, round, at))
    operation = offering.offer_further if is_by_lot(round) else offering.offer_reserve
    given = {"has_offers_left": next_in_order(round) is not None, "offers_declined": free_places(round)}
    found = road.obstacles(road.OFFER_NEXT, facts_of(round, acting=request.user, at=at, **given))
    obstacles = [sentence_of(problem) for problem in found]
    if request.method == "POST":
        try:
            offer = operation(round=round, by=request.user, at=at)
            messages.success(request, _("%(name)s is offered.") % {"name": offer.organizer.name})
            return redirect("selection:offers", slug=slug)
        except StepNotOpen as refusal:
            obstacles = [sentence_of(problem) for problem in refusal.problems]
    context = context_of(round, _("Offer the next"), obstacles=obstacles, by_lot=is_by_lot(round))
    return render(request, "selection/offer_next.html", context)


def _offer_for(request: HttpRequest, slug: str, order: int, step: str) -> Offer:
    round = round_for(request, slug)
    permissions.require(permissions.may(request.user, step, round, timezone.now()))
    return get_object_or_404(offers_of(round).select_related("round"), order=order)


def _offer_page(
    request: HttpRequest, offer: Offer, form: Any, errors: list[tuple[Any, str]], title: str, *, explains: str
) -> HttpResponse:
    context = context_of(offer.round, title, offer=offer, form=form, errors=errors, title=title, explains=explains)
    return render(request, "selection/offer.html", context)


def _table(request: HttpRequest, round: Round, *, is_inside: bool, may_record: bool) -> Table:
    def address(offer: Offer) -> str:
        return reverse("selection:response", args=[round.slug, offer.order])

    order = [Column("order", _("Order"), kind="number", order_by=("order",))] if is_inside else []
    # Whoever comes from the reserve list stands below all the others in rank.
    kind = (
        [Column("kind", _("Kind"), value=lambda offer: offer.get_kind_display(), order_by=("kind",))]
        if is_inside
        else []
    )
    answers = [
        Column("response", _("Answer"), kind="badge", value=_response_badge, order_by=("response",)),
        Column("responded_on", _("Day of the answer"), kind="date", order_by=("responded_on",)),
        Column("ended_on", _("Ended"), kind="date", order_by=("ended_on",)),
    ]
    record = (
        [
            Column("record", _("Answer"), value=_record_label, url=address),
            Column("end", _("End"), value=_end_label, url=_end_address(round)),
        ]
        if may_record and not round.is_exercise
        else []
    )
    return Table(
        caption=_("Offers"),
        columns=[
            *order,
            Column(
                "name", _("Organizer"), value="organizer__name", is_row_header=True, order_by=("organizer__sort_key",)
            ),
            Column("county", _("County"), value="organizer__county__name", order_by=("organizer__county__sort_key",)),
            *kind,
            *([] if round.is_exercise else answers),
            *record,
        ],
        rows=offers_of(round) if is_inside else public_offers_of(round),
        params=request.GET,
        sort="order" if is_inside else "name",
        empty=_("No offers are made."),
    )


def _response_badge(offer: Offer) -> Badge:
    return Badge(offer.get_response_display(), KINDS[Response(offer.response)])


def _record_label(offer: Offer) -> str:
    return _("Record") if offer.response == Response.NONE else _("Change")


def _end_label(offer: Offer) -> str:
    return _("End the support") if _is_going_on(offer) else ""


def _end_address(round: Round) -> Any:
    def address(offer: Offer) -> str:
        return reverse("selection:end-support", args=[round.slug, offer.order]) if _is_going_on(offer) else ""

    return address


def _is_going_on(offer: Offer) -> bool:
    return offer.response == Response.ACCEPTED and offer.ended_on is None
