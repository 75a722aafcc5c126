"""Selection rounds: all of them, and one with everything that is public of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table
from samspel.reporting.queries import addresses, support
from samspel.reporting.queries import rounds as queries
from samspel.reporting.rules.exports import Export
from samspel.reporting.rules.status import status_on
from samspel.reporting.views import downloads, organizers
from samspel.reporting.views.kept import kept
from samspel.schemes.queries import name_of
from samspel.selection.models import RoundState
from samspel.selection.queries import public
from samspel.selection.queries.public import PublicRound
from samspel.selection.queries.sources import CriterionSource


@kept
def round_list(request: HttpRequest) -> HttpResponse:
    """Every round the public knows of, the newest first."""
    columns = [
        Column("title", _("Selection round"), is_row_header=True, url=lambda one: addresses.round_page(one.slug)),
        Column("scheme", _("Programme"), value=lambda one: name_of(one.edition.scheme, request.LANGUAGE_CODE)),
        Column("proposed_at", _("Proposed"), kind="date"),
        Column("state", pgettext("of a round", "State"), value=_state),
        Column("kind", _("Kind"), value=_kind),
    ]
    table = Table(
        columns=columns,
        rows=public.public_rounds().order_by("-proposed_at", "slug"),
        params=request.GET,
        caption=_("Selection rounds"),
        empty=_("No selection round has been proposed yet."),
    )
    crumbs = [Crumb(_("Start page"), reverse("reporting:front")), Crumb(_("Selection"))]
    return render(request, "reporting/rounds.html", {"crumbs": crumbs, "table": table, "day": downloads.today()})


@kept
def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A round: where it stands, what happens next, how the choice is made and how it can be checked."""
    day = downloads.today()
    round = _public_or_404(slug, day)
    context = {
        "crumbs": [
            Crumb(_("Start page"), reverse("reporting:front")),
            Crumb(_("Selection"), reverse("reporting:rounds")),
            Crumb(round.title),
        ],
        "round": round,
        "badge": queries.badge(round),
        "next": queries.next_step(round, by=queries.publish_by(slug)),
        "road": queries.road(round),
        "facts": _facts(round),
        "frame": _frame_facts(round),
        "offers": _offers_table(round, day),
        "day": day,
        "map_url": f"{reverse('reporting:map')}?omgang={round.slug}",
        "list_url": f"{reverse('reporting:organizers')}?omgang={round.slug}",
        "downloads": downloads.links("reporting:round_export", slug),
    }
    return render(request, "reporting/round.html", context)


@kept
def round_export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A round's offered organizers as a file; JSON and PDF say how the choice was made, too."""
    day = downloads.today()
    round = _public_or_404(slug, day)
    export = Export(
        title=round.title,
        day=day,
        source=_("Samspel, published selection rounds"),
        columns=_columns(),
        rows=[_row(round, offer, day) for offer in round.offers],
        address=request.build_absolute_uri(addresses.round_page(slug)),
        notes=(*_round_notes(round), *downloads.notes()),
        facts=_open_facts(round),
        words={**downloads.words(), "rows_heading": _rows_heading(round)},
    )
    extra = {
        "facts": _pairs(_file_facts(round)),
        "checks": _pairs(_checks(round)),
        "texts": _texts(round),
    }
    return downloads.answer(
        request, kind, export, name=f"urval-{slug}", template="reporting/documents/round.typ", extra=extra
    )


def _rows_heading(round: PublicRound) -> str:
    return _("Drawn in the exercise") if round.is_exercise else _("Offered support")


def _public_or_404(slug: str, day: date) -> PublicRound:
    round = public.public_round(slug, on=day)
    if round is None:
        raise Http404(slug)
    return round


def _state(round: Any) -> Badge:
    if public.is_published(round):
        return Badge(_("Published"), "success")
    return Badge(RoundState(round.state).label, "error" if round.state == RoundState.VOIDED else "info")


def _kind(round: Any) -> Any:
    return Badge(_("Exercise"), "warning") if round.is_exercise else pgettext("kind of round", "Support")


def _facts(round: PublicRound) -> list[Fact]:
    facts = [
        Fact(_("Programme"), round.scheme_name),
        Fact(_("Kind of choice"), _("Pairs drawn by lot") if round.is_by_lot else _("Those of greatest need")),
        Fact(_("The evaluation closes"), day_text(round.evaluation_closes_on)),
    ]
    if round.offers:
        facts.insert(
            2, Fact(_("In the exercise list") if round.is_exercise else _("Offered support"), len(round.offers))
        )
    return facts


def _frame_facts(round: PublicRound) -> list[Fact]:
    if round.frame is None:
        return []
    frame = round.frame
    return [
        Fact(_("Considered"), frame.considered),
        *(Fact(_("Left out: %(reason)s") % {"reason": reason}, count) for reason, count in frame.left_out.items()),
        *(Fact(_("Taken out: %(reason)s") % {"reason": kind}, count) for kind, count in frame.excluded.items()),
        Fact(_("Could be chosen"), frame.inside),
    ]


