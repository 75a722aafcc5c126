"""The full protocol: all that was decided, by whom and from what, for the file. It bears a secrecy mark."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.ui.dates import day_text, moment_text
from samspel.kernel.ui.figures import Figure, figure_text, number_text
from samspel.kernel.values.identifiers import format_organization_number
from samspel.selection.models import ExclusionKind, Round
from samspel.selection.queries import words
from samspel.selection.queries.pairs import PairRow, leftovers_of, pairs_of
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
)
from samspel.selection.queries.public import public_view
from samspel.selection.queries.ranking import left_out_of, rows_of
from samspel.selection.queries.results import result_of, seed_of
from samspel.selection.queries.sources import sources_of
from samspel.selection.rules.result import Result


def protocol(round: Round, at: datetime) -> Protocol:
    """The full protocol of a frozen round, in the language that is active."""
    if round.frozen_at is None:
        raise ValueError("not frozen")
    seen, result = public_view(round, on=timezone.localdate(at)), result_of(round)
    return Protocol(
        title=_("Full protocol: %(title)s") % {"title": seen.title},
        lead=labels_of(seen),
        notice=_("Secret until the evaluation closes, %(day)s. A request for it goes to secrecy review.")
        % {"day": day_text(round.evaluation_closes_on)},
        foot=foot_of(round, at),
        landscape=True,
        sections=[
            round_section(seen),
            _history(round),
            _rules(result),
            criteria_section(seen),
            frame_section(seen),
            _left_out(result),
            _strata(result),
            _ranking(result),
            *_choice(round, result),
        ],
    )


def _history(round: Round) -> Section:
    rows = history_of(round)[::-1]
    people = names_of(row.by_key for row in rows)
    columns = [Col(_("When")), Col(_("What"), wide=True), Col(_("Who"))]
    cells = [
        (moment_text(row.at), row.label, people.get(row.by_key, _("a person")) if row.by_key else _("the system"))
        for row in rows
    ]
    said = (
        [_("Returned to draft because: %(reason)s") % {"reason": round.returned_because}]
        if round.returned_because
        else []
    )
    return Section(_("Who did what, and when"), said, tables=[Rows(columns, cells)])


def _rules(result: Result) -> Section:
    rules = result.snapshot.rules
    return Section(
        _("Rules"),
        [*words.frame(rules), *words.choice(rules)],
        facts=[(_("Strata"), words.strata(rules)), (_("Federations"), words.FEDERATIONS[rules.federations])],
    )


def _left_out(result: Result) -> Section:
    kinds = dict(ExclusionKind.choices)
    excluded, others = [], []
    for out, reason in left_out_of(result):
        number = format_organization_number(out.subject.organization_number)
        if out.reason == "excluded":
            excluded.append((out.subject.name, number, kinds.get(out.detail, out.detail), out.note))
        else:
            others.append((out.subject.name, number, reason))
    named = [Col(_("Organizer")), Col(_("Organization number"))]
    return Section(
        _("Left out, one by one"),
        tables=[
            Rows(
                [*named, Col(_("Kind")), Col(_("Reason"), wide=True)],
                excluded,
                _("Taken out, with reasons"),
                _("Nobody was taken out."),
            ),
            Rows(
                [*named, Col(_("Reason"), wide=True)],
                others,
                _("Left out by the rules"),
                _("Nobody was left out by the rules."),
            ),
        ],
    )


def _strata(result: Result) -> Section:
    counties, rules = words.counties(), result.snapshot.rules
    counted = Counter(result.scored.strata)
    rows = [(words.stratum(stratum, rules.strata, counties), count) for stratum, count in sorted(counted.items())]
    columns = [Col(_("Stratum"), wide=True), Col(_("In the frame"), numeric=True)]
    return Section(_("Strata"), tables=[Rows(columns, rows)])


def _ranking(result: Result) -> Section:
    sources = sources_of(result)
    columns = [
        Col(_("Rank"), numeric=True, share=0.4),
        Col(_("Organizer"), wide=True),
        Col(_("Stratum")),
        *(column for source in sources for column in (Col(source.indicator, True), Col(_("Part"), True))),
        Col(_("Score"), numeric=True),
        Col(_("What came of it"), share=1.4),
    ]
    return Section(
        _("Ranking"),
        [_("Every score is the exact sum of its parts, each rounded to nine decimals.")],
        tables=[Rows(columns, [_ranked(result, row, sources) for row in rows_of(result)])],
    )


def _ranked(result: Result, row: Any, sources: Any) -> list[Any]:
    subject = result.scored.of(row.number).subject
    cells: list[Any] = [row.rank, f"{row.name} ({format_organization_number(row.number)})", row.stratum]
    for source in sources:
        seen = subject.observation(source.criterion.key)
        mark = "exact" if seen.mark == "computed" else seen.mark
        cells += [figure_text(Figure(seen.value, mark)), _nine(row.parts[source.criterion.key])]
    return [*cells, _nine(row.score), words.STANDINGS[row.standing]]


def _choice(round: Round, result: Result) -> list[Section]:
    if not result.is_by_lot:
        return [_by_need(result)]
    return [_pairs(result), _lot(round, result)]


def _by_need(result: Result) -> Section:
    columns = [Col(_("Order"), numeric=True, share=0.5), Col(_("Organizer"), wide=True)]
    return Section(
        _("Chosen"),
        tables=[
            Rows(columns, _numbered(result.offers()), _("Of greatest need")),
            Rows(columns, _numbered(result.reserves()), _("Reserve list"), _("There is none.")),
        ],
    )


def _numbered(ranking: Any) -> list[tuple[int, str]]:
    return [(place, ranked.subject.name) for place, ranked in enumerate(ranking, start=1)]


def _pairs(result: Result) -> Section:
    rows = pairs_of(result)
    columns = [
        Col(_("Order"), numeric=True, share=0.5),
        Col(pgettext("the one of a pair", "Drawn") if result.drawn else _("One"), wide=True),
        Col(_("Compared with") if result.drawn else _("The other"), wide=True),
        Col(_("Stratum")),
        Col(_("Difference in score"), numeric=True),
    ]
    left = [(one.rank, one.name, one.stratum) for one in leftovers_of(result)]
    return Section(
        _("Pairs"),
        tables=[
            Rows(columns, [_paired(row) for row in rows if not row.is_further], empty=_("There are none.")),
            Rows(columns, [_paired(row) for row in rows if row.is_further], _("Further pairs"), _("There are none.")),
            Rows(
                [Col(_("Rank"), numeric=True, share=0.4), Col(_("Organizer"), wide=True), Col(_("Stratum"))],
                left,
                _("Left over: nobody alike in the stratum, and not drawn"),
                _("Nobody is left over."),
            ),
        ],
    )


def _paired(row: PairRow) -> tuple[Any, ...]:
    return (row.order or "–", row.drawn_name, row.compared_name, row.stratum, _nine(row.distance))


def _lot(round: Round, result: Result) -> Section:
    seed = seed_of(round) if round.drawn_at is not None else None
    how = [
        _("In each pair the one with the smaller SHA-256 of the seed followed by its ten digits is drawn."),
        _("Pairs are ordered by the SHA-256 of the seed followed by both numbers, the lower first."),
    ]
    if seed is None:
        return Section(_("The lot"), [*how, _("The round is not drawn yet.")])
    columns = [Col(_("Organizer"), wide=True), Col(_("SHA-256 of seed and number"))]
    rows = [
        cell for row in pairs_of(result) for cell in ((row.drawn_name, row.lots[0]), (row.compared_name, row.lots[1]))
    ]
    facts = [(_("Seed (hexadecimal)"), seed.hex()), (_("Its SHA-256, promised beforehand"), round.commitment)]
    return Section(_("The lot"), how, facts, [Rows(columns, rows)])


def _nine(value: Any) -> str:
    return number_text(value, decimals=9)
