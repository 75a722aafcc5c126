"""My forms, one to begin, and the page of each answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.forms import permissions
from samspel.forms.forms.answers import BeginForm, ReasonForm
from samspel.forms.models import Answer, AnswerState
from samspel.forms.operations import answers as operations
from samspel.forms.operations import participants
from samspel.forms.queries import events, handing_out, lists
from samspel.forms.queries.carrying import homeless, may_carry_over, newer
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.endings import Ending, ending_of
from samspel.forms.queries.overview import overview, who_wrote
from samspel.forms.queries.people import names_in, told
from samspel.forms.queries.seeing import about_whom, form_name, name_of
from samspel.forms.views import tables
from samspel.forms.views.deeds import deed_page
from samspel.forms.views.finding import address_of, answer_for, at_work, crumbs_to, language_of, may_now, require_now
from samspel.forms.views.handed_out import lists_answers
from samspel.forms.views.road import badge_of, next_of, section_badge
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Fact
from samspel.kernel.ui.dates import day_text, moment_text

# A document that is not made by then is told of, and can be made once more.
DOCUMENT_WITHIN: Final = timedelta(minutes=10)


@at_work
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every answer that she takes part in, what waits first; before them, to those at the agency, what has come in and
    what has been handed out."""
    at = timezone.now()
    may_see = lists_answers(request.user, at)
    may_hand_out = permissions.TABLE.allows(request.user, permissions.HAND_OUT, at)
    table = tables.of_mine(request, lists.mine(request.user, at), at)
    page = {
        "came": tables.of_newest(request, lists.came_in(request.user, at)) if may_see else None,
        "rounds": tables.of_hand_outs(request, handing_out.all_of_them()) if may_hand_out else None,
        "table": table,
        "shows_mine": not may_see or len(table.page) > 0,
        "may_begin": bool(lists.offers(request.user, at)),
        "may_hand_out": may_hand_out,
        "may_see": may_see,
    }
    return render(request, "forms/mine.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A form that she begins by herself, at her own place."""
    offers = {offer.key: offer for offer in lists.offers(request.user, timezone.now())}
    names = [(key, _offered(offer)) for key, offer in offers.items()]
    initial = {"what": next((key for key in offers if key.startswith(f"{request.GET.get('formular', '')}|")), "")}
    form = BeginForm(request.POST if request.method == "POST" else None, offers=names, initial=initial)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(address_of(_begin(request, offers[form.cleaned_data["what"]], form.cleaned_data["about"])))
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    page = {"form": form, "errors": errors, "offers": names, "crumbs": crumbs_to(here=_("Begin a form"))}
    return render(request, "forms/begin.html", page, status=422 if errors or form.errors else 200)


@at_work
@require_safe
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """An answer: what is next and who does it, its sections, who takes part, and what has been submitted."""
    return render(request, "forms/answer.html", page_of(request, answer_for(request, key)))


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that an answer is no longer asked for."""
    found = answer_for(request, key)
    require_now(request, permissions.WITHDRAW, found)

    def deed(form: ReasonForm) -> None:
        reason = form.cleaned_data["reason"]
        operations.withdraw(answer=found, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("The form is no longer asked for. Those who take part have been told."))

    page = {
        "title": _("No longer asked for"),
        "lead": _("Those who take part are told, with the reason. What was written stays to be read."),
        "submit": _("Say that it is no longer asked for"),
    }
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return deed_page(request, found, form, deed, "ui/deed.html", page)


def page_of(request: HttpRequest, found: Answer) -> dict[str, Any]:
    """What the page of an answer shows. The same queries however much has been written."""
    at, person = timezone.now(), request.user
    seen = overview(found, language_of(), seen_by=person)
    people = told(found, at, seen_by=person)
    reads = permissions.may_read(person, found, at)
    submissions = list(found.submissions.select_related("document__case_file__series").order_by("-number"))
    views = list(found.differing_views.select_related("person")) if reads else []
    decisions = list(found.reopenings.order_by("-decided_at"))
    entries = events.entries_of(found)
    ending = ending_of(found)
    wrote = who_wrote(found)
    names = names_in(
        [
            found.begun_by,
            *wrote,
            *(one.submitted_by for one in submissions),
            *(UUID(key) for one in submissions for key in one.took_part),
            *(one.person.key for one in views),
            *(one.decided_by for one in decisions),
            *events.keys_in(entries),
        ],
        seen_by=person,
    )
    return {
        "answer": found,
        "crumbs": crumbs_to(found),
        "name": form_name(found),
        "whom": about_whom(found),
        "badge": badge_of(found, at),
        "next": next_of(found, seen, people, person, at, opened_because=decisions[0].reason if decisions else ""),
        "seen": seen,
        "sections": [(one, section_badge(one)) for one in seen.sections],
        "people": [one for one in people if not one.is_over],
        "facts": _facts(found, names, ending),
        "ends_on": ending.on if ending and ending.is_warned else None,
        "wrote": [names[key] for key in wrote if key in names],
        "submissions": [(one, _took_part(one, names), names.get(one.submitted_by, "")) for one in submissions],
        "differing": [(one, names.get(one.person.key, "")) for one in views],
        "reopenings": [(one, names.get(one.decided_by, "")) for one in decisions],
        "history": events.told(found, entries, names, language_of()),
        "reads": reads,
        "document_late": at - DOCUMENT_WITHIN,
        "is_writing": found.state == AnswerState.WRITING,
        "may": _may(request, found),
        "is_own_trial": found.is_test and found.begun_by == person.key,
        "homeless": homeless(found) if reads else [],
        "newer": newer(found) if may_carry_over(person, found, at) else None,
    }


def _may(request: HttpRequest, found: Answer) -> dict[str, bool]:
    at = timezone.now()
    deeds = {
        "write": permissions.WRITE,
        "comment": permissions.COMMENT,
        "share": permissions.SHARE_OUT,
        "submit": permissions.SUBMIT,
        "differ": permissions.DIFFER,
        "reopen": permissions.REOPEN,
        "withdraw": permissions.WITHDRAW,
    }
    may = {name: may_now(request, deed, found) for name, deed in deeds.items()}
    return may | {"share": may["share"] or participants.may_bring_in(request.user, found, at)}


def _facts(found: Answer, names: dict[UUID, str], ending: Ending | None) -> list[Fact]:
    body = body_of(found.version)
    by = names.get(found.begun_by, "") if found.begun_by else _("the system itself")
    facts = [
        Fact(_("Form"), form_name(found), _("version %(number)s") % {"number": found.version.number}),
        Fact(_("About"), about_whom(found) or "–"),
        Fact(_("Begun"), moment_text(found.begun_at), by),
        Fact(_("Ready by"), day_text(found.due_on) if found.due_on else _("No day is set")),
        Fact(_("Last saved"), moment_text(found.saved_at) if found.saved_at else _("Nothing is written yet")),
    ]
    if purpose := body.personal_data.purpose.in_language(language_of()):
        facts.append(Fact(_("Personal data"), purpose, _kept_for(found, ending)))
    return facts


def _kept_for(found: Answer, ending: Ending | None) -> str:
    if found.forgotten_at:
        return _("Deleted %(day)s") % {"day": day_text(found.forgotten_at)}
    if found.forget_on:
        return _("What is written is deleted %(day)s") % {"day": day_text(found.forget_on)}
    months = body_of(found.version).personal_data.keep_months
    if ending is None:
        return ""
    told = _(
        "What is written is deleted %(months)s months after it is submitted; if nobody goes on with it, %(day)s, and"
        " those who take part are told 30 days before"
    )
    return told % {"months": months, "day": day_text(ending.on)}


def _took_part(submission: Any, names: dict[UUID, str]) -> str:
    return ", ".join(names[UUID(key)] for key in submission.took_part if UUID(key) in names)


def _offered(offer: lists.Offer) -> str:
    name = name_of(offer.version.definition)
    return f"{name}, {offer.subject.name}" if offer.subject else name


def _begin(request: HttpRequest, offer: lists.Offer, about: str) -> Answer:
    subject = {offer.key.partition("|")[2].partition(":")[0]: offer.subject} if offer.subject else {}
    if body_of(offer.version).subject == "person":
        subject = {"person": request.user}
    begun = operations.begin(
        definition=offer.version.definition, by=request.user, at=timezone.now(), about=about, **subject
    )
    messages.success(request, _("The form is begun. Bring in those who are to write it with you."))
    return begun
