"""Who takes part in an answer, who has which section, how far it has come, and what is said beside it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.forms import permissions
from samspel.forms.forms.answers import GiveForm, TakePartForm
from samspel.forms.models import Answer, Participant
from samspel.forms.operations import participants as parts
from samspel.forms.operations import sections
from samspel.forms.queries import people
from samspel.forms.views.deeds import deed_page
from samspel.forms.views.finding import address_of, answer_for, at_work, language_of, may_now, require_now, section_for
from samspel.kernel.permissions import names_of_roles
from samspel.kernel.refusals import Refusal


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who takes part, from when to when; one more is brought in, or a last day is set."""
    answer = answer_for(request, key)
    may_share = _may_share(request, answer)
    if request.method == "POST":
        permissions.require(may_share)
        if "end" in request.POST:
            return _end(request, answer)
    at = timezone.now()
    found = people.colleagues(answer, at) if may_share else []
    form = _form(request, answer, found)

    def deed(form: TakePartForm) -> None:
        given = form.cleaned_data
        chosen = next(one for one in found if str(one.person.key) == given["person"])
        parts.add(
            answer=answer,
            person=chosen.person,
            deed=given["deed"],
            from_on=timezone.localdate(at),
            to_on=given["to_on"],
            role=chosen.role,
            by=request.user,
            at=at,
        )
        messages.success(request, _("She takes part now, and has been told by mail."))

    page = {
        "title": _("Who takes part"),
        "people": people.told(answer, at, seen_by=request.user),
        "may_share": may_share,
        "submit": _("Bring in"),
    }
    return deed_page(request, answer, form, deed, "forms/participants.html", page, back=_here(answer))


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: UUID, section: str) -> HttpResponse:
    """Give a section to somebody who writes."""
    answer = answer_for(request, key)
    about = section_for(answer, section)
    require_now(request, permissions.SHARE_OUT, answer)
    writers = people.writers_of(answer, timezone.now())
    names = people.names_in([one.key for one in writers], request.user)
    mark = answer.marks.select_related("given_to").filter(section=section).first()
    initial = {"to": str(mark.given_to.key) if mark and mark.given_to else ""}
    form = GiveForm(request.POST if request.method == "POST" else None, people=writers, names=names, initial=initial)

    def deed(form: GiveForm) -> None:
        sections.give(answer=answer, section=section, to=form.person(), by=request.user, at=timezone.now())

    title = about.title.in_language(language_of())
    page = {
        "title": _("Who writes “%(section)s”") % {"section": title},
        "lead": _("She is told by mail. The others can still write there."),
        "submit": _("Save"),
    }
    return deed_page(request, answer, form, deed, "ui/deed.html", page)


@at_work
@require_POST
def mark(request: HttpRequest, key: UUID, section: str) -> HttpResponse:
    """Say how far a section has come."""
    answer = answer_for(request, key)
    section_for(answer, section)
    require_now(request, permissions.WRITE, answer)
    try:
        status = request.POST.get("status", "")
        sections.mark(answer=answer, section=section, status=status, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(address_of(answer))


def _may_share(request: HttpRequest, answer: Answer) -> bool:
    return parts.may_bring_in(request.user, answer, timezone.now()) or may_now(request, permissions.SHARE_OUT, answer)


def _form(request: HttpRequest, answer: Answer, found: list[people.Candidate]) -> TakePartForm:
    names = people.names_in([one.person.key for one in found], request.user)
    roles = names_of_roles()
    shown = [(str(one.person.key), f"{names.get(one.person.key, '')}, {roles.get(one.role, '')}") for one in found]
    may_let_submit = parts.may_let_submit(request.user, answer, timezone.now())
    given = request.POST if request.method == "POST" else None
    return TakePartForm(given, people=shown, may_let_submit=may_let_submit)


def _end(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Her last day is yesterday: she reaches nothing of it from now on."""
    wanted = request.POST["end"]
    row = get_object_or_404(Participant, answer=answer, pk=wanted if _is_key(wanted) else 0)
    try:
        at = timezone.now()
        parts.end(participant=row, to_on=timezone.localdate(at) - timedelta(days=1), by=request.user, at=at)
        messages.success(request, _("She takes part no longer."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_here(answer))


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _here(answer: Answer) -> str:
    return address_of(answer, "participants")
