"""A letter is begun, written by several without anything getting lost, given an audience, and taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterKind, LetterRevision, LetterState, Picture
from samspel.letters.operations import links
from samspel.letters.rules import documents, merging

# What may be said of a letter beside its text and audience.
FIELDS: Final = ("kind", "scheme", "case_file", "sender", "is_public")
LONGEST_AUDIENCE: Final = 200_000
# In a revision's body: what its writer wrote where another had been first, to be used or put away.
ASIDE: Final = "set_aside"


class LetterRefused(Refusal):
    """Something about a letter was not done, and why."""

    code = "letter_refused"


class LetterFaulty(LetterRefused):
    """The text cannot be kept as it is; `faults` are all of them, each with its place."""

    code = "letter_faulty"

    def __init__(self, faults: tuple[documents.Fault, ...]) -> None:
        self.faults = faults
        super().__init__(_("The letter was not saved: something in it is longer or more than a letter can hold."))


@transaction.atomic
def begin(
    *,
    by: Any,
    at: datetime,
    kind: str = LetterKind.DUTY,
    scheme: Any = None,
    like: Letter | None = None,
    is_public: bool = True,
) -> Letter:
    """Begin a letter, empty or as a copy of the words and pictures of another; who gets it is said anew.

    Raises PermissionDenied, LetterRefused for a kind that is none.
    """
    permissions.TABLE.require(by, permissions.WRITE, at, state=LetterState.DRAFT)
    _check_kind(kind)
    letter = Letter.objects.create(
        kind=kind,
        scheme=scheme,
        is_public=is_public,
        revision=1,
        begun_at=at,
        begun_by=by.key,
        changed_at=at,
        changed_by=by.key,
    )
    letter.body = documents.as_data(_copied(like, letter, by, at) if like else documents.LetterDocument())
    letter.save(update_fields=["body"])
    _keep_revision(letter, by, at)
    record(action="letters.letter.begun", on=letter, by=by, at=at, kind=kind, like=str(like.key) if like else None)
    return letter


@transaction.atomic
def change(*, letter: Letter, body: Mapping[str, Any], revision: int, by: Any, at: datetime, **fields: Any) -> Letter:
    """Give a letter new words, written from `revision`, and any of FIELDS.

    What another has changed since then stays, and is put together with this. Where both changed the same place, what
    was first stands, and this is set aside: kept in a revision until somebody decides (settle_aside). Raises
    LetterFaulty, LetterRefused (it is no draft), PermissionDenied.
    """
    letter = take(letter, by=by, at=at)
    mine = _read(body)
    theirs = _read(letter.body)
    merged = merging.merge(_base(letter, revision, theirs), mine, theirs)
    if merged.clashes:
        _set_aside(letter, mine, merged.clashes, by, at)
    changed = _give(letter, fields)
    if merged.document != theirs:
        letter.body = documents.as_data(merged.document)
        changed.append("body")
    if changed or merged.clashes:
        _save(letter, changed, by, at)
        places = [place for place, _was, _now in merging.differences(theirs, merged.document)]
        record(
            action="letters.letter.changed",
            on=letter,
            by=by,
            at=at,
            revision=letter.revision,
            places=places[:100],
            fields=[name for name in changed if name != "body"],
            set_aside=[clash.place for clash in merged.clashes],
        )
        links.ask_for(letter)
    return letter


@transaction.atomic
def restore(*, letter: Letter, number: int, revision: int, by: Any, at: datetime) -> Letter:
    """Let the letter say again what it said at a revision. `revision`: the one that this was decided on.

    Raises LetterRefused: no such revision, or somebody has changed the letter meanwhile.
    """
    letter = take(letter, by=by, at=at)
    found = letter.revisions.filter(number=number).first()
    if found is None:
        raise LetterRefused(_("There is no such revision."), code="no_revision")
    if letter.revision != revision:
        said = _("Somebody has changed the letter since you opened the page. Look at it again before you take back.")
        raise LetterRefused(said, code="changed")
    letter.body = documents.as_data(_read(found.body))
    _save(letter, ["body"], by, at)
    record(action="letters.letter.restored", on=letter, by=by, at=at, number=number, revision=letter.revision)
    return letter


@transaction.atomic
def settle_aside(*, letter: Letter, number: int, place: str, is_used: bool, by: Any, at: datetime) -> Letter:
    """Decide on a text that was set aside: it takes its place, or is put away (and stays in the history).

    Raises LetterRefused: nothing waits there, or what it stood in is gone.
    """
    letter = take(letter, by=by, at=at)
    row = letter.revisions.filter(number=number).first()
    waiting = (row.body.get(ASIDE) or {}) if row else {}
    if row is None or place not in waiting:
        raise LetterRefused(_("It has been decided on already."), code="no_aside")
    if is_used:
        changed = merging.take(_read(letter.body), place, _read(row.body))
        if merging.places(changed).get(place) != waiting[place]:
            said = _("What it stood in is gone. Copy the text and put it where it belongs.")
            raise LetterRefused(said, code="no_place")
        letter.body = documents.as_data(changed)
    row.body = {**row.body, ASIDE: {one: text for one, text in waiting.items() if one != place}}
    row.save(update_fields=["body"])
    if is_used:
        _save(letter, ["body"], by, at)
    record(action="letters.letter.aside_settled", on=letter, by=by, at=at, number=number, place=place, used=is_used)
    return letter


@transaction.atomic
def set_audience(*, letter: Letter, audience: Mapping[str, Any], by: Any, at: datetime) -> Letter:
    """Say who gets it (rules.audiences says how). Raises LetterRefused: a correction, whose recipients are given."""
    letter = take(letter, by=by, at=at)
    if letter.corrects_id:
        said = _("A correction goes to exactly those who got the first letter.")
        raise LetterRefused(said, code="is_correction")
    if len(json.dumps(audience, default=str)) > LONGEST_AUDIENCE:
        raise LetterRefused(_("That is more than an audience can hold. Make a named list of it."), code="too_large")
    if dict(audience) == letter.audience:
        return letter
    letter.audience = dict(audience)
    _save(letter, ["audience"], by, at)
    record(action="letters.letter.audience_set", on=letter, by=by, at=at, revision=letter.revision)
    return letter


@transaction.atomic
def withdraw(*, letter: Letter, reason: str, by: Any, at: datetime) -> Letter:
    """Say that it is not to be sent; what is written stays. Raises LetterRefused: no reason, sent already."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    permissions.TABLE.require_in_some_state(by, permissions.WITHDRAW, at)
    if letter.state in (LetterState.SENT, LetterState.WITHDRAWN):
        said = _("It has been sent.") if letter.state == LetterState.SENT else _("It is taken back already.")
        raise LetterRefused(said, code=f"is_{letter.state}")
    permissions.TABLE.require(by, permissions.WITHDRAW, at, state=letter.state)
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise LetterRefused(_("Write why."), code="no_reason")
    if len(reason) > 300:
        raise LetterRefused(_("Say it in at most 300 characters."), code="reason_too_long")
    left, letter.state = letter.state, LetterState.WITHDRAWN
    letter.withdrawn_at, letter.withdrawn_by, letter.withdrawn_because = at, by.key, reason
    letter.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record(action="letters.letter.withdrawn", on=letter, by=by, at=at, left=left)
    return letter


