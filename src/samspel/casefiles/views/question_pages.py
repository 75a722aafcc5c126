"""What the pages of the shared mailbox show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.casefiles import permissions
from samspel.casefiles.forms.questions import AnswerForm, DraftForm, LinkForm, OwnerForm, RegisterForm
from samspel.casefiles.models import Question, QuestionMail, QuestionState
from samspel.casefiles.queries import questions as queries
from samspel.casefiles.queries.handed import deeds_of
from samspel.casefiles.rules import appointing, threads
from samspel.casefiles.views.tables import title_of
from samspel.kernel import audit
from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.post.models import MessageState
from samspel.post.queries.messages import state_in_words

_TONES = {
    QuestionState.NEW: "warning",
    QuestionState.OWNED: "info",
    QuestionState.ANSWERED: "success",
    QuestionState.CLOSED: "neutral",
}


def listing(rows: Any, which: str, request: Any) -> dict[str, Any]:
    """The worklist of one sort, with links to the others."""
    names = names_of(queries.owners_of(rows))
    table = Table(
        caption=_("Questions"),
        columns=[
            Column("subject", _("Subject"), is_row_header=True, url=_address),
            Column("from_name", _("From"), value=sender_of),
            Column("organizer", _("Organizer"), value=lambda one: one.organizer.name if one.organizer else "–"),
            Column("owner", _("Who has it"), value=lambda one: names.get(one.owner, _("Nobody yet"))),
            Column("due_on", _("Answer by"), kind="date"),
            Column("state", _("Status"), kind="badge", value=badge_of),
        ],
        rows=rows,
        params=request.GET,
        page_size=50,
        empty=_("There is no such question."),
    )
    return {"table": table, "which": which, "ways": _ways(which), "crumbs": _crumbs()}


def _ways(which: str) -> list[dict[str, Any]]:
    said = {
        queries.ALL_OPEN: _("All open"),
        queries.MINE: _("Mine"),
        queries.UNOWNED: _("Nobody has them"),
        queries.DONE: _("Answered and closed"),
    }
    return [{"url": f"?visa={key}", "label": label, "is_here": key == which} for key, label in said.items()]


def _crumbs(*more: Crumb) -> list[Crumb]:
    here = Crumb(_("Questions"), reverse("casefiles:questions") if more else "")
    return [Crumb(_("To do"), reverse("accounts:work")), here, *more]


def _address(question: Question) -> str:
    return reverse("casefiles:question", args=[question.key])


def sender_of(question: Question) -> str:
    """Who asked: the person's name to others, else what the mail said."""
    if question.person is not None:
        return str(question.person.shown_name)
    return question.from_name or question.from_address or _("unknown")


def badge_of(question: Question) -> Badge:
    """Where a question stands."""
    is_late = question.state in queries.OPEN and question.due_on < timezone.localdate()
    if is_late:
        return Badge(_("late"), "error")
    return Badge(question.get_state_display(), _TONES[QuestionState(question.state)])


def colleague_choices(at: datetime) -> list[tuple[str, str]]:
    """Whom a question can be given to, as a form's choices."""
    return [(str(one.key), one.name) for one in queries.colleagues(at)]


def detail(question: Question, me: Any, at: datetime, **given: Any) -> dict[str, Any]:
    """One question with its thread and forms; `given` are forms that came back, and refusals."""
    mails = list(question.mails.all())
    owner = str(question.owner) if question.owner else ""
    history = audit.history_of(question)
    names = names_of([question.owner, *(mail.by for mail in mails), *(row.by_key for row in history)])
    return {
        "question": question,
        "crumbs": _crumbs(Crumb(question.subject)),
        "badge": badge_of(question),
        "facts": _facts(question, names),
        "next": _next(question, me, names),
        "thread": list(_thread(question, mails, names, me, at)),
        "answer_form": AnswerForm(),
        "owner_form": OwnerForm(initial={"owner": owner, "due_on": question.due_on}, colleagues=colleague_choices(at)),
        "register_form": RegisterForm(),
        "link_form": LinkForm(initial=_links(question)),
        "is_mine": question.owner == me.key,
        "is_open": question.state != QuestionState.CLOSED,
        "appoints": _appoints(question, mails),
        "may_handle": permissions.may_handle_questions(me, at),
        "history": history,
        "people": names,
        "errors": [],
        **given,
        "question_forms": [form for form in given.values() if hasattr(form, "errors")],
    }


