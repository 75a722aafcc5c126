"""A letter, or the part of it meant for it, is passed on with a greeting: once from each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samspel.kernel.audit import record
from samspel.kernel.permissions import require
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.models import Frozen, Letter, LetterState, PassedTo, PassingOn
from samspel.letters.operations.messages import know_messages
from samspel.letters.operations.sending.recipients import KEPT, archive_address
from samspel.letters.queries import passing_on, received, showing
from samspel.letters.queries.handed import Addressed
from samspel.post.models import Mailing
from samspel.post.operations import mailings
from samspel.post.rules.notices import one_line

KIND: Final = "letters.passed_on"
LONGEST: Final = 2_000
_KEY: Final = "letters.passed_to:"


class PassingOnRefused(Refusal):
    """It was not passed on, and why."""

    code = "passing_on_refused"


@transaction.atomic
def pass_on(*, letter: Letter, passer: str, place: str, greeting: str, by: Any, at: datetime) -> PassingOn:
    """Pass a letter on to those whom `passer` reaches from a place, with a greeting in plain words (may be empty).

    Raises PermissionDenied: it did not come to her, or the place is not hers. PassingOnRefused: not sent, done from
    there already, nobody to pass it on to, a greeting too long.
    """
    permissions.TABLE.require_in_some_state(by, permissions.PASS_ON, at)
    if letter.state != LetterState.SENT:
        raise PassingOnRefused(_("The letter has not been sent."), code="not_sent")
    permissions.TABLE.require(by, permissions.PASS_ON, at, state=letter.state)
    way = next((one for one in passing_on.ways(by, at) if (one.passer, one.place) == (passer, place)), None)
    require(way is not None and received.has_got(by, letter, at))
    assert way is not None
    greeting = greeting.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(greeting) > LONGEST:
        raise PassingOnRefused(_("The greeting is too long. Say it in at most 2,000 characters."), code="too_long")
    to = [one for one in passing_on.recipients(letter, passer, place, at) if one.person != by.pk]
    made = _keep(letter, way, greeting, to, by, at)
    if not to:
        raise PassingOnRefused(_("There is nobody to pass it on to: those it reaches have got it."), code="nobody")
    made.mailing_key = _write(made, way, to, by, at).key
    made.save(update_fields=["mailing_key"])
    record(action="letters.letter.passed_on", on=letter, by=by, at=at, passer=passer, place=place, number=len(to))
    return made


def _keep(
    letter: Letter, way: passing_on.Way, greeting: str, to: Sequence[Addressed], by: Any, at: datetime
) -> PassingOn:
    frozen = Frozen.objects.get(letter=letter, language="sv")
    try:
        with transaction.atomic():
            return PassingOn.objects.create(
                letter=letter,
                blocks=passing_on.part_of(frozen),
                by=by,
                passer=way.passer,
                place=way.place,
                greeting=greeting,
                at=at,
                expected=len(to),
            )
    except IntegrityError as error:
        said = _("It has been passed on from %(place)s already. It is passed on once.")
        raise PassingOnRefused(said % {"place": way.place_name}, code="done_already") from error


def _write(made: PassingOn, way: passing_on.Way, to: Sequence[Addressed], by: Any, at: datetime) -> Mailing:
    """A row for each, and one mailing with a mail to each."""
    letter = made.letter
    rows = PassedTo.objects.bulk_create([_row(made, one, at) for one in to])
    mailing = mailings.write(
        kind=KIND,
        title=letter.slug or str(letter.key),
        expected=len(to),
        rows=_drafts(made, way, list(zip(rows, to, strict=True)), by, at),
        by=by,
        at=at,
        sender=letter.sender,
        forget_after=KEPT,
    )
    know_messages(PassedTo.objects.filter(passing_on=made), mailing, keyed=_KEY)
    return mailing


def _row(made: PassingOn, one: Addressed, at: datetime) -> PassedTo:
    return PassedTo(
        passing_on=made,
        person_id=one.person,
        organizer_id=one.organizer,
        address=one.address,
        name=one_line(one.name)[:200],
        language=one.language,
        forget_at=at + KEPT,
    )


def _drafts(
    made: PassingOn, way: passing_on.Way, rows: Sequence[tuple[PassedTo, Addressed]], by: Any, at: datetime
) -> Iterator[mailings.Draft]:
    frozen = {one.language: one for one in Frozen.objects.filter(letter=made.letter)}
    mails = {language: _mail(made, way, one, by, at) for language, one in frozen.items()}
    for row, one in rows:
        language = one.language if one.language in mails else "sv"
        yield mailings.Draft(
            to_address=one.address,
            to_name=row.name,
            to_key=one.person_key,
            language=language,
            postal_address=one.postal_address,
            subject=mails[language].subject,
            body=mails[language].text,
            body_html=mails[language].html,
            # Answers go to who passed it on; of her with protected identity they go where the letter's own do.
            reply_to="" if by.is_protected else by.email,
            template=KIND,
            idempotency_key=f"{_KEY}{row.pk}",
        )


def _mail(made: PassingOn, way: passing_on.Way, frozen: Frozen, by: Any, at: datetime) -> showing.Mail:
    shown = showing.shown(made.letter, frozen.language, at, frozen=frozen)
    if made.blocks:
        shown = replace(shown, blocks=tuple(block for block in shown.blocks if block.key in made.blocks))
    with override(frozen.language):
        said = {"name": by.name, "place": way.place_name}
        whom = way.place_name if by.is_protected else _now("%(name)s, %(place)s") % said
        opening = _now("Passed on to you by %(whom)s.") % {"whom": whom}
        why = _now("Why you get this letter: it was passed on to you by %(whom)s.") % {"whom": whom}
    return showing.mail_of(
        shown,
        why=why,
        archive_address=archive_address(made.letter, frozen.language),
        unsubscribe_address="",
        greeting="\n\n".join(part for part in (opening, made.greeting) if part),
    )
