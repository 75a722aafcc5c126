"""Who stands where and why: the ranking, one organizer's rank explained, the pairs and the lot."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.figures import Figure
from samspel.kernel.ui.tables import Column, Table
from samspel.kernel.values.identifiers import format_organization_number
from samspel.selection import permissions
from samspel.selection.forms.ranking import RankingFilter
from samspel.selection.models import Round
from samspel.selection.queries import words
from samspel.selection.queries.explanations import explanation_of
from samspel.selection.queries.notices import notices_of
from samspel.selection.queries.pairs import leftovers_of, pairs_of
from samspel.selection.queries.ranking import Row, find, ranking_of, rows_of
from samspel.selection.queries.results import result_of, seed_of
from samspel.selection.queries.sources import CriterionSource, sources_of
from samspel.selection.queries.wording import sentences_of
from samspel.selection.rules.result import Result
from samspel.selection.views.found import context_of, round_with_figures

STANDING_KINDS = {"offered": "success", "reserve": "info", "compared": "warning", "compared_further": "warning"}


@login_required
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking: paged, sorted, filtered; in a draft what today's figures would give."""
    round = round_with_figures(request, slug)
    ranking = ranking_of(round, timezone.now())
    context = context_of(round, _("Ranking"), is_provisional=ranking.is_provisional)
    context["problems"] = sentences_of(ranking.problems)[:20]
    if ranking.result is not None:
        context["table"] = _table(request, round, ranking.result)
        context["sources"] = sources_of(ranking.result)
        context["notices"] = notices_of(ranking.result)
    return render(request, "selection/ranking.html", context)


@login_required
def subject(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """One organizer's rank: its parts, their sources, what would have changed it, and another to compare with."""
    round = round_with_figures(request, slug)
    ranking = ranking_of(round, timezone.now())
    if ranking.result is None:
        raise Http404
    asked = request.GET.get("mot", "")
    other = find(ranking.result, asked) if asked else None
    explained = explanation_of(ranking.result, number, other)
    if explained is None:
        raise Http404
    context = context_of(
        round,
        explained.name,
        explained=explained,
        written_number=format_organization_number(number),
        is_provisional=ranking.is_provisional,
        asked=asked,
        not_found=bool(asked) and other is None,
        names=sorted((one.name for one in ranking.result.frame.inside), key=str.casefold),
    )
    return render(request, "selection/subject.html", context)


@login_required
def pairs(request: HttpRequest, slug: str) -> HttpResponse:
    """The pairs in the order of the draw, those left over, and the seed with how to check the lot by hand."""
    round = round_with_figures(request, slug)
    if round.frozen_at is None:
        raise Http404
    result = result_of(round)
    seed = seed_of(round) if permissions.may_see_seed(request.user, round, timezone.now()) else None
    context = context_of(
        round,
        _("Pairs and lot"),
        main=_pairs_table(request, round, result, is_further=False),
        further=_pairs_table(request, round, result, is_further=True),
        leftovers=leftovers_of(result),
        seed="" if seed is None else seed.hex(),
        is_drawn=round.drawn_at is not None,
    )
    return render(request, "selection/pairs.html", context)


def _table(request: HttpRequest, round: Round, result: Result) -> Table:
    rows = rows_of(result)
    filters = RankingFilter(request.GET, rows)
    sources = {source.criterion.key: source for source in sources_of(result)}
    return Table(
        caption=_("Ranking"),
        columns=[
            Column("rank", _("Rank"), kind="number", order_by=("rank",)),
            Column(
                "name",
                _("Organizer"),
                is_row_header=True,
                order_by=("sort_key",),
                url=lambda row: reverse("selection:subject", args=[round.slug, row.number]),
            ),
            Column("county", _("County"), order_by=("county_code", "rank")),
            Column("stratum", _("Stratum"), order_by=("stratum", "rank")),
            Column("score", _("Score"), kind="number", decimals=4, order_by=("score",)),
            *(_part_column(source) for source in sources.values()),
            Column("standing", _("What came of it"), kind="badge", value=_standing, order_by=("standing", "rank")),
        ],
        rows=filters.of(rows),
        params=request.GET,
        sort="rank",
        filters=filters,
        empty=_("Nobody in the frame matches."),
    )


def _part_column(source: CriterionSource) -> Column:
    key = source.criterion.key
    return Column(f"part_{key}", source.indicator, value=lambda row: Figure(row.parts[key], decimals=4), kind="number")


def _standing(row: Row) -> Badge:
    return Badge(words.STANDINGS[row.standing], STANDING_KINDS.get(row.standing, "neutral"))


def _pairs_table(request: HttpRequest, round: Round, result: Result, *, is_further: bool) -> Table:
    def address(number: str) -> str:
        return reverse("selection:subject", args=[round.slug, number])

    return Table(
        caption=_("Further pairs, for extra offers") if is_further else _("Pairs"),
        columns=[
            Column("order", _("Order of the draw"), kind="number", order_by=("order",)),
            Column(
                "drawn_name",
                pgettext("the one of a pair", "Drawn"),
                is_row_header=True,
                url=lambda pair: address(pair.drawn),
                order_by=("drawn_sort",),
            ),
            Column("compared_name", _("Compared with"), url=lambda pair: address(pair.compared)),
            Column("stratum", _("Stratum"), order_by=("stratum",)),
            Column("distance", _("Difference in score"), kind="number", decimals=4, order_by=("distance",)),
        ],
        rows=[pair for pair in pairs_of(result) if pair.is_further == is_further],
        params=request.GET,
        sort="order",
        name="further" if is_further else "pairs",
        empty=_("There are no pairs here."),
    )
