"""A letter tried: mailed as it will look, to one who works with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.accounts.models import Person
from samspel.kernel import permissions as gate
from samspel.kernel.audit import record
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations.sending.recipients import reply_to
from samspel.letters.operations.sending.refusals import LetterRefused
from samspel.letters.queries import showing
from samspel.letters.rules import documents
from samspel.post.models import Message
from samspel.post.operations import write


@transaction.atomic
def test_send(*, letter: Letter, to: Person, by: Any, at: datetime) -> list[Message]:
    """Mail it as it now stands, in each language it has, marked as a test. No recipient is touched, and nothing counts.

    Raises LetterRefused: to somebody who does not work at the agency, or has no address.
    """
    permissions.TABLE.require(by, permissions.WRITE, at, state=LetterState.DRAFT)
    if to != by and not any(held.place is gate.AGENCY for held in gate.holdings_of(to, at)):
        raise LetterRefused("not_staff")
    if not to.email:
        raise LetterRefused("no_address")
    document = documents.read(letter.body)
    languages = ["sv", "en"] if document.has_english else ["sv"]
    sent = [_test(letter, document, language, to, at) for language in languages]
    record(action="letters.letter.tried", on=letter, by=by, at=at, to=to.key, revision=letter.revision)
    return sent


test_send.__test__ = False  # type: ignore[attr-defined]  # a deed, not a test of ours


def _test(letter: Letter, document: documents.LetterDocument, language: str, to: Person, at: datetime) -> Message:
    with override(language):
        why = _("This is a test of a letter that has not been sent. It has come to you alone.")
        mail = showing.mail_of(showing.shown(letter, language, at), why=why, archive_address="", unsubscribe_address="")
        subject = _("Test: %(subject)s") % {"subject": mail.subject}
    return write(
        kind="letters.test",
        to_address=to.email,
        to_name=" ".join(to.name.split())[:200],
        to_key=to.key,
        language=language,
        subject=subject,
        body=mail.text,
        body_html=mail.html,
        reply_to=reply_to(letter, document),
        sender=letter.sender,
        at=at,
    )
