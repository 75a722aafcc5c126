"""Where a link leads, and where a server may go to try one: never into its own house."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

OWN: Final = "own"
OUTSIDE: Final = "outside"
OTHER: Final = "other"

WORKS: Final = "works"
DEAD: Final = "dead"
SLOW: Final = "slow"
NOT_TRIED: Final = "not_tried"

_PORTS: Final = frozenset((80, 443))
# A page that asks who one is, or does not like to be asked by a machine, is there all the same.
_THERE: Final = frozenset((401, 402, 403, 405, 406, 407, 408, 418, 425, 429, 451, 999))


def kind_of(address: str, own: str) -> str:
    """OWN (a path, or an address under `own`), OUTSIDE (http, https), OTHER (mail, telephone, what cannot be read)."""
    if address.startswith("/") and not address.startswith("//"):
        return OWN
    try:
        parts, ours = urlsplit(address), urlsplit(own)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return OTHER
        return OWN if (parts.hostname, parts.port) == (ours.hostname, ours.port) else OUTSIDE
    except ValueError:
        return OTHER


def is_public(ip: str, port: int) -> bool:
    """Whether a server may go there to try a link: an address of the open network, on a port of the web."""
    try:
        found = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None or found in _TRANSLATED:
            return False
    return port in _PORTS and found.is_global and not found.is_multicast and not found.is_reserved


# IPv4 addresses put in IPv6 ones by a translator, which would lead round the check.
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")


def outcome_of(status: int) -> str:
    """WORKS or DEAD, by the status of an answer after its redirects."""
    return WORKS if status < 400 or status in _THERE else DEAD
