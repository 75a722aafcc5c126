"""Keep a file as it came: known by its content, its bytes laid once, its row in the caller's transaction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from samspel.kernel.files import kinds, scanning
from samspel.kernel.files.models import Scan, StoredFile
from samspel.kernel.files.refusals import FileRefused

__all__ = ["FileRefused", "keep", "keep_own", "let_go", "place_of", "read", "safe_name"]

log = structlog.get_logger(__name__)

LARGEST: Final = 20 * 1024 * 1024
_HARMFUL = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")


def keep(
    content: bytes,
    *,
    name: str,
    by: Any,
    at: datetime,
    allowed: Collection[str] | None = kinds.PAPERS,
    largest: int = LARGEST,
) -> StoredFile:
    """Check a file that somebody handed in, and keep it: first its bytes in the storage, then its row.

    allowed: media types by content, None for any (a mail as it came); largest: bytes. Raises FileRefused in words, and
    logs the digest alone.
    """
    kind = _checked(content, allowed, largest)
    return _laid(content, kind, scanning.scan(content), name=name, by=by, at=at)


def keep_own(content: bytes, *, name: str, by: Any, at: datetime) -> StoredFile:
    """Keep what the system itself made, which holds nothing that a virus check could find."""
    return _laid(content, kinds.kind_of(content), Scan.UNCHECKED, name=name, by=by, at=at)


def _checked(content: bytes, allowed: Collection[str] | None, largest: int) -> str:
    """The media type of an upload that may be taken."""
    if not content:
        raise _refused(content, _("The file is empty."), "empty")
    if len(content) > largest:
        raise _refused(content, _("The file is too large. At most 20 MB is taken."), "too_large")
    kind = kinds.kind_of(content)
    if allowed is not None and kind not in allowed:
        said = _("The file is of another kind than its name says, or of a kind that is not taken here.")
        raise _refused(content, said, "kind")
    return kind


def _refused(content: bytes, said: Any, code: str) -> FileRefused:
    log.warning("upload_refused", code=code, digest=hashlib.sha256(content).hexdigest(), size=len(content))
    return FileRefused(said, code=code)


def _laid(content: bytes, kind: str, scan: Scan, *, name: str, by: Any, at: datetime) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(digest)
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(content))
    return StoredFile.objects.create(
        digest=digest,
        size=len(content),
        media_type=kind,
        name=safe_name(name),
        scan=scan,
        stored_at=at,
        stored_by=getattr(by, "key", None),
    )


def read(file: StoredFile) -> bytes:
    """The bytes of a kept file. Raises FileNotFoundError if the storage lost them, ValueError if they were changed."""
    with default_storage.open(place_of(file.digest)) as stream:
        content: bytes = stream.read()
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise ValueError(f"{file.digest} does not agree with its bytes")
    return content


def let_go(file: StoredFile) -> bool:
    """Delete a kept file that nothing points to any more; False, and it stays, where something still does.

    Its bytes go when the transaction is committed, unless another row is over the same content.
    """
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return False
    transaction.on_commit(lambda: _delete_bytes(file.digest))
    return True


def _delete_bytes(digest: str) -> None:
    if not StoredFile.objects.filter(digest=digest).exists():
        default_storage.delete(place_of(digest))


def place_of(digest: str) -> str:
    """Where the bytes of a digest lie in the storage."""
    return f"originals/{digest[:2]}/{digest}"


def safe_name(name: str) -> str:
    """A file name without folders, control signs and marks that turn the reading direction."""
    return _HARMFUL.sub("_", name).strip(" .")[-255:] or "fil"
