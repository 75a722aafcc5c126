"""Fillable documents: a typeset page whose figures are fields, tagged, without scripts.

A template draws each field with the shapes of `fillable.typ` under an id, and the caller says for each id what kind of
field it is. Tags, language and title stay; each widget stands in its own element Form, in reading order, with a
label and an appearance of its own. PDF/UA-1 as Typst writes it with the fields added; no PDF/A, since a
form that is to be filled in is no archive copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from samspel.kernel.documents.fillable.specs import FieldsDiffer, FieldSpec

__all__ = ["FieldSpec", "FieldsDiffer", "fillable"]


def fillable(
    template: str,
    data: Mapping[str, Any],
    language: str,
    *,
    fields: Sequence[FieldSpec],
    hidden: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> bytes:
    """The bytes of a tagged PDF form, the same for the same arguments.

    template, data, language, at: as for `documents.pdf`; fields: what each drawn field is, filled with its value;
    hidden: name to value of fields that are carried along unseen. Raises FieldsDiffer, DocumentNotMade.
    """
    # The PDF library takes a while to load, and most processes never make a form.
    from samspel.kernel.documents.fillable.making import made

    return made(template, data, language, fields=fields, hidden=hidden or {}, at=at)