def _file_facts(round: PublicRound) -> list[Fact]:
    return [Fact(pgettext("of a round", "State"), queries.badge(round).label), *_facts(round), *_frame_facts(round)]


def _checks(round: PublicRound) -> list[Fact]:
    """The digests that are published, by what they are of."""
    known = [
        Fact(_("Commitment to the draw seed (SHA-256)"), round.commitment),
        Fact(_("Digest of figures and rules (SHA-256)"), round.digest),
        Fact(_("Digest of the result (SHA-256)"), round.result_digest),
    ]
    return [fact for fact in known if fact.value]


def _pairs(facts: list[Fact]) -> list[list[str]]:
    return [[str(fact.label), str(fact.value)] for fact in facts]


def _round_notes(round: PublicRound) -> tuple[str, ...]:
    said = []
    if round.is_exercise:
        said.append(_("This is an exercise on published figures: nobody has been offered anything."))
    if round.state == RoundState.VOIDED:
        said.append(_("The round is voided: %(reason)s") % {"reason": round.voided_because})
    return tuple(said)


def _texts(round: PublicRound) -> list[dict[str, Any]]:
    """Heading and paragraphs of the parts of a round's document."""
    criteria = [f"{what}. {how}" for what, how in round.criteria]
    sources = [
        f"{source.indicator}: "
        + ", ".join([*source.stated, *(f"{file.title} ({file.extracted_on})" for file in source.files)])
        for source in round.sources
    ]
    parts = [
        (_("How the choice is made"), list(round.choice)),
        (_("Criteria"), criteria),
        (_("Where the figures come from"), sources),
    ]
    return [{"heading": heading, "paragraphs": paragraphs} for heading, paragraphs in parts if paragraphs]


def _open_facts(round: PublicRound) -> dict[str, Any]:
    """What the JSON file tells of the round beside its rows."""
    frame = round.frame
    return {
        "slug": round.slug,
        "programme": round.scheme_slug,
        "edition": round.edition_slug,
        "state": round.state,
        "is_exercise": round.is_exercise,
        "is_invented": round.is_invented,
        "milestones": {one.state: one.at for one in round.milestones},
        "evaluation_closes_on": round.evaluation_closes_on,
        "voided_because": round.voided_because,
        "commitment_sha256": round.commitment,
        "digest_sha256": round.digest,
        "result_digest_sha256": round.result_digest,
        "choice": list(round.choice),
        "criteria": [{"indicator": what, "rule": how} for what, how in round.criteria],
        "sources": [_open_source(source) for source in round.sources],
        "frame": frame
        and {
            "considered": frame.considered,
            "inside": frame.inside,
            "left_out": frame.left_out,
            "excluded": frame.excluded,
        },
    }


def _open_source(source: CriterionSource) -> dict[str, Any]:
    return {
        "indicator": source.indicator,
        "stands_in_for": source.wanted if source.is_stand_in else None,
        "authority": source.authority,
        "periods": source.periods,
        "stated": source.stated,
        "caveat": source.caveat,
        "files": [
            {"title": file.title, "extracted_on": file.extracted_on, "sha256": file.digest} for file in source.files
        ],
    }


def _columns() -> tuple[tuple[str, str], ...]:
    return (
        ("organization_number", _("Organization number")),
        ("name", _("Organizer")),
        ("county", _("County")),
        ("status", _("Status")),
        ("exercise", _("Exercise")),
        ("invented", _("Invented")),
        ("ended_on", _("Ended")),
    )


def _row(round: PublicRound, offer: Any, day: date) -> dict[str, Any]:
    organizer = offer.organizer
    return {
        "organization_number": organizer.written_number,
        "name": organizer.name,
        "county": organizer.county.name if organizer.county else None,
        "status": str(_status(round, offer, day).label),
        "exercise": round.is_exercise,
        "invented": organizer.is_invented,
        "ended_on": offer.ended_on,
    }


def _status(round: PublicRound, offer: Any, day: date) -> Badge:
    status = status_on(day, response=offer.response, ended_on=offer.ended_on)
    return support.status_badge(status, round.is_exercise)


def _offers_table(round: PublicRound, day: date) -> Table:
    columns = [
        Column("name", _("Organizer"), value=lambda o: organizers.name_html(o.organizer), is_row_header=True),
        Column("county", _("County"), value="organizer__county__name"),
        Column("status", _("Status"), value=lambda o: _status(round, o, day)),
    ]
    return Table(
        columns=columns,
        rows=list(round.offers),
        params=QueryDict(),
        caption=_rows_heading(round),
        page_size=10_000,
    )
