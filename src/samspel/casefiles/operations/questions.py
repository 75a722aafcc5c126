"""A mail in becomes a question: taken in once, owned, linked, answered in its thread, closed."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.queries import person_by_email
from samspel.casefiles import permissions
from samspel.casefiles.models import (
    CaseFile,
    Channel,
    Direction,
    DocumentKind,
    Question,
    QuestionAttachment,
    QuestionMail,
    QuestionState,
)
from samspel.casefiles.operations import documents
from samspel.casefiles.queries import questions as found
from samspel.casefiles.rules import threads
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.files import kinds, storing
from samspel.kernel.files.models import StoredFile
from samspel.kernel.files.scanning import ScannerAway
from samspel.kernel.refusals import Refusal
from samspel.post.operations import bounces, notices
from samspel.post.operations.notices import Addressee
from samspel.post.rules import mail_words
from samspel.post.rules.bounces import Verdict
from samspel.post.rules.mail_words import MailWords
from samspel.post.rules.notices import shortened
from samspel.registry.models import Appointment, AppointmentDraft, Organizer
from samspel.registry.operations import drafts

# Working days; an agency answers as soon as it can (5.6 of the domain: service, without delay).
ANSWER_WITHIN = 5
LONGEST_WAIT = timedelta(days=365)
LONGEST_SUBJECT, LONGEST_NAME = 300, 200
LARGEST_MAIL = 60 * 1024 * 1024
ATTACHMENTS = frozenset({kinds.PDF, kinds.PNG, kinds.JPEG, kinds.TEXT, kinds.DOCX, kinds.XLSX})


log = structlog.get_logger(__name__)


class QuestionRefused(Refusal):
    """Why nothing was done with a question."""

    code = "question_refused"


def receive(content: bytes, *, at: datetime) -> Question | None:
    """Take a mail in from the shared mailbox: a new question, or one more mail in its thread.

    None for what needs no person: a mail that is there already, an automatic answer, a delivery report. Raises
    ScannerAway, and has then kept nothing.
    """
    mail = mail_words.read(content)
    if not content.strip() or mail.is_auto_reply or (mail.is_bounce and _is_report(content, at)):
        return None
    digest = hashlib.sha256(content).hexdigest()
    if QuestionMail.objects.filter(digest=digest).exists():
        return None
    try:
        return _take_in(mail, content, digest, at)
    except IntegrityError:
        if not QuestionMail.objects.filter(digest=digest).exists():
            raise
        return None  # somebody else was taking in the same mail


def _is_report(content: bytes, at: datetime) -> bool:
    """Whether a server tells of a mail that did not arrive, which is taken in as such; a person may write as one."""
    return bounces.take_in(raw=content, at=at).verdict in (Verdict.BOUNCE, Verdict.NEWS)


@transaction.atomic
def _take_in(mail: MailWords, content: bytes, digest: str, at: datetime) -> Question:
    question = found.thread_of(mail, at)
    if question is None:
        question, action = _begin(mail, at), "casefiles.question.received"
    else:
        question, action = _go_on(question, at), "casefiles.question.followed_up"
    came = QuestionMail.objects.create(
        question=question,
        from_address=mail.from_address,
        from_name=shortened(mail.from_name, LONGEST_NAME),
        message_id=mail.message_id,
        digest=digest,
        words=mail.words,
        original=_kept(content, at),
        at=at,
    )
    for attached in mail.attachments:
        _attach(came, attached, at)
    record(action=action, on=question, by=SYSTEM, at=at, attachments=len(mail.attachments))
    return question


def _kept(content: bytes, at: datetime) -> StoredFile | None:
    """The mail as it came; None for one that the virus check refuses, whose words are read all the same."""
    try:
        with transaction.atomic():
            return storing.keep(content, name="mail.eml", by=None, at=at, allowed=None, largest=LARGEST_MAIL)
    except ScannerAway:
        raise
    except storing.FileRefused as refused:
        log.warning("casefiles.mail.original_refused", reason=refused.code)
        return None


def _begin(mail: MailWords, at: datetime) -> Question:
    person = person_by_email(mail.from_address) if mail.from_address else None
    return Question.objects.create(
        subject=shortened(mail.subject, LONGEST_SUBJECT) or str(_("(no subject)")),
        from_address=mail.from_address,
        from_name=shortened(mail.from_name, LONGEST_NAME),
        person=person,
        organizer=found.organizer_of(person, mail.from_address, timezone.localdate(at)),
        due_on=threads.answer_by(timezone.localdate(at), ANSWER_WITHIN),
        received_at=at,
    )


def _go_on(question: Question, at: datetime) -> Question:
    """A thread that somebody writes in again waits for an answer again."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    question.state = QuestionState.OWNED if question.owner else QuestionState.NEW
    question.closed_at = None
    today = timezone.localdate(at)
    if question.due_on < today:
        question.due_on = threads.answer_by(today, ANSWER_WITHIN)
    question.save(update_fields=["state", "closed_at", "due_on"])
    return question


