"""What the page shows where a filled PDF is gone through: each difference three ways, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.forms import permissions
from samspel.forms.models import HandedIn, HandedInState
from samspel.forms.queries import handed_in as queries
from samspel.forms.queries import registers
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import writers_of
from samspel.forms.queries.words import said
from samspel.forms.queries.writing import label_at, section_url, words_of
from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.handed_in import Compared, Standing, Unit
from samspel.forms.rules.received import asked_at, section_at
from samspel.kernel.ui.components import Badge, Fact
from samspel.kernel.ui.dates import moment_text


@dataclass(frozen=True)
class Cell:
    """A cell of a row that comes or goes, in words; fault: what is wrong with it."""

    label: str
    words: str
    fault: Any = ""


@dataclass(frozen=True)
class Shown:
    """One thing to decide, or to know of, in words. url: where it is written by hand."""

    path: str
    id: str
    label: str
    section: str
    was: str
    now: str
    pdf: str
    fault: Any = ""
    decided: str = ""
    is_new_row: bool = False
    is_row_to_go: bool = False
    cells: Sequence[Cell] = ()
    url: str = ""


@dataclass
class Group:
    """What stands alike: changed in the PDF alone, in both, unreadable, decided already."""

    key: str
    title: Any
    lead: Any
    units: list[Shown] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether something is to be decided in it."""
        return self.key in ("only_pdf", "both")


class Words:
    """How paths and values of one answer are told. Codes of registers cost one query for each register."""

    def __init__(self, definition: Definition, found: Iterable[Compared], language: str) -> None:
        self.definition, self.language = definition, language
        codes: dict[str, set[str]] = {}
        for each in found:
            asked = asked_at(definition, each.path)
            if asked is not None and (kind := registers.kind_of(asked)):
                codes.setdefault(kind, set()).update(str(v) for v in (each.was, each.now, each.read.value) if v)
        self.names = {kind: registers.label_of(kind, wanted) for kind, wanted in codes.items()}

    def value(self, path: str, value: Any) -> str:
        """A value in words."""
        return words_of(self.definition, path, value, self.language, self._choices)

    def label(self, path: str, place: int = 1, *, is_new: bool = False) -> str:
        """What a path is called; of a row, with its place among those that the PDF has."""
        where = paths.parse(path)
        if not where.row:
            return label_at(self.definition, path, self.language)
        table = label_at(self.definition, where.question, self.language)
        row = (_("new row %(place)s") if is_new else _("row %(place)s")) % {"place": place}
        return ", ".join(part for part in (table, row, self.column(path) if where.column else "") if part)

    def column(self, path: str) -> str:
        """What a cell's column is called."""
        asked = asked_at(self.definition, path)
        return asked.label.in_language(self.language) if asked else path

    def section(self, path: str) -> str:
        """What the section is called."""
        found = self.definition.section(section_at(self.definition, path))
        return found.title.in_language(self.language) if found else ""

    def _choices(self, asked: Any) -> list[tuple[str, str]]:
        return list(self.names.get(registers.kind_of(asked), {}).items())


def page(handed_in: HandedIn, person: Any, at: Any, language: str) -> dict[str, Any]:
    """All that the page shows of a filled PDF."""
    answer = handed_in.answer
    found = queries.units_of(handed_in)
    words = Words(body_of(answer.version), [each for unit in found for each in unit.fields], language)
    groups = _groups(handed_in, found, words)
    may_decide = handed_in.state == HandedInState.WAITING and permissions.may(person, permissions.WRITE, answer, at)
    return {
        "handed_in": handed_in,
        "answer": answer,
        "badge": badge_of(handed_in),
        "facts": _facts(handed_in),
        "groups": [group for group in groups if group.units],
        "untouched": sum(unit.standing in (Standing.SAME, Standing.ONLY_SYSTEM) for unit in found),
        "may_decide": may_decide,
        "only_pdf": sum(len(group.units) for group in groups if group.key == "only_pdf"),
        "is_waiting": handed_in.state == HandedInState.WAITING,
        "next": _next(handed_in, groups, at),
    }


def badge_of(handed_in: HandedIn) -> Badge:
    """Where it stands, in a word."""
    tones = {HandedInState.WAITING: "warning", HandedInState.DONE: "success", HandedInState.DROPPED: "neutral"}
    return Badge(handed_in.get_state_display(), tones[HandedInState(handed_in.state)])


def to_decide(handed_in: HandedIn, standing: Standing) -> set[str]:
    """Paths that wait for a decision and stand so."""
    waiting = queries.undecided(handed_in, queries.units_of(handed_in))
    return {unit.path for unit in waiting if unit.standing == standing}


