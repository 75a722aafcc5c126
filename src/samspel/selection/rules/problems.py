"""What is wrong with a document, and where: said as codes and facts, put into words by the pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `where` is a path such as `criteria[2].weight`; `facts` are what stood and what was expected."""

    code: str
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)


class Refused(ValueError):
    """The rules, the data or a bundle cannot be used. Carries every problem found, in the order of the document."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.where}: {problem.code}" for problem in self.problems[:5]))


def shown(value: object, longest: int = 60) -> str:
    """What stood there, short enough to print."""
    if isinstance(value, dict | list | tuple):
        # Never written out: somebody may have nested it a thousand deep.
        return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, int) and value.bit_length() > 200:
        return "a number of very many digits"
    text = str(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"
