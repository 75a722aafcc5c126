"""From the bytes of a PDF to its fields, or to the one reason why it is not read."""

from __future__ import annotations

import dataclasses
from io import BytesIO

from pypdf import PdfReader, apply_configuration, get_configuration
from pypdf.errors import PyPdfError

from samspel.kernel.documents.reading import caps, fields, harm, pages, signatures
from samspel.kernel.documents.reading.caps import Unreadable


def read(content: bytes) -> dict[str, str | list[str]]:
    """Full name of each field to its text as it stands; a list where several are chosen.

    A box or a group that is not ticked is empty text. Never the text of the pages. Raises Unreadable.
    """
    if len(content) > caps.LARGEST:
        raise Unreadable("too_large")
    if b"%PDF-" not in content[:1024]:
        raise Unreadable("not_pdf")
    try:
        with apply_configuration(_limits()):
            return _read(content)
    except Unreadable:
        raise
    except (MemoryError, RecursionError):
        raise Unreadable("too_heavy") from None
    except PyPdfError as fault:
        raise Unreadable("too_heavy" if "limit" in type(fault).__name__.lower() else "damaged") from None
    except Exception:
        # A parser of bytes that anybody may have written fails in any way at all.
        raise Unreadable("damaged") from None


def _limits():  # type: ignore[no-untyped-def]
    return dataclasses.replace(
        get_configuration(),
        maximum_declared_stream_length=caps.LARGEST_STREAM,
        array_based_stream_maximum_output_length=caps.LARGEST_STREAM,
        zlib_maximum_output_length=caps.LARGEST_STREAM,
        lzw_maximum_output_length=caps.LARGEST_STREAM,
        run_length_maximum_output_length=caps.LARGEST_STREAM,
    )


def _read(content: bytes) -> dict[str, str | list[str]]:
    reader = PdfReader(BytesIO(content), strict=False, root_object_recovery_limit=1000)
    if "/Encrypt" in reader.trailer:
        raise Unreadable("encrypted")
    root = reader.trailer["/Root"]
    form = fields.form_of(root)
    if form is not None and "/XFA" in form:
        raise Unreadable("xfa")
    sheets = pages.of(root)
    harm.refuse(root, form, sheets)
    found = fields.of(form, sheets)
    if any(each.is_signed for each in found):
        signatures.refuse_broken(content)
    return fields.texts(found)
