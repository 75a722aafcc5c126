"""Text as a PDF keeps it: in PDFDocEncoding, UTF-16 or UTF-8, as a name, or in a stream of its own."""

from __future__ import annotations

import codecs
import re
from typing import Any

from pypdf.generic import ByteStringObject, NameObject, StreamObject, TextStringObject, decode_pdfdocencoding

from samspel.kernel.documents.reading import caps
from samspel.kernel.documents.reading.caps import Unreadable
from samspel.kernel.documents.reading.pages import resolved

# A language may be named inside a text, between two escape signs; it is no part of what was written.
_LANGUAGE = re.compile("\x1b[A-Za-z]{2,4}\x1b")


def text_of(thing: Any) -> str:
    """The text of a value; empty for what is no text. Raises Unreadable("too_heavy") for one without end."""
    thing = resolved(thing)
    if isinstance(thing, NameObject):
        text = str(thing)[1:]
    elif isinstance(thing, StreamObject):
        text = decoded(bytes(thing.get_data()))
    elif isinstance(thing, ByteStringObject):
        text = decoded(bytes(thing))
    elif isinstance(thing, TextStringObject):
        text = decoded(thing.original_bytes)
    else:
        text = ""
    if len(text) > caps.LONGEST_TEXT:
        raise Unreadable("too_heavy")
    # No database keeps it, and nobody typed it.
    return text.replace("\x00", "\ufffd")


def decoded(raw: bytes) -> str:
    """Bytes of a text string. What no encoding knows becomes a replacement sign: nothing is dropped unseen."""
    if raw.startswith(codecs.BOM_UTF16_BE):
        return _LANGUAGE.sub("", raw[2:].decode("utf-16-be", "replace"))
    if raw.startswith(codecs.BOM_UTF16_LE):
        return _LANGUAGE.sub("", raw[2:].decode("utf-16-le", "replace"))
    if raw.startswith(codecs.BOM_UTF8):
        return _LANGUAGE.sub("", raw[3:].decode("utf-8", "replace"))
    return _pdf_doc(raw)


def _pdf_doc(raw: bytes) -> str:
    try:
        return decode_pdfdocencoding(raw)
    except UnicodeDecodeError:
        return "".join(_sign(byte) for byte in raw)


def _sign(byte: int) -> str:
    try:
        return decode_pdfdocencoding(bytes([byte]))
    except UnicodeDecodeError:
        return "\ufffd"
