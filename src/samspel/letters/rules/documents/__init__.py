"""A letter as data: subject, blocks and signers in Swedish and English."""

from samspel.letters.rules.documents.parts import (
    LIVE,
    PICTURE,
    PROMISE,
    TEXT,
    Block,
    DocumentRefused,
    Fault,
    LetterDocument,
    Signer,
    Words,
)
from samspel.letters.rules.documents.reading import as_data, digest_of, read

__all__ = [
    "LIVE",
    "PICTURE",
    "PROMISE",
    "TEXT",
    "Block",
    "DocumentRefused",
    "Fault",
    "LetterDocument",
    "Signer",
    "Words",
    "as_data",
    "digest_of",
    "read",
]
