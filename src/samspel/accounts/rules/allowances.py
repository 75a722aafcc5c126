"""The tables of who may do what as rows to read, to filter and to take away. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samspel.kernel.values.spreadsheets import harmless


@dataclass(frozen=True, slots=True)
class Who:
    """A role, as the table names it, whether it must be held where the thing belongs, and if so at the agency too."""

    role: str
    is_at_own_place: bool = False
    is_at_agency_too: bool = False


@dataclass(frozen=True, slots=True)
class Allowance:
    """A deed, and who may do it in some states (no states: whatever the state). `app` and `deed` are codes."""

    app: str
    deed: str
    label: Any
    who: tuple[Who, ...]
    states: tuple[str, ...]
    level: int
    but: Any = ""
    is_private: bool = False


def gathered(by: dict[str, frozenset[str]], order: Sequence[str]) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """State to roles, turned to roles and the states in which just they may, states in their order.

    What holds whatever the state (the empty one) comes first, with no states.
    """
    place = {state: number for number, state in enumerate(order)}
    turned: dict[frozenset[str], list[str]] = {}
    for state in sorted(by, key=lambda state: place.get(state, -1)):
        turned.setdefault(by[state], []).append(state)
    return [(roles, tuple(state for state in states if state)) for roles, states in turned.items()]


def filtered(allowances: Iterable[Allowance], *, app: str = "", role: str = "") -> list[Allowance]:
    """Those of an app and of a role; nothing said: all."""
    return [
        one
        for one in allowances
        if (not app or one.app == app) and (not role or any(who.role == role for who in one.who))
    ]


def as_csv(columns: Sequence[tuple[str, str]], rows: Iterable[dict[str, Any]]) -> bytes:
    """UTF-8 with its mark, semicolons, CRLF; `columns` are (key, heading) in order."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(str(heading)) for _, heading in columns])
    for row in rows:
        writer.writerow([harmless(str(row[key])) for key, _ in columns])
    return out.getvalue().encode("utf-8-sig")


def as_json(title: str, rows: Iterable[dict[str, Any]]) -> bytes:
    """The title, and the rows by key."""
    return json.dumps({"title": title, "rows": list(rows)}, ensure_ascii=False, indent=1).encode()
