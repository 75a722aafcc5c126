"""The recipients of a letter and each one's mail, written once when sending starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from samspel.kernel.ui.links import absolute, in_language
from samspel.letters.models import Frozen, Letter, LetterKind, Recipient
from samspel.letters.operations.messages import know_messages
from samspel.letters.queries import audiences, showing, unsubscribing, why
from samspel.letters.queries.handed import Addressed
from samspel.letters.rules import documents
from samspel.post.models import Mailing
from samspel.post.operations import mailings
from samspel.post.rules.notices import one_line

KIND: Final = "letters.letter"
# So long it is kept to whom a letter went: until next year's has been sent, and a while.
KEPT: Final = timedelta(days=550)
_KEY: Final = "letters.recipient:"


def write(letter: Letter, to: Sequence[Addressed], frozen: Iterable[Frozen], *, by: Any, at: datetime) -> Mailing:
    """A row for each recipient, and one mailing with a mail to each; five statements and one more for each 500."""
    rows = Recipient.objects.bulk_create([_row(letter, one, at) for one in to], batch_size=500)
    mailing = mailings.write(
        kind=KIND,
        title=documents.read(letter.body).subject.sv,
        expected=letter.expected or 0,
        rows=_drafts(letter, list(zip(rows, to, strict=True)), {one.language: one for one in frozen}, at),
        by=by,
        at=at,
        sender=letter.sender,
        forget_after=KEPT,
    )
    know_messages(Recipient.objects.filter(letter=letter), mailing, keyed=_KEY)
    return mailing


def reply_to(letter: Letter, document: documents.LetterDocument) -> str:
    """Where answers go: to the letter's own address for questions, where that is a mail address."""
    try:
        validate_email(document.contact)
    except ValidationError:
        return ""
    return document.contact


def in_words(letter: Letter) -> str:
    """Whom it went to, for the diary: as the audience is described in Swedish."""
    while letter.corrects is not None:
        letter = letter.corrects
    return str(audiences.described(letter.audience, "sv"))


def archive_address(letter: Letter, language: str) -> str:
    """Where everybody reads it; empty for one that is not public."""
    if not letter.is_public or not letter.slug:
        return ""
    return in_language(absolute(reverse("letters:archived", args=[letter.slug])), language)


def _row(letter: Letter, one: Addressed, at: datetime) -> Recipient:
    return Recipient(
        letter=letter,
        person_id=one.person,
        organizer_id=one.organizer,
        university_id=one.university,
        address=one.address,
        name=one_line(one.name)[:200],
        language=one.language,
        reasons=[dict(reason) for reason in one.reasons],
        forget_at=at + KEPT,
    )


def _drafts(
    letter: Letter, rows: Sequence[tuple[Recipient, Addressed]], frozen: dict[str, Frozen], at: datetime
) -> Iterator[mailings.Draft]:
    document = documents.read(letter.body)
    reasons = _reasons(rows, shown_in=list(frozen))
    shown = {language: showing.shown(letter, language, at, frozen=one) for language, one in frozen.items()}
    archive = {language: archive_address(letter, language) for language in shown}
    answers = reply_to(letter, document)
    for place, (row, one) in enumerate(rows):
        language = one.language if one.language in shown else "sv"
        unsubscribe = unsubscribing.address_of(row, language) if letter.kind == LetterKind.NEWS and one.address else ""
        mail = showing.mail_of(
            shown[language],
            why=why.sentence(reasons[language][place], language, kind=letter.kind),
            archive_address=archive[language],
            unsubscribe_address=unsubscribe,
        )
        yield mailings.Draft(
            to_address=one.address,
            to_name=row.name,
            to_key=one.person_key,
            language=language,
            postal_address=one.postal_address,
            subject=mail.subject,
            body=mail.text,
            body_html=mail.html,
            reply_to=answers,
            unsubscribe_url=unsubscribe,
            template=KIND,
            idempotency_key=f"{_KEY}{row.pk}",
        )


def _reasons(rows: Sequence[tuple[Recipient, Addressed]], *, shown_in: Iterable[str]) -> dict[str, list[list[str]]]:
    """By language, each recipient's reasons in words."""
    return {language: audiences.whys([one for _row, one in rows], language) for language in {"sv", *shown_in}}
