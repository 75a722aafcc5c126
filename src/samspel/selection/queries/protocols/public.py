"""The public protocol: criteria, sources with dates, frame counts, exclusions by kind, offered, commitment, digest."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.kernel.values.identifiers import format_organization_number
from samspel.selection.models import Round
from samspel.selection.queries.protocols.sections import (
    Col,
    Protocol,
    Rows,
    Section,
    criteria_section,
    foot_of,
    frame_section,
    labels_of,
    round_section,
    steps_section,
)
from samspel.selection.queries.public import PublicRound, public_view


def protocol(round: Round, at: datetime) -> Protocol:
    """The public protocol of a round, in the language that is active."""
    seen = public_view(round, on=timezone.localdate(at))
    labels = labels_of(seen)
    return Protocol(
        title=_("Public protocol: %(title)s") % {"title": seen.title},
        lead=[*labels, _secrecy(seen)],
        notice=labels[0] if labels else None,
        foot=foot_of(round, at),
        sections=[
            round_section(seen),
            steps_section(seen),
            criteria_section(seen),
            frame_section(seen),
            _offered(seen),
        ],
    )


def _secrecy(seen: PublicRound) -> str:
    return _(
        "Ranking, pairs, comparison group and seed are not public before the evaluation closes. "
        "A request for them goes to secrecy review."
    )


def _offered(seen: PublicRound) -> Section:
    if not seen.is_published:
        return Section(_("Offered"), [_("The offers are not published.")])
    rows = [
        (
            offer.organizer.name,
            format_organization_number(offer.organizer.organization_number),
            offer.organizer.county.name if offer.organizer.county else "–",
        )
        for offer in seen.offers
    ]
    columns = [Col(_("Organizer"), wide=True), Col(_("Organization number")), Col(_("County"))]
    return Section(_("Offered"), [_("In alphabetical order.")], tables=[Rows(columns, rows, empty=_("Nobody."))])
