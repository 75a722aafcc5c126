"""What kind of file something is, by its content."""

from __future__ import annotations

from typing import Final

import puremagic

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TEXT: Final = "text/plain"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EML: Final = "message/rfc822"
UNKNOWN: Final = "application/octet-stream"

# What a scanned or signed paper comes as.
PAPERS: Final = frozenset({PDF, PNG, JPEG})

_SIGNS: Final = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def kind_of(content: bytes) -> str:
    """The media type of some bytes; UNKNOWN where they tell nothing."""
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    try:
        found = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    return found or _as_text(content)


def _as_text(content: bytes) -> str:
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return UNKNOWN
    return UNKNOWN if "\x00" in words else TEXT
