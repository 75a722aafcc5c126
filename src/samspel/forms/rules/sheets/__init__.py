"""A form as a fillable sheet: what its fields are called, and how much room each has."""

from samspel.forms.rules.sheets.names import (
    DIGEST,
    FORM,
    HIDDEN,
    LANGUAGE,
    SALT,
    TOKEN,
    VERSION,
    continuation_name,
    is_spare,
    joined,
    option_name,
    parts_of,
    spare_row,
    text_name,
)

__all__ = [
    "DIGEST",
    "FORM",
    "HIDDEN",
    "LANGUAGE",
    "SALT",
    "TOKEN",
    "VERSION",
    "continuation_name",
    "is_spare",
    "joined",
    "option_name",
    "parts_of",
    "spare_row",
    "text_name",
]
