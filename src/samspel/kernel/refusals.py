"""What every refusal is: a sentence that a person can act on."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Something was not done, and why. `sentence` may be lazy, so it is told in the reader's language."""

    code = "refused"

    def __init__(self, sentence: Any, *, code: str | None = None, **facts: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code
        self.facts = facts

    def __str__(self) -> str:
        return str(self.sentence)
