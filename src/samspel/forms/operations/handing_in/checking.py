"""Whether a file is a sheet of this answer: its form, its version, its token."""

from __future__ import annotations

from samspel.forms.models import Answer, Definition
from samspel.forms.operations.handing_in.refusals import HandedInRefused
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed_in import Identity, NotASheet, identity_of, version_of
from samspel.forms.queries.seeing import name_of
from samspel.forms.rules.differences import differences
from samspel.forms.rules.handed_in import Texts


def identified(texts: Texts, answer: Answer) -> Identity:
    """What the file says that it is, if that is a sheet of this answer, or a blank of its form and version.

    Raises HandedInRefused: "not_ours", "token_altered", "other_form", "other_answer", "other_version" (with what the
    versions differ in), "unknown_version", "no_such_revision".
    """
    try:
        identity = identity_of(texts)
    except NotASheet as refused:
        raise HandedInRefused(refused.code) from None
    definition = answer.version.definition
    if identity.slug != definition.slug:
        raise HandedInRefused("other_form", name=_name_of(identity.slug), wanted=name_of(definition))
    _require_version(identity, answer)
    if identity.answer is not None and identity.answer != answer.key:
        raise HandedInRefused("other_answer")
    if identity.revision > answer.revision:
        raise HandedInRefused("no_such_revision")
    return identity


def _require_version(identity: Identity, answer: Answer) -> None:
    ours = answer.version
    if (identity.number, identity.digest) == (ours.number, ours.digest):
        return
    theirs = version_of(identity)
    if theirs is None:
        raise HandedInRefused("unknown_version", theirs=identity.number)
    raise HandedInRefused(
        "other_version",
        theirs=theirs.number,
        ours=ours.number,
        differences=differences(body_of(theirs), body_of(ours)),
    )


def _name_of(slug: str) -> str:
    found = Definition.objects.filter(slug=slug[:80].replace("\x00", "")).first()
    return name_of(found) if found else slug[:80]
