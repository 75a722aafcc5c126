"""What a protocol is made of, and the sections that both have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.kernel.ui.dates import day_text, moment_text
from samspel.selection.models import Round
from samspel.selection.queries.public import PublicRound
from samspel.selection.queries.sources import CriterionSource
from samspel.selection.queries.words import MARKS


@dataclass(frozen=True)
class Col:
    """A column: its heading, whether it holds numbers, and its share of the width (a wide one has two)."""

    label: Any
    numeric: bool = False
    wide: bool = False
    share: float = 1

    def data(self) -> dict[str, Any]:
        """Plain, for the template."""
        return {"label": str(self.label), "numeric": self.numeric, "share": 2 if self.wide else self.share}


@dataclass(frozen=True)
class Rows:
    """A table: columns, rows of texts, and what is said when there are none."""

    columns: Sequence[Col]
    rows: Sequence[Sequence[Any]]
    caption: Any = ""
    empty: Any = ""

    def data(self) -> dict[str, Any]:
        """Plain, for the template."""
        return {
            "columns": [one.data() for one in self.columns],
            "rows": [[str(cell) for cell in row] for row in self.rows],
            "caption": str(self.caption),
            "empty": str(self.empty),
        }


@dataclass(frozen=True)
class Section:
    """A heading with sentences, facts and tables beneath."""

    heading: Any
    lines: Sequence[Any] = ()
    facts: Sequence[tuple[Any, Any]] = ()
    tables: Sequence[Rows] = ()

    def data(self) -> dict[str, Any]:
        """Plain, for the template."""
        return {
            "heading": str(self.heading),
            "lines": [str(line) for line in self.lines],
            "facts": [[str(name), str(value)] for name, value in self.facts],
            "tables": [table.data() for table in self.tables],
        }


@dataclass(frozen=True)
class Protocol:
    """A whole protocol. `notice` stands on every page."""

    title: str
    sections: Sequence[Section]
    lead: Sequence[str] = ()
    notice: str | None = None
    foot: str = ""
    landscape: bool = False

    def data(self) -> dict[str, Any]:
        """Plain, for the template."""
        return {
            "title": self.title,
            "lead": list(self.lead),
            "notice": self.notice,
            "foot": self.foot,
            "landscape": self.landscape,
            "sections": [section.data() for section in self.sections],
        }


def foot_of(round: Round, at: datetime) -> str:
    """What stands at the foot of every page."""
    return _("Samspel, round %(slug)s, made %(moment)s") % {"slug": round.slug, "moment": moment_text(at)}


def labels_of(seen: PublicRound) -> list[str]:
    """What must be said first: exercise, invented (the round, or all of a demonstration's programme), voided."""
    said = []
    if seen.is_exercise:
        said.append(_("EXERCISE on real published figures. Nobody is offered anything."))
    if seen.is_invented:
        said.append(_("INVENTED: the programme and the organizers of this round do not exist."))
    elif settings.SAMSPEL_IS_DEMO:
        said.append(_("Demonstration: the programme shown here is invented."))
    if seen.voided_because:
        said.append(_("VOIDED: %(reason)s") % {"reason": seen.voided_because})
    return said


def round_section(seen: PublicRound) -> Section:
    """What the round is, and the digests by which it can be held to its word."""
    facts: list[tuple[Any, Any]] = [
        (_("Round"), f"{seen.title} ({seen.slug})"),
        (_("Scheme"), f"{seen.scheme_name} ({seen.edition_slug})"),
        (pgettext("of a round", "State"), _("Published") if seen.is_published else seen.state_label),
        (_("The evaluation closes"), day_text(seen.evaluation_closes_on)),
        (_("Commitment (SHA-256 of the seed)"), seen.commitment or _("none: nothing is drawn by lot")),
        (_("Digest of the frozen document"), seen.digest or _("not frozen yet")),
        (_("Digest of the result"), seen.result_digest or _("not drawn yet")),
    ]
    return Section(_("The round"), facts=facts)


def steps_section(seen: PublicRound) -> Section:
    """Which steps were taken, and when."""
    rows = [(step.label, moment_text(step.at)) for step in seen.milestones]
    return Section(_("Step by step"), tables=[Rows([Col(_("Step"), wide=True), Col(_("When"))], rows)])


def criteria_section(seen: PublicRound) -> Section:
    """The criteria, with the sources of their figures once the round is frozen."""
    tables = [Rows([Col(_("Criterion")), Col(_("How it counts"), wide=True)], seen.criteria)]
    if seen.sources:
        tables.append(Rows(source_columns(), _source_rows(seen.sources), _("Sources of the figures")))
    return Section(_("Criteria and sources"), [*seen.choice, *seen.notices], tables=tables)


def frame_section(seen: PublicRound) -> Section:
    """How many were considered, left out and ranked."""
    if seen.frame is None:
        return Section(_("Frame"), [_("The frame is counted when the round is frozen.")])
    columns = [Col(_("Reason"), wide=True), Col(_("Number"), numeric=True)]
    frame = seen.frame
    facts = [(_("Considered"), frame.considered), (_("In the frame, and ranked"), frame.inside)]
    tables = [
        Rows(columns, list(frame.left_out.items()), _("Left out, by reason"), _("Nobody was left out.")),
        Rows(columns, list(frame.excluded.items()), _("Taken out one by one, by kind"), _("Nobody was taken out.")),
    ]
    return Section(_("Frame"), facts=facts, tables=tables)


def source_columns() -> list[Col]:
    """The columns of a table of sources."""
    return [
        Col(_("Indicator")),
        Col(_("Year"), share=0.6),
        Col(_("Source"), wide=True),
        Col(_("Extracted")),
        Col(_("Marks")),
    ]


def _source_rows(sources: Iterable[CriterionSource]) -> list[tuple[str, ...]]:
    return [
        (
            source.indicator,
            ", ".join(source.periods),
            "; ".join(
                [
                    *(source.stated or [source.authority]),
                    *(f"{file.title} ({file.digest[:12]}…)" for file in source.files),
                ]
            ),
            ", ".join(sorted({day_text(file.extracted_on, short=True) for file in source.files if file.extracted_on})),
            ", ".join(f"{MARKS.get(mark, mark)}: {count}" for mark, count in source.marks.items()),
        )
        for source in sources
    ]
