"""Keep a file as it came: known by its content, its bytes laid once, its row in the caller's transaction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from samspel.kernel.files import kinds
from samspel.kernel.files.models import StoredFile
from samspel.kernel.refusals import Refusal

LARGEST: Final = 20 * 1024 * 1024
_HARMFUL = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")


class FileRefused(Refusal):
    """The file is not taken, and why."""

    code = "file_refused"


def keep(
    content: bytes,
    *,
    name: str,
    by: Any,
    at: datetime,
    allowed: Collection[str] | None = kinds.PAPERS,
    largest: int = LARGEST,
) -> StoredFile:
    """Keep a file. The bytes are laid in the storage first, then the row is written.

    allowed: media types by content, None for any (a mail as it came); largest: bytes. Raises FileRefused in words.
    """
    if not content:
        raise FileRefused(_("The file is empty."), code="empty")
    if len(content) > largest:
        raise FileRefused(_("The file is too large. At most 20 MB is taken."), code="too_large")
    kind = kinds.kind_of(content)
    if allowed is not None and kind not in allowed:
        raise FileRefused(
            _("The file is of another kind than its name says, or of a kind that is not taken here."), code="kind"
        )
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(digest)
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(content))
    return StoredFile.objects.create(
        digest=digest,
        size=len(content),
        media_type=kind,
        name=safe_name(name),
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


def place_of(digest: str) -> str:
    """Where the bytes of a digest lie in the storage."""
    return f"originals/{digest[:2]}/{digest}"


def safe_name(name: str) -> str:
    """A file name without folders, control signs and marks that turn the reading direction."""
    return _HARMFUL.sub("_", name).strip(" .")[-255:] or "fil"
