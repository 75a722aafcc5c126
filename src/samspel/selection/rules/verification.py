"""Recomputes a round from its frozen document and seed, and says every place where the record says otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samspel.selection.rules import snapshot as snapshots
from samspel.selection.rules.problems import shown
from samspel.selection.rules.result import Result, resolve

ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place, such as `ranking[3].score`, where the record does not say what the frozen document gives."""

    where: str
    recomputed: str
    recorded: str


def recompute(document: object, seed: bytes | None = None) -> Result:
    """The result of a frozen document alone. Raises Refused when it cannot be read or the seed is not its own."""
    return resolve(snapshots.from_document(document), seed)


def differences(result: Result, recorded: object) -> list[Difference]:
    """Everything in a recorded result that is not, digit for digit, what was recomputed; empty when it holds."""
    return list(_compare("", result.document(), recorded))


def verify(document: object, seed: bytes | None, recorded: object, published_digest: str = "") -> list[Difference]:
    """Recompute and compare, also with the digest that was published at the freeze when that is given.

    Raises Refused when the frozen document cannot be read or the seed is not the one that was promised.
    """
    result = recompute(document, seed)
    found = differences(result, recorded)
    digest = result.snapshot.digest()
    if published_digest and digest != published_digest:
        found.insert(0, Difference("published_digest", digest, published_digest))
    return found


def _compare(where: str, expected: Any, stood: Any) -> Iterator[Difference]:
    if isinstance(expected, dict) and isinstance(stood, dict):
        for key in sorted({*expected, *map(str, stood)}):
            yield from _compare(f"{where}.{key}" if where else key, expected.get(key, _GONE), stood.get(key, _GONE))
    elif isinstance(expected, list) and isinstance(stood, list):
        for place in range(max(len(expected), len(stood))):
            yield from _compare(f"{where}[{place}]", _item(expected, place), _item(stood, place))
    elif type(expected) is not type(stood) or expected != stood:
        yield Difference(where, _text(expected), _text(stood))


class _Gone:
    """Stands where a document has nothing."""


_GONE = _Gone()


def _item(items: list[Any], place: int) -> Any:
    return items[place] if place < len(items) else _GONE


def _text(value: Any) -> str:
    return ABSENT if value is _GONE else shown(value)
