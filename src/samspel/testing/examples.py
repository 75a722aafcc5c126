"""How many examples a property is tried on: a quarter in every run, all of them with SAMSPEL_DEEP=1 (`make audit`)."""

from __future__ import annotations

import os

from hypothesis import settings

LEAST = 10
USUAL = 100


def many(number: int) -> int:
    """So many examples where there is time; `number` is how many `make audit` tries."""
    return number if os.environ.get("SAMSPEL_DEEP") == "1" else max(min(number, LEAST), number // 4)


def begin() -> None:
    """Let properties that name no number of their own be tried as often."""
    settings.register_profile("samspel", max_examples=many(USUAL))
    settings.load_profile("samspel")
