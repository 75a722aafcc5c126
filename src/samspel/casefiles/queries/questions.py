"""The worklist of the shared mailbox: threads, whom they are from, and what each shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.casefiles import permissions
from samspel.casefiles.models import Document, Question, QuestionAttachment, QuestionMail, QuestionState
from samspel.casefiles.rules import threads
from samspel.kernel.permissions import holdings_of
from samspel.post.models import Message
from samspel.post.rules.mail_words import MailWords
from samspel.registry.models import Appointment, Organizer, Role
from samspel.registry.queries.holdings import in_force

OPEN = (QuestionState.NEW, QuestionState.OWNED)
MINE, UNOWNED, ALL_OPEN, DONE = "mina", "utan", "oppna", "klara"


def thread_of(mail: MailWords, at: datetime) -> Question | None:
    """The question whose thread a mail belongs to: by what it answers, else by sender and subject."""
    answered = [one for one in (mail.in_reply_to, *mail.references) if one]
    said = Q(message_id__in=answered) | Q(message_key__in=threads.our_messages(answered))
    before = QuestionMail.objects.filter(said).exclude(message_id="", message_key=None).order_by("-at").first()
    if answered and before is not None:
        return before.question
    wanted = threads.bare_subject(mail.subject)
    since = at - threads.SAME_SUBJECT_WITHIN
    same = Question.objects.filter(from_address__iexact=mail.from_address, received_at__gte=since).exclude(
        state=QuestionState.CLOSED
    )
    is_answer = wanted != " ".join(mail.subject.split()).casefold()
    hers = same.order_by("-received_at")[:50] if is_answer and wanted and mail.from_address else ()
    return next((one for one in hers if threads.bare_subject(one.subject) == wanted), None)


def organizer_of(person: Person | None, address: str, on: date) -> Organizer | None:
    """The organizer that somebody writes for: the only one where she holds a role, else the one with that address."""
    if person is not None:
        held = Organizer.objects.filter(in_force(on, "appointments__"), appointments__person=person).distinct()[:2]
        if len(found := list(held)) == 1:
            return found[0]
    return Organizer.objects.filter(official_email__iexact=address).first() if address else None


def worklist(which: str, me: Person) -> QuerySet[Question]:
    """Questions to list, those due first on top: MINE, UNOWNED, ALL_OPEN or DONE (newest first)."""
    rows = Question.objects.select_related("organizer", "person", "case_file__series")
    if which == DONE:
        return rows.exclude(state__in=OPEN).order_by("-received_at", "-id")
    rows = rows.filter(state__in=OPEN).order_by("due_on", "received_at", "id")
    if which == MINE:
        return rows.filter(owner=me.key)
    return rows.filter(owner=None) if which == UNOWNED else rows


def with_thread(key: UUID) -> QuerySet[Question]:
    """One question with its mails and their attachments, in three queries."""
    attached = QuestionAttachment.objects.select_related("file").order_by("id")
    mails = QuestionMail.objects.select_related("original").prefetch_related(Prefetch("attachments", attached))
    rows = Question.objects.filter(key=key).select_related("organizer", "person", "case_file__series", "draft")
    return rows.prefetch_related(Prefetch("mails", mails.order_by("at", "id")))


def states_of(mails: Iterable[QuestionMail]) -> dict[UUID, str]:
    """Message key to where the answer stands, for the answers of a thread."""
    keys = [mail.message_key for mail in mails if mail.message_key]
    return dict(Message.objects.filter(key__in=keys).values_list("key", "state"))


@dataclass(frozen=True)
class Colleague:
    """Somebody who can have a question."""

    key: UUID
    name: str


def colleagues(at: datetime) -> list[Colleague]:
    """Those who work with the shared mailbox, by name."""
    on = timezone.localdate(at)
    roles = permissions.TABLE.deeds[permissions.HANDLE_QUESTIONS].roles
    people = Person.objects.filter(
        in_force(on, "appointments__"),
        appointments__role__in=roles,
        appointments__organizer=None,
        appointments__university=None,
        is_active=True,
    ).distinct()
    return [Colleague(one.key, str(one.shown_name)) for one in people.order_by("sort_key", "id")]


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """Own questions that wait for an answer (and those of whom she stands in for), and those that nobody has."""
    if not permissions.may_handle_questions(person, at):
        return
    for question in Question.objects.filter(state__in=OPEN, owner__in=done_for(person, at)).order_by("due_on", "pk"):
        yield ToDo(
            title=_("Answer: %(subject)s") % {"subject": question.subject},
            address=reverse("casefiles:question", args=[question.key]),
            because=_("A question that came by mail"),
            due_on=question.due_on,
        )
    waiting = worklist(UNOWNED, person)
    if number := waiting.count():
        yield ToDo(
            title=_("Share out the questions that nobody has (%(number)d)") % {"number": number},
            address=f"{reverse('casefiles:questions')}?visa={UNOWNED}",
            because=_("Came to the shared mailbox"),
            due_on=waiting.values_list("due_on", flat=True).first(),
        )


def done_for(person: Any, at: datetime) -> set[UUID]:
    """The keys of those whose questions a person answers now: her own, and of whom she stands in for."""
    roles = permissions.TABLE.deeds[permissions.HANDLE_QUESTIONS].roles
    return {held.instead_of or person.key for held in holdings_of(person, at) if held.role in roles}


def of_organizer(organizer: Any) -> QuerySet[Question]:
    """The questions about an organizer, newest first."""
    return Question.objects.filter(organizer=organizer).order_by("-received_at", "-id")


def coordinators_of(organizer: Organizer, on: date) -> QuerySet[Appointment]:
    """The coordinators that an organizer has on a day."""
    rows = Appointment.objects.filter(in_force(on), organizer=organizer, role=Role.COORDINATOR)
    return rows.select_related("person").order_by("from_on", "id")


def attachments() -> QuerySet[QuestionAttachment]:
    """Files that came with mails and were kept."""
    return QuestionAttachment.objects.filter(file__isnull=False).select_related("file")


def originals() -> QuerySet[QuestionMail]:
    """Mails in, as they came."""
    return QuestionMail.objects.filter(original__isnull=False).select_related("original")


def registered_origins(question: Question) -> QuerySet[str]:
    """The origins of the documents that a thread's mails have become."""
    mails = question.mails.values_list("pk", flat=True)
    origins = [f"casefiles.question_mail:{pk}" for pk in mails]
    return Document.objects.filter(origin__in=origins).values_list("origin", flat=True)


def owners_of(rows: QuerySet[Question]) -> list[UUID]:
    """The keys of those who have any of these questions."""
    return list(rows.exclude(owner=None).order_by().values_list("owner", flat=True).distinct())
