"""Whether what somebody signed is what is there. Who she is, and whether to trust her, is not asked here."""

from __future__ import annotations

from io import BytesIO

from samspel.kernel.documents.reading.caps import Unreadable


def refuse_broken(content: bytes) -> None:
    """Raises Unreadable("broken_signature") unless every signature holds: the bytes it covers are as they were, and
    what was added after them fills in the form, signs it or notes something beside it, and changes nothing else."""
    # Heavy to load, and asked for by signed files alone.
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = PdfFileReader(BytesIO(content), strict=False).embedded_signatures
        trust = ValidationContext(trust_roots=[], allow_fetching=False)
        judged = [validate_pdf_signature(each, signer_validation_context=trust) for each in signatures]
    except Exception:
        # Made by anybody: what cannot be judged does not hold.
        raise Unreadable("broken_signature") from None
    if not judged or not all(
        each.intact and each.valid and each.modification_level != ModificationLevel.OTHER for each in judged
    ):
        raise Unreadable("broken_signature")
