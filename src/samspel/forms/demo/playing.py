"""A story played by the operations, by the demo's people, at its own times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.forms.demo import sheets
from samspel.forms.demo.reading import Story, counted, moment
from samspel.forms.models import Answer, Comment, Version
from samspel.forms.operations import answers, comments, differing, saving, sections, submitting
from samspel.forms.operations.participants import Taking
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of, in_use
from samspel.forms.rules.findings import places
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Appointment, Organizer, Role, SchoolUnit, University


@dataclass
class _Stage:
    """An answer being played, and who is there."""

    answer: Answer
    people: dict[str, Person]
    now: datetime
    at: datetime
    # What the answer's revision was after each step, so that somebody can write from an older page.
    revisions: list[int] = field(default_factory=list)
    said: list[Comment] = field(default_factory=list)


def play(story: Story, now: datetime) -> None:
    """Play a story whose answer is not there. Nothing, if its people, its place or its form are not there.

    A form that an editor has given another shape may refuse a step; then nothing of the story remains.
    """
    told = counted(story.told, timezone.localdate(now))
    version = in_use(told["definition"])
    subject = _subject(told)
    people = {one.email: one for one in Person.objects.filter(is_invented=True, email__in=_emails(told))}
    if version is None or subject is None or len(people) < len(_emails(told)):
        return
    if _is_told(story, version, subject):
        return
    try:
        with transaction.atomic():
            _play(told, version, subject, people, now)
    except AnswerRefused:
        return


def _is_told(story: Story, version: Version, subject: dict[str, Any]) -> bool:
    """Whether the answer is there; a year's report of an earlier year too, so that a new year adds nothing."""
    about = story.told.get("about", "")
    same = Answer.objects.filter(version__definition=version.definition, **subject)
    return (same if "{" in about else same.filter(about=about)).exists()


def _play(
    told: dict[str, Any], version: Version, subject: dict[str, Any], people: dict[str, Person], now: datetime
) -> None:
    at = moment(told["begun"], now)
    answer = answers.begin(
        definition=version.definition,
        by=_officer(),
        at=at,
        about=told.get("about", ""),
        due_on=timezone.localdate(now) + timedelta(days=told["due_in_days"]),
        participants=[
            Taking(people[one["email"]], one["deed"], timezone.localdate(at), role=one.get("role", ""))
            for one in told["people"]
        ],
        **subject,
    )
    stage = _Stage(answer, people, now, at, [answer.revision])
    for step in told["steps"]:
        # Working days may fall together; what follows comes after all the same.
        stage.at = min(now, max(moment(step["when"], now), stage.at + timedelta(minutes=4)))
        stage.answer.refresh_from_db()
        _STEPS[step["do"]](stage, step)
        stage.revisions.append(stage.answer.revision)


def _save(stage: _Stage, step: dict[str, Any]) -> None:
    """behind: how many steps ago the page was opened that is saved now."""
    base = stage.revisions[-1 - step.get("behind", 0)]
    typed = dict(step.get("values", {}))
    for table, rows in step.get("rows", {}).items():
        for number, cells in enumerate(rows, start=1):
            row = f"{step.get('row', 'r')}{number}"
            typed |= {f"{table}/{row}/{column}": value for column, value in cells.items()}
    saving.save(answer=stage.answer, typed=typed, base=base, by=stage.people[step["by"]], at=stage.at)


def _comment(stage: _Stage, step: dict[str, Any]) -> None:
    said = comments.say(
        answer=stage.answer,
        section=step["section"],
        question=step.get("question", ""),
        words=step["words"],
        by=stage.people[step["by"]],
        at=stage.at,
    )
    stage.said.append(said)


def _settle(stage: _Stage, step: dict[str, Any]) -> None:
    """number: which of the comments said so far, from 1."""
    comments.settle(comment=stage.said[step["number"] - 1], by=stage.people[step["by"]], at=stage.at)


def _mark(stage: _Stage, step: dict[str, Any]) -> None:
    for section in step.get("sections") or [one.key for one in body_of(stage.answer.version).sections]:
        sections.mark(
            answer=stage.answer,
            section=section,
            status=step["status"],
            by=stage.people[step["by"]],
            at=stage.at,
        )


def _give(stage: _Stage, step: dict[str, Any]) -> None:
    sections.give(
        answer=stage.answer,
        section=step["section"],
        to=stage.people[step["to"]],
        by=stage.people[step["by"]],
        at=stage.at,
    )


def _submit(stage: _Stage, step: dict[str, Any]) -> None:
    """Places that look like personal data are looked at and kept, as whoever submits says."""
    kept = [place.key for place in places(body_of(stage.answer.version), fields_of(stage.answer))]
    submitting.submit(answer=stage.answer, kept_findings=kept, by=stage.people[step["by"]], at=stage.at)


def _reopen(stage: _Stage, step: dict[str, Any]) -> None:
    due_on = timezone.localdate(stage.now) + timedelta(days=step["due_in_days"])
    submitting.reopen(answer=stage.answer, reason=step["reason"], due_on=due_on, by=_officer(), at=stage.at)


def _differ(stage: _Stage, step: dict[str, Any]) -> None:
    differing.differ(answer=stage.answer, words=step["words"], by=stage.people[step["by"]], at=stage.at)


def _sheet(stage: _Stage, step: dict[str, Any]) -> None:
    sheets.hand_in(stage.answer, step, by=stage.people[step["by"]], at=stage.at)


def _mailed(stage: _Stage, step: dict[str, Any]) -> None:
    sheets.mail_in(stage.answer, step, by=stage.people[step["by"]], officer=_officer(), at=stage.at)


def _figures(stage: _Stage, step: dict[str, Any]) -> None:
    """As they would have been fetched: the demo's organizers are invented, and nothing is published of them."""
    day, body = timezone.localdate(stage.at).isoformat(), body_of(stage.answer.version)
    known = {
        key: {
            "indicator": body.questions[key].indicator,
            "as_of": day,
            "values": [{"period": period, "text": text, "mark": ""} for period, text in pairs],
            "source": step["source"],
        }
        for key, pairs in step["values"].items()
    }
    saving.write(answer=stage.answer, values=known, by=SYSTEM, at=stage.at, way="prefill")


_STEPS: dict[str, Callable[[_Stage, dict[str, Any]], None]] = {
    "save": _save,
    "comment": _comment,
    "settle": _settle,
    "mark": _mark,
    "give": _give,
    "submit": _submit,
    "reopen": _reopen,
    "differ": _differ,
    "sheet": _sheet,
    "mailed": _mailed,
    "figures": _figures,
}


def _officer() -> Person:
    held = Appointment.objects.filter(person__is_invented=True, role=Role.EDUCATION_OFFICER, organizer=None)
    officer: Person = held.select_related("person").earliest("id").person
    return officer


def _emails(told: dict[str, Any]) -> set[str]:
    return {one["email"] for one in told["people"]}


def _subject(told: dict[str, Any]) -> dict[str, Any] | None:
    """What the answer is about; None if it is not there."""
    if "university" in told:
        university = University.objects.filter(slug=told["university"]).first()
        return {"university": university} if university else None
    organizer = Organizer.objects.filter(is_invented=True, name=told["organizer"]).first()
    if organizer is None or "school_unit" not in told:
        return {"organizer": organizer} if organizer else None
    unit = SchoolUnit.objects.filter(organizer=organizer, name=told["school_unit"]).first()
    return {"school_unit": unit} if unit else None
