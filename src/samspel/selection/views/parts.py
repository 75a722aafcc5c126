"""The other pages and the files of a round, for those who may have them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Card, Download
from samspel.selection import permissions
from samspel.selection.models import Round, RoundState
from samspel.selection.queries.facts import is_by_lot
from samspel.selection.queries.public import is_published


def links_of(round: Round, person: Any, at: datetime) -> list[Card]:
    """Ways on from a round's page."""
    may_see = permissions.may_see_figures(person, round, at)
    cards = []
    if may_see or permissions.may(person, "change", round, at):
        cards.append(_card(_("Rules"), "rules", round, _("Frame, criteria, strata and choice.")))
    if may_see:
        cards.append(_card(_("Exclusions"), "exclusions", round, _("Taken out one by one, with reasons.")))
        cards.append(_card(_("Ranking"), "ranking", round, _("Every rank with its parts, sources and dates.")))
    if may_see and round.frozen_at is not None and is_by_lot(round):
        cards.append(_card(_("Pairs and lot"), "pairs", round, _("Who was paired, who was drawn, and the seed.")))
    if may_see and round.drawn_at is not None:
        cards.append(_card(_("Verify"), "verify", round, _("Recompute everything and compare, digit for digit.")))
    if is_published(round) or (may_see and round.state == RoundState.ACCEPTED):
        cards.append(_card(_("Offers"), "offers", round, _("Who was offered, and what they answered.")))
    return cards


def downloads_of(round: Round, person: Any, at: datetime) -> list[Download]:
    """Files to take from a round's page."""
    files = []
    if round.state != RoundState.DRAFT:
        files.append(Download(_("Public protocol"), _url("public-protocol", round), "PDF"))
    if round.frozen_at is not None and permissions.may_see_figures(person, round, at):
        files.append(Download(_("Full protocol, for the file (secret)"), _url("protocol", round), "PDF"))
    if round.drawn_at is not None and permissions.may_see_seed(person, round, at):
        files.append(Download(_("Rules, figures and seed, to verify anywhere (secret)"), _url("bundle", round), "ZIP"))
    return files


def _card(title: str, name: str, round: Round, text: str) -> Card:
    return Card(title, _url(name, round), text)


def _url(name: str, round: Round) -> str:
    return reverse(f"selection:{name}", args=[round.slug])
