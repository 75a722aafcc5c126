"""Uploads in memory, up to a limit: never on disk, since a file may hold names that are dropped when it is read.

What goes beyond the limit is let through unread, so that the sender gets an answer, and nothing of it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

_REFUSED = "_samspel_upload_refused"


@dataclass(frozen=True)
class UploadTooLarge:
    """What was sent was larger than is taken: the file that went beyond (its name), and the limit in bytes."""

    file_name: str
    limit: int


def upload_refused(request: HttpRequest) -> UploadTooLarge | None:
    """Why the files of this request are not there, if they were too large. Reads the request if nobody has."""
    if request.method == "POST":
        request.FILES  # noqa: B018 – reading is what finds it out
    found: UploadTooLarge | None = getattr(request, _REFUSED, None)
    return found


class CappedMemoryUploadHandler(FileUploadHandler):
    """Keeps uploaded files in memory, at most SAMSPEL_UPLOAD_LIMIT bytes in one request, whatever the sender says."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._limit: int = settings.SAMSPEL_UPLOAD_LIMIT
        self._received = 0
        self._held = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece. Beyond the limit everything held is let go, and the rest is read without being kept."""
        self._received += len(raw_data)
        if self._received > self._limit:
            self._held = BytesIO()
            setattr(self.request, _REFUSED, UploadTooLarge(str(self.file_name or ""), self._limit))
            raise StopUpload(connection_reset=False)
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The whole file."""
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
