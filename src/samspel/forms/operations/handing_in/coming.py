"""A filled PDF is taken in: read, known as a sheet of this answer, its bytes kept as they came."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from django.db import transaction

from samspel.casefiles.permissions import may_handle_questions
from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, HandedIn, HandedInBy, HandedInState
from samspel.forms.operations.handing_in.checking import identified
from samspel.forms.operations.handing_in.refusals import HandedInRefused
from samspel.forms.operations.handing_in.registering import registered
from samspel.forms.operations.handing_in.telling import tell
from samspel.forms.queries.answers import fields_at
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed_in import BLANK, as_data, read_in, units_of
from samspel.forms.rules.handed_in import ReadField, Standing, Texts, with_rows
from samspel.kernel.audit import record
from samspel.kernel.documents.filled import read_fields
from samspel.kernel.files import kinds, storing

_DEED: Final = {HandedInBy.UPLOAD: permissions.HAND_IN, HandedInBy.MAIL: permissions.HAND_IN_MAILED}


def hand_in(
    *, answer: Answer, content: bytes, name: str, way: str, by: Any, at: datetime, origin: str = ""
) -> HandedIn:
    """Take in a filled PDF of an answer. Nothing in the answer changes: what differs waits to be gone through.

    content: the file as it came, kept so; way: a HandedInBy; origin: where a mailed one came from, once each. One of a
    submitted answer is kept too, and waits until the answer is opened again. Raises PermissionDenied; PdfRefused (what
    no file may be); HandedInRefused (no sheet of this answer, or handed in already); FileRefused.
    """
    _require(answer, way, by, at)
    # Before anything is locked: reading takes the time that whoever made the file likes.
    texts = read_fields(content)
    return _take_in(answer, content, texts, name=name, way=way, by=by, at=at, origin=origin)


def _require(answer: Answer, way: str, by: Any, at: datetime) -> None:
    deed = _DEED[HandedInBy(way)]
    if answer.state == AnswerState.WITHDRAWN:
        permissions.require(permissions.may_in_some_state(by, deed, answer, at))
        raise HandedInRefused("is_withdrawn")
    permissions.require_may(by, deed, answer, at)
    if answer.forgotten_at is not None:
        # What comes after its time would never be deleted.
        raise HandedInRefused("forgotten")
    permissions.require(way != HandedInBy.MAIL or may_handle_questions(by, at))


@transaction.atomic
def _take_in(
    answer: Answer, content: bytes, texts: Texts, *, name: str, way: str, by: Any, at: datetime, origin: str
) -> HandedIn:
    rows = Answer.objects.select_for_update(of=("self",)).select_related("version__definition", "organizer")
    answer = rows.get(pk=answer.pk)
    _require(answer, way, by, at)
    identity = identified(texts, answer)
    _require_new(answer, content, origin)
    read = _read(answer, texts, identity.revision)
    file = storing.keep(content, name=name, by=by, at=at, allowed={kinds.PDF})
    key = uuid4()
    handed_in = HandedIn.objects.create(
        key=key,
        answer=answer,
        base=identity.revision,
        file=file,
        document=registered(answer, file, way, f"forms.handed_in:{key}", at),
        way=way,
        origin=origin,
        read=as_data(read),
        came_at=at,
        came_by=by.key,
    )
    _finish_if_nothing_new(handed_in, at)
    told = tell(handed_in, at) if way == HandedInBy.MAIL and handed_in.state == HandedInState.WAITING else 0
    record(
        action="forms.answer.pdf_handed_in",
        on=answer,
        by=by,
        at=at,
        handed_in=key,
        way=way,
        fields=len(read),
        told=told,
    )
    return handed_in


def _require_new(answer: Answer, content: bytes, origin: str) -> None:
    same = HandedIn.objects.filter(answer=answer, file__digest=hashlib.sha256(content).hexdigest())
    found = same.exclude(state=HandedInState.DROPPED).order_by("-pk").first()
    if found is None and origin:
        found = HandedIn.objects.filter(origin=origin).first()
    if found is not None:
        raise HandedInRefused("handed_in_already", handed_in=found.key)


def _read(answer: Answer, texts: Texts, revision: int) -> Mapping[str, ReadField]:
    body = body_of(answer.version)
    base = fields_at(answer, revision) if revision > BLANK else {}
    return with_rows(body, read_in(body, texts, answer), base, lambda: secrets.token_hex(4))


def _finish_if_nothing_new(handed_in: HandedIn, at: datetime) -> None:
    """A file that says what stands already is gone through as it comes."""
    calm = (Standing.SAME, Standing.ONLY_SYSTEM)
    if all(unit.standing in calm for unit in units_of(handed_in)):
        handed_in.state, handed_in.done_at = HandedInState.DONE, at
        handed_in.save(update_fields=["state", "done_at"])
