"""The virus check: a port with one way out, to a ClamAV daemon.

SAMSPEL_VIRUS_CHECK names it: `clamd://host:port` or `clamd:///path/to/clamd.sock`. Empty means that nothing is checked,
which stands beside each file. A daemon that does not answer keeps files out rather than letting them in unchecked.
"""

from __future__ import annotations

import hashlib
import io
from typing import Final
from urllib.parse import urlsplit

import structlog
from clamav_client.clamd import (
    BufferTooLongError,
    ClamdError,
    ClamdNetworkSocket,
    ClamdUnixSocket,
    CommunicationError,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samspel.kernel.files.models import Scan
from samspel.kernel.files.refusals import FileRefused

log = structlog.get_logger(__name__)

# Seconds: to connect, and between what the daemon takes and says.
PATIENCE: Final = 30
PORT: Final = 3310
# What a daemon takes at most unless it is told otherwise (StreamMaxLength in clamd.conf).
STREAM: Final = 25 * 1024 * 1024


class Infected(FileRefused):
    """The virus check found something."""

    code = "infected"


class TooLargeToCheck(FileRefused):
    """The virus check takes no file of that size, however often it is asked."""

    code = "too_large_to_check"


class ScannerAway(FileRefused):
    """The virus check did not answer."""

    code = "scanner_away"


def scan(content: bytes) -> Scan:
    """Ask the virus check about some bytes, before anything is kept. UNCHECKED where none is set up.

    Raises Infected, TooLargeToCheck or ScannerAway, in words; the log gets the digest, never name nor content.
    """
    address = settings.SAMSPEL_VIRUS_CHECK
    if not address:
        return Scan.UNCHECKED
    digest = hashlib.sha256(content).hexdigest()
    try:
        status, found = _asked(address, content)
    except (ClamdError, OSError, ValueError) as fault:
        if _is_too_large(address, content, fault):
            log.warning("upload_refused", code=TooLargeToCheck.code, digest=digest, size=len(content))
            words = _("The file is larger than the virus check can take, so it was not taken.")
            raise TooLargeToCheck(words) from fault
        log.error("virus_check_away", digest=digest, fault=type(fault).__name__)
        status, found = "ERROR", None
    if status == "OK":
        return Scan.CLEAN
    if status == "FOUND":
        log.warning("upload_refused", code=Infected.code, digest=digest, found=found)
        raise Infected(_("The virus check found something harmful in the file, so nothing of it was kept."))
    raise ScannerAway(
        _("The virus check does not answer just now, so the file was not taken. Try again in a little while.")
    )


def _asked(address: str, content: bytes) -> tuple[str, str | None]:
    """What the daemon says of a stream: (OK, None), (FOUND, name of what it found) or (ERROR, why)."""
    answers = _daemon(address).instream(io.BytesIO(content))
    return next(iter(answers.values()), ("ERROR", None))


def _is_too_large(address: str, content: bytes, fault: Exception) -> bool:
    """Whether the daemon takes no stream so long: it says so, or hangs up on a long one and is there all the same."""
    if isinstance(fault, BufferTooLongError):
        return True
    if len(content) <= STREAM or not isinstance(fault, ConnectionError | CommunicationError):
        return False
    try:
        return bool(_daemon(address).ping())
    except (ClamdError, OSError, ValueError):
        return False


def _daemon(address: str) -> ClamdNetworkSocket:
    parts = urlsplit(address)
    if parts.scheme != "clamd" or not (parts.hostname or parts.path):
        raise ImproperlyConfigured(f"SAMSPEL_VIRUS_CHECK is not clamd://host:port nor clamd:///path: {address}")
    if parts.hostname:
        return ClamdNetworkSocket(parts.hostname, parts.port or PORT, PATIENCE)
    return ClamdUnixSocket(parts.path, PATIENCE)
