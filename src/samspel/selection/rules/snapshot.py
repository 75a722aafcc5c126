"""What is frozen: rules, data and the promise of the seed in one document, whose digest is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from samspel.selection.rules import canonical
from samspel.selection.rules.problems import Refused
from samspel.selection.rules.reading import TOKEN, Reading
from samspel.selection.rules.settings import RoundRules, read_rules
from samspel.selection.rules.subjects import Subject, read_subject

FORMAT = "samspel.selection/1"
MOST_SUBJECTS = 200_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A round as it is frozen. `commitment` is SHA-256 of the draw seed, or "" where nothing is drawn by lot."""

    round: str
    rules: RoundRules
    subjects: tuple[Subject, ...]
    commitment: str = ""

    def document(self) -> dict[str, Any]:
        """The frozen document, subjects by organization number; `from_document` gives the same snapshot back."""
        ordered = sorted(self.subjects, key=lambda subject: subject.organization_number)
        return {
            "format": FORMAT,
            "round": self.round,
            "commitment": self.commitment,
            "rules": self.rules.document(),
            "data": [subject.document() for subject in ordered],
        }

    def canonical_bytes(self) -> bytes:
        """The bytes to keep: canonical JSON of the document."""
        return canonical.canonical_bytes(self.document())

    def digest(self) -> str:
        """SHA-256 of those bytes, hexadecimal: what is published at the freeze."""
        return canonical.digest(self.document())


def freeze(round_slug: str, rules: RoundRules, subjects: Iterable[Subject], commitment: str = "") -> Snapshot:
    """The snapshot of a round, checked by reading its own document back. Raises Refused with every problem."""
    return from_document(Snapshot(round_slug, rules, tuple(subjects), commitment).document())


def from_document(document: object) -> Snapshot:
    """The snapshot a document states. Raises Refused with every problem."""
    reading = Reading(document)
    reading.only("format", "round", "commitment", "rules", "data")
    reading.among("format", (FORMAT,))
    snapshot = Snapshot(
        round=reading.matching("round", TOKEN, "not_a_key"),
        rules=read_rules(reading.inner("rules")),
        subjects=reading.each("data", read_subject, least=1, most=MOST_SUBJECTS),
        commitment=reading.matching("commitment", canonical.DIGEST, "not_a_digest", ""),
    )
    _check(reading, snapshot)
    if reading.problems:
        raise Refused(reading.problems)
    return snapshot


def _check(reading: Reading, snapshot: Snapshot) -> None:
    numbers = [subject.organization_number for subject in snapshot.subjects]
    if len(set(numbers)) != len(numbers):
        reading.say("repeated", "data")
    if (snapshot.rules.choice.mode == "pairs") != bool(snapshot.commitment):
        reading.say("commitment_against_mode", "commitment", mode=snapshot.rules.choice.mode)
    keys = {criterion.key for criterion in snapshot.rules.criteria}
    for place, subject in enumerate(snapshot.subjects):
        if unknown := set(subject.values) - keys:
            reading.say("unknown_key", f"data[{place}].values", stood=", ".join(sorted(unknown)))