def _facts(handed_in: HandedIn) -> list[Fact]:
    came = moment_text(handed_in.came_at)
    facts = [Fact(_("File"), handed_in.file.name), Fact(_("Came"), f"{came}, {handed_in.get_way_display().lower()}")]
    if handed_in.base == queries.BLANK:
        facts.append(Fact(_("Filled in from"), _("a blank form")))
    if handed_in.document is not None:
        facts.append(Fact(_("Kept as"), f"{handed_in.document.case_file.diary_number}-{handed_in.document.number}"))
    return facts


def _next(handed_in: HandedIn, groups: Sequence[Group], at: Any) -> dict[str, Any]:
    if handed_in.state == HandedInState.DROPPED:
        return {"what": _("Nothing: the PDF is put away. What it says is kept here.")}
    if handed_in.state == HandedInState.DONE:
        return {"what": _("Nothing: the PDF has been gone through.")}
    if handed_in.answer.state != "writing":
        return {"what": _("The form is submitted. What the PDF says waits here until it is opened again.")}
    left = sum(len(group.units) for group in groups if group.is_open)
    what = (
        ngettext(
            "Somebody chooses what is to stand: %(left)s thing is left.",
            "Somebody chooses what is to stand: %(left)s things are left.",
            left,
        )
        % {"left": left}
        if left
        else _("What could not be read is written by hand, and the PDF is marked as gone through.")
    )
    who = ", ".join(person.shown_name for person in writers_of(handed_in.answer, at))
    return {"what": what, "who": who, "by": handed_in.answer.due_on}


def _groups(handed_in: HandedIn, found: Sequence[Unit], words: Words) -> list[Group]:
    groups = {
        "only_pdf": Group(
            "only_pdf", _("Changed in the PDF"), _("Nobody has changed these here since the PDF was downloaded.")
        ),
        "both": Group("both", _("Changed both in the PDF and here"), _("Read both before you choose.")),
        "fault": Group(
            "fault",
            _("Cannot be read"),
            _("This is no answer to its question. Nothing of it is lost: write it by hand where it belongs."),
        ),
        "row_gone": Group(
            "row_gone", _("In rows that have been taken away here"), _("They do not come back by themselves.")
        ),
        "decided": Group("decided", _("Decided already"), ""),
    }
    places = _places(found)
    for unit in found:
        key = "decided" if unit.path in handed_in.decided else str(unit.standing)
        if key in groups:
            groups[key].units.append(_shown(handed_in, unit, words, places))
    return list(groups.values())


def _places(found: Sequence[Unit]) -> dict[str, int]:
    """Row to its place among those that the PDF has of its table, from 1."""
    places: dict[str, int] = {}
    count: dict[str, int] = {}
    for unit in found:
        where = paths.parse(unit.path)
        row = f"{where.question}/{where.row}"
        if where.row and row not in places:
            count[where.question] = count.get(where.question, 0) + 1
            places[row] = count[where.question]
    return places


def _shown(handed_in: HandedIn, unit: Unit, words: Words, places: dict[str, int]) -> Shown:
    first = unit.fields[0]
    where = paths.parse(unit.path)
    is_new = first.read.is_new_row
    place = places.get(f"{where.question}/{where.row}", 1)
    section = section_at(words.definition, unit.path)
    return Shown(
        path=unit.path,
        id="d-" + unit.path.replace("/", "-"),
        label=words.label(unit.path, place, is_new=is_new),
        section=words.section(unit.path),
        was=words.value(unit.path, first.was) if not unit.is_row else "",
        now=words.value(unit.path, first.now) if not unit.is_row else "",
        pdf=first.read.typed if first.read.fault else words.value(unit.path, first.read.value),
        fault=said(first.read.fault, first.read.detail) if first.read.fault else "",
        decided=handed_in.decided.get(unit.path, ""),
        is_new_row=is_new,
        is_row_to_go=unit.is_row and not is_new,
        cells=[_cell(each, words, is_to_go=not is_new) for each in unit.fields[1:]],
        url=f"{section_url(handed_in.answer, section)}#{where.question}" if section else "",
    )


def _cell(each: Compared, words: Words, *, is_to_go: bool) -> Cell:
    """A cell of a new row as the PDF has it, or of a row to go as it stands."""
    if is_to_go:
        return Cell(words.column(each.path), words.value(each.path, each.now))
    fault = said(each.read.fault, each.read.detail) if each.read.fault else ""
    return Cell(words.column(each.path), each.read.typed if fault else words.value(each.path, each.read.value), fault)
