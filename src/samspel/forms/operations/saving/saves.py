"""A save: what somebody typed on a page joined, field by field, with what others wrote since she opened it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, SetAside, SetAsideWhy
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.saving.aside import put_aside
from samspel.forms.operations.saving.frozen import AnswerFrozen, keep
from samspel.forms.operations.saving.gone import no_longer_asked
from samspel.forms.operations.saving.reading import Sides, Typed, knows_its_own, sides
from samspel.forms.operations.saving.references import refused
from samspel.forms.operations.saving.writes import store
from samspel.forms.operations.taking import take
from samspel.forms.queries.answers import Their
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.values import parse
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.joining import Joined, join
from samspel.forms.rules.received import received
from samspel.forms.rules.values import ValueRefused
from samspel.kernel.audit import record

# Refused by the answer's state alone: she may write in it when it is open.
FROZEN: Final = frozenset({f"is_{AnswerState.SUBMITTED}", f"is_{AnswerState.WITHDRAWN}"})


@dataclass(frozen=True)
class Saved:
    """What became of a save.

    revision: the answer's, which a page sends as its base from now on for every field that it shows as it stands;
    saved_at: up to when all that was typed is kept; faults: path to why it is not kept (what stood there stands);
    changed: paths that this save wrote; set_aside: what could not take its place; theirs: path to what stands otherwise
    than the page shows (others wrote it, or words were joined); brought_back: rows that one took away while another
    wrote in them, and that stay.
    """

    revision: int
    saved_at: datetime
    faults: dict[str, ValueRefused] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    set_aside: list[SetAside] = field(default_factory=list)
    theirs: dict[str, Their] = field(default_factory=dict)
    brought_back: frozenset[str] = frozenset()


def save(
    *,
    answer: Answer,
    typed: Typed,
    base: int,
    by: Any,
    at: datetime,
    bases: Mapping[str, int] | None = None,
    sent: Mapping[str, Sequence[str]] | None = None,
) -> Saved:
    """Save what was typed on a page that showed the answer as it stood at revision `base`.

    typed: path to text (a list for several_of), of any fields; what is not there is left as it is. `question/row` = ""
    takes the row away, a number is its place; cells of a row that is not there make it, last. bases: path to revision,
    for fields that the page shows as of another than `base` (a page that goes on being written in takes in others'
    changes, except in the field somebody is in). sent: path to what the page has sent before without hearing an answer:
    its own, rather than another window's. Raises PermissionDenied; AnswerRefused for a revision that never was;
    AnswerFrozen if the form was submitted meanwhile, and then what was typed is kept beside it in a transaction of its
    own: so never call this within another.
    """
    try:
        return _save(answer, typed, base, bases or {}, sent or {}, by=by, at=at)
    except AnswerRefused as refusal:
        if refusal.code not in FROZEN:
            raise
        state, kept = keep(answer, typed, base, bases or {}, by=by, at=at)
        raise AnswerFrozen(refusal, state, kept) from None


@transaction.atomic
def _save(
    answer: Answer,
    typed: Typed,
    base: int,
    bases: Mapping[str, int],
    sent: Mapping[str, Sequence[str]],
    *,
    by: Any,
    at: datetime,
) -> Saved:
    locked = take(permissions.WRITE, answer, by=by, at=at)
    _require_known(locked, [base, *bases.values()])
    definition = body_of(locked.version)
    read = received(definition, typed, parse)
    both = sides(locked, read.values, base, bases)
    changed = {path: value for path, value in read.values.items() if value != both.base.get(path)}
    faults = {**read.faults, **refused(definition, changed, locked, by)}
    mine = {path: value for path, value in read.values.items() if path not in faults}
    known = knows_its_own(both, locked, mine, by, at, _values(definition, sent))
    joined = join(definition, mine, known.base, known.now)
    if joined.writes:
        store(locked, joined.writes, by=by, at=at)
    unknown = [path for path, fault in read.faults.items() if fault.code == "unknown_field"]
    gone = no_longer_asked(locked, typed, unknown, base, bases)
    aside = put_aside(locked, joined.conflicts, by=by, at=at)
    aside += put_aside(locked, gone.values, by=by, at=at, why=SetAsideWhy.NOT_ASKED, labels=gone.labels)
    if joined.writes or aside:
        facts = {"revision": locked.revision, "fields": len(joined.writes), "set_aside": len(aside)}
        record(action="forms.answer.saved", on=locked, by=by, at=at, **facts)
    answer.revision, answer.saved_at = locked.revision, locked.saved_at
    return Saved(
        revision=locked.revision,
        saved_at=at,
        faults={**faults, **joined.faults},
        changed=frozenset(joined.writes),
        set_aside=aside,
        theirs=_theirs(mine, joined, both, locked.revision),
        brought_back=frozenset(joined.brought_back),
    )


def _values(definition: Definition, sent: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    """Path to what was sent before, as it would have been kept."""
    found: dict[str, list[Any]] = {}
    for path, texts in sent.items():
        for text in texts:
            value = received(definition, {path: text}, parse).values.get(path)
            found.setdefault(path, []).append(value)
    return found


def _require_known(answer: Answer, revisions: list[int]) -> None:
    if not all(0 <= one <= answer.revision for one in revisions):
        sentence = _(
            "The page does not belong to the form as it stands. Copy what you have written, and open it again."
        )
        raise AnswerRefused(sentence, code="unknown_revision")


def _theirs(mine: Mapping[str, Any], joined: Joined, both: Sides, revision: int) -> dict[str, Their]:
    """What stands otherwise than the page shows, after the save."""
    found = {}
    for path, one in both.theirs.items():
        if path in joined.merged:
            found[path] = replace(one, value=joined.writes.get(path, one.value), revision=revision, is_merged=True)
        elif path not in joined.writes and (path not in mine or mine[path] != one.value):
            found[path] = one
    return found
