"""The lot: a seed nobody chose, promised before the data were frozen, decides by SHA-256 alone.

The bytes that are hashed, so that anybody can do it by hand:

- commitment: SHA-256(seed), the seed as its raw bytes (not as hexadecimal text);
- who is drawn: SHA-256(seed ‖ number), the number as ten ASCII digits without a hyphen; the smaller digest is drawn;
- the order of pairs: SHA-256(seed ‖ lower number ‖ higher number), twenty ASCII digits; the smaller digest comes first.

Digests are compared as numbers, which for digests of one length is the same as comparing their hexadecimal text.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from samspel.selection.rules.pairing import Pair
from samspel.selection.rules.scoring import Ranked

LEAST_SEED_BYTES = 16
SEED_BYTES = 32


class SeedTooShort(ValueError):
    """A seed of less than 128 bits could be found by trying."""


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """A pair with its lot.

    `order` is its place among the main pairs or among the further ones, from 1; `lots` are the digests of first and
    second, `order_digest` that of both.
    """

    pair: Pair
    order: int
    lots: tuple[str, str]
    order_digest: str

    @property
    def drawn(self) -> Ranked:
        """The one the lot drew: it is offered."""
        return self.pair.first if self.lots[0] < self.lots[1] else self.pair.second

    @property
    def compared(self) -> Ranked:
        """The other one: it is the comparison."""
        return self.pair.second if self.lots[0] < self.lots[1] else self.pair.first


def new_seed() -> bytes:
    """A new seed of 256 bits from the operating system."""
    return secrets.token_bytes(SEED_BYTES)


def commitment(seed: bytes) -> str:
    """What is published when the round is proposed: SHA-256 of the seed, 64 hexadecimal digits. SeedTooShort."""
    if len(seed) < LEAST_SEED_BYTES:
        raise SeedTooShort(f"{len(seed)} bytes; at least {LEAST_SEED_BYTES}")
    return hashlib.sha256(seed).hexdigest()


def is_promised(seed: bytes, promised: str) -> bool:
    """Whether a seed is the one whose commitment was published."""
    return len(seed) >= LEAST_SEED_BYTES and hmac.compare_digest(commitment(seed).encode(), promised.encode())


def lot(seed: bytes, *numbers: str) -> str:
    """SHA-256 of the seed followed by organization numbers, 64 hexadecimal digits."""
    return hashlib.sha256(seed + "".join(numbers).encode("ascii")).hexdigest()


def draw(pairs: Iterable[Pair], seed: bytes) -> tuple[DrawnPair, ...]:
    """Draw one of each pair and put the pairs in order: the main ones first, then the further, each numbered from 1."""
    if len(seed) < LEAST_SEED_BYTES:
        raise SeedTooShort(f"{len(seed)} bytes; at least {LEAST_SEED_BYTES}")
    formed = list(pairs)
    main = _in_order((pair for pair in formed if not pair.is_further), seed)
    return (*main, *_in_order((pair for pair in formed if pair.is_further), seed))


def _in_order(pairs: Iterable[Pair], seed: bytes) -> list[DrawnPair]:
    digests = sorted(((lot(seed, *pair.numbers), pair) for pair in pairs), key=lambda found: found[0])
    return [DrawnPair(pair, order, _lots(pair, seed), digest) for order, (digest, pair) in enumerate(digests, start=1)]


def _lots(pair: Pair, seed: bytes) -> tuple[str, str]:
    return lot(seed, pair.first.subject.organization_number), lot(seed, pair.second.subject.organization_number)
