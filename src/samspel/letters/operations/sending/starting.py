"""Sending starts: recipients and words are frozen, the mailing written and the PDF registered, in one transaction.

Of two who start at once the second finds it sent, and changes nothing. What a planned start cannot send stays approved,
and who planned it is told why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from samspel.accounts.models import Person
from samspel.casefiles.models import CaseFile, Channel, Direction, Document, DocumentKind
from samspel.casefiles.operations import casefiles
from samspel.casefiles.operations import documents as registering
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.files import storing
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.dates import moment_text
from samspel.letters import permissions
from samspel.letters.models import KeyDate, Letter, LetterState, Promise
from samspel.letters.operations import freezing
from samspel.letters.operations.sending import recipients, slugs
from samspel.letters.operations.sending.checking import require_as_approved
from samspel.letters.operations.sending.planning import require_unsent
from samspel.letters.operations.sending.refusals import LetterRefused, sentence_of
from samspel.letters.operations.sending.taking import taken
from samspel.letters.queries import chosen, concerned
from samspel.letters.queries.handed import Addressed
from samspel.letters.rules import approvals, documents
from samspel.letters.rules.keys import is_key
from samspel.post.operations import notices

# Where letters of no other case are registered.
SERIES = "ALM"


@transaction.atomic
def start(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """Send it now, once. A letter that is sent already comes back as it is.

    Raises LetterRefused: not approved, not as approved, nobody left; CaseFileClosed where its case file is closed.
    """
    permissions.TABLE.require_in_some_state(by, permissions.SEND, at)
    letter = taken(letter)
    if letter.state == LetterState.SENT:
        return letter
    to = _recipients(letter, at)
    _mark(letter, to, by, at)
    _hold(letter)
    frozen = freezing.freeze(letter, at=at)
    letter.mailing_key = recipients.write(letter, to, frozen, by=by, at=at).key
    letter.case_file, letter.document = _register(letter, by, at)
    letter.save(update_fields=["mailing_key", "case_file", "document"])
    came_and_went = {name: len(keys) for name, keys in letter.difference.items()}
    facts = {"expected": letter.expected, "mailing": letter.mailing_key, **came_and_went}
    record(action="letters.letter.sent", on=letter, by=by, at=at, **facts)
    return letter


@transaction.atomic
def start_planned(*, letter: Letter, at: datetime) -> Letter:
    """At the moment planned; nothing happens if it is not planned any more, or for later. Told if it cannot be sent."""
    letter = taken(letter)
    if letter.state != LetterState.PLANNED or letter.planned_for is None or letter.planned_for > at:
        return letter
    try:
        with transaction.atomic():
            if at - letter.planned_for > approvals.LATEST:
                raise LetterRefused("too_late")
            return start(letter=letter, by=SYSTEM, at=at)
    except Refusal as refusal:
        return _stopped(taken(letter), refusal, at)


def start_due(*, at: datetime) -> int:
    """Start those whose moment has come and whose job was lost. Returns how many were looked at."""
    due = list(Letter.objects.filter(state=LetterState.PLANNED, planned_for__lte=at).order_by("planned_for")[:20])
    for letter in due:
        start_planned(letter=letter, at=at)
    return len(due)


def _recipients(letter: Letter, at: datetime) -> list[Addressed]:
    """Whom it goes to, found in two ways that agree. Raises LetterRefused."""
    require_unsent(letter)
    to, expected = chosen.settled(letter, at)
    require_as_approved(letter, to, at)
    if len(to) != expected:
        raise LetterRefused("unsettled")
    letter.expected = expected
    return to


def _mark(letter: Letter, to: Sequence[Addressed], by: Any, at: datetime) -> None:
    """As sent, with its place in the archive, before its words are frozen: they tell where it stands."""
    letter.difference = _difference(letter, {one.key for one in to})
    letter.state, letter.sent_at, letter.sent_by = LetterState.SENT, at, by.key
    letter.planned_recipients, letter.stopped_because = [], ""
    letter.save()
    slugs.give(letter, documents.read(letter.body), at)


def _hold(letter: Letter) -> None:
    """Its promises and key dates, till it is sent: who moves or fills one meanwhile finds its recipients then."""
    promised = Promise.objects.filter(about=f"{concerned.LETTER}:{letter.key}")
    refs = [block.ref.partition(":") for block in documents.read(letter.body).blocks if block.kind == documents.LIVE]
    dates = KeyDate.objects.filter(
        key__in=[key for kind, _, key in refs if kind == concerned.LIVE_DATE and is_key(key)]
    )
    for rows in (promised, dates):
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _difference(letter: Letter, now: set[str]) -> dict[str, list[str]]:
    """Who came and went since it was planned; nothing for a letter that was not."""
    if letter.state != LetterState.PLANNED:
        return {}
    then = set(letter.planned_recipients)
    return {"added": sorted(now - then), "gone": sorted(then - now)}


def _register(letter: Letter, by: Any, at: datetime) -> tuple[CaseFile, Document]:
    """The letter as a PDF in its case file; in one of its own where none was chosen."""
    title = documents.read(letter.body).subject.sv
    case_file = letter.case_file or casefiles.open_case(
        series=SERIES, title=title, by=by, at=at, subject=f"letters.letter:{letter.key}"
    )
    file = storing.keep_own(freezing.pdf(letter, "sv"), name=f"{letter.slug}.pdf", by=by, at=at)
    return case_file, registering.register(
        case_file=case_file,
        direction=Direction.OUT,
        kind=DocumentKind.LETTER,
        channel=Channel.MAIL,
        title=title,
        on=timezone.localdate(at),
        counterpart=recipients.in_words(letter)[:300],
        file=file,
        origin=f"letters.letter:{letter.key}",
        by=by,
        at=at,
    )


def _stopped(letter: Letter, refusal: Refusal, at: datetime) -> Letter:
    planned_by, planned_for = letter.planned_by, letter.planned_for
    letter.state, letter.planned_for, letter.planned_by, letter.planned_recipients = (
        LetterState.APPROVED,
        None,
        None,
        [],
    )
    letter.stopped_because = refusal.code[:30]
    letter.save(update_fields=["state", "planned_for", "planned_by", "planned_recipients", "stopped_because"])
    record(action="letters.letter.stopped", on=letter, by=SYSTEM, at=at, because=letter.stopped_because)
    planner = Person.objects.filter(key=planned_by, is_active=True).first()
    if planner is not None and planner.email:
        _tell(letter, planner, planned_for, at)
    return letter


def _tell(letter: Letter, planner: Person, planned_for: datetime, at: datetime) -> None:
    with override(planner.language):
        context = {
            "subject": documents.read(letter.body).subject.in_language(planner.language),
            "because": str(sentence_of(letter.stopped_because)),
            "planned_for": moment_text(planned_for),
            "url": reverse("letters:letter", args=[letter.key]),
        }
    notices.send(
        template="letters/notices/stopped.html",
        to=notices.Addressee(planner.email, name=planner.name, key=planner.key, language=planner.language),
        context=context,
        at=at,
    )
