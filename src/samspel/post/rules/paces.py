"""How fast bulk mail may go to a receiving domain, and when a failed try is tried again. Pure: no Django here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

_RATE = re.compile(r"^(?P<domain>\*|[a-z0-9.-]+)=(?P<number>\d{1,6})/(?P<unit>[smh])$")
_SECONDS = {"s": 1, "m": 60, "h": 3600}

# After the first, second … failed try. Greylisting opens after minutes; a server that is down is often up next morning.
_WAITS = tuple(timedelta(seconds=seconds) for seconds in (4, 16, 64, 256, 1024))
_THEN = timedelta(hours=1)
MOST_TRIES = len(_WAITS) + 49


class RatesUnreadable(ValueError):
    """What stands in the setting is no list of rates; holds the part that is not understood."""


@dataclass(frozen=True)
class Rates:
    """The shortest time between two bulk mails, per domain and for all others (None: no limit)."""

    of_domain: Mapping[str, timedelta | None] = field(default_factory=dict)
    of_others: timedelta | None = None

    def interval(self, domain: str) -> timedelta | None:
        """The least time from one mail to the next to this domain; None if there is no limit."""
        return self.of_domain.get(domain, self.of_others)


def parse(text: str) -> Rates:
    """`*=600/m,outlook.com=30/m`: mails a second (s), minute (m) or hour (h); `*` is every other domain.

    `0/m` means no limit. Raises RatesUnreadable.
    """
    found: dict[str, timedelta | None] = {}
    for part in filter(None, (one.strip().lower() for one in text.split(","))):
        rate = _RATE.match(part)
        if rate is None:
            raise RatesUnreadable(part)
        number = int(rate["number"])
        found[rate["domain"]] = timedelta(seconds=_SECONDS[rate["unit"]] / number) if number else None
    others = found.pop("*", None)
    return Rates(found, others)


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after that many failed tries; None when it has been tried for two days."""
    if tries >= MOST_TRIES:
        return None
    return _WAITS[tries - 1] if tries <= len(_WAITS) else _THEN
