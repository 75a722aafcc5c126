"""The two protocols of a round as tagged PDF: the public one, and the full one for the file."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from samspel.kernel.documents import pdf
from samspel.selection.models import Round
from samspel.selection.queries.protocols import full, public
from samspel.selection.queries.protocols.sections import Protocol

TEMPLATE = "selection/documents/protocol.typ"

__all__ = ["full_pdf", "public_pdf"]


def public_pdf(round: Round, language: str, at: datetime) -> bytes:
    """What everybody may know of a round, as the bytes of a PDF; `language` is sv or en. ValueError for a draft."""
    with override(language):
        return _pdf(public.protocol(round, at), language, at)


def full_pdf(round: Round, language: str, at: datetime) -> bytes:
    """Everything about a frozen round, as a PDF that bears its secrecy mark. ValueError before the freeze."""
    with override(language):
        return _pdf(full.protocol(round, at), language, at)


def _pdf(protocol: Protocol, language: str, at: datetime) -> bytes:
    return pdf(TEMPLATE, protocol.data(), language, at=at)
