"""Answers are begun, pinned to the version in use, and withdrawn when they are no longer asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.forms import models, permissions
from samspel.forms.models import Answer, AnswerState, ParticipantDeed, Version, VersionState
from samspel.forms.operations import participants as people
from samspel.forms.operations import saving
from samspel.forms.operations.comments import plain
from samspel.forms.operations.participants import Taking
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.taking import take
from samspel.forms.operations.telling import tell
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import in_force_of
from samspel.forms.queries.prefill import prefilled
from samspel.forms.rules import definitions as rules
from samspel.forms.rules.months import months_after
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.permissions import Place, holdings_of
from samspel.registry.models import Organizer, SchoolUnit, University
from samspel.registry.queries.holdings import organizer_place, university_place

# The register of school units has no preschools: an answer about one is its organizer's, and says which (`about`).
SUBJECT_FIELD: Final = {
    "organizer": "organizer",
    "school_unit": "school_unit",
    "preschool_unit": "organizer",
    "university": "university",
    "person": "person",
    "": "",
}


@transaction.atomic
def begin(
    *,
    definition: models.Definition,
    by: Any,
    at: datetime,
    organizer: Organizer | None = None,
    school_unit: SchoolUnit | None = None,
    university: University | None = None,
    person: Person | None = None,
    owner: str = "",
    about: str = "",
    due_on: date | None = None,
    participants: Iterable[Taking] = (),
    is_test: bool = False,
    version: Version | None = None,
) -> Answer:
    """Begin an answer to the version in use, filled in with what is known.

    Those who hand out forms, and the system, say who takes part; somebody at her own place begins by herself, if the
    definition names a role of hers, and submits if it names it for that. version: another than that in use, of a test
    alone. Raises PermissionDenied, AnswerRefused: nothing in use, another subject than the form is about, no preschool
    named (in `about`) where it is about one, one open already (of the same subject, owner and `about`).
    """
    definition = models.Definition.objects.select_for_update(no_key=True).get(pk=definition.pk)
    version = _version(definition, version if is_test else None)
    subject = {"organizer": organizer, "school_unit": school_unit, "university": university, "person": person}
    takings = list(participants)
    if not _may_hand_out(by, is_test, at):
        takings = [_beginner(body_of(version), by, subject, at)]
    if not is_test:
        _require_subject(body_of(version), subject, about.strip())
        _require_none_open(definition, subject, owner, about.strip())
    answer = Answer.objects.create(
        version=version,
        **subject,
        owner=owner,
        about=about.strip()[:200],
        due_on=due_on,
        is_test=is_test,
        begun_at=at,
        begun_by=by.key,
    )
    facts = {"definition": definition.slug, "version": version.number, "due_on": due_on, "is_test": is_test}
    record(action="forms.answer.begun", on=answer, by=by, at=at, **facts)
    people.write_rows(answer, takings, by=by, at=at)
    saving.write(answer=answer, values=prefilled(answer, at), by=SYSTEM, at=at, way="prefill")
    return answer


@transaction.atomic
def withdraw(*, answer: Answer, reason: str, by: Any, at: datetime) -> Answer:
    """Say that an answer is no longer asked for; what was written stays. Raises PermissionDenied, AnswerRefused."""
    answer = take(permissions.WITHDRAW, answer, by=by, at=at)
    if not reason.strip():
        raise AnswerRefused(_("Write why."), code="no_reason")
    answer.state, answer.withdrawn_because = AnswerState.WITHDRAWN, plain(reason)[:2000]
    answer.withdrawn_at, answer.withdrawn_by = at, by.key
    keep_months = body_of(answer.version).personal_data.keep_months
    answer.forget_on = months_after(timezone.localdate(at), keep_months) if keep_months else None
    answer.save(update_fields=["state", "withdrawn_because", "withdrawn_at", "withdrawn_by", "forget_on"])
    record(action="forms.answer.withdrawn", on=answer, by=by, at=at)
    people_now = [row.person for row in in_force_of(answer, at)]
    tell("withdrawn", answer, people_now, at=at, reason=answer.withdrawn_because)
    return answer


def place_of(subject: dict[str, Any]) -> Place:
    """Where an answer belongs: its organizer, its unit's organizer, its university; None for a person or nothing."""
    if subject["organizer"] is not None:
        return organizer_place(subject["organizer"].pk)
    if subject["school_unit"] is not None:
        return organizer_place(subject["school_unit"].organizer_id)
    return university_place(subject["university"].pk) if subject["university"] is not None else None


def beginning_role(body: rules.Definition, by: Any, place: Place, at: datetime) -> tuple[str, str]:
    """(deed, role) by which somebody may begin an answer of a place by herself; ("", "") if she may not.

    An answer about nothing, or about herself, is hers to begin by a role that the definition names, wherever held.
    """
    held = [one.role for one in holdings_of(by, at) if place is None or one.place == place]
    for role in held:
        if role in body.submitters:
            return ParticipantDeed.SUBMIT, role
    return next(((ParticipantDeed.WRITE, role) for role in held if role in body.writers), ("", ""))


def _version(definition: models.Definition, wanted: Version | None) -> Version:
    if wanted is not None:
        return wanted
    in_use = definition.versions.filter(state=VersionState.PUBLISHED).first()
    if in_use is None or definition.ended_on is not None:
        raise AnswerRefused(_("The form is not in use."), code="not_in_use")
    return in_use


def _may_hand_out(by: Any, is_test: bool, at: datetime) -> bool:
    deed = permissions.EDIT_DEFINITIONS if is_test else permissions.HAND_OUT
    if not permissions.TABLE.allows(by, deed, at):
        permissions.require(not is_test)
        return False
    permissions.TABLE.require_level(by, deed)
    return True


def _beginner(body: rules.Definition, by: Any, subject: dict[str, Any], at: datetime) -> Taking:
    """The one who begins by herself, at her own place."""
    permissions.require(subject["person"] is None or subject["person"] == by)
    place = place_of(subject)
    deed, role = beginning_role(body, by, place, at)
    permissions.require(bool(deed) and role in permissions.TABLE.deeds[permissions.BEGIN].roles)
    return Taking(by, deed, timezone.localdate(at), role=role)


def require_which(body: rules.Definition, about: str) -> None:
    """Raises AnswerRefused unless `about` names the preschool, of a form about one."""
    if body.subject == "preschool_unit" and not about.strip():
        raise AnswerRefused(_("Say which preschool it is about."), code="no_preschool")


def _require_subject(body: rules.Definition, subject: dict[str, Any], about: str) -> None:
    given = {name for name, value in subject.items() if value is not None}
    if given != {SUBJECT_FIELD[body.subject]} - {""}:
        raise AnswerRefused(_("The form is about something else."), code="other_subject", subject=body.subject)
    require_which(body, about)


def _require_none_open(definition: models.Definition, subject: dict[str, Any], owner: str, about: str) -> None:
    same = Answer.objects.filter(version__definition=definition, owner=owner, about=about, is_test=False, **subject)
    found = same.filter(state=AnswerState.WRITING).first()
    if found is not None:
        sentence = _("The form is being written already. Go on with that one, or say what tells the new one from it.")
        raise AnswerRefused(sentence, code="open_already", answer=str(found.key))
