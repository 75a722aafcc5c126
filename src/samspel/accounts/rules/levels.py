"""How sure a login is, by the ways somebody showed who she is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

READ: Final = 1
SUBMIT: Final = 2
SIGN: Final = 3
NAMES: Final[Mapping[str, int]] = {"read": READ, "submit": SUBMIT, "sign": SIGN}

# The ways, as the table of levels and the audit write them.
CODE: Final = "code"
TOTP: Final = "totp"
RECOVERY: Final = "recovery"
PASSKEY: Final = "passkey"
FEDERATION: Final = "federation"
DEMO: Final = "demo"
WAYS: Final = (CODE, FEDERATION, PASSKEY, TOTP, RECOVERY, DEMO)

# A code by mail and one from an app are two things she has; a passkey is a thing and a finger or a number (WebAuthn,
# user verification). A recovery code lets in, no more: it may lie on a sheet of paper.
DEFAULT: Final[Mapping[str, str]] = {
    "code": "read",
    "code+totp": "submit",
    "federation+totp": "submit",
    "passkey": "submit",
    "demo": "sign",
}


def level_named(name: str) -> int:
    """`read`, `submit` or `sign` as a number that can be compared. Raises ValueError for any other word."""
    if name not in NAMES:
        raise ValueError(name)
    return NAMES[name]


def level_of(ways: Iterable[str], table: Mapping[str, str], federation: int = READ) -> int:
    """The highest level that the ways reach together; a row `a+b` counts when she went both ways.

    federation: what the answer of her organization's login said, which counts if that was one of the ways.
    """
    gone = set(ways)
    reached = [level_named(name) for row, name in table.items() if gone.issuperset(row.split("+"))]
    return max([READ, *reached, *([federation] if FEDERATION in gone else [])])


def in_order(ways: Iterable[str]) -> str:
    """The ways as the audit keeps them: each once, in a fixed order, as `code+totp`."""
    return "+".join(sorted(set(ways), key=WAYS.index))