def _attach(came: QuestionMail, attached: mail_words.Attachment, at: datetime) -> None:
    name = storing.safe_name(attached.name or "bilaga")
    try:
        with transaction.atomic():
            file = storing.keep(attached.content, name=name, by=None, at=at, allowed=ATTACHMENTS)
    except ScannerAway:
        raise
    except storing.FileRefused as refused:
        QuestionAttachment.objects.create(mail=came, name=name, refused_because=refused.code)
        return
    QuestionAttachment.objects.create(mail=came, name=name, file=file)


@transaction.atomic
def give(*, question: Question, owner: Person, by: Any, at: datetime) -> Question:
    """Let somebody have a question: oneself or a colleague. Raises QuestionRefused for one who may not answer."""
    question = _locked(question, by, at)
    return _give(question, owner, by, at)


@transaction.atomic
def arrange(*, question: Question, owner: Person | None, due_on: date, by: Any, at: datetime) -> Question:
    """Who has it (None: nobody) and by which day it is answered.

    Raises QuestionRefused for a day that has been, or an owner who does not work with the mailbox.
    """
    question = _locked(question, by, at)
    if due_on != question.due_on:
        _move(question, due_on, by, at)
    if owner is None and question.owner is not None:
        question.owner, question.state = None, _unowned(question)
        question.save(update_fields=["owner", "state"])
        record(action="casefiles.question.let_go", on=question, by=by, at=at)
    elif owner is not None and owner.key != question.owner:
        _give(question, owner, by, at)
    return question


def _give(question: Question, owner: Person, by: Any, at: datetime) -> Question:
    if not permissions.may_handle_questions(owner, at):
        raise QuestionRefused(_("That person does not work with the shared mailbox."), code="owner")
    question.owner = owner.key
    if question.state == QuestionState.NEW:
        question.state = QuestionState.OWNED
    question.save(update_fields=["owner", "state"])
    record(action="casefiles.question.given", on=question, by=by, at=at, to=owner.key)
    return question


def _unowned(question: Question) -> str:
    return QuestionState.NEW if question.state == QuestionState.OWNED else question.state


def _move(question: Question, due_on: date, by: Any, at: datetime) -> None:
    today = timezone.localdate(at)
    if not today <= due_on <= today + LONGEST_WAIT:
        raise QuestionRefused(_("Choose a day from today on, at most a year ahead."), code="day")
    question.due_on = due_on
    question.save(update_fields=["due_on"])
    record(action="casefiles.question.moved", on=question, by=by, at=at, due_on=due_on)


@transaction.atomic
def link(
    *, question: Question, organizer: Organizer | None, case_file: CaseFile | None, by: Any, at: datetime
) -> Question:
    """Tie a question to the organizer and the case file that it is about; None takes a tie away."""
    question = _locked(question, by, at)
    question.organizer, question.case_file = organizer, case_file
    question.save(update_fields=["organizer", "case_file"])
    record(
        action="casefiles.question.linked",
        on=question,
        by=by,
        at=at,
        organizer=organizer.organization_number if organizer else None,
        case_file=case_file.key if case_file else None,
    )
    return question


@transaction.atomic
def answer(*, question: Question, words: str, by: Any, at: datetime) -> QuestionMail:
    """Answer in the thread: a mail to who asked, whose answer comes back to the shared mailbox.

    Who answers has the question from then on. The same words once more, with nothing in between, are the same answer
    and sent once. Raises QuestionRefused where there is nothing to say or nobody to get it.
    """
    question = _locked(question, by, at)
    said = words.strip()
    if not said:
        raise QuestionRefused(_("Write an answer first."), code="empty")
    if not question.from_address:
        raise QuestionRefused(
            _("The mail has no address to answer to. Answer in another way and close it."), code="no_address"
        )
    newest = question.mails.order_by("-at", "-id").first()
    if newest is not None and newest.is_out and (newest.words, newest.by) == (said, by.key):
        return newest
    # What somebody else wrote in the thread is not quoted to who asked, as if it were hers.
    last = (
        question.mails.filter(is_out=False, from_address__iexact=question.from_address).order_by("-at", "-id").first()
    )
    message = notices.send(
        template="casefiles/notices/answer.html",
        to=_asker(question),
        context={
            "subject": threads.answer_subject(question.subject),
            "words": [part.strip() for part in said.split("\n\n") if part.strip()],
            "by_name": by.name,
            "asked": last.words if last else "",
            "asked_on": timezone.localdate(last.at) if last else None,
        },
        at=at,
        kind="casefiles.answer",
        in_reply_to=last.message_id if last else "",
        reply_to=settings.SAMSPEL_MAILBOX_ADDRESS,
    )
    sent = QuestionMail.objects.create(
        question=question, is_out=True, words=said, message_key=message.key, by=by.key, at=at
    )
    question.state, question.owner = QuestionState.ANSWERED, question.owner or by.key
    question.save(update_fields=["state", "owner"])
    record(action="casefiles.question.answered", on=question, by=by, at=at, message=message.key)
    return sent


