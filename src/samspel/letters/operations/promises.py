"""What is promised for later: said, moved, handed over, filled in and told, or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.kernel import jobs
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.models import Promise, PromiseKind, PromiseState
from samspel.letters.operations.telling import tell
from samspel.letters.queries import concerned
from samspel.letters.queries.showing.addresses import whole
from samspel.letters.rules import rich_text

TELL = "letters.tell_promise"
LONGEST = 5_000
LONGEST_WORDS = 500
_NO_WIDTH = 10_000


class PromiseRefused(Refusal):
    """A promise that cannot be made, or is not open any more."""

    code = "promise"


@transaction.atomic
def make(
    *,
    about: str,
    kind: str,
    words_sv: str,
    owner: Person,
    due_on: date,
    by: Any,
    at: datetime,
    words_en: str = "",
) -> Promise:
    """Say that something comes later: what, by whom it is owed, and the last day.

    about: what it belongs to, as "letters.letter:<key>". words_sv, words_en: what is said until it comes. Raises
    PromiseRefused: no words, a day that has been, an owner who has left.
    """
    permissions.TABLE.require(by, permissions.PROMISE, at)
    words_sv, words_en = words_sv.replace("\x00", "").strip(), words_en.replace("\x00", "").strip()
    if not words_sv or kind not in PromiseKind.values or ":" not in about:
        raise PromiseRefused(_("Say in Swedish what is to come, as those who wait will read it."), code="no_words")
    if max(len(words_sv), len(words_en)) > LONGEST_WORDS:
        raise PromiseRefused(_("Say it in at most 500 characters."), code="too_long")
    _require_day(due_on, at)
    _require_owner(owner)
    promise = Promise.objects.create(
        about=about, kind=kind, words_sv=words_sv, words_en=words_en, owner=owner, due_on=due_on, made_at=at,
        made_by=by.key,
    )  # fmt: skip
    record(action="letters.promise.made", on=promise, by=by, at=at, kind=kind, about=about, due_on=due_on)
    return promise


@transaction.atomic
def fill(*, promise: Promise, sv: str, by: Any, at: datetime, en: str = "") -> Promise:
    """It has come: what was promised is put in, and everyone it concerns is told, once. Raises PromiseRefused."""
    promise = _open(promise, by, at)
    sv, en = sv.replace("\x00", "").strip(), en.replace("\x00", "").strip()
    if not sv:
        raise PromiseRefused(_("Write what has come, in Swedish."), code="nothing")
    if max(len(sv), len(en)) > LONGEST:
        raise PromiseRefused(_("Write it in at most 5 000 characters."), code="too_long")
    promise.filled_sv, promise.filled_en = sv, en
    _end(promise, PromiseState.FILLED, by, at)
    record(action="letters.promise.filled", on=promise, by=by, at=at, late=timezone.localdate(at) > promise.due_on)
    jobs.queue(TELL, lane=jobs.BULK, promise_key=str(promise.key))
    return promise


@transaction.atomic
def tell_of(*, promise_key: str, at: datetime) -> Promise:
    """Write the mailing that tells those concerned that it has come. Done once, however often it is asked for."""
    promise = Promise.objects.select_for_update(of=("self",)).get(key=promise_key)
    if promise.mailing_key is not None or promise.state != PromiseState.FILLED:
        return promise
    told = tell(
        template="letters/notices/promise_filled.html",
        title=promise.words_sv,
        to=concerned.concerned(promise.about, at),
        context=lambda language: _said(promise, language),
        at=at,
    )
    if told is not None:
        promise.mailing_key = told.key
        promise.save(update_fields=["mailing_key"])
    return promise


@transaction.atomic
def move(*, promise: Promise, due_on: date, by: Any, at: datetime) -> Promise:
    """Another last day. Raises PromiseRefused: a day that has been, a promise that is not open."""
    promise = _open(promise, by, at)
    _require_day(due_on, at)
    before, promise.due_on = promise.due_on, due_on
    promise.save(update_fields=["due_on"])
    record(action="letters.promise.moved", on=promise, by=by, at=at, before=before, to=due_on)
    return promise


@transaction.atomic
def hand_over(*, promise: Promise, owner: Person, by: Any, at: datetime) -> Promise:
    """Somebody else owes it from now on. Raises PromiseRefused: one who has left, a promise that is not open."""
    promise = _open(promise, by, at)
    _require_owner(owner)
    before, promise.owner = promise.owner_id, owner
    promise.save(update_fields=["owner"])
    record(action="letters.promise.handed_over", on=promise, by=by, at=at, left=before, to=owner.pk)
    return promise


@transaction.atomic
def drop(*, promise: Promise, reason: str, by: Any, at: datetime) -> Promise:
    """It will not come; the reason stands where it was promised. Raises PromiseRefused: no reason, not open."""
    promise = _open(promise, by, at)
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise PromiseRefused(_("Say why it will not come: those who wait for it read the reason."), code="no_reason")
    promise.reason = reason[:500]
    _end(promise, PromiseState.DROPPED, by, at)
    record(action="letters.promise.dropped", on=promise, by=by, at=at)
    return promise


def _open(promise: Promise, by: Any, at: datetime) -> Promise:
    """The promise, locked: its owner's and theirs who may promise. Raises PromiseRefused if it has been dealt with."""
    promise = Promise.objects.select_for_update(of=("self",)).select_related("owner").get(pk=promise.pk)
    permissions.TABLE.require(by, permissions.FILL, at, whose=promise.owner)
    if promise.state != PromiseState.OPEN:
        raise PromiseRefused(
            _("Somebody was before you: this is not open any more. See what was done."), code="not_open"
        )
    return promise


def _end(promise: Promise, state: str, by: Any, at: datetime) -> None:
    promise.state, promise.ended_at, promise.ended_by = state, at, by.key
    promise.save(update_fields=["state", "ended_at", "ended_by", "filled_sv", "filled_en", "reason"])


def _require_day(due_on: date, at: datetime) -> None:
    if due_on < timezone.localdate(at):
        raise PromiseRefused(_("Choose a last day that has not been."), code="day_has_been")


def _require_owner(owner: Person) -> None:
    if not owner.is_active:
        raise PromiseRefused(_("Choose somebody who can still log in: this account is closed."), code="owner_left")


def _said(promise: Promise, language: str) -> Mapping[str, Any]:
    in_english = language == "en"
    subject = concerned.subjects([promise.about]).get(promise.about)
    return {
        "what": promise.get_kind_display(),
        "words": _plain((promise.words_en if in_english else "") or promise.words_sv, language),
        "filled": _plain((promise.filled_en if in_english else "") or promise.filled_sv, language),
        "about": subject.label if subject else "",
        "address": whole(language)(subject.address) if subject and subject.address else "",
    }


def _plain(words: str, language: str) -> str:
    """Rich text as a notice can hold it: each link with its whole address, and no lines broken before the notice's."""
    return rich_text.text(words, width=_NO_WIDTH, absolute=whole(language))
