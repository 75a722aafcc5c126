"""How well personal data are found in free text: recall and precision on 300 labelled sentences.

The sentences (`personal_data.txt`) were written apart from the rules and not used to better them, one a line; a place
that should be found stands as `{kind:words}`. A place counts as found if something of its kind lies over it: the writer
is shown the words around it.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from samspel.forms.rules.personal import Finding, find
from samspel.kernel.values.benches import BenchRow

SENTENCES: Final = Path(__file__).parent / "personal_data.txt"
RECALL_GOAL: Final = 0.90
PRECISION_GOAL: Final = 0.90
_MARKED: Final = re.compile(r"\{(?P<kind>[a-z_]+):(?P<words>[^{}]+)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the places in it that should be found."""

    text: str
    places: tuple[Finding, ...]


@dataclass(frozen=True)
class Score:
    """Places that should be found, those of them that were, and everything that was found."""

    expected: int
    hit: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """Share of what should be found that was."""
        return self.hit / self.expected

    @property
    def precision(self) -> float:
        """Share of what was found that should be."""
        return self.right / self.found


def sentences(path: Path = SENTENCES) -> list[Sentence]:
    """The labelled sentences of a file, in their order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line and not line.startswith("#")]


def score(labelled: list[Sentence]) -> Score:
    """How what is found agrees with the labels."""
    expected = hit = found = right = 0
    for sentence in labelled:
        places = find(sentence.text)
        expected, found = expected + len(sentence.places), found + len(places)
        hit += sum(any(_agrees(place, wanted) for place in places) for wanted in sentence.places)
        right += sum(any(_agrees(place, wanted) for wanted in sentence.places) for place in places)
    return Score(expected, hit, found, right)


def rows() -> list[BenchRow]:
    """Recall, precision, and how long a text of 20 000 words takes to look through."""
    labelled = sentences()
    reached = score(labelled)
    text = " ".join(sentence.text for sentence in labelled)
    text = " ".join((text.split() * 20)[:20_000])
    began = time.process_time()
    find(text)
    took = time.process_time() - began
    return [
        BenchRow(
            f"personal data found in {len(labelled)} sentences",
            f"recall {reached.recall:.3f}",
            f"{reached.expected} places",
            None,
            f"at least {RECALL_GOAL}",
        ),
        BenchRow(
            "and nothing else",
            f"precision {reached.precision:.3f}",
            f"{reached.found} found",
            None,
            f"at least {PRECISION_GOAL}",
        ),
        BenchRow("looking through 20 000 words", f"{took:.2f} s CPU", "", None, "under 2 s"),
    ]


def _read(line: str) -> Sentence:
    text, places, end = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[end : match.start()]
        places.append(Finding(match["kind"], len(text), len(text) + len(match["words"])))
        text, end = text + match["words"], match.end()
    return Sentence(text + line[end:], tuple(places))


def _agrees(place: Finding, wanted: Finding) -> bool:
    return place.kind == wanted.kind and place.start < wanted.end and wanted.start < place.end