def take(letter: Letter, *, by: Any, at: datetime) -> Letter:
    """The letter, locked, for who may write in it. Raises LetterRefused where only its state stands in the way."""
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    permissions.TABLE.require_in_some_state(by, permissions.WRITE, at)
    try:
        permissions.TABLE.require(by, permissions.WRITE, at, state=locked.state)
    except PermissionDenied as denied:
        if locked.state == LetterState.DRAFT:
            raise
        said = _("The letter is no draft any more, so it is not changed. Nothing of what you wrote was saved.")
        raise LetterRefused(said, code=f"is_{locked.state}") from denied
    return locked


def _read(data: Mapping[str, Any]) -> documents.LetterDocument:
    try:
        return documents.read(data)
    except documents.DocumentRefused as refused:
        raise LetterFaulty(refused.faults) from refused


def _base(letter: Letter, revision: int, theirs: documents.LetterDocument) -> documents.LetterDocument:
    """What the change was written from. One that nobody knows of counts as an empty letter, so that nothing is lost."""
    if revision == letter.revision:
        return theirs
    row = letter.revisions.filter(number=revision).first() if 0 < revision < 2**31 else None
    return _read(row.body) if row else documents.LetterDocument()


def _set_aside(
    letter: Letter, mine: documents.LetterDocument, clashes: tuple[merging.Clash, ...], by: Any, at: datetime
) -> None:
    """Her whole letter, kept as a revision of its own before the one in which the other's words stand."""
    letter.revision += 1
    body = {**documents.as_data(mine), ASIDE: {clash.place: clash.mine for clash in clashes}}
    LetterRevision.objects.create(
        letter=letter, number=letter.revision, body=body, audience=letter.audience, at=at, by=by.key
    )


def _give(letter: Letter, fields: Mapping[str, Any]) -> list[str]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"No field of a letter: {', '.join(sorted(unknown))}")
    if "kind" in fields:
        _check_kind(fields["kind"])
    changed = [name for name, value in fields.items() if getattr(letter, name) != value]
    for name in changed:
        setattr(letter, name, fields[name])
    return changed


def _check_kind(kind: str) -> None:
    if kind not in LetterKind.values:
        raise LetterRefused(_("Choose why it is sent."), code="no_kind")


def _save(letter: Letter, changed: list[str], by: Any, at: datetime) -> None:
    letter.revision += 1
    letter.changed_at, letter.changed_by = at, by.key
    letter.save(update_fields=[*changed, "revision", "changed_at", "changed_by"])
    _keep_revision(letter, by, at)


def _keep_revision(letter: Letter, by: Any, at: datetime) -> None:
    LetterRevision.objects.create(
        letter=letter, number=letter.revision, body=letter.body, audience=letter.audience, at=at, by=by.key
    )


def _copied(like: Letter, letter: Letter, by: Any, at: datetime) -> documents.LetterDocument:
    """Another's words, with pictures of its own over the same files; what was promised there is not promised again."""
    document = _read(like.body)
    keys = {}
    for picture in like.pictures.all():
        keys[str(picture.key)] = str(uuid4())
        Picture.objects.create(
            key=keys[str(picture.key)],
            letter=letter,
            file_id=picture.file_id,
            width=picture.width,
            height=picture.height,
            added_at=at,
            added_by=by.key,
        )
    blocks = [
        replace(block, ref=keys.get(block.ref, "")) if block.kind == documents.PICTURE else block
        for block in document.blocks
        if block.kind != documents.PROMISE
    ]
    return replace(document, blocks=tuple(blocks))