@transaction.atomic
def close(*, question: Question, by: Any, at: datetime) -> Question:
    """Nothing more is to be done. A new mail in the thread opens it again."""
    question = _locked(question, by, at)
    if question.state != QuestionState.CLOSED:
        question.state, question.closed_at = QuestionState.CLOSED, at
        question.save(update_fields=["state", "closed_at"])
        record(action="casefiles.question.closed", on=question, by=by, at=at)
    return question


@transaction.atomic
def register(*, question: Question, by: Any, at: datetime, is_secret: bool = False, secrecy_ground: str = "") -> int:
    """Make the mails of the thread documents of its case file, each once. Returns how many were new.

    is_secret, secrecy_ground: a secrecy mark on each of them, and on what ground.

    Raises QuestionRefused if it is tied to no case file, and what documents.register raises.
    """
    question = _locked(question, by, at)
    if question.case_file is None:
        raise QuestionRefused(_("Say first which case file it belongs to."), code="no_case_file")
    known = set(found.registered_origins(question))
    mails = [
        mail for mail in question.mails.select_related("original").order_by("at", "id") if origin_of(mail) not in known
    ]
    if not mails:
        raise QuestionRefused(_("All its mails are documents of the case file already."), code="registered")
    for mail in mails:
        _register(question, mail, by, at, is_secret=is_secret, secrecy_ground=secrecy_ground)
    record(action="casefiles.question.registered", on=question, by=by, at=at, mails=len(mails))
    return len(mails)


def origin_of(mail: QuestionMail) -> str:
    """Where the document of a mail says that it came from."""
    return f"casefiles.question_mail:{mail.pk}"


def _register(question: Question, mail: QuestionMail, by: Any, at: datetime, **secrecy: Any) -> None:
    is_askers = threads.is_askers(mail, question)
    asked_by = question.from_name or question.from_address
    who = asked_by if is_askers else (mail.from_name or mail.from_address)
    documents.register(
        case_file=question.case_file,
        direction=Direction.OUT if mail.is_out else Direction.IN,
        kind=DocumentKind.MAIL,
        channel=Channel.MAIL,
        title=question.subject,
        on=timezone.localdate(mail.at),
        words=mail.words,
        file=mail.original,
        person=question.person if is_askers else None,
        organizer=question.organizer if is_askers else None,
        counterpart=who,
        said_by=who,
        said_on=timezone.localdate(mail.at),
        origin=origin_of(mail),
        by=by,
        at=at,
        **secrecy,
    )


@transaction.atomic
def draft_appointment(
    *,
    question: Question,
    name: str,
    email: str,
    phone: str,
    title: str,
    from_on: date,
    replaces: Appointment | None,
    by: Any,
    at: datetime,
) -> AppointmentDraft:
    """From a mail that appoints a coordinator: a draft, which the organizer itself confirms.

    Raises QuestionRefused if the question has no organizer yet, or has its draft already.
    """
    question = _locked(question, by, at)
    if question.organizer is None:
        raise QuestionRefused(_("Say first which organizer it is about."), code="no_organizer")
    if question.draft_id:
        raise QuestionRefused(_("A draft has already been made from this mail."), code="drafted")
    question.draft = drafts.draft(
        organizer=question.organizer,
        name=name,
        email=email,
        phone=phone,
        title=title,
        from_on=from_on,
        replaces=replaces,
        origin=f"casefiles.question:{question.key}",
        by=by,
        at=at,
    )
    question.save(update_fields=["draft"])
    record(action="casefiles.question.drafted", on=question, by=by, at=at, draft=question.draft.key)
    return question.draft


def _locked(question: Question, by: Any, at: datetime) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("organizer", "person", "case_file__series")
    question = rows.get(pk=question.pk)
    permissions.TABLE.require(by, permissions.HANDLE_QUESTIONS, at)
    return question


def _asker(question: Question) -> Addressee:
    person = question.person
    if person is not None and person.email == question.from_address:
        return Addressee(person.email, person.name, person.key, person.language)
    return Addressee(question.from_address, question.from_name)