def _facts(question: Question, names: Any) -> list[Fact]:
    facts = [
        Fact(_("From"), sender_of(question), note=question.from_address if question.person is None else ""),
        Fact(_("Came"), moment_text(question.received_at)),
        Fact(_("Who has it"), names.get(question.owner, _("Nobody yet"))),
    ]
    if question.organizer:
        address = reverse("registry:organizer", args=[question.organizer.organization_number])
        facts.append(Fact(_("Organizer"), question.organizer.name, url=address))
    if question.case_file:
        facts.append(Fact(_("Case file"), question.case_file.diary_number, note=title_of(question.case_file)))
    if question.draft:
        facts.append(Fact(_("Draft of an appointment"), question.draft.get_state_display(), note=question.draft.name))
    return facts


def _links(question: Question) -> dict[str, str]:
    return {
        "organizer": question.organizer.organization_number if question.organizer else "",
        "case_file": question.case_file.diary_number if question.case_file else "",
    }


def _next(question: Question, me: Any, names: Any) -> dict[str, Any]:
    if question.state == QuestionState.CLOSED:
        return {"what": _("Nothing more is to be done. A new mail in the thread opens it again.")}
    if question.state == QuestionState.ANSWERED:
        return {"what": _("Close it when nothing more is to be done."), "who": names.get(question.owner, "")}
    if question.owner is None:
        return {
            "what": _("Somebody takes the question and answers it."),
            "who": _("an officer or a registrar at the agency"),
            "by": question.due_on,
        }
    who = _("you") if question.owner == me.key else names.get(question.owner, "")
    return {"what": _("The question is answered."), "who": who, "by": question.due_on}


def _thread(
    question: Question, mails: Iterable[QuestionMail], names: Any, me: Any, at: datetime
) -> Iterable[dict[str, Any]]:
    mails = list(mails)
    states = queries.states_of(mails)
    for mail in mails:
        yield {
            "mail": mail,
            "who": names.get(mail.by, "") if mail.is_out else "",
            "other_sender": _other_sender(question, mail),
            "paragraphs": [part for part in mail.words.split("\n\n") if part.strip()],
            "attachments": deeds_of(me, question, mail.attachments.all(), at),
            "delivery": state_in_words(states[mail.message_key]) if mail.message_key in states else "",
            "is_delivered": states.get(mail.message_key) == MessageState.SENT,
        }


def _other_sender(question: Question, mail: QuestionMail) -> str:
    """Who wrote a mail in that did not come from who asked; anybody may write what she likes in a mail's head."""
    if threads.is_askers(mail, question):
        return ""
    named = f"{mail.from_name} <{mail.from_address}>" if mail.from_name else mail.from_address
    return named or _("unknown")


def _appoints(question: Question, mails: Iterable[QuestionMail]) -> bool:
    """Whether to offer a draft: the mail seems to appoint, and there is none yet."""
    if question.draft_id or question.organizer_id is None:
        return False
    words = "\n".join(mail.words for mail in mails if not mail.is_out)
    return appointing.seems_to_appoint(question.subject, words)


def proposed(question: Question, today: date) -> dict[str, Any]:
    """What a draft begins with: whom the first mail names."""
    first = question.mails.filter(is_out=False).order_by("at", "id").first()
    found = appointing.proposed(
        first.words if first else "",
        sender_address=question.from_address,
        sender_name=question.from_name,
        today=today,
    )
    return {"name": found.name, "email": found.email, "phone": found.phone, "from_on": found.from_on or today}


def draft(question: Question, form: DraftForm) -> dict[str, Any]:
    """The page where a draft is made."""
    crumbs = _crumbs(Crumb(question.subject, _address(question)), Crumb(_("Draft an appointment")))
    first = next((mail for mail in question.mails.all() if not mail.is_out), None)
    return {"question": question, "form": form, "crumbs": crumbs, "words": first.words if first else ""}
