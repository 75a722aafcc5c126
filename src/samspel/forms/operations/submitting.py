"""Submitting freezes an answer as it stands; only a decision with a reason opens it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import (
    Answer,
    AnswerState,
    FieldChange,
    Reopening,
    SetAside,
    SetAsideState,
    Submission,
)
from samspel.forms.operations.comments import plain
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.taking import take
from samspel.forms.operations.telling import tell
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import in_force_of
from samspel.forms.rules import checking, findings
from samspel.forms.rules.months import months_after
from samspel.kernel import jobs
from samspel.kernel.audit import record
from samspel.kernel.handed_down import HandedDown

Submitted = Callable[..., None]
"""Takes `submission` and, by name, `by` and `at`, in the submission's own transaction; may raise a Refusal."""

submitted: HandedDown[Submitted] = HandedDown()
"""What higher apps do when an answer is submitted: a report is in, a step is taken."""

# By these ways somebody wrote; what was filled in or carried over by the system makes nobody a writer.
WRITTEN = ("page", "pdf", "set_aside")


class NotReady(AnswerRefused):
    """What keeps an answer from being submitted: what is missing, places to decide about, and text set aside."""

    code = "not_ready"

    def __init__(self, missing: Sequence[checking.Missing], undecided: Sequence[findings.Place], waiting: int) -> None:
        super().__init__(_("The form is not ready to be submitted. See what is left below."))
        self.missing, self.undecided, self.waiting = list(missing), list(undecided), waiting


@transaction.atomic
def submit(
    *, answer: Answer, kept_findings: Collection[str] = (), revision: int | None = None, by: Any, at: datetime
) -> Submission:
    """Submit an answer as it stands. Two at once: one submission, and the second is told.

    kept_findings: keys of the places (`rules.findings.places`) that look like personal data and are to stay; every
    place needs one. revision: that which was gone through; if more has been written since, it is refused. Raises
    PermissionDenied, LevelTooLow, AnswerRefused (submitted already, changed since), NotReady with all that is left.
    """
    answer = take(permissions.SUBMIT, answer, by=by, at=at)
    if revision is not None and revision != answer.revision:
        sentence = _("Somebody has written in the form since you went through it. Look once more, then submit.")
        raise AnswerRefused(sentence, code="changed_since")
    fields = fields_of(answer)
    found = _ready(answer, fields, kept_findings)
    submission = _frozen(answer, fields, found, by, at)
    keep_months = body_of(answer.version).personal_data.keep_months
    answer.state, answer.submitted_at, answer.submitted_by = AnswerState.SUBMITTED, at, by.key
    answer.forget_on = months_after(timezone.localdate(at), keep_months) if keep_months else None
    answer.save(update_fields=["state", "submitted_at", "submitted_by", "forget_on"])
    facts = {"number": submission.number, "revision": answer.revision, "kept": len(found), "digest": submission.digest}
    record(action="forms.answer.submitted", on=answer, by=by, at=at, **facts)
    for happening in submitted:
        happening(submission, by=by, at=at)
    _told(answer, submission, by, at)
    jobs.queue("forms.keep_submission", submission=submission.pk)
    return submission


@transaction.atomic
def reopen(*, answer: Answer, reason: str, due_on: date | None = None, by: Any, at: datetime) -> Reopening:
    """Decide that a submitted answer is opened again, on the version it is pinned to. What was submitted is kept.

    Raises PermissionDenied, LevelTooLow, AnswerRefused: not submitted, no reason, a day gone by, forgotten.
    """
    answer = take(permissions.REOPEN, answer, by=by, at=at)
    if due_on is not None and due_on < timezone.localdate(at):
        raise AnswerRefused(_("The day has gone by. Choose a later one."), code="day_gone_by")
    if not reason.strip():
        raise AnswerRefused(_("Write why."), code="no_reason")
    decided = {"reason": plain(reason)[:2000], "due_on": due_on, "decided_at": at, "decided_by": by.key}
    reopening = Reopening.objects.create(answer=answer, **decided)
    answer.state, answer.submitted_at, answer.submitted_by = AnswerState.WRITING, None, None
    answer.due_on, answer.forget_on = due_on or answer.due_on, None
    answer.save(update_fields=["state", "submitted_at", "submitted_by", "due_on", "forget_on"])
    record(action="forms.answer.reopened", on=answer, by=by, at=at, reopening=reopening.pk, due_on=due_on)
    people = [row.person for row in in_force_of(answer, at)]
    tell("reopened", answer, people, at=at, reason=reopening.reason)
    return reopening


def digest_of(version_digest: str, values: Mapping[str, Any]) -> str:
    """SHA-256 of a version's digest and values by path, in a form that does not depend on their order."""
    plain_values = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{version_digest}\n{plain_values}".encode()).hexdigest()


def _ready(answer: Answer, fields: Mapping[str, Any], kept: Collection[str]) -> list[findings.Place]:
    """The places that stay. Raises NotReady."""
    body = body_of(answer.version)
    missing = checking.check(body, fields)
    found = findings.places(body, fields)
    left = findings.undecided(found, kept)
    waiting = SetAside.objects.filter(answer=answer, state=SetAsideState.WAITING).count()
    if missing or left or waiting:
        raise NotReady(missing, left, waiting)
    return found


def _frozen(
    answer: Answer, fields: dict[str, Any], found: Sequence[findings.Place], by: Any, at: datetime
) -> Submission:
    return Submission.objects.create(
        answer=answer,
        number=answer.submissions.count() + 1,
        values=fields,
        took_part=_took_part(answer, by),
        revision=answer.revision,
        digest=digest_of(answer.version.digest, fields),
        kept_findings=[place.kept for place in found],
        submitted_at=at,
        submitted_by=by.key,
    )


def _took_part(answer: Answer, by: Any) -> list[str]:
    """Keys of those who wrote, in the order they began, and of the one who submits."""
    written = FieldChange.objects.filter(answer=answer, way__in=WRITTEN, changed_by__isnull=False)
    keys = written.order_by("revision", "pk").values_list("changed_by", flat=True)
    return list(dict.fromkeys(map(str, [*keys, by.key])))


def _told(answer: Answer, submission: Submission, by: Any, at: datetime) -> None:
    others = [row.person for row in in_force_of(answer, at) if row.person_id != by.pk]
    more = {"number": submission.number, "on": timezone.localdate(at)}
    tell("receipt", answer, [by], at=at, digest=submission.digest, **more)
    tell("submitted", answer, others, at=at, lane=jobs.BULK, **more)
