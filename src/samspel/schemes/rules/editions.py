"""An edition of a scheme, read from its document: everything said, nothing unknown, or the list of what is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samspel.schemes.rules.school_forms import SCHOOL_FORMS
from samspel.schemes.rules.steps import StepKind

FORMAT = "samspel.edition/1"


class Entry(StrEnum):
    """How an organizer comes in."""

    SELECTION = "selection"
    OPEN = "open"


class PaymentMode(StrEnum):
    """How money is paid out, if any is."""

    PLAN = "plan"
    REQUISITION = "requisition"
    NONE = "none"


@dataclass(frozen=True)
class Problem:
    """Something wrong in an edition's document: a stable code, and where."""

    code: str
    where: str


class EditionRefused(ValueError):
    """The document is no edition. `problems` holds every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.code}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    sv: str
    en: str

    def get(self, language: str) -> str:
        """The text in a language; Swedish for any other."""
        return self.en if language == "en" else self.sv


@dataclass(frozen=True)
class Step:
    """A step of an edition. actor: a key of the edition's roles; term: which term (0 is before the first), if said."""

    kind: StepKind
    name: Words
    actor: str
    times: int
    term: int | None
    timing: Words


@dataclass(frozen=True)
class Criterion:
    """What a scheme says selection looks at, and the indicators that can stand for it, the best first."""

    key: str
    name: Words
    indicators: tuple[str, ...]
    stand_ins: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where a fact of the edition stands."""

    name: str
    date: date


@dataclass(frozen=True)
class EditionRules:
    """What an edition says. terms: how many school terms (None: no end); conferences and reports: how many; forms:
    slugs of the form definitions that its steps are answered with."""

    slug: str
    scheme: str
    valid_from: date
    name: Words
    purpose: Words
    entry: Entry
    terms: int | None
    organizer_types: tuple[str, ...]
    school_forms: tuple[str, ...]
    roles: Mapping[str, Words]
    steps: tuple[Step, ...]
    criteria: tuple[Criterion, ...]
    conferences: int
    interim_reports: int
    final_reports: int
    payment_mode: PaymentMode
    legal_basis: Words
    appeal: Words
    forms: tuple[str, ...]
    sources: tuple[Source, ...]


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as bytes that are the same everywhere: sorted keys, UTF-8, dates as ISO text."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


class _Reader:
    """Reads a document and collects every problem instead of stopping at the first."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def refuse(self, code: str, where: str) -> None:
        self.problems.append(Problem(code, where))

    def words(self, holder: Any, where: str) -> Words:
        found = holder if isinstance(holder, Mapping) else {}
        texts = [str(found.get(language, "")).strip() for language in ("sv", "en")]
        if not all(texts):
            self.refuse("both_languages_needed", where)
        return Words(*texts)

    def number(self, holder: Mapping[str, Any], key: str, where: str, least: int = 0) -> int:
        value = holder.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.refuse("whole_number_needed", where)
            return least
        return value

    def day(self, value: Any, where: str) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.refuse("date_needed", where)
            return date.min

    def one_of(self, kinds: Any, value: Any, where: str) -> Any:
        try:
            return kinds(value)
        except ValueError:
            self.refuse("unknown_word", where)
            return next(iter(kinds))

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        rows = self.document.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            self.refuse("tables_needed", key)
            return []
        return rows

    def table(self, key: str) -> Mapping[str, Any]:
        found = self.document.get(key, {})
        if not isinstance(found, Mapping):
            self.refuse("table_needed", key)
            return {}
        return found

    def texts(self, holder: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        rows = holder.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
            self.refuse("texts_needed", where)
            return ()
        return tuple(rows)


_KNOWN = {
    "format", "slug", "scheme", "valid_from", "name", "purpose", "entry", "terms", "organizer_types", "school_forms",
    "roles", "steps", "criteria", "conferences", "reports", "payment_mode", "legal_basis", "appeal", "forms", "sources",
}  # fmt: skip


def _steps(reader: _Reader, roles: Mapping[str, Words]) -> tuple[Step, ...]:
    steps = []
    for number, row in enumerate(reader.tables("steps"), start=1):
        where = f"steps[{number}]"
        actor = str(row.get("actor", ""))
        if actor not in roles:
            reader.refuse("unknown_role", f"{where}.actor")
        term = row.get("term")
        if term is not None and (not isinstance(term, int) or term < 0):
            reader.refuse("whole_number_needed", f"{where}.term")
        steps.append(
            Step(
                kind=reader.one_of(StepKind, row.get("kind"), f"{where}.kind"),
                name=reader.words(row.get("name"), f"{where}.name"),
                actor=actor,
                times=reader.number({"times": row.get("times", 1)}, "times", f"{where}.times", least=1),
                term=term,
                timing=reader.words(row["timing"], f"{where}.timing") if "timing" in row else Words("", ""),
            )
        )
    if not steps:
        reader.refuse("steps_needed", "steps")
    return tuple(steps)


def _criteria(reader: _Reader) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            key=str(row.get("key", "")),
            name=reader.words(row.get("name"), f"criteria[{number}].name"),
            indicators=reader.texts(row, "indicators", f"criteria[{number}].indicators"),
            stand_ins=reader.texts(row, "stand_ins", f"criteria[{number}].stand_ins"),
        )
        for number, row in enumerate(reader.tables("criteria"), start=1)
    )


