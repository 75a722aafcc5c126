"""What can be chosen from the registers and the calendar, and what somebody meant by what she typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from samspel.forms.models import Answer
from samspel.forms.queries import registers
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.definitions import Column, Question
from samspel.forms.rules.received import asked_at
from samspel.forms.rules.values import ValueRefused
from samspel.kernel.ui.dates import term_text
from samspel.kernel.values.sorting import search_key
from samspel.kernel.values.terms import Term

Pairs = Sequence[tuple[str, str]]
# More than this is written with proposals rather than chosen from a list.
MOST_IN_A_LIST: Final = 40
TERMS_BACK: Final = 8
TERMS_AHEAD: Final = 8


class Offered(list[tuple[str, str]]):
    """(code, name) that may be chosen; `held`: code to name of what an answer holds and nobody may choose anew."""

    held: dict[str, str]

    def __init__(self, pairs: Pairs, held: dict[str, str]) -> None:
        super().__init__(pairs)
        self.held = held


def held_in(pairs: Pairs) -> dict[str, str]:
    """Code to name, of what is held and not offered."""
    return pairs.held if isinstance(pairs, Offered) else {}


class RegistryChoices:
    """The choices of registry values and school units for one page: each register is asked for once, and once more for
    the names of what the answer holds and the register no longer offers."""

    def __init__(self, answer: Answer, fields: Callable[[], Mapping[str, Any]] | None = None) -> None:
        self._answer = answer
        self._fields = fields or (lambda: fields_of(answer) if answer.pk else {})
        self._kept: dict[str, Pairs] = {}

    def __call__(self, asked: Question | Column) -> Pairs:
        """(code, name) pairs in Swedish order."""
        kind = registers.kind_of(asked)
        if kind not in self._kept:
            self._kept[kind] = self._offered(kind) if kind else ()
        return self._kept[kind]

    def _offered(self, kind: str) -> Pairs:
        pairs = registers.choices(kind, self._answer)
        codes, fields = {code for code, _name in pairs}, self._fields()
        # Of a blank there is no answer, and so nothing that is held.
        definition = body_of(self._answer.version) if fields else None
        held = {
            value
            for path, value in fields.items()
            if definition is not None and isinstance(value, str) and value not in codes
            if (asked := asked_at(definition, path)) is not None and registers.kind_of(asked) == kind
        }
        return Offered(pairs, registers.label_of(kind, held) if held else {})


def meant(typed: str, pairs: Pairs) -> str:
    """The code somebody meant: a code, a name, or "name (code)" as the proposals write it; empty for nothing.

    Raises ValueRefused("no_such_name", or "which_name" with the names it may have been).
    """
    text = " ".join(typed.replace("\x00", "").split())
    if not text:
        return ""
    codes = {code for code, _name in pairs} | held_in(pairs).keys()
    last = text.rpartition("(")[2].rstrip(")").strip()
    for code in (text, last, last.replace("-", "")):
        if code in codes:
            return code
    wanted = search_key(text[:200])
    same = [code for code, name in pairs if search_key(name) == wanted]
    if len(same) == 1:
        return same[0]
    like = [f"{name} ({code})" for code, name in pairs if wanted and wanted in search_key(name)]
    raise ValueRefused("which_name" if like else "no_such_name", ", ".join(like[:5]))


def terms_around(today: date, chosen: str = "") -> Pairs:
    """Terms that are reasonable to choose, in time, with the one that is chosen whatever it is."""
    now = Term.of(today)
    terms = {now.plus(step) for step in range(-TERMS_BACK, TERMS_AHEAD + 1)}
    if chosen:
        terms.add(Term.parse(chosen))
    return [(term.label, term_text(term)) for term in sorted(terms)]
