"""One address is tried: its name looked up once, gone to only where it may be, with a limit to all of it."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from samspel.letters.rules import links

# Seconds: for each answer, and for a link with all its redirects.
PATIENCE: Final = 6.0
IN_ALL: Final = 15.0
MOST_REDIRECTS: Final = 5
_LOOKS_AS: Final = "Samspel link check"

Reach = Callable[[str, int], bool]


@dataclass(frozen=True)
class Tried:
    """What came of it: an outcome of rules.links, and the status of the answer if there was one."""

    outcome: str
    status: int | None = None


def try_link(address: str, *, may_reach: Reach = links.is_public) -> Tried:
    """Ask for an address as HEAD, and as GET where HEAD is not answered well; nothing of the page is read.

    may_reach: whether one may go to an IP address and port; asked of every redirect too. The connection goes to the
    very IP address that was judged, so that a name cannot lead elsewhere the second time it is looked up.
    """
    ends_at = time.monotonic() + IN_ALL
    try:
        status = _status(address, "HEAD", may_reach, ends_at)
        if status >= 400:
            status = _status(address, "GET", may_reach, ends_at)
    except _NotHere:
        return Tried(links.NOT_TRIED)
    except TimeoutError:
        return Tried(links.SLOW)
    except (OSError, http.client.HTTPException, ValueError):
        return Tried(links.DEAD)
    return Tried(links.outcome_of(status), status)


class _NotHere(Exception):
    """An address that is not gone to from here."""


def _status(address: str, method: str, may_reach: Reach, ends_at: float) -> int:
    for _hop in range(MOST_REDIRECTS + 1):
        status, onwards = _ask(address, method, may_reach, ends_at)
        if status not in (301, 302, 303, 307, 308) or not onwards:
            return status
        address = urljoin(address, onwards)
    raise http.client.HTTPException("too many redirects")


def _ask(address: str, method: str, may_reach: Reach, ends_at: float) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _NotHere
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode("ascii")
    left = min(PATIENCE, ends_at - time.monotonic())
    if left <= 0:
        raise TimeoutError
    connection = _connection(parts.scheme, host, port, _place_of(host, port, may_reach), left)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        quoted = "".join(
            sign if "!" <= sign <= "~" else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in path
        )
        connection.request(method, quoted, headers={"User-Agent": _LOOKS_AS, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def _place_of(host: str, port: int, may_reach: Reach) -> str:
    """The IP address to go to. One that may not be gone to among them is enough to stay at home."""
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(may_reach(str(ip), port) for ip in found):
        raise _NotHere
    return str(found[0])


def _connection(scheme: str, host: str, port: int, ip: str, patience: float) -> http.client.HTTPConnection:
    plain = socket.create_connection((ip, port), timeout=patience)
    try:
        made = plain if scheme == "http" else ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
    connection = http.client.HTTPConnection(host, port, timeout=patience)
    connection.sock = made
    return connection
