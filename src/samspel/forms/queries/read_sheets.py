"""A filled PDF by itself, told whole: every field's text as it stood, and beside it what is wrong with it."""

from __future__ import annotations

from typing import Any

from samspel.forms.models import Answer
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed_in import Identity, identity_of, read_in, version_of
from samspel.forms.queries.words import said
from samspel.forms.queries.writing import label_at
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.handed_in import ReadField, Texts, unknown_names
from samspel.forms.rules.sheets import names


def as_document(texts: Texts, language: str = "sv") -> dict[str, Any]:
    """What a file says, as plain data: which form and version, of which answer, its fields in the form's order, and
    those that the form does not have. texts: as `filled.read_fields` gives them.

    A file of no version that is known has its texts alone, each with the fault "unknown_field". Raises NotASheet.
    """
    identity = identity_of(texts)
    version = version_of(identity)
    head = _head(identity, is_known=version is not None)
    if version is None:
        strangers = [name for name in texts if name not in names.HIDDEN]
        return {**head, "fields": [_stranger(name, texts) for name in strangers]}
    body = body_of(version)
    answer = Answer.objects.filter(key=identity.answer).first() if identity.answer else None
    read = read_in(body, texts, answer or Answer())
    fields = [_field(body, path, one, language) for path, one in read.items()]
    return {**head, "fields": [*fields, *(_stranger(name, texts) for name in unknown_names(body, texts))]}


def _head(identity: Identity, *, is_known: bool) -> dict[str, Any]:
    return {
        "form": identity.slug,
        "version": identity.number,
        "is_known": is_known,
        "answer": str(identity.answer) if identity.answer else None,
        "revision": identity.revision if identity.answer else None,
    }


def _field(body: Definition, path: str, one: ReadField, language: str) -> dict[str, Any]:
    return {
        "path": path,
        "label": label_at(body, path, language),
        "typed": one.typed,
        "value": one.value,
        "fault": one.fault,
        "said": str(said(one.fault, one.detail)) if one.fault else "",
    }


def _stranger(name: str, texts: Texts) -> dict[str, Any]:
    text = texts[name]
    typed = text if isinstance(text, str) else ", ".join(text)
    fault = str(said("unknown_field"))
    return {"path": name, "label": "", "typed": typed, "value": None, "fault": "unknown_field", "said": fault}