def read(document: Mapping[str, Any]) -> EditionRules:
    """What a document says. Raises EditionRefused with every problem, also for a key that nothing reads."""
    reader = _Reader(document)
    if document.get("format") != FORMAT:
        reader.refuse("unknown_format", "format")
    for key in sorted(set(document) - _KNOWN):
        reader.refuse("unknown_key", key)
    reports = reader.table("reports")
    roles = {key: reader.words(name, f"roles.{key}") for key, name in reader.table("roles").items()}
    forms = reader.texts(document, "school_forms", "school_forms")
    for code in forms:
        if code not in SCHOOL_FORMS:
            reader.refuse("unknown_school_form", f"school_forms.{code}")
    rules = EditionRules(
        slug=str(document.get("slug", "")),
        scheme=str(document.get("scheme", "")),
        valid_from=reader.day(document.get("valid_from"), "valid_from"),
        name=reader.words(document.get("name"), "name"),
        purpose=reader.words(document.get("purpose"), "purpose"),
        entry=reader.one_of(Entry, document.get("entry"), "entry"),
        terms=reader.number(document, "terms", "terms", least=1) if "terms" in document else None,
        organizer_types=reader.texts(document, "organizer_types", "organizer_types"),
        school_forms=forms,
        roles=roles,
        steps=_steps(reader, roles),
        criteria=_criteria(reader),
        conferences=reader.number(document, "conferences", "conferences"),
        interim_reports=reader.number(reports, "interim", "reports.interim"),
        final_reports=reader.number(reports, "final", "reports.final"),
        payment_mode=reader.one_of(PaymentMode, document.get("payment_mode", "none"), "payment_mode"),
        legal_basis=reader.words(document.get("legal_basis"), "legal_basis"),
        appeal=reader.words(document.get("appeal"), "appeal"),
        forms=reader.texts(document, "forms", "forms"),
        sources=tuple(
            Source(str(row.get("name", "")), reader.day(row.get("date"), f"sources[{number}].date"))
            for number, row in enumerate(reader.tables("sources"), start=1)
        ),
    )
    if not rules.slug or not rules.scheme:
        reader.refuse("name_needed", "slug")
    if rules.entry is Entry.SELECTION and not rules.criteria:
        reader.refuse("criteria_needed", "criteria")
    if reader.problems:
        raise EditionRefused(reader.problems)
    return rules
