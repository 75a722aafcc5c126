"""What the house tests look at: the apps by floor, and every source file as a tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "samspel"
ROOT = PACKAGE.parents[1]

# Lowest first; siblings on one floor. Floors without an app yet are reserved.
FLOORS = [
    {"kernel"},
    {"post"},
    {"accounts"},
    {"registry"},
    {"schemes"},
    {"casefiles"},
    {"letters", "forms"},
    {"events", "analyses"},
    {"selection", "networks"},
    {"collaborations"},
    {"evaluation"},
    {"reporting"},
    {"website"},
    {"config"},
]


@pytest.fixture(scope="session")
def floor_of() -> dict[str, int]:
    """App label to floor, 0 the lowest."""
    return {label: number for number, labels in enumerate(FLOORS) for label in labels}


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def sources() -> list[tuple[Path, ast.Module]]:
    """Every module of the package with its tree, migrations left out."""
    return list(_sources())


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def package() -> Path:
    """The package."""
    return PACKAGE
