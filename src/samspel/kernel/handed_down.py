"""What a higher app hands to a lower one that shows it: panels, rows, labels, in a stated order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Provider = TypeVar("Provider")


class HandedDown(Generic[Provider]):
    """An ordered shelf. The lower app owns it and reads it; higher apps add to it when they are ready."""

    def __init__(self) -> None:
        self._shelf: dict[str, tuple[int, Provider]] = {}

    def add(self, name: str, provider: Provider, *, order: int = 50) -> None:
        """Put a provider on the shelf under a name of its own; the same name again replaces it."""
        self._shelf[name] = (order, provider)

    def __iter__(self) -> Iterator[Provider]:
        return iter([provider for _, provider in self.items()])

    def items(self) -> list[tuple[str, Provider]]:
        """The providers with their names, in order."""
        ranked = sorted(self._shelf.items(), key=lambda item: (item[1][0], item[0]))
        return [(name, provider) for name, (_, provider) in ranked]

    def get(self, name: str) -> Provider | None:
        """The provider of that name, if any."""
        found = self._shelf.get(name)
        return found[1] if found else None
